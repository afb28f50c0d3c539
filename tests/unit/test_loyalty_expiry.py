"""Points begin and end by the shop's clocks, and members are told beforehand."""

from datetime import UTC, date, tzinfo
from zoneinfo import ZoneInfo

import pytest

from pos_app.domain.loyalty.booking import booked
from pos_app.domain.loyalty.expiry import ExpiryKind, LifeRule, expiry_notices
from pos_app.domain.loyalty.facts import Burned, Earned
from pos_app.domain.loyalty.ledger import PointLedger
from pos_app.domain.loyalty.shop_calendar import months_after
from pos_app.domain.loyalty.unit_points import whole
from pos_app.values.times import Timestamp

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> Timestamp:
    return Timestamp.parse(text)


@pytest.mark.parametrize(
    ("sentence", "kind", "months", "earned", "zone", "ends"),
    [
        ("never", ExpiryKind.NEVER, 12, "2026-11-21T12:00+08:00", SHANGHAI, None),
        (
            "a year of days, the last one whole",
            ExpiryKind.ROLLING,
            12,
            "2026-11-21T12:00+08:00",
            SHANGHAI,
            "2027-11-22T00:00+08:00",
        ),
        (
            "a month after the 31st of January",
            ExpiryKind.ROLLING,
            1,
            "2026-01-31T23:59+08:00",
            SHANGHAI,
            "2026-03-01T00:00+08:00",
        ),
        (
            "a year after a leap day",
            ExpiryKind.ROLLING,
            12,
            "2028-02-29T09:00+08:00",
            SHANGHAI,
            "2029-03-01T00:00+08:00",
        ),
        (
            "the end of the month",
            ExpiryKind.MONTH_END,
            12,
            "2026-11-01T00:00+08:00",
            SHANGHAI,
            "2027-12-01T00:00+08:00",
        ),
        (
            "the end of next year",
            ExpiryKind.YEAR_END,
            12,
            "2026-01-01T00:00+08:00",
            SHANGHAI,
            "2028-01-01T00:00+08:00",
        ),
        (
            "the shop's day, not that of UTC",
            ExpiryKind.MONTH_END,
            0,
            "2026-11-30T17:00+00:00",
            SHANGHAI,
            "2027-01-01T00:00+08:00",
        ),
        (
            "across summer time",
            ExpiryKind.ROLLING,
            6,
            "2026-01-10T12:00+01:00",
            BERLIN,
            "2026-07-11T00:00+02:00",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_points_end(sentence, kind, months, earned, zone, ends) -> None:
    end = LifeRule(kind, months).expires_at(at(earned), zone)
    assert end == (None if ends is None else at(ends))


@pytest.mark.parametrize("zone", [SHANGHAI, BERLIN, UTC])
def test_points_wait_for_the_last_day_of_returns(zone: tzinfo) -> None:
    earned = at("2026-11-21T12:00Z")
    assert LifeRule().active_at(earned, zone) == earned
    begin = LifeRule(pending_days=7).active_at(earned, zone)
    assert begin.at(zone).isoformat()[:19] == "2026-11-29T00:00:00"


def test_points_that_wait_longer_than_they_live_live_from_then_on() -> None:
    rule = LifeRule(ExpiryKind.MONTH_END, 0, pending_days=30)
    earned = at("2026-11-21T12:00Z")
    end = rule.expires_at(earned, UTC)
    assert end == at("2027-01-01T00:00Z")
    assert rule.active_at(earned, UTC) < end


def test_grace_is_whole_days_or_none() -> None:
    back = at("2026-11-21T12:00Z")
    assert LifeRule().grace_until(back, UTC) is None
    assert LifeRule(grace_days=14).grace_until(back, UTC) == at("2026-12-06T00:00Z")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2028, 2, 29), -12, date(2027, 2, 28)),
    ],
)
def test_months_are_counted_as_people_do(day, months, then) -> None:
    assert months_after(day, months) == then


def points_that_end(*ends: str, points: int = 100) -> PointLedger:
    ledger = PointLedger()
    start = at("2026-01-01T00:00Z")
    for number, end in enumerate(ends):
        fact = Earned(f"s{number}", start, whole(points), start, at(end))
        ledger = booked(ledger, fact)
    return ledger


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-30T23:59:59Z", []),
        ("2026-12-01T00:00Z", [("2026-12-31/30", 30, 100)]),
        ("2026-12-23T12:00Z", [("2026-12-31/30", 8, 100)]),
        ("2026-12-24T12:00Z", [("2026-12-31/7", 7, 100)]),
        ("2026-12-31T23:59:59Z", [("2026-12-31/7", 0, 100)]),
        ("2027-01-01T00:00Z", []),
    ],
)
def test_a_member_is_told_thirty_and_seven_days_before(now, told) -> None:
    ledger = points_that_end("2027-01-01T00:00Z")
    notices = expiry_notices(ledger, at(now), UTC)
    assert [(one.key, one.days_left, one.points) for one in notices] == told


def test_each_notice_goes_out_once_and_ends_of_one_day_are_one() -> None:
    ledger = points_that_end(
        "2027-01-01T00:00Z", "2027-01-01T00:00Z", "2027-01-05T00:00Z"
    )
    now = at("2026-12-10T00:00Z")
    first = expiry_notices(ledger, now, UTC)
    assert [(one.last_day.day, one.points) for one in first] == [(31, 200), (4, 100)]
    sent = [one.key for one in first]
    assert expiry_notices(ledger, now, UTC, sent=sent) == ()
    later = expiry_notices(ledger, at("2026-12-24T00:00Z"), UTC, sent=sent)
    assert [one.key for one in later] == ["2026-12-31/7"]


def test_points_that_are_spent_are_not_told() -> None:
    ledger = points_that_end("2027-01-01T00:00Z")
    now = at("2026-12-10T00:00Z")
    after = booked(ledger, Burned("b", now, whole(100)))
    assert expiry_notices(after, now, UTC) == ()
