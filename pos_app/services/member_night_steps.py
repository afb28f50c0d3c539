"""The steps of the night in their order, and who runs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from pos_app.ports.ledger import UnitOfWork
from pos_app.services.campaign_night import night_campaigns
from pos_app.services.coupon_night import night_coupons
from pos_app.services.desk import Desk
from pos_app.services.member_night import Night, NightStep
from pos_app.services.points_night import night_notices, night_points, night_tiers
from pos_app.services.suggestions import night_pairs
from pos_app.services.value_night import night_value

#: What is over goes first, then what is judged, then what rules give for it.
STEPS: Mapping[str, NightStep] = {
    "points": night_points,
    "tiers": night_tiers,
    "value": night_value,
    "coupons": night_coupons,
    "notices": night_notices,
    "campaigns": night_campaigns,
    "pairs": night_pairs,
}


class MemberNight:
    """Runs each step once for a business day, and goes on after a stop."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def due(self) -> Night | None:
        """Return the run that this day still needs; on the sale's thread.

        None once all of it was done, so that an idle till asks one row.
        """
        desk = self._desk
        day = desk.business_day()
        if all(desk.ledger.points.is_night_done(day, step) for step in STEPS):
            return None
        stamp = desk.stamp(day)
        return Night(desk, day, stamp.at, ZoneInfo(desk.shop.time_zone), stamp)

    def run(self, night: Night) -> int:
        """Do what is not done yet; on any thread but the core's.

        A till that was off for a week settles everything with its first run: points
        are over by the clock, whether somebody wrote it down or not.

        Args:
            night: of `due`.

        Returns:
            How many steps were done.
        """
        done = 0
        for step, action in STEPS.items():
            if self._desk.ledger.points.is_night_done(night.day, step):
                continue
            action(night)
            self._desk.ledger.submit(_doing(night, step)).result()
            done += 1
        return done


def _doing(night: Night, step: str) -> Callable[[UnitOfWork], None]:
    return lambda unit: unit.points.set_night_done(night.day, step, night.at)
