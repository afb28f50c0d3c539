"""Members on a report's slip: what they bought, what is owed to them. Nobody is named."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.documents.amounts import counted, moved, slip_amount, slip_price
from pos_app.documents.layout import Block, Columns, Rule, Text
from pos_app.documents.loyalty_words import (
    ACCOUNT_WORDS,
    FLOW_WORDS,
    STATE_WORDS,
    VALUE_WORDS,
)
from pos_app.documents.report_cells import share_text
from pos_app.domain.loyalty.lot import MoveKind
from pos_app.domain.loyalty_report import (
    CouponShare,
    LoyaltyFigures,
    MemberState,
    PointsReport,
)
from pos_app.domain.report import Report
from pos_app.domain.stored_value.account import AccountKind
from pos_app.i18n import Words

_FIGURE = 10


def member_section(report: Report, words: Words) -> Iterable[Block]:
    """Yield the members' part of a report's slip; nothing where there are none.

    Args:
        report: with the members' figures, or without.
        words: in the paper's language.
    """
    found, currency = report.loyalty, report.currency
    if found is None or found.is_empty:
        return
    figures = found.figures
    yield from _buyers(figures, words, currency)
    yield from _points(figures.points, words, currency)
    yield from _coupons(figures.coupons, words, currency)
    yield from _value(figures, words, currency)
    if found.suspicions:
        yield Rule()
        yield _line(words("To look at"), counted(len(found.suspicions)))


def _buyers(figures: LoyaltyFigures, words: Words, currency: str) -> Iterable[Block]:
    members = figures.members
    whole = members.net_minor + figures.others.net_minor
    yield Rule()
    yield Text(words("Members"), bold=True)
    yield _line(words("Receipts"), counted(members.tickets))
    yield _line(words("Persons"), counted(members.people))
    yield _line(words("Net sales"), slip_amount(members.net_minor, currency))
    yield _line(words("Share of sales"), share_text(members.net_minor, whole))
    for state in figures.states:
        yield _line(words(STATE_WORDS[MemberState(state.key)]), counted(state.count))


def _points(points: PointsReport, words: Words, currency: str) -> Iterable[Block]:
    account = points.account
    if not (account.opening or account.flows or account.closing):
        return
    yield Rule()
    yield Text(words("Points"), bold=True)
    yield _line(words("At the beginning"), counted(account.opening))
    for flow in account.flows:
        if flow.amount:
            yield _line(words(FLOW_WORDS[MoveKind(flow.key)]), moved(flow.amount))
    yield _line(words("At the end"), counted(account.closing), bold=True)
    if points.worth_minor is not None:
        yield _line(words("They are worth"), slip_price(points.worth_minor, currency))


def _coupons(
    shares: Iterable[CouponShare], words: Words, currency: str
) -> Iterable[Block]:
    every = tuple(shares)
    if not every:
        return
    yield Rule()
    yield Text(words("Coupons"), bold=True)
    yield _line(words("Issued"), counted(sum(x.issued for x in every)))
    yield _line(words("Redeemed"), counted(sum(x.redeemed for x in every)))
    saved_minor = sum(x.saving_minor for x in every)
    yield _line(words("What they cost"), slip_amount(saved_minor, currency))


def _value(figures: LoyaltyFigures, words: Words, currency: str) -> Iterable[Block]:
    for key, account in figures.value:
        if not (account.opening or account.flows or account.closing):
            continue
        yield Rule()
        yield Text(words(ACCOUNT_WORDS[AccountKind(key)]), bold=True)
        yield _line(words("At the beginning"), slip_amount(account.opening, currency))
        for flow in account.flows:
            amount = slip_amount(flow.amount, currency)
            yield _line(words(VALUE_WORDS[flow.key]), amount)
        closing = slip_amount(account.closing, currency)
        yield _line(words("At the end"), closing, bold=True)


def _line(title: str, figure: str, *, bold: bool = False) -> Columns:
    return Columns((title, figure), (_FIGURE,), bold=bold)
