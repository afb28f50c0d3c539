"""Writes coupons, their templates and batches (implements ports.coupons)."""

from __future__ import annotations

from sqlalchemy import Connection


class SqlCoupons:
    """Writes coupons, their templates and batches within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
