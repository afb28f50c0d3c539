"""The arithmetic of reports: periods, folding, comparisons."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from pos_app.domain.report import ItemShare, SalesSlot, SalesSum
from pos_app.domain.report_period import (
    ReportPeriod,
    Span,
    period_between,
    period_of,
)
from pos_app.domain.report_sums import (
    by_cashier,
    by_category,
    by_day,
    by_hour,
    by_item,
    change_permille,
    total_of,
)
from pos_app.errors import UserError
from pos_app.values.times import Timestamp

TODAY = date(2026, 11, 21)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def slot(at: str, minor: int, cashier: str = "a", day: date = TODAY) -> SalesSlot:
    quarter = Timestamp.parse(at).unix_ms // 900_000
    sums = SalesSum(tickets=1, sold_minor=minor)
    return SalesSlot(day, quarter, cashier, cashier.upper(), sums)


@pytest.mark.parametrize(
    ("span", "first", "last", "before"),
    [
        (Span.TODAY, TODAY, TODAY, date(2026, 11, 14)),
        (Span.YESTERDAY, date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 13)),
        (Span.WEEK, date(2026, 11, 15), TODAY, date(2026, 11, 8)),
        (Span.MONTH, date(2026, 11, 1), TODAY, date(2026, 10, 11)),
    ],
)
def test_a_period_is_compared_with_the_same_weekdays(
    span: Span, first: date, last: date, before: date
) -> None:
    period = period_of(span, TODAY)
    assert (period.first, period.last) == (first, last)
    assert period.before().first == before
    assert period.before().first.weekday() == first.weekday()
    assert period.before().last < first


def test_two_days_make_a_period_in_either_order_and_never_ahead() -> None:
    early, late = date(2026, 11, 3), date(2026, 12, 24)
    assert period_between(late, early, TODAY) == ReportPeriod(early, TODAY)
    with pytest.raises(UserError, match="period_ahead"):
        period_between(late, late, TODAY)
    with pytest.raises(UserError, match="period_too_long"):
        period_between(date(2020, 1, 1), TODAY, TODAY)


def test_hours_run_as_the_business_day_does() -> None:
    slots = [
        slot("2026-11-21T22:59:00+08:00", 100),
        slot("2026-11-22T01:10:00+08:00", 30),
        slot("2026-11-21T22:00:00+08:00", 5),
    ]
    hours = by_hour(slots, SHANGHAI, starts_at_hour=4)
    assert [(x.key, x.amount_minor) for x in hours] == [
        ("22", 105),
        ("23", 0),
        ("0", 0),
        ("1", 30),
    ]
    assert by_hour([], SHANGHAI, 4) == ()


def test_hours_are_right_where_the_offset_is_no_whole_hour() -> None:
    kathmandu = ZoneInfo("Asia/Kathmandu")  # +05:45
    found = by_hour([slot("2026-11-21T10:05:00+05:45", 7)], kathmandu, 0)
    assert [(x.key, x.amount_minor) for x in found] == [("10", 7)]


def test_every_day_of_the_period_stands_in_it() -> None:
    period = ReportPeriod(date(2026, 11, 19), TODAY)
    days = by_day([slot("2026-11-21T10:00:00+08:00", 9)], period)
    assert [(x.key[-2:], x.amount_minor) for x in days] == [
        ("19", 0),
        ("20", 0),
        ("21", 9),
    ]


def test_who_sold_most_comes_first() -> None:
    noon = "2026-11-21T12:00:00+08:00"
    slots = [slot(noon, 5), slot(noon, 9, "b"), slot(noon, 1)]
    assert [(x.key, x.name, x.amount_minor) for x in by_cashier(slots)] == [
        ("b", "B", 9),
        ("a", "A", 6),
    ]
    assert total_of(slots).net_sales_minor == 15
    assert total_of(slots).average_minor == 5


def item(key: str, category: str, sold: int, returned: int = 0) -> ItemShare:
    return ItemShare(key, key, key, key, category, 1000, sold, returned)


def test_an_item_that_moved_between_categories_is_one_item() -> None:
    items = [item("tea", "drinks", 30), item("tea", "", 12, 2), item("bun", "", 5)]
    assert [(x.item_id, x.amount_minor) for x in by_item(items)] == [
        ("tea", 40),
        ("bun", 5),
    ]
    shares = by_category(items, {"drinks": "Drinks"})
    assert [(x.name, x.count, x.amount_minor) for x in shares] == [
        ("Drinks", 1, 30),
        ("", 2, 15),
    ]


@pytest.mark.parametrize(
    ("now", "before", "grown"),
    [(1174, 1000, 174), (900, 1000, -100), (5, 0, None), (1000, 1000, 0)],
)
def test_growth_in_thousandths(now: int, before: int, grown: int | None) -> None:
    assert change_permille(now, before) == grown
