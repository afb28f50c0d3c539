"""What a scan or a tap led to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pos_app.domain.item import SellingUnit
from pos_app.services.traced_goods import Traced


class Outcome(StrEnum):
    """What a scan or a tap led to."""

    ADDED = "added"
    UNKNOWN = "unknown"  # a red line was added; payment waits for it
    NEEDS_WEIGHT = "needs_weight"  # nothing added yet: ask for the weight


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What became of a scan.

    Attributes:
        outcome: see `Outcome`. code: as scanned.
        unit: what was named; None when nobody knows the code.
        quantity: what was added.
        traced: what the code said of this very piece; None where nobody asked.
    """

    outcome: Outcome
    code: str
    unit: SellingUnit | None
    quantity: Decimal
    traced: Traced | None = None
