"""The core thread: every ledger write, in order, one transaction each."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, MutableMapping
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from pos_app.errors import StorageError
from pos_app.persistence.engine import is_disk_full, storage_error
from pos_app.persistence.ledger.programme_in_force import mark_empty
from pos_app.persistence.ledger.unit_of_work import SqlUnitOfWork
from pos_app.ports.clock import Ids
from pos_app.ports.ledger import UnitOfWork

T = TypeVar("T")
LEDGER_FILE = "ledger.db"
_log = logging.getLogger("guitai.ledger")


def _nobody_hears() -> None:
    """There is no second place."""


def _nobody_keeps(_marks: MutableMapping[Any, Any]) -> None:
    """Nothing of the ledger is kept in memory."""


class CoreThread:
    """Runs units of work on one connection of its own, in order.

    Args:
        engine: the ledger's writer engine.
        epoch: the epoch in force.
        ids: makes entry ids.
        make_room: called when the disk is full; returns whether it freed some
            (the ballast). The work is then tried once more.
        unit: makes the transaction's view of the ledger.
    """

    def __init__(
        self,
        engine: Engine,
        epoch: int,
        ids: Ids,
        make_room: Callable[[], bool],
        unit: Callable[[Connection, int, Ids], SqlUnitOfWork] = SqlUnitOfWork,
    ) -> None:
        self._unit = unit
        self._engine = engine
        self._epoch = epoch
        self._ids = ids
        self._make_room = make_room
        self.after_commit: Callable[[], None] = _nobody_hears
        #: Hears of the end of each transaction, with the marks that it left.
        self.on_committed: Callable[[MutableMapping[Any, Any]], None] = _nobody_keeps
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="core", daemon=True)
        self._stopped = False
        self._thread.start()

    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Queue one unit of work; the future is done after its commit."""
        assert not self._stopped
        future: Future[T] = Future()
        self._queue.put(lambda: self._serve(work, future))
        return future

    def flush(self) -> None:
        """Wait until everything submitted so far is durable."""
        if threading.current_thread() is self._thread:
            return
        done = threading.Event()
        self._queue.put(done.set)
        done.wait()

    def stop(self) -> None:
        """Finish what is queued, then end the thread."""
        if not self._stopped:
            self._stopped = True
            self._queue.put(None)
            self._thread.join()

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            job()

    def _serve(self, work: Callable[[UnitOfWork], T], future: Future[T]) -> None:
        """Run one unit of work; whatever it raises reaches the caller."""
        try:
            result = self._commit(work)
        except BaseException as error:  # noqa: BLE001 - handed to the caller whole
            future.set_exception(error)
        else:
            future.set_result(result)

    def _commit(self, work: Callable[[UnitOfWork], T]) -> T:
        try:
            return self._transact(work)
        except DatabaseError as error:
            if not is_disk_full(error) or not self._make_room():
                raise self._named(error) from error
        try:
            return self._transact(work)
        except DatabaseError as error:
            raise self._named(error) from error

    def _named(self, error: DatabaseError) -> StorageError:
        """Name what the disk says; the log gets the driver's words, no SQL."""
        named = storage_error(error, LEDGER_FILE)
        if named is not None and named.key == "disk_full":
            return named
        _log.error("ledger write failed: %s", error.orig)
        return named or StorageError("database_failed", detail=str(error.orig))

    def _transact(self, work: Callable[[UnitOfWork], T]) -> T:
        marks: MutableMapping[Any, Any] = {}
        try:
            with self._engine.begin() as connection:
                marks, before = connection.info, _rows_changed(connection)
                result = work(self._unit(connection, self._epoch, self._ids))
                if _rows_changed(connection) == before:
                    mark_empty(connection)
        finally:  # of one that failed as well: the next has marks of its own
            self.on_committed(marks)
        self.after_commit()
        return result


def _rows_changed(connection: Connection) -> int:
    """Return how many rows this connection wrote so far, in all transactions."""
    driver: Any = connection.connection.driver_connection
    return int(driver.total_changes)
