"""Writes stored value and gift cards (implements ports.stored_value)."""

from __future__ import annotations

from sqlalchemy import Connection


class SqlStoredValue:
    """Writes stored value and gift cards within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
