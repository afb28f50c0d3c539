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
#: Of a transaction that took an intent of the open sale, and of one that recorded.
_INTENT, _RECORDED = "intent accepted", "entry recorded"
#: Of a transaction that found nothing to store.
_EMPTY = "nothing stored"


def mark_written(connection: Connection) -> None:
    """Note on a transaction that it brings a version into force."""
    connection.info[_WRITTEN] = True


def mark_intent(connection: Connection) -> None:
    """Note on a transaction that the open sale goes on: a scan, a quantity."""
    connection.info[_INTENT] = True


def mark_recorded(connection: Connection) -> None:
    """Note on a transaction that it records an entry: something became true."""
    connection.info[_RECORDED] = True


def mark_empty(connection: Connection) -> None:
    """Note on a transaction that it changes no row: what it was for is stored."""
    connection.info[_EMPTY] = True


class ProgrammeInForce:
    """What the last committed version says; read once, and again when there is another.

    Any thread may ask. A read that began before a commit is not kept after it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: Programme | None = None
        self._writes = 0
        #: Grows with each transaction that is more than a step of a sale.
        self.changes = 0

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
        """Hear of the end of each transaction, with the marks of its connection."""
        is_step, is_empty = marks.pop(_INTENT, False), marks.pop(_EMPTY, False)
        if marks.pop(_RECORDED, False) or not (is_step or is_empty):
            self.changes += 1  # only the core thread writes it
        if marks.pop(_WRITTEN, False):
            with self._lock:
                self._writes += 1
                self._known = None
