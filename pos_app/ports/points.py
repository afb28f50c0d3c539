"""The ledger's points, tiers and the programme."""

from __future__ import annotations

from typing import Protocol


class PointReader(Protocol):
    """Reads points, tiers and the programme, as committed."""


class PointWriter(Protocol):
    """Writes points, tiers and the programme, in one transaction."""
