"""Reads points, tiers and the programme (implements ports.points)."""

from __future__ import annotations

from sqlalchemy import Engine


class SqlPointReader:
    """Reads points, tiers and the programme, as committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
