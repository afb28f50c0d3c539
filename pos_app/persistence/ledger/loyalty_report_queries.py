"""Adds the ledgers of members up (implements ports.loyalty_reports)."""

from __future__ import annotations

from sqlalchemy import Engine


class SqlLoyaltyReports:
    """Sums over members, points, coupons and stored value."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
