"""When a promotion is tried, for whom, and how many goods make it apply."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pos_app.domain.promotion.deal import Off, UnitDeal
from pos_app.domain.promotion.holding import is_for, is_time
from pos_app.domain.promotion.occasion import Occasion
from pos_app.domain.promotion.promotion import (
    DAY_MINUTES,
    Audience,
    AudienceKind,
    Hours,
    Promotion,
    Schedule,
)
from pos_app.domain.promotion.selector import ALL_GOODS, Selector
from pos_app.services.promotion_sample import moment_of, shopper_for
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp

ZONE = ZoneInfo("Asia/Shanghai")
NOON = Timestamp.of(datetime(2026, 11, 21, 12, 10, tzinfo=ZONE))  # a Saturday


def promotion(schedule: Schedule) -> Promotion:
    deal = UnitDeal(Selector(ALL_GOODS), Off(percentage=Percentage(100_000)))
    return Promotion("p", 1, "x", deal, schedule=schedule)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Schedule(), "2026-11-21 12:10"),
        (Schedule(hours=(Hours(19 * 60, DAY_MINUTES),)), "2026-11-21 19:00"),
        (Schedule(weekdays=(1,), hours=(Hours(480, 600),)), "2026-11-23 08:00"),
        (Schedule(Period(NOON.plus_seconds(86_400))), "2026-11-22 12:10"),
    ],
)
def test_it_is_tried_at_the_next_moment_at_which_it_holds(schedule, expected):
    moment = moment_of(promotion(schedule), NOON, ZONE)
    assert moment is not None
    assert f"{moment.at(ZONE):%Y-%m-%d %H:%M}" == expected
    assert is_time(schedule, Occasion(moment, ZONE))


def test_one_that_is_over_has_no_such_moment():
    over = Schedule(Period(None, NOON))
    assert moment_of(promotion(over), NOON, ZONE) is None


@pytest.mark.parametrize("kind", AudienceKind)
def test_it_is_tried_by_somebody_it_is_for(kind: AudienceKind):
    audience = Audience(kind, ("gold",))
    shopper = shopper_for(audience, NOON, ZONE)
    assert is_for(audience, Occasion(NOON, ZONE, shopper=shopper))
