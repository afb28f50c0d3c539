"""Members in a report agree with their ledgers to the point and the cent."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

import pytest

from pos_app.documents.loyalty_words import (
    ACCOUNT_WORDS,
    FLOW_WORDS,
    PATTERN_WORDS,
    STATE_WORDS,
    TIER_WORDS,
)
from pos_app.documents.report_slip import report_slip
from pos_app.documents.report_tables import report_tables
from pos_app.documents.text import text_lines
from pos_app.domain.loyalty.lot import MoveKind
from pos_app.domain.loyalty.tier_moves import TierMoveKind
from pos_app.domain.loyalty_report import MemberState, StateDays
from pos_app.domain.loyalty_suspicion import Pattern, SuspicionRule
from pos_app.domain.member.recognition import Means
from pos_app.domain.report import Report
from pos_app.domain.report_period import ReportPeriod
from pos_app.domain.report_rows import Figure, FigureKind, Measure
from pos_app.domain.stored_value.account import AccountKind
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.services.loyalty_reports import ReportLimits
from pos_app.services.member_merge import MergeReason
from tests.builders_loyalty_reports import MemberDays, member_days
from tests.builders_points import give_points
from tests.builders_returns import SHIRT_L, SHIRT_M, refund, take_back
from tests.counter_shop import COLA, TEA, query


@pytest.fixture
def days(tmp_path: Path) -> Iterator[MemberDays]:
    with member_days(tmp_path) as found:
        yield found


@pytest.fixture
def lived(days: MemberDays) -> MemberDays:
    """Two members and a stranger buy on two days, give points, bring goods back."""
    lin, wang = days.enrol(), days.enrol()
    shirts = days.sell(lin, SHIRT_M, SHIRT_L)
    days.sell("", COLA)
    days.later(days=1)
    days.sell(lin, TEA, TEA, points=400, means=Means.ROTATING_CODE)
    days.sell(wang, SHIRT_M)
    days.give_back(shirts)
    days.sell("", TEA)
    return days


def test_members_and_others_together_are_the_sales_of_the_report(
    lived: MemberDays,
) -> None:
    report = lived.report(2)
    assert report.loyalty is not None
    figures = report.loyalty.figures
    whole = figures.members.net_minor + figures.others.net_minor
    assert whole == report.total.net_sales_minor
    assert figures.members.tickets + figures.others.tickets == report.total.tickets
    assert figures.members.people == 2
    assert figures.others.net_minor == 350 + 1280  # the shirt came back of Lin's
    for key, share in (("members", figures.members), ("others", figures.others)):
        rows = lived.rows(Figure(FigureKind.BUYERS, key))
        assert (rows.count, rows.amount_minor) == (share.tickets, share.net_minor)


def test_goods_that_come_back_are_of_whom_they_were_sold_to(days: MemberDays) -> None:
    lin, wang, counter = days.enrol(), days.enrol(), days.till.counter
    of_lin, of_wang = days.sell(lin, SHIRT_M, SHIRT_L), days.sell(wang, SHIRT_M)
    of_nobody = days.sell("", SHIRT_L)
    counter.member_admin.merging.merge(lin, wang, MergeReason.SAME_PERSON).result()
    days.later(days=1)
    days.give_back(of_wang)  # whoever brings it
    take_back(counter, of_lin)
    counter.members.attach(lin, Means.LAST_FOUR)
    take_back(counter, of_nobody)
    counter.sale.scan(TEA)
    mixed = refund(counter)
    days.later(minutes=1)
    take_back(counter, of_lin, 2)
    without = days.sell("", COLA, SHIRT_L)
    report = days.report()
    assert report.loyalty is not None
    members, others = (
        report.loyalty.figures.members,
        report.loyalty.figures.others,
    )
    assert (members.sold_minor, others.sold_minor) == (1280, 350 + 21_900)
    assert (members.returned_minor, others.returned_minor) == (
        2 * 19_900 + 21_900,
        21_900,
    )
    assert (members.tickets, others.tickets, members.people) == (2, 1, 1)
    assert members.tickets + others.tickets == report.total.tickets
    assert members.net_minor + others.net_minor == report.total.net_sales_minor
    for key, share in (("members", members), ("others", others)):
        rows = days.rows(Figure(FigureKind.BUYERS, key))
        assert rows.amount_minor == share.net_minor
        told = {row.sale_id: row.amount_minor for row in rows.rows}
        assert rows.count == len(told) == {"members": 3, "others": 2}[key]
        if key == "members":
            assert told[mixed.sale_id] == 1280 - 19_900
            assert told[without.sale_id] == -21_900
    whole = days.report(2)
    assert whole.loyalty is not None
    members = whole.loyalty.figures.members
    assert (members.net_minor, members.people) == (1280, 1)
    assert whole.loyalty.figures.others.net_minor == 350 + 21_900


def test_points_of_any_period_reconcile_and_name_their_tickets(
    lived: MemberDays,
) -> None:
    for length in (1, 2, 30):
        points = lived.figures(length).points
        assert points.account.is_reconciled, length
        moved = query(lived.till, "SELECT sum(points) FROM point_move")[0][0]
        assert points.account.closing == moved
        left = points.active + points.pending + points.lapsed - points.debt
        assert left == moved
        for flow in points.account.flows:
            rows = lived.rows(Figure(FigureKind.POINT_FLOW, flow.key))
            assert rows.measure is Measure.POINTS
            assert (rows.count, rows.amount_minor) == (flow.count, flow.amount)
            assert all(row.number for row in rows.rows), flow
    assert lived.figures(1).points.account.opening == 418
    assert {x.key for x in points.account.flows} >= {"earn", "burn", "reverse_earn"}


def test_what_is_owed_by_month_and_by_age_is_the_balance(lived: MemberDays) -> None:
    lived.later(days=40)
    points = lived.figures().points
    assert sum(x.amount for x in points.by_expiry) == points.account.closing
    assert sum(x.amount for x in points.by_age) == points.account.closing
    assert {x.key for x in points.by_age} == {"31", "debt"}
    assert points.worth_minor == points.account.closing // 100 * 100 + (
        points.account.closing % 100
    )
    for due in points.by_expiry:
        rows = lived.rows(Figure(FigureKind.POINTS_DUE, due.key))
        assert (rows.count, rows.amount_minor) == (due.count, due.amount)


def test_a_period_that_is_over_says_what_was_owed_then(lived: MemberDays) -> None:
    today = lived.figures().points.account.opening
    lived.later(days=1)
    service = lived.till.counter.reports
    first = service.today() - timedelta(days=2)
    then = service.make(service.prepare(ReportPeriod(first, first), "en"))
    assert then.loyalty is not None
    points = then.loyalty.figures.points
    assert points.account.is_reconciled
    assert points.account.closing == today == sum(x.amount for x in points.by_age)


def test_debts_stand_apart(days: MemberDays) -> None:
    lin = days.enrol()
    first = days.sell(lin, SHIRT_M)
    days.sell(lin, TEA, points=100, means=Means.ROTATING_CODE)
    days.give_back(first)
    points = days.figures().points
    assert points.debt > 0
    assert points.account.is_reconciled
    (owed,) = [x for x in points.by_expiry if x.key == "debt"]
    assert owed.amount == -points.debt
    rows = days.rows(Figure(FigureKind.POINTS_DUE, "debt"))
    assert rows.amount_minor == -points.debt


def test_each_member_stands_in_one_state(days: MemberDays) -> None:
    lost, at_risk, active, never, new = (days.enrol() for _ in range(5))
    days.sell(lost)
    days.later(days=130)
    days.sell(at_risk)
    days.later(days=70)
    undone = days.sell(lost)
    days.till.counter.reversal.reverse(undone.sale_id, "rung_up_wrongly").result()
    days.sell(active)
    days.later(days=10)
    new_one = days.enrol()
    found = {x.key: x.count for x in days.figures().states}
    assert found == {
        MemberState.NEW: 1,
        MemberState.ACTIVE: 1,
        MemberState.AT_RISK: 1,
        MemberState.LOST: 1,
        MemberState.NEVER: 2,
    }
    for state, who in (
        ("new", new_one),
        ("active", active),
        ("at_risk", at_risk),
        ("lost", lost),
    ):
        (row,) = days.rows(Figure(FigureKind.MEMBER_STATE, state)).rows
        assert row.member_id == who, state
        assert "会" not in row.detail.replace("会*", "")
    assert {never, new} == {
        row.member_id
        for row in days.rows(Figure(FigureKind.MEMBER_STATE, "never")).rows
    }


def test_tier_moves_are_those_of_the_ledger(lived: MemberDays) -> None:
    figures = lived.figures(2)
    moved = sum(x.count for x in figures.tier_moves)
    (written,) = query(
        lived.till, "SELECT count(*) FROM tier_move WHERE kind <> 'keep'"
    )
    assert moved == written[0] > 0
    for share in figures.tier_moves:
        rows = lived.rows(Figure(FigureKind.TIER_MOVE, share.key))
        assert rows.count == share.count
    for holder in figures.holders:
        rows = lived.rows(Figure(FigureKind.TIER, holder.key))
        assert rows.count == holder.count
        assert holder.name in {"银卡", "金卡"}


def test_a_shop_without_members_reads_nothing_about_them(days: MemberDays) -> None:
    days.sell()
    report = days.report()
    assert report.loyalty is None
    assert "members" not in {x.key for x in report_tables(report, Words("en"))}


def test_every_table_of_members_can_be_written(lived: MemberDays) -> None:
    report = lived.report(2)
    for language in ("en", "zh-CN", "zh-TW"):
        tables = {x.key: x for x in report_tables(report, Words(language))}
        for key in ("members", "member_states", "points", "points_due", "tiers"):
            assert tables[key].rows, key
            for row in tables[key].rows:
                assert len(row.cells) == len(tables[key].columns)


def test_what_came_along_was_merged_and_was_given_up_is_told_and_sums(
    days: MemberDays,
) -> None:
    lin, wang, gone = days.enrol(), days.enrol(), days.enrol()
    desk, admin = days.till.counter.desk, days.till.counter.member_admin
    for who in (wang, gone):
        give_points(days.till, 500, who)
    at = desk.clock.now()
    for who, tier in ((wang, "gold"), (lin, "silver")):
        given = ((tier, None), desk.ids.new(), at)
        desk.record(lambda x, w=who, g=given: x.points.grant_tier(w, *g)).result()
    admin.merging.merge(lin, wang, MergeReason.SAME_PERSON).result()
    assert admin.erasure.erase(gone).result()
    days.sell(lin, SHIRT_M)
    report = days.report()
    assert report.loyalty is not None
    account = report.loyalty.figures.points.account
    moved = {x.key: x.amount for x in account.flows}
    assert (moved[MoveKind.OPEN], moved[MoveKind.FORFEIT]) == (1_000, -500)
    for flow in account.flows:
        behind = days.rows(Figure(FigureKind.POINT_FLOW, flow.key))
        assert behind.count == flow.count, flow.key
    for share in report.loyalty.figures.tier_moves:
        behind = days.rows(Figure(FigureKind.TIER_MOVE, share.key))
        assert behind.count == share.count, share.key
    tables = {x.key: x for x in report_tables(report, Words("en"))}
    rows = [row.cells for row in tables["points"].rows]
    names = [str(cells[0]) for cells in rows]
    end = next(at for at, name in enumerate(names) if name.startswith("At the end"))
    assert {"Brought along", "Given up", "Earned"} <= set(names[:end])
    assert sum(int(str(cells[2])) for cells in rows[:end]) == account.closing
    assert rows[end][2] == account.closing
    tiers = {str(row.cells[0]) for row in tables["tiers"].rows}
    assert {"Brought along, or given by hand", "Two members became one"} <= tiers
    printed = _printed(report, days)
    assert any("Brought along" in row and "1,000" in row for row in printed)
    assert any("Given up" in row and "500" in row for row in printed)


def _printed(report: Report, days: MemberDays, language: str = "en") -> list[str]:
    layout = report_slip(
        report,
        days.till.counter.desk.shop,
        Words(language),
        cashier="Lin",
        local_time=datetime(2026, 11, 21, 20, 0),  # noqa: DTZ001 - the shop's clock
    )
    return text_lines(layout, 42)


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (set(MoveKind) - {MoveKind.ACTIVATE}, FLOW_WORDS),
        (TierMoveKind, TIER_WORDS),
        (MemberState, STATE_WORDS),
        (Pattern, PATTERN_WORDS),
        (AccountKind, ACCOUNT_WORDS),
    ],
)
def test_whatever_a_ledger_holds_has_a_name(
    kinds: Iterable[StrEnum], words: Mapping[StrEnum, str]
) -> None:
    assert set(kinds) == words.keys()


def test_no_name_and_no_phone_stands_in_any_row(lived: MemberDays) -> None:
    lived.report(2)
    words = [
        row.detail
        for kind, key in (("point_flow", "earn"), ("buyers", "members"))
        for row in lived.rows(Figure(FigureKind(kind), key)).rows
    ]
    assert words
    assert not any("会员" in word or "139000" in word for word in words)


def test_limits_are_set_once_and_journalled(days: MemberDays) -> None:
    service = days.till.counter.reports.loyalty
    assert service.limits() == ReportLimits()
    limits = ReportLimits(StateDays(30, 90), SuspicionRule(card_uses_a_day=1))
    service.set_limits(limits).result()
    assert service.limits() == limits
    kinds = query(days.till, "SELECT kind FROM journal ORDER BY seq DESC LIMIT 1")
    assert kinds == [("SettingsChanged",)]
    with pytest.raises(UserError, match="member_states_order"):
        service.set_limits(ReportLimits(StateDays(90, 30)))


def test_points_from_before_are_in_the_opening(days: MemberDays) -> None:
    give_points(days.till, 500, days.enrol())
    days.later(days=2)
    points = days.figures().points
    assert (points.account.opening, points.account.closing) == (500, 500)


def test_the_printed_report_has_the_members_and_names_nobody(
    lived: MemberDays,
) -> None:
    report = lived.report(2)
    assert report.loyalty is not None
    for language, members in (("en", "Members"), ("zh-CN", "会员")):
        rows = _printed(report, lived, language)
        assert any(row.strip() == members for row in rows)
        whole = "\n".join(rows)
        assert f"{report.loyalty.figures.points.account.closing:,}" in whole
        assert "139" not in whole
        assert "会员1" not in whole
