"""Sums over members, points, coupons and stored value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pos_app.domain.loyalty_report import LoyaltyFigures, StateDays
from pos_app.domain.loyalty_suspicion import Suspicion, SuspicionRule
from pos_app.domain.report_period import ReportPeriod
from pos_app.domain.report_rows import Figure, ReportRows
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class LoyaltySpan:
    """Which while is asked about.

    Attributes:
        period: business days. start, end: its first moment and the first after it,
            or now where it is still going on.
        is_now: whether it ends now: balances are then read, not added up.
        zone_name: IANA name of the shop's time zone.
        states: when a member is at risk, and when lost.
    """

    period: ReportPeriod
    start: Timestamp
    end: Timestamp
    is_now: bool
    zone_name: str
    states: StateDays = StateDays()  # noqa: RUF009 - frozen value


class LoyaltyReportReader(Protocol):
    """Adds the ledgers of members up, as committed; may be asked on any thread."""

    def has_members(self) -> bool:
        """Tell whether anybody was ever enrolled or any value ever sold."""
        ...

    def figures(self, span: LoyaltySpan) -> LoyaltyFigures:
        """Return all sums of a while, as they stood at one moment."""
        ...

    def rows(
        self, span: LoyaltySpan, figure: Figure, rule: SuspicionRule
    ) -> ReportRows:
        """Return what stands behind a figure; the amounts add up to it."""
        ...

    def suspicions(self, span: LoyaltySpan, rule: SuspicionRule) -> Sequence[Suspicion]:
        """Return every pattern of abuse that is found in a while."""
        ...
