"""Parked sales as rows of the ledger (implements ports.parked)."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from pos_app.domain.journal import JournalEntry


class SqlParked:
    """Parked sales inside the caller's transaction."""

    def __init__(
        self, connection: Connection, append: Callable[..., JournalEntry]
    ) -> None:
        self._connection = connection
        self._append = append
