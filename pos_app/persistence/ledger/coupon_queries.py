"""Reads coupons, their templates and batches (implements ports.coupons)."""

from __future__ import annotations

from sqlalchemy import Engine


class SqlCouponReader:
    """Reads coupons, their templates and batches, as committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
