"""The ledger's coupons, their templates and batches."""

from __future__ import annotations

from typing import Protocol


class CouponReader(Protocol):
    """Reads coupons, their templates and batches, as committed."""


class CouponWriter(Protocol):
    """Writes coupons, their templates and batches, in one transaction."""
