"""Members in a report, as tables: for the screen and for every export."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.documents.amounts import counted, slip_price
from pos_app.documents.loyalty_words import (
    ACCOUNT_WORDS,
    FLOW_WORDS,
    PATTERN_WORDS,
    STATE_WORDS,
    TIER_WORDS,
    VALUE_WORDS,
)
from pos_app.documents.report_cells import (
    CellKind,
    ReportTable,
    TableRow,
    share_text,
    table_of,
)
from pos_app.domain.loyalty.lot import MoveKind
from pos_app.domain.loyalty.tier_moves import TierMoveKind
from pos_app.domain.loyalty_report import (
    Account,
    BuyerShare,
    CouponShare,
    Due,
    LoyaltyFigures,
    LoyaltyReport,
    MemberState,
    PointsReport,
)
from pos_app.domain.loyalty_suspicion import Pattern
from pos_app.domain.report import Report
from pos_app.domain.report_rows import Figure, FigureKind
from pos_app.domain.stored_value.account import AccountKind
from pos_app.i18n import Words

_MONEY_PATTERNS = frozenset(
    {
        Pattern.STAFF_CARD_DAY,
        Pattern.STAFF_CARD_SHARE,
        Pattern.REFUND_AFTER_BURN,
        Pattern.SHARED_PAYER,
    }
)
#: The last day of each span of age, by its first; None for no end.
_AGE_ENDS = {"0": 30, "31": 90, "91": 180, "181": 365, "366": None}


def loyalty_tables(report: Report, words: Words) -> tuple[ReportTable, ...]:
    """Return the tables about members; none for a shop without members."""
    found = report.loyalty
    if found is None or found.is_empty:
        return ()
    figures = found.figures
    return (
        _buyers(figures, words),
        _states(figures, words),
        _points(figures.points, words, report.currency),
        _dues(figures.points.by_expiry, words),
        _ages(figures.points.by_age, words),
        _coupons(("coupons", words("Coupons")), figures.coupons, words),
        _coupons(("campaigns", words("Campaigns")), figures.campaigns, words),
        _tiers(figures, words),
        _value(figures.value, words),
        _suspicions(found, words, report.currency),
    )


def _buyers(figures: LoyaltyFigures, words: Words) -> ReportTable:
    columns = (
        (words("Who bought"), CellKind.TEXT),
        (words("Receipts"), CellKind.COUNT),
        (words("Persons"), CellKind.COUNT),
        (words("Net sales"), CellKind.MONEY),
        (words("Average basket"), CellKind.MONEY),
        (words("Share of sales"), CellKind.FIGURE),
    )
    whole = figures.members.net_minor + figures.others.net_minor

    def row(name: str, key: str, share: BuyerShare) -> TableRow:
        cells = (
            name,
            share.tickets,
            share.people,
            share.net_minor,
            share.average_minor,
            share_text(share.net_minor, whole),
        )
        return TableRow(cells, Figure(FigureKind.BUYERS, key))

    rows = (
        row(words("Members"), "members", figures.members),
        row(words("Others"), "others", figures.others),
    )
    return table_of("members", words("Members"), columns, rows)


def _states(figures: LoyaltyFigures, words: Words) -> ReportTable:
    columns = (
        (words("State"), CellKind.TEXT),
        (words("Persons"), CellKind.COUNT),
        (words("Share"), CellKind.FIGURE),
    )
    whole = sum(x.amount for x in figures.states)
    rows = (
        TableRow(
            (
                words(STATE_WORDS[MemberState(x.key)]),
                x.count,
                share_text(x.count, whole),
            ),
            Figure(FigureKind.MEMBER_STATE, x.key),
        )
        for x in figures.states
    )
    return table_of("member_states", words("How members stand"), columns, rows)


def _points(points: PointsReport, words: Words, currency: str) -> ReportTable:
    columns = (
        (words("Points"), CellKind.TEXT),
        (words("Count"), CellKind.COUNT),
        (words("Amount of points"), CellKind.COUNT),
    )
    account = points.account
    rows = [TableRow((words("At the beginning"), "", account.opening))]
    rows += [
        TableRow(
            (words(FLOW_WORDS[MoveKind(x.key)]), x.count, x.amount),
            Figure(FigureKind.POINT_FLOW, x.key),
        )
        for x in account.flows
    ]
    end = words("At the end")
    if points.worth_minor is not None:
        worth = slip_price(points.worth_minor, currency)
        end = words("At the end, worth {amount}", amount=worth)
    rows.append(TableRow((end, "", account.closing)))
    parts = (
        (words("Of them: can be used"), points.active),
        (words("Of them: waiting"), points.pending),
        (words("Of them: over, not yet taken out"), points.lapsed),
        (words("Of them: owed by members"), -points.debt),
    )
    rows += [TableRow((name, "", amount)) for name, amount in parts if amount]
    return table_of("points", words("Points"), columns, rows)


def _due_columns(first: str, words: Words) -> tuple[tuple[str, CellKind], ...]:
    return (
        (first, CellKind.TEXT),
        (words("Count"), CellKind.COUNT),
        (words("Amount of points"), CellKind.COUNT),
    )


def _dues(dues: Iterable[Due], words: Words) -> ReportTable:
    names = {"": words("Never expires"), "debt": words("Owed by members")}
    rows = (
        TableRow(
            (names.get(x.key, x.key), x.count, x.amount),
            Figure(FigureKind.POINTS_DUE, x.key),
        )
        for x in dues
    )
    columns = _due_columns(words("Expires in"), words)
    return table_of("points_due", words("Points by expiry"), columns, rows)


def _ages(dues: Iterable[Due], words: Words) -> ReportTable:
    def name(key: str) -> str:
        if key == "debt":
            return words("Owed by members")
        end = _AGE_ENDS[key]
        if end is None:
            return words("from {first} days", first=key)
        return words("{first} to {last} days", first=key, last=end)

    rows = (TableRow((name(x.key), x.count, x.amount)) for x in dues)
    columns = _due_columns(words("How old"), words)
    return table_of("points_age", words("Points by age"), columns, rows)


def _coupons(
    named: tuple[str, str], shares: Iterable[CouponShare], words: Words
) -> ReportTable:
    columns = (
        (named[1], CellKind.TEXT),
        (words("Issued"), CellKind.COUNT),
        (words("Redeemed"), CellKind.COUNT),
        (words("Redemption"), CellKind.FIGURE),
        (words("Still open"), CellKind.COUNT),
        (words("What they cost"), CellKind.MONEY),
        (words("Sales with it"), CellKind.MONEY),
    )
    kind = FigureKind.COUPON if named[0] == "coupons" else FigureKind.CAMPAIGN
    rows = (
        TableRow(
            (
                x.name,
                x.issued,
                x.redeemed,
                share_text(x.redeemed, x.issued),
                x.open,
                x.saving_minor,
                x.sold_minor,
            ),
            Figure(kind, x.key),
        )
        for x in shares
    )
    return table_of(*named, columns, rows)


def _tiers(figures: LoyaltyFigures, words: Words) -> ReportTable:
    columns = (
        (words("Tiers"), CellKind.TEXT),
        (words("From"), CellKind.TEXT),
        (words("To"), CellKind.TEXT),
        (words("Persons"), CellKind.COUNT),
    )
    none = words("No tier")
    rows = [
        TableRow(
            (words("Stand there now"), "", x.name, x.count),
            Figure(FigureKind.TIER, x.key),
        )
        for x in figures.holders
    ]
    rows += [
        TableRow(
            (
                words(TIER_WORDS[TierMoveKind(x.kind)]),
                x.from_name or none,
                x.to_name or none,
                x.count,
            ),
            Figure(FigureKind.TIER_MOVE, x.key),
        )
        for x in figures.tier_moves
    ]
    return table_of("tiers", words("Tiers"), columns, rows)


def _value(accounts: Iterable[tuple[str, Account]], words: Words) -> ReportTable:
    columns = (
        (words("Account"), CellKind.TEXT),
        (words("Movement"), CellKind.TEXT),
        (words("Count"), CellKind.COUNT),
        (words("Amount"), CellKind.MONEY),
    )
    rows: list[TableRow] = []
    for key, account in accounts:
        name = words(ACCOUNT_WORDS[AccountKind(key)])
        rows.append(TableRow((name, words("At the beginning"), "", account.opening)))
        rows += [
            TableRow(
                (name, words(VALUE_WORDS[x.key]), x.count, x.amount),
                Figure(FigureKind.VALUE_FLOW, f"{key}/{x.key}"),
            )
            for x in account.flows
        ]
        rows.append(TableRow((name, words("At the end"), "", account.closing)))
    return table_of("value", words("Stored value"), columns, rows)


def _suspicions(found: LoyaltyReport, words: Words, currency: str) -> ReportTable:
    columns = (
        (words("What to look at"), CellKind.TEXT),
        (words("Who"), CellKind.TEXT),
        (words("Where"), CellKind.TEXT),
        (words("Count"), CellKind.COUNT),
        (words("Amount"), CellKind.FIGURE),
    )
    rows = (
        TableRow(
            (
                words(PATTERN_WORDS[x.pattern]),
                x.subject_name or x.subject,
                x.detail_name,
                x.count,
                slip_price(x.amount, currency)
                if x.pattern in _MONEY_PATTERNS
                else counted(x.amount),
            ),
            Figure(FigureKind.SUSPICION, x.key),
        )
        for x in found.suspicions
    )
    return table_of("suspicions", words("To look at"), columns, rows)
