"""The ledger: the core thread's writes and a read connection (ports.ledger)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, exists, or_, select

from pos_app.domain.codec import correction_from_journal
from pos_app.domain.correction import TenderCorrection
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.sale import Sale
from pos_app.persistence.engine import LEDGER_READER, LEDGER_WRITER, open_engine
from pos_app.persistence.ledger import (
    journal_rows,
    open_sale_rows,
    print_job_rows,
    sale_rows,
    tables,
)
from pos_app.persistence.ledger.core_thread import CoreThread
from pos_app.persistence.ledger.decoded_sale import DecodedSale, decoded_sales
from pos_app.persistence.ledger.journal_search import SqlBlackBox
from pos_app.persistence.ledger.member_side import MemberSideReads
from pos_app.persistence.ledger.parked_rows import KnownBaskets, SqlParkedReader
from pos_app.persistence.ledger.programme_in_force import ProgrammeInForce
from pos_app.persistence.ledger.promotion_rows import SqlPromotionUses
from pos_app.persistence.ledger.report_queries import SqlReportReader
from pos_app.persistence.ledger.return_rows import SqlReturnReader
from pos_app.persistence.ledger.shift_queries import SqlShiftReader
from pos_app.persistence.ledger.stock_queries import SqlStockReader
from pos_app.persistence.ledger.unit_of_work import SqlUnitOfWork
from pos_app.persistence.schema_revision import schema_revision
from pos_app.ports.clock import Ids
from pos_app.ports.ledger import SaleSummary, UnitOfWork
from pos_app.ports.printing import OpenJob, PrintJob, PrintJobState
from pos_app.values.times import Timestamp

T = TypeVar("T")
MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations" / "ledger"
#: The newest revision in MIGRATIONS; a test holds the two together.
HEAD = "0012"


def _no_room() -> bool:
    return False


class SqlLedger(MemberSideReads):
    """ledger.db, opened and migrated; one writer thread and a read engine.

    Args:
        path: the file; made when missing.
        key: 32 bytes. ids: makes entry ids.
        make_room: called when the disk is full; frees the ballast.
    """

    #: What a transaction sees of the ledger.
    unit_of_work = SqlUnitOfWork

    def __init__(
        self,
        path: Path,
        key: bytes,
        ids: Ids,
        make_room: Callable[[], bool] = _no_room,
    ) -> None:
        self._writer = open_engine(path, key, LEDGER_WRITER)
        if schema_revision(self._writer) != HEAD:
            # Late: alembic costs 0.2 s of a cold start and is needed once a release.
            from pos_app.persistence.migration_runner import upgrade

            upgrade(self._writer, MIGRATIONS)
        with self._writer.begin() as connection:
            self.epoch = current_epoch(connection)
        self._reader = open_engine(path, key, LEDGER_READER)
        self._core = CoreThread(
            self._writer, self.epoch, ids, make_room, self.unit_of_work
        )
        self._rules, self._decoded = ProgrammeInForce(), DecodedSale()
        self._baskets = KnownBaskets()
        self._core.on_committed = self._rules.on_committed

    @property
    def read_engine(self) -> Engine:
        """The read engine, for checks and reports."""
        return self._reader

    @property
    def shifts(self) -> SqlShiftReader:
        """The shifts, as committed."""
        return SqlShiftReader(self._reader)

    @property
    def parked(self) -> SqlParkedReader:
        """The parked sales, as committed."""
        return SqlParkedReader(self._reader, self._baskets)

    @property
    def returns(self) -> SqlReturnReader:
        """What came back of finished sales, as committed."""
        return SqlReturnReader(self._reader)

    @property
    def stock(self) -> SqlStockReader:
        """Goods that moved without a sale, and what all moves add up to."""
        return SqlStockReader(self._reader)

    @property
    def reports(self) -> SqlReportReader:
        """Sums over finished documents."""
        return SqlReportReader(self._reader)

    @property
    def promotion_uses(self) -> SqlPromotionUses:
        """How often promotions were used, as committed."""
        return SqlPromotionUses(self._reader)

    @property
    def black_box(self) -> SqlBlackBox:
        """The journal, to be searched and exported."""
        return SqlBlackBox(self._reader)

    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Run `work` on the core thread in one transaction."""
        return self._core.submit(work)

    def flush(self) -> None:
        """Wait until everything submitted so far is durable."""
        self._core.flush()

    def call_after_commit(self, hear: Callable[[], None]) -> None:
        """Say who hears of each commit first; on the core thread, which waits."""
        self._core.after_commit = hear

    def stop(self) -> None:
        """Finish the queue; from now on nothing is committed."""
        self._core.stop()

    def close(self) -> None:
        """Finish the queue, checkpoint and close.

        A disk too full for the checkpoint keeps everything in the WAL: the next
        start takes it up from there.
        """
        self._core.stop()
        with self._writer.connect() as connection:
            connection.rollback()
            raw: Any = connection.connection.dbapi_connection
            with suppress(raw.OperationalError):
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._writer.dispose()
        self._reader.dispose()

    def open_sale(self) -> OpenSale | None:
        """Return the open sale rebuilt from its intents."""
        return self._read(open_sale_rows.rebuild)

    def last_sale(self) -> Sale | None:
        """Return the last finished sale."""
        order = (tables.sale.c.epoch.desc(), tables.sale.c.seq.desc())
        return self._one_sale(select(tables.sale).order_by(*order).limit(1))

    def sale(self, sale_id: str) -> Sale | None:
        """Return a finished sale."""
        return self._one_sale(
            select(tables.sale).where(tables.sale.c.sale_id == sale_id)
        )

    def sales(self, ids: Sequence[str]) -> Sequence[Sale]:
        """Return finished sales in the order asked for; strangers are left out."""
        return self._read(lambda connection: decoded_sales(connection, ids))

    def sale_by_number(self, number: str) -> Sale | None:
        """Return the sale of a printed number."""
        return self._one_sale(select(tables.sale).where(tables.sale.c.number == number))

    def recent_sales(self, limit: int) -> Sequence[SaleSummary]:
        """Return the latest sales, newest first."""
        query = (
            select(tables.sale)
            .order_by(tables.sale.c.epoch.desc(), tables.sale.c.seq.desc())
            .limit(limit)
        )
        with self._reader.begin() as connection:
            return [sale_rows.summary_of(row) for row in connection.execute(query)]

    def corrections_of(self, sale_id: str) -> Sequence[TenderCorrection]:
        """Return the tender corrections of a sale, oldest first."""
        table = tables.tender_correction
        query = (
            select(table.c.epoch, table.c.seq, table.c.cashier_name)
            .where(table.c.sale_id == sale_id)
            .order_by(table.c.epoch, table.c.seq)
        )
        with self._reader.begin() as connection:
            return [
                correction_from_journal(
                    journal_rows.body_of(connection, epoch, seq), cashier_name
                )
                for epoch, seq, cashier_name in connection.execute(query).all()
            ]

    def print_jobs_of(self, document_id: str) -> Sequence[PrintJob]:
        """Return the print jobs of a document, oldest first."""
        return self._read(lambda c: print_job_rows.jobs_of(c, document_id))

    def open_print_jobs(self) -> Sequence[PrintJob]:
        """Return the jobs that wait for the printer or for a person."""
        return self._read(print_job_rows.not_done)

    def open_print_heads(self) -> Sequence[OpenJob]:
        """Return those jobs without reading what they print."""
        return self._read(print_job_rows.heads_not_done)

    def next_job(self, printer: str) -> PrintJob | None:
        """Return the oldest job of `printer` that is QUEUED or HELD."""
        return self._read(lambda c: print_job_rows.next_waiting(c, printer))

    def interrupted(self, printer: str) -> tuple[PrintJob, ...]:
        """Return the jobs that were SENDING when the till last stopped."""
        return self._read(lambda c: print_job_rows.sending(c, printer))

    def claim(self, job: PrintJob) -> bool:
        """Mark a waiting job SENDING; false when it waits there no more."""
        return self._take(replace(job, reason=""), PrintJobState.SENDING)

    def hold(self, job: PrintJob, reason: str) -> bool:
        """Mark a waiting job HELD; false when it waits there no more."""
        return self._take(replace(job, reason=reason), PrintJobState.HELD)

    def _take(self, job: PrintJob, state: PrintJobState) -> bool:
        return self.submit(lambda unit: unit.take_print_job(job, state)).result()

    def set_state(
        self, job_id: str, state: PrintJobState, *, offset_bytes: int, reason: str
    ) -> None:
        """Record where a print job stands; durable when it returns."""

        def work(unit: UnitOfWork) -> None:
            unit.set_print_job_state(
                job_id, state, offset_bytes=offset_bytes, reason=reason
            )

        self.submit(work).result()

    def setting(self, key: str) -> str | None:
        """Return a device setting."""
        table = tables.setting
        query = select(table.c.value).where(table.c.key == key)
        return self._read(lambda c: c.execute(query).scalar())

    def last_recorded_at(self) -> Timestamp | None:
        """Return the time of the last journal entry."""
        newest = self._read(journal_rows.head)
        return None if newest is None else Timestamp(newest[3])

    def knows_item(self, item_id: str) -> bool:
        """Tell whether an item was ever sold, or came back, or was moved."""
        sold, moved = tables.sale_line.c.item_id, tables.stock_move.c.item_id
        found = exists().where(sold == item_id), exists().where(moved == item_id)
        return bool(self._read(lambda c: c.execute(select(or_(*found))).scalar()))

    def stock_thousandths(self, item_id: str) -> int:
        """Return the balance of an item's stock moves, in thousandths."""
        table = tables.stock_balance
        query = select(table.c.thousandths).where(table.c.item_id == item_id)
        return self._read(lambda c: c.execute(query).scalar()) or 0

    def _read(self, question: Callable[[Connection], T]) -> T:
        with self._reader.begin() as connection:
            return question(connection)

    def _one_sale(self, query: Any) -> Sale | None:
        with self._reader.begin() as connection:
            row = connection.execute(query).first()
            return None if row is None else self._decoded.of(connection, row)


def current_epoch(connection: Connection) -> int:
    """Return the epoch in force; a new ledger begins with 1."""
    query = select(tables.meta.c.value).where(tables.meta.c.key == "epoch")
    return int(connection.execute(query).scalar() or 1)


def begin_epoch(engine: Engine, epoch: int) -> None:
    """Begin an epoch of a restored ledger: a new chain part, a new series.

    Nothing issued before can be issued again.
    """
    with engine.begin() as connection:
        assert epoch > current_epoch(connection)
        connection.execute(tables.meta.delete().where(tables.meta.c.key == "epoch"))
        connection.execute(tables.meta.insert(), {"key": "epoch", "value": str(epoch)})
