"""Sums over members, points, coupons and stored value."""

from __future__ import annotations

from typing import Protocol


class LoyaltyReportReader(Protocol):
    """Adds the ledgers of members up, as committed."""
