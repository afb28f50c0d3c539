"""One transaction of the ledger (implements ports.ledger.UnitOfWork)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.codec import (
    correction_to_journal,
    sale_to_journal,
    void_to_journal,
)
from pos_app.domain.correction import TenderCorrection, VoidedSale
from pos_app.domain.journal import EntryKind, JournalEntry
from pos_app.domain.numbering import document_number, series_of
from pos_app.domain.open_sale import Intent, OpenSale
from pos_app.domain.sale import DocumentKind, Sale
from pos_app.domain.shift_totals import of_correction, of_sale, of_void
from pos_app.persistence.ledger import (
    journal_rows,
    moves,
    open_sale_rows,
    print_job_rows,
    sale_rows,
    tables,
)
from pos_app.persistence.ledger.member_side import MemberSideWrites
from pos_app.persistence.ledger.parked_rows import SqlParked
from pos_app.persistence.ledger.return_rows import SqlReturns
from pos_app.persistence.ledger.shift_rows import SqlShifts
from pos_app.persistence.ledger.stock_rows import SqlStock
from pos_app.persistence.ledger.value_rows import SqlStoredValue
from pos_app.ports.clock import Ids
from pos_app.ports.ledger import Lockout, Stamp
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.values.times import Timestamp

_series = tables.number_series.c
_NEXT = (
    upsert(tables.number_series)
    .on_conflict_do_update(
        index_elements=[_series.till, _series.series],
        set_={"last": _series.last + 1},
    )
    .returning(_series.last)
)


class SqlUnitOfWork(MemberSideWrites):
    """Everything one fact changes, inside one BEGIN IMMEDIATE … COMMIT."""

    def __init__(self, connection: Connection, epoch: int, ids: Ids) -> None:
        self._connection = connection
        self._epoch = epoch
        self._ids = ids

    @property
    def epoch(self) -> int:
        """The epoch in force."""
        return self._epoch

    @property
    def shifts(self) -> SqlShifts:
        """The shifts."""
        return SqlShifts(self._connection, self.append)

    @property
    def parked(self) -> SqlParked:
        """The parked sales."""
        return SqlParked(self._connection)

    @property
    def returns(self) -> SqlReturns:
        """What came back of finished sales."""
        return SqlReturns(self._connection)

    @property
    def stock(self) -> SqlStock:
        """Goods that move without a sale."""
        return SqlStock(self._connection, self.append)

    @property
    def stored_value(self) -> SqlStoredValue:
        """Stored value and gift cards."""
        return SqlStoredValue(self._connection, self.append)

    def append(
        self, kind: EntryKind, body: Mapping[str, object], stamp: Stamp
    ) -> JournalEntry:
        """Add an entry to the chain; what counts in a shift names it and is counted."""
        body = self.shifts.named(kind, body, stamp.actor)
        entry_id = self._ids.new()
        return journal_rows.append(
            self._connection, (self._epoch, entry_id), kind, body, stamp
        )

    def next_number(self, till: str, kind: DocumentKind) -> str:
        """Take the next human number of the series."""
        series = series_of(self._epoch, kind)
        first = {"till": till, "series": series, "last": 1}
        taken = self._connection.execute(_NEXT, first).scalar_one()
        return document_number(till, series, taken)

    def add_sale(self, sale: Sale) -> None:
        """Store a finished sale whole; it must prove itself first (law 7).

        Raises:
            UserError: "returned_meanwhile"; nothing was stored.
        """
        sale.check()
        self.returns.refuse_taken(sale)
        stamp = Stamp(sale.cashier_id, sale.business_day, sale.ended_at)
        entry = self.append(EntryKind.SALE_COMPLETED, sale_to_journal(sale), stamp)
        sale_rows.insert_sale(self._connection, sale, entry)
        moves.record_sale(self._connection, sale)
        self.shifts.count_in(sale.shift_id, of_sale(sale))
        open_sale_rows.close(self._connection, sale.sale_id)

    def add_void(self, void: VoidedSale) -> None:
        """Store a voided basket and end it."""
        stamp = Stamp(void.cashier_id, void.business_day, void.ended_at)
        entry = self.append(EntryKind.SALE_VOIDED, void_to_journal(void), stamp)
        row = {
            "sale_id": void.sale_id,
            "number": void.number,
            "epoch": entry.epoch,
            "seq": entry.seq,
            "business_day": void.business_day.isoformat(),
            "reason": void.reason,
            "total_minor": void.total_minor,
            "shift_id": void.shift_id,
            "cashier_id": void.cashier_id,
            "ended_at_ms": void.ended_at.unix_ms,
        }
        self._connection.execute(insert(tables.voided_sale), row)
        self.shifts.count_in(void.shift_id, of_void(void))
        open_sale_rows.close(self._connection, void.sale_id)

    def add_correction(self, correction: TenderCorrection) -> None:
        """Store a tender correction and move the money."""
        stamp = Stamp(
            correction.cashier_id, correction.business_day, correction.ended_at
        )
        body = correction_to_journal(correction)
        entry = self.append(EntryKind.TENDER_CORRECTED, body, stamp)
        row = {
            "correction_id": correction.correction_id,
            "number": correction.number,
            "epoch": entry.epoch,
            "seq": entry.seq,
            "sale_id": correction.sale_id,
            "tender_id": correction.tender_id,
            "from_key": correction.from_key,
            "to_key": correction.to_key,
            "amount_minor": correction.amount_minor,
            "cashier_name": correction.cashier_name,
            "business_day": correction.business_day.isoformat(),
            "shift_id": correction.shift_id,
            "cashier_id": correction.cashier_id,
            "ended_at_ms": correction.ended_at.unix_ms,
        }
        self._connection.execute(insert(tables.tender_correction), row)
        moves.record_correction(self._connection, correction)
        self.shifts.count_in(correction.shift_id, of_correction(correction))

    def is_corrected(self, tender_id: str) -> bool:
        """Tell whether a tender was corrected before."""
        table = tables.tender_correction
        query = select(table.c.number).where(table.c.tender_id == tender_id)
        return self._connection.execute(query).scalar() is not None

    def add_intent(self, sale: OpenSale, intent: Intent, at: Timestamp) -> str:
        """Store an accepted intent of the open sale; return what it took the place of."""
        return open_sale_rows.add_intent(self._connection, sale, intent, at)

    def open_sale(self) -> OpenSale | None:
        """Return the open sale as it stands in this transaction."""
        return open_sale_rows.rebuild(self._connection)

    def forget_sale(self, basket_id: str) -> None:
        """Let a sale be open no longer that never was anybody's; no document."""
        open_sale_rows.close(self._connection, basket_id)

    def intent_count(self, basket_id: str) -> int:
        """Return how many intents of a basket are stored."""
        return open_sale_rows.intent_count(self._connection, basket_id)

    def add_print_job(self, job: PrintJob) -> None:
        """Queue a document for a printer."""
        print_job_rows.insert_job(self._connection, job)

    def next_copy(self, document_id: str, kind: str) -> int:
        """Return the copy number of the next reprint."""
        return print_job_rows.next_copy(self._connection, document_id, kind)

    def set_print_job_state(
        self, job_id: str, state: PrintJobState, *, offset_bytes: int, reason: str
    ) -> None:
        """Record where a print job stands."""
        print_job_rows.set_state(
            self._connection, job_id, state, offset_bytes=offset_bytes, reason=reason
        )

    def take_print_job(self, job: PrintJob, state: PrintJobState) -> bool:
        """Mark a job that still waits at its printer; see `print_job_rows.take`."""
        return print_job_rows.take(self._connection, job, state)

    def answer_print_job(self, job_id: str, state: PrintJobState) -> bool:
        """Settle a job that is UNKNOWN; false when somebody answered before."""
        return print_job_rows.answer(self._connection, job_id, state)

    def cancel_print_job(self, job_id: str) -> bool:
        """Cancel a job that waits; false when it is under way or done."""
        return print_job_rows.cancel(self._connection, job_id)

    def move_print_jobs(
        self, printer: str, to: str, only: Collection[str] | None = None
    ) -> Sequence[PrintJob]:
        """Hand what waits for a printer to another one; return what it was."""
        return print_job_rows.move_waiting(self._connection, printer, to, only)

    def lockout(self, subject: str) -> Lockout:
        """Return the lockout of a staff id."""
        table = tables.lockout
        row = self._connection.execute(
            select(table).where(table.c.subject == subject)
        ).first()
        if row is None:
            return Lockout(0, None)
        until = None if row.until_ms is None else Timestamp(row.until_ms)
        return Lockout(row.failures, until)

    def set_lockout(self, subject: str, lockout: Lockout) -> None:
        """Store the lockout of a staff id."""
        until_ms = None if lockout.until is None else lockout.until.unix_ms
        row = {"failures": lockout.failures, "until_ms": until_ms}
        self._upsert(tables.lockout, {"subject": subject}, row)

    def setting(self, key: str) -> str | None:
        """Return a device setting as it stands in this transaction."""
        query = select(tables.setting.c.value).where(tables.setting.c.key == key)
        return self._connection.execute(query).scalar()

    def set_setting(self, key: str, value: str) -> None:
        """Store a device setting."""
        self._upsert(tables.setting, {"key": key}, {"value": value})

    def _upsert(self, table: Any, key: dict[str, Any], values: dict[str, Any]) -> None:
        statement = upsert(table).values(**key, **values)
        statement = statement.on_conflict_do_update(
            index_elements=list(key), set_=values
        )
        self._connection.execute(statement)
