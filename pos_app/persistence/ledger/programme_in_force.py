"""The programme in force, kept in memory: each scan asks for it, a year changes it."""

from __future__ import annotations

import threading
from collections.abc import MutableMapping
from typing import Any

from sqlalchemy import Connection, Engine

from pos_app.domain.loyalty.programme import Programme
from pos_app.persistence.ledger import point_reads as reads

#: Stands in the marks of a connection whose transaction wrote a version.
_WRITTEN = "programme written"


def mark_written(connection: Connection) -> None:
    """Note on a transaction that it brings a version into force."""
    connection.info[_WRITTEN] = True


class ProgrammeInForce:
    """What the last committed version says; read once, and again when there is another.

    Any thread may ask. A read that began before a commit is not kept after it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: Programme | None = None
        self._writes = 0

    def of(self, engine: Engine) -> Programme:
        """Return the rules in force.

        Args:
            engine: reads the ledger whose rules these are.
        """
        known = self._known
        if known is not None:
            return known
        writes = self._writes
        with engine.begin() as connection:
            found = reads.programme(connection)
        with self._lock:
            if writes == self._writes:
                self._known = found
        return found

    def on_committed(self, marks: MutableMapping[Any, Any]) -> None:
        """Hear of each commit, with the marks of its connection."""
        if marks.pop(_WRITTEN, False):
            with self._lock:
                self._writes += 1
                self._known = None
