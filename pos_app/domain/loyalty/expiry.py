"""When points begin and end by the shop's clocks, and who is told beforehand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import StrEnum

from pos_app.domain.loyalty.ledger import PointLedger
from pos_app.domain.loyalty.lot import LotKind, PointLot
from pos_app.domain.loyalty.shop_calendar import (
    days_after,
    end_of,
    local_day,
    month_end,
    months_after,
)
from pos_app.values.times import Timestamp

#: A member is told so many days before points end.
NOTICE_DAYS = (30, 7)


class ExpiryKind(StrEnum):
    """How the end of points is found."""

    NEVER = "never"
    ROLLING = "rolling"  # the same day so many months later
    MONTH_END = "month_end"  # the end of the month so many months later
    YEAR_END = "year_end"  # the end of the year in which that month lies


@dataclass(frozen=True, slots=True)
class LifeRule:
    """How long points wait and live.

    Attributes:
        kind, months: of the end.
        pending_days: points wait until the end of this day after the sale (the
            return deadline); 0 lets them be given at once.
        grace_days: points that come back after their end live so long; 0 for none.
    """

    kind: ExpiryKind = ExpiryKind.ROLLING
    months: int = 12
    pending_days: int = 0
    grace_days: int = 0

    def active_at(self, earned_at: Timestamp, zone: tzinfo) -> Timestamp:
        """Return from when on points can be given."""
        if not self.pending_days:
            return earned_at
        return days_after(earned_at, self.pending_days, zone)

    def expires_at(self, earned_at: Timestamp, zone: tzinfo) -> Timestamp | None:
        """Return when points end, always the end of a day of the shop.

        Points that would end before they begin live from then on.
        """
        if self.kind is ExpiryKind.NEVER:
            return None
        end = end_of(self._last_day(local_day(earned_at, zone)), zone)
        active = self.active_at(earned_at, zone)
        if end > active:
            return end
        return end_of(self._last_day(local_day(active, zone)), zone)

    def grace_until(self, returned_at: Timestamp, zone: tzinfo) -> Timestamp | None:
        """Return when points end that come back to a lot that is over; None: at once."""
        if not self.grace_days:
            return None
        return days_after(returned_at, self.grace_days, zone)

    def _last_day(self, day: date) -> date:
        last = months_after(day, self.months)
        if self.kind is ExpiryKind.ROLLING:
            return last
        return month_end(
            last if self.kind is ExpiryKind.MONTH_END else last.replace(month=12, day=1)
        )


def ending_soon(
    left: Iterable[tuple[PointLot, int]], at: Timestamp, zone: tzinfo
) -> tuple[int, Timestamp | None]:
    """Return how many points end next, and when, if that is within a notice's days.

    Args:
        left: lots and what is left in them.
        at: now.
        zone: of the shop.

    Returns:
        Points, and the first moment without them; (0, None) where none end soon.
    """
    until = days_after(at, max(NOTICE_DAYS), zone)
    ends = [
        (lot.expires_at, points)
        for lot, points in left
        if lot.kind is not LotKind.DEBT
        and points > 0
        and lot.expires_at is not None
        and at < lot.expires_at <= until
    ]
    if not ends:
        return 0, None
    first = min(end for end, _ in ends)
    return sum(points for end, points in ends if end == first), first


@dataclass(frozen=True, slots=True)
class ExpiryNotice:
    """Points that end soon.

    Attributes:
        last_day: on which they can be given. days: which notice, 30 or 7.
        days_left: from today to the last day. points: that are left.
    """

    last_day: date
    days: int
    days_left: int
    points: int

    @property
    def key(self) -> str:
        """What is sent once: `2027-03-31/30`."""
        return f"{self.last_day.isoformat()}/{self.days}"


def expiry_notices(
    ledger: PointLedger,
    at: Timestamp,
    zone: tzinfo,
    days: Sequence[int] = NOTICE_DAYS,
    sent: Collection[str] = (),
) -> tuple[ExpiryNotice, ...]:
    """Return what a member is to be told now, the earliest end first.

    A job that did not run for some days tells the nearer notice only.

    Args:
        ledger: of the member.
        at: now.
        zone: of the shop.
        days: so many days before the last day, each once.
        sent: keys of notices that went out already.
    """
    today = local_day(at, zone)
    by_day: dict[date, int] = {}
    for lot in ledger.lots.values():
        left = ledger.left[lot.lot_id]
        if lot.kind is LotKind.DEBT or lot.expires_at is None or left <= 0:
            continue
        if not lot.is_expired(at):
            # An end is the first moment after the last day.
            last = local_day(Timestamp(lot.expires_at.unix_ms - 1), zone)
            by_day[last] = by_day.get(last, 0) + left
    notices: list[ExpiryNotice] = []
    for last, points in sorted(by_day.items()):
        days_left = (last - today).days
        reached = [one for one in sorted(days) if days_left <= one]
        if reached:
            notice = ExpiryNotice(last, reached[0], days_left, points)
            notices += [notice] if notice.key not in sent else []
    return tuple(notices)
