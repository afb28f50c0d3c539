"""Tiers of members: names, thresholds and benefits are the shop's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from enum import StrEnum

from pos_app.domain.loyalty.shop_calendar import (
    end_of,
    local_day,
    months_after,
    start_of,
)
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp

_ONCE = Percentage(1_000_000)


class TierMetric(StrEnum):
    """What brings a member up; points that were spent do not bring anybody down."""

    SPEND = "spend"  # minor units paid for goods, returns taken off
    VISITS = "visits"  # days of the shop with a purchase that was kept


class TierWindow(StrEnum):
    """The while in which the metric is counted."""

    ROLLING_YEAR = "rolling_year"  # twelve months until today
    CALENDAR_YEAR = "calendar_year"


class Downgrade(StrEnum):
    """How far a member falls who has not kept the tier."""

    ONE_LEVEL = "one_level"
    TO_LEVEL = "to_level"


@dataclass(frozen=True, slots=True)
class TierBenefits:
    """What a tier gives; each is data for another part of the shop.

    Attributes:
        price_level: key of the price level; "" for shelf prices.
        earn_times: multiplier of points; 200 % doubles.
        entry_coupons: templates of coupons that are issued on entry.
        advisor: staff id or words shown at the till; "" for none.
        priority: of orders that wait; higher goes first.
    """

    price_level: str = ""
    earn_times: Percentage = _ONCE
    entry_coupons: tuple[str, ...] = ()
    advisor: str = ""
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier.

    Attributes:
        key: stable. name: the shop's word (金卡); names: in other languages.
        threshold: of the metric: minor units or visits, above the tier below.
        benefits: see there. version: of the benefits, counted up when they change.
    """

    key: str
    name: str
    threshold: int
    benefits: TierBenefits = TierBenefits()
    names: tuple[tuple[str, str], ...] = ()
    version: int = 1

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)


@dataclass(frozen=True, slots=True)
class TierPlan:
    """All tiers of a programme, the lowest first.

    Attributes:
        tiers: rising thresholds. metric, window, downgrade: see there.
        return_days: an upgrade is cancelled by returns until so many days after it.
        zone: of the shop.
    """

    tiers: tuple[Tier, ...]
    zone: tzinfo
    metric: TierMetric = TierMetric.SPEND
    window: TierWindow = TierWindow.ROLLING_YEAR
    downgrade: Downgrade = Downgrade.ONE_LEVEL
    return_days: int = 7

    def check(self) -> None:
        """Assert that thresholds rise and keys differ."""
        levels = [tier.threshold for tier in self.tiers]
        assert levels == sorted(set(levels))
        assert len({tier.key for tier in self.tiers} - {""}) == len(self.tiers)

    def rank(self, key: str) -> int:
        """Return 1 for the lowest tier, 0 for none; a tier that is gone counts none."""
        keys = [tier.key for tier in self.tiers]
        return keys.index(key) + 1 if key in keys else 0

    def key_at(self, rank: int) -> str:
        """Return the key of a rank; "" for rank 0."""
        return self.tiers[rank - 1].key if rank else ""

    def tier(self, key: str) -> Tier | None:
        """Return a tier; None for "" and for one that is gone."""
        rank = self.rank(key)
        return self.tiers[rank - 1] if rank else None

    def rank_for(self, metric: int) -> int:
        """Return the highest rank whose threshold a metric reaches."""
        return sum(tier.threshold <= metric for tier in self.tiers)

    def span(self, moment: Timestamp) -> Period:
        """Return the while that counts at a moment, that day included."""
        today = local_day(moment, self.zone)
        if self.window is TierWindow.CALENDAR_YEAR:
            first = date(today.year, 1, 1)
        else:
            first = months_after(today, -12) + timedelta(days=1)
        return Period(start_of(first, self.zone), end_of(today, self.zone))

    def kept_until(self, moment: Timestamp) -> Timestamp:
        """Return the end of the next period: a tier won now is kept until then."""
        today = local_day(moment, self.zone)
        if self.window is TierWindow.CALENDAR_YEAR:
            return end_of(date(today.year + 1, 12, 31), self.zone)
        return end_of(months_after(today, 12), self.zone)


@dataclass(frozen=True, slots=True)
class MetricEntry:
    """What a sale added to the metric, or a return took off it.

    Attributes:
        entry_id: of the sale, or of the return's part: one is counted once.
        sale_id: the sale; for a return the one that it comes from.
        sold_at: when the sale was: a return counts in the while of its sale.
        known_at: when the entry came to be.
        spend_minor: tax included; below zero for a return.
    """

    entry_id: str
    sale_id: str
    sold_at: Timestamp
    known_at: Timestamp
    spend_minor: int


def metric_at(
    plan: TierPlan,
    entries: Sequence[MetricEntry],
    moment: Timestamp,
    known: Timestamp | None = None,
) -> int:
    """Return the metric in the while that counts at a moment.

    Args:
        plan: whose metric and window.
        entries: of the member, in any order, repeats allowed.
        moment: when.
        known: entries until then count; None for `moment`.
    """
    span, known = plan.span(moment), known or moment
    net: dict[str, int] = {}
    day_of: dict[str, date] = {}
    for entry in {one.entry_id: one for one in entries}.values():
        if entry.known_at <= known and span.covers(entry.sold_at):
            net[entry.sale_id] = net.get(entry.sale_id, 0) + entry.spend_minor
            day_of[entry.sale_id] = local_day(entry.sold_at, plan.zone)
    if plan.metric is TierMetric.SPEND:
        return sum(net.values())
    return len({day_of[sale] for sale, kept in net.items() if kept > 0})


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing to the next tier: minor units, or visits."""

    tier: Tier
    amount: int


def missing_to_next(plan: TierPlan, key: str, metric: int) -> Missing | None:
    """Return what is missing to the tier above; None at the top ("¥380 to 金卡")."""
    rank = plan.rank(key)
    if rank == len(plan.tiers):
        return None
    above = plan.tiers[rank]
    return Missing(above, max(above.threshold - metric, 0))
