"""The throw-away ledger of training: a ledger whose papers and numbers are marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from typing_extensions import override

from pos_app.documents.training_mark import as_training
from pos_app.domain.journal import JournalEntry
from pos_app.domain.sale import DocumentKind
from pos_app.persistence.engine import storage_error
from pos_app.persistence.ledger import journal_rows, tables
from pos_app.persistence.ledger.ledger import SqlLedger
from pos_app.persistence.ledger.unit_of_work import SqlUnitOfWork
from pos_app.ports.black_box import Place
from pos_app.ports.clock import Ids
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import PrintJob

T = TypeVar("T")
#: Stands before every number of a training document; the shop's own never have it.
NUMBER_PREFIX = "T"


class TrainingUnitOfWork(SqlUnitOfWork):
    """Marks every paper, opens no drawer, and numbers documents T02-A-000001."""

    @override
    def next_number(self, till: str, kind: DocumentKind) -> str:
        """Take the next number of training."""
        return NUMBER_PREFIX + super().next_number(till, kind)

    @override
    def add_print_job(self, job: PrintJob) -> None:
        """Queue a document with the mark on it."""
        layout = as_training(job.layout)
        super().add_print_job(replace(job, layout=layout, opens_drawer=False))


class TrainingLedger(SqlLedger):
    """A ledger with a key that is kept nowhere.

    Args:
        path, key, ids: as of any ledger.
        on_stored: told, on the core thread, that something was committed.
    """

    unit_of_work = TrainingUnitOfWork

    def __init__(
        self, path: Path, key: bytes, ids: Ids, on_stored: Callable[[], None]
    ) -> None:
        super().__init__(path, key, ids)
        self._on_stored = on_stored

    @override
    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Run `work` in one transaction and tell when it is done."""
        future = super().submit(work)
        future.add_done_callback(self._tell)
        return future

    def _tell(self, _future: Future[T]) -> None:
        self._on_stored()

    def place(self) -> Place:
        """Return where the journal ends."""
        head = self._read(journal_rows.head)
        return (0, 0) if head is None else (head[0], head[1])

    def entries_after(self, place: Place) -> Sequence[JournalEntry]:
        """Return what was journalled after a place, oldest first."""
        return self._read(lambda c: list(journal_rows.entries(c, after=place)))

    def jobs_queued(self) -> Sequence[tuple[str, str]]:
        """Return (kind, state) of every print job, oldest first."""
        table = tables.print_job
        query = select(table.c.kind, table.c.state).order_by(table.c.queued_at_ms)
        return self._read(lambda c: [(row[0], row[1]) for row in c.execute(query)])


def open_training_ledger(
    path: Path, key: bytes, ids: Ids, on_stored: Callable[[], None]
) -> TrainingLedger:
    """Make the ledger of a training.

    Raises:
        StorageError: "disk_full", "disk_error", …: what the disk said.
    """
    try:
        return TrainingLedger(path, key, ids, on_stored)
    except DatabaseError as error:
        raise storage_error(error, path.name) or error from error
