"""Reads stored value and gift cards (implements ports.stored_value)."""

from __future__ import annotations

from sqlalchemy import Engine


class SqlValueReader:
    """Reads stored value and gift cards, as committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
