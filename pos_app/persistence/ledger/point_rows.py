"""Writes points, tiers and the programme (implements ports.points)."""

from __future__ import annotations

from sqlalchemy import Connection


class SqlPoints:
    """Writes points, tiers and the programme within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
