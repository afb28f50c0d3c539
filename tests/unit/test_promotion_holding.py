"""When, where, for whom and how often a promotion holds."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from pos_app.domain.promotion.deal import UnitDeal
from pos_app.domain.promotion.explanation import RefusalCause
from pos_app.domain.promotion.holding import cause_against, is_for, is_time, uses_left
from pos_app.domain.promotion.occasion import CouponInHand, Occasion, Shopper, Used
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Hours,
    Limits,
    Schedule,
    Trigger,
    TriggerKind,
)
from pos_app.values.times import Period, Timestamp
from tests.builders_offers import EVERYTHING, deal, percent

SHANGHAI = timezone(timedelta(hours=8))
BERLIN = ZoneInfo("Europe/Berlin")
TEN_OFF = UnitDeal(EVERYTHING, percent("10"))
EVENING = Schedule(hours=(Hours(19 * 60, 22 * 60),))
NIGHT_OF_FRIDAY = Schedule(weekdays=(5,), hours=(Hours(22 * 60, 2 * 60),))
TWO_TO_THREE = Schedule(hours=(Hours(2 * 60, 3 * 60),))


def at(text: str, zone=SHANGHAI, **more) -> Occasion:
    moment = Timestamp.parse(text) if "+" in text or "Z" in text else None
    if moment is None:
        moment = Timestamp.of(datetime.fromisoformat(text).replace(tzinfo=zone))
    return Occasion(moment, zone, **more)


@pytest.mark.parametrize(
    ("schedule", "occasion", "holds"),
    [
        (EVENING, at("2026-11-20T18:59:59"), False),
        (EVENING, at("2026-11-20T19:00"), True),
        (EVENING, at("2026-11-20T21:59:59"), True),
        (EVENING, at("2026-11-20T22:00"), False),
        (EVENING, at("2026-11-20T11:30Z"), True),  # 19:30 in the shop's zone
        (NIGHT_OF_FRIDAY, at("2026-11-20T22:00"), True),  # a Friday
        (NIGHT_OF_FRIDAY, at("2026-11-20T21:59:59"), False),
        (NIGHT_OF_FRIDAY, at("2026-11-20T23:00"), True),
        (NIGHT_OF_FRIDAY, at("2026-11-21T01:59"), True),  # still Friday's night
        (NIGHT_OF_FRIDAY, at("2026-11-21T02:00"), False),
        (NIGHT_OF_FRIDAY, at("2026-11-21T23:00"), False),
        (NIGHT_OF_FRIDAY, at("2026-11-20T01:00"), False),  # Thursday's night
        (TWO_TO_THREE, at("2026-10-25T00:30Z", BERLIN), True),  # 2:30, summer time
        (TWO_TO_THREE, at("2026-10-25T01:30Z", BERLIN), True),  # 2:30 again
        (TWO_TO_THREE, at("2026-03-29T01:30Z", BERLIN), False),  # 2:30 never comes
        (Schedule(weekdays=(6, 7)), at("2026-11-21T00:00"), True),
        (Schedule(weekdays=(6, 7)), at("2026-11-20T23:59"), False),
        (
            Schedule(Period(None, Timestamp.parse("2026-11-20T00:00Z"))),
            at("2026-11-20T08:00"),  # its end is not in it
            False,
        ),
        (Schedule(hours=(Hours(0, 60), Hours(120, 180))), at("2026-11-20T02:30"), True),
        (
            Schedule(hours=(Hours(0, 60), Hours(120, 180))),
            at("2026-11-20T01:30"),
            False,
        ),
        (Schedule(), at("2026-11-20T01:30"), True),
    ],
)
def test_a_schedule_is_read_on_the_shops_clock(schedule, occasion, holds) -> None:
    cause = cause_against(deal("p", TEN_OFF, schedule=schedule), occasion)
    assert cause == (None if holds else RefusalCause.NOT_NOW)


ANN = Shopper(
    "ann", "gold", ("Nurse",), is_newcomer=True, birth_month=11, is_staff=False
)


@pytest.mark.parametrize(
    ("audience", "shopper", "holds"),
    [
        (Audience(), None, True),
        (Audience(AudienceKind.MEMBER), None, False),
        (Audience(AudienceKind.MEMBER), ANN, True),
        (Audience(AudienceKind.TIER, ("silver", "gold")), ANN, True),
        (Audience(AudienceKind.TIER, ("silver",)), ANN, False),
        (Audience(AudienceKind.TIER, ("",)), Shopper("bob"), False),
        (Audience(AudienceKind.NEWCOMER), ANN, True),
        (Audience(AudienceKind.NEWCOMER), Shopper("bob"), False),
        (Audience(AudienceKind.BIRTHDAY), ANN, True),
        (Audience(AudienceKind.BIRTHDAY), Shopper("bob", birth_month=10), False),
        (Audience(AudienceKind.BIRTHDAY), Shopper("bob"), False),
        (Audience(AudienceKind.TAG, (" nurse ",)), ANN, True),
        (Audience(AudienceKind.TAG, ("teacher",)), ANN, False),
        (Audience(AudienceKind.STAFF), ANN, False),
        (Audience(AudienceKind.STAFF), Shopper("bob", is_staff=True), True),
    ],
)
def test_an_audience_knows_whom_it_is_for(audience, shopper, holds) -> None:
    promotion = deal("p", TEN_OFF, audience=audience)
    occasion = at("2026-11-20T12:00", shopper=shopper)
    expected = None if holds else RefusalCause.NOT_FOR_CUSTOMER
    assert cause_against(promotion, occasion) == expected


@pytest.mark.parametrize(
    ("more", "occasion", "cause"),
    [
        ({"channels": ("online",)}, {}, RefusalCause.NOT_NOW),
        ({"channels": ("shop",)}, {}, None),
        ({"stores": ("north",)}, {"store": "south"}, RefusalCause.NOT_NOW),
        ({"stores": ("north",)}, {"store": "north"}, None),
        ({}, {"declined": ("p",)}, RefusalCause.DECLINED),
        ({"trigger": Trigger(TriggerKind.MANUAL)}, {}, RefusalCause.NOT_CHOSEN),
        ({"trigger": Trigger(TriggerKind.MANUAL)}, {"chosen": ("p",)}, None),
        ({"trigger": Trigger(TriggerKind.COUPON)}, {}, RefusalCause.NOT_CHOSEN),
        (
            {"trigger": Trigger(TriggerKind.COUPON)},
            {"coupons": (CouponInHand("c", "p"),)},
            None,
        ),
        (
            {"limits": Limits(in_all=3)},
            {"used": {"p": Used(in_all=3)}},
            RefusalCause.USED_UP,
        ),
    ],
)
def test_place_trigger_and_limits_decide_too(more, occasion, cause) -> None:
    promotion = deal("p", TEN_OFF, **more)
    assert cause_against(promotion, at("2026-11-20T12:00", **occasion)) == cause


@pytest.mark.parametrize(
    ("limits", "used", "shopper", "left"),
    [
        (Limits(), Used(9, 9, 9), ANN, None),
        (Limits(per_basket=2), Used(9, 9, 9), ANN, 2),
        (Limits(per_member=2), Used(by_member=1), ANN, 1),
        (Limits(per_member=2), Used(by_member=1), None, None),  # nobody is known
        (Limits(per_basket=5, in_period=4, in_all=9), Used(0, 1, 8), ANN, 1),
        (Limits(in_period=4), Used(in_period=6), ANN, 0),
    ],
)
def test_the_shortest_limit_counts(limits, used, shopper, left) -> None:
    promotion = deal("p", TEN_OFF, limits=limits)
    occasion = at("2026-11-20T12:00", shopper=shopper, used={"p": used})
    assert uses_left(promotion, occasion) == left


def test_hours_past_midnight_are_over_at_the_minute_of_their_end() -> None:
    night = Schedule(hours=(Hours(22 * 60, 2 * 60),))
    end = Timestamp.parse("2026-11-22T02:00:00Z")
    assert not is_time(night, Occasion(end))
    assert is_time(night, Occasion(Timestamp(end.unix_ms - 1)))


@pytest.mark.parametrize(
    ("born", "day", "is_kept"),
    [
        ((11, 21), "2026-11-21", True),
        ((11, 22), "2026-11-21", False),
        ((0, 0), "2026-11-21", False),
        ((2, 29), "2028-02-29", True),
        ((2, 29), "2028-02-28", False),
        ((2, 29), "2027-02-28", True),  # kept the day before, where there is none
        ((2, 28), "2027-02-28", True),
        ((2, 29), "2027-03-01", False),
    ],
)
def test_a_birthday_holds_on_its_very_day_by_the_shops_clock(
    born: tuple[int, int], day: str, is_kept: bool
) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    audience = Audience(AudienceKind.BIRTH_DATE)
    shopper = Shopper("ann", birth_month=born[0], birth_day=born[1])
    for clock in ("00:00", "23:59"):
        local = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone)
        occasion = Occasion(Timestamp.of(local), zone, shopper=shopper)
        assert is_for(audience, occasion) is is_kept
    assert not is_for(audience, Occasion(Timestamp.of(local), zone))
