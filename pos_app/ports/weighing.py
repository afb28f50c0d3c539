"""The scale as the core sees it: stable weights only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class WeighingState(StrEnum):
    """What the scale says of what lies on it."""

    STABLE = "stable"
    MOVING = "moving"
    ZERO = "zero"  # stable, and nothing lies there
    UNDER_ZERO = "under_zero"  # something was taken off after the scale was zeroed
    OVER = "over"  # more than it can weigh
    SILENT = "silent"  # it does not answer
    UNREADABLE = "unreadable"  # it answers what nobody understands


@dataclass(frozen=True, slots=True)
class ScaleReading:
    """What a scale says now.

    Attributes:
        state: only STABLE may be sold.
        weight_kg: net, after tare, as the scale said it; None unless STABLE or ZERO.
        tare_kg: what was taken off.
        at_ms: when, in Clock.monotonic_ms.
    """

    state: WeighingState
    weight_kg: Decimal | None = None
    tare_kg: Decimal = Decimal(0)
    at_ms: int = 0


class Weighing(Protocol):
    """A running scale. Every method returns at once; any thread."""

    def reading(self) -> ScaleReading:
        """Return the last reading; older than a second or two is SILENT."""
        ...

    def set_tare(self, tare_kg: Decimal) -> None:
        """Take this off from now on; 0 ends it."""
        ...

    def set_zero(self) -> None:
        """Ask the scale to take what lies on it for nothing, where it can."""
        ...

    def offer_price(self, unit_price_minor: int) -> None:
        """Tell a price-computing scale the price of one kg, minor units."""
        ...
