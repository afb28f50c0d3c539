"""The ledger as the core sees it: one writer thread, one transaction per fact."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pos_app.domain.correction import TenderCorrection, VoidedSale
from pos_app.domain.journal import EntryKind, JournalEntry
from pos_app.domain.open_sale import Intent, OpenSale
from pos_app.domain.sale import DocumentKind, Sale
from pos_app.ports.black_box import BlackBoxReader
from pos_app.ports.member_ledgers import MemberReaders, MemberWriters
from pos_app.ports.parked import ParkedReader, ParkedWriter
from pos_app.ports.printing import OpenJob, PrintJob, PrintJobState
from pos_app.ports.promotion_uses import PromotionUseReader
from pos_app.ports.reports import ReportReader
from pos_app.ports.returns import ReturnReader, ReturnWriter
from pos_app.ports.shifts import ShiftReader, ShiftWriter
from pos_app.ports.stock import StockReader, StockWriter
from pos_app.values.times import BusinessDay, Timestamp

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who did it, on which business day, when."""

    actor: str
    business_day: BusinessDay
    at: Timestamp


@dataclass(frozen=True, slots=True)
class Lockout:
    """How often a PIN failed, and until when nobody may try.

    Attributes:
        failures: wrong PINs since the last success.
        until: no try before this moment; None when free.
    """

    failures: int
    until: Timestamp | None


@dataclass(frozen=True, slots=True)
class SaleSummary:
    """A finished sale in a list.

    Attributes:
        sale_id, number, ended_at, cashier_name: which one.
        total_minor: minor units. item_count: pieces.
    """

    sale_id: str
    number: str
    ended_at: Timestamp
    cashier_name: str
    total_minor: int
    item_count: int


class UnitOfWork(MemberWriters, Protocol):
    """One transaction of the ledger, on its own thread; all or nothing."""

    @property
    def epoch(self) -> int:
        """The epoch in force."""
        ...

    @property
    def shifts(self) -> ShiftWriter:
        """The shifts."""
        ...

    @property
    def parked(self) -> ParkedWriter:
        """The parked sales."""
        ...

    @property
    def returns(self) -> ReturnWriter:
        """What came back of finished sales."""
        ...

    @property
    def stock(self) -> StockWriter:
        """Goods that move without a sale."""
        ...

    def append(
        self, kind: EntryKind, body: Mapping[str, object], stamp: Stamp
    ) -> JournalEntry:
        """Add an entry to the chain."""
        ...

    def next_number(self, till: str, kind: DocumentKind) -> str:
        """Take the next human number; given back only if all is rolled back."""
        ...

    def add_sale(self, sale: Sale) -> None:
        """Store a finished sale: journal, rows, stock, cash; ends its basket.

        Raises:
            UserError: "returned_meanwhile" when goods of it came back in another
                ticket.
        """
        ...

    def add_void(self, void: VoidedSale) -> None:
        """Store a voided basket and end it."""
        ...

    def add_correction(self, correction: TenderCorrection) -> None:
        """Store a tender correction."""
        ...

    def is_corrected(self, tender_id: str) -> bool:
        """Tell whether a tender of a finished sale was corrected before."""
        ...

    def add_intent(self, sale: OpenSale, intent: Intent, at: Timestamp) -> str:
        """Store an accepted intent of the open sale `sale` (before it).

        Returns:
            The id of the empty basket whose place the sale took; "" for none.
        """
        ...

    def open_sale(self) -> OpenSale | None:
        """Return the open sale as it stands in this transaction."""
        ...

    def forget_sale(self, basket_id: str) -> None:
        """Let a sale be open no longer that never was anybody's; no document."""
        ...

    def intent_count(self, basket_id: str) -> int:
        """Return how many intents of a basket are stored."""
        ...

    def setting(self, key: str) -> str | None:
        """Return a device setting as it stands in this transaction."""
        ...

    def add_print_job(self, job: PrintJob) -> None:
        """Queue a document for a printer."""
        ...

    def next_copy(self, document_id: str, kind: str) -> int:
        """Return the copy number of the next reprint, from 1."""
        ...

    def take_print_job(self, job: PrintJob, state: PrintJobState) -> bool:
        """Mark a job SENDING or HELD; false when it waits at its printer no more."""
        ...

    def answer_print_job(self, job_id: str, state: PrintJobState) -> bool:
        """Settle a job that is UNKNOWN; false when somebody answered before."""
        ...

    def cancel_print_job(self, job_id: str) -> bool:
        """Cancel a job that waits; false when it is under way or done."""
        ...

    def move_print_jobs(
        self, printer: str, to: str, only: Collection[str] | None = None
    ) -> Sequence[PrintJob]:
        """Hand what waits (of `only`) to another printer; return what it was."""
        ...

    def set_print_job_state(
        self, job_id: str, state: PrintJobState, *, offset_bytes: int, reason: str
    ) -> None:
        """Record where a print job stands."""
        ...

    def lockout(self, subject: str) -> Lockout:
        """Return the lockout of a staff id."""
        ...

    def set_lockout(self, subject: str, lockout: Lockout) -> None:
        """Store the lockout of a staff id."""
        ...

    def set_setting(self, key: str, value: str) -> None:
        """Store a device setting."""
        ...


class Ledger(MemberReaders, Protocol):
    """The ledger: writes go to its one thread, reads answer at once."""

    @property
    def shifts(self) -> ShiftReader:
        """The shifts, as committed."""
        ...

    @property
    def parked(self) -> ParkedReader:
        """The parked sales, as committed."""
        ...

    @property
    def returns(self) -> ReturnReader:
        """What came back of finished sales, as committed."""
        ...

    @property
    def stock(self) -> StockReader:
        """Goods that moved without a sale, and what all moves add up to."""
        ...

    @property
    def reports(self) -> ReportReader:
        """Sums over finished documents."""
        ...

    @property
    def promotion_uses(self) -> PromotionUseReader:
        """How often promotions were used, as committed."""
        ...

    @property
    def black_box(self) -> BlackBoxReader:
        """The journal, to be searched and exported."""
        ...

    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Run `work` in one transaction, in order of submission.

        The future is done after the commit (WAL, synchronous=FULL), or carries
        what went wrong: UserError from the work itself, StorageError
        "disk_full" or "database_failed" from the disk; then nothing was kept.
        """
        ...

    def flush(self) -> None:
        """Wait until everything submitted so far is durable."""
        ...

    def open_sale(self) -> OpenSale | None:
        """Return the open sale rebuilt from its intents; None if there is none."""
        ...

    def last_sale(self) -> Sale | None:
        """Return the last finished sale."""
        ...

    def sale(self, sale_id: str) -> Sale | None:
        """Return a finished sale."""
        ...

    def sales(self, ids: Sequence[str]) -> Sequence[Sale]:
        """Return finished sales in the order asked for; strangers are left out."""
        ...

    def sale_by_number(self, number: str) -> Sale | None:
        """Return the sale of a printed number."""
        ...

    def recent_sales(self, limit: int) -> Sequence[SaleSummary]:
        """Return the latest sales, newest first."""
        ...

    def corrections_of(self, sale_id: str) -> Sequence[TenderCorrection]:
        """Return the tender corrections of a sale, oldest first."""
        ...

    def print_jobs_of(self, document_id: str) -> Sequence[PrintJob]:
        """Return the print jobs of a document, oldest first."""
        ...

    def open_print_jobs(self) -> Sequence[PrintJob]:
        """Return the jobs that are not settled, and those that are UNKNOWN."""
        ...

    def open_print_heads(self) -> Sequence[OpenJob]:
        """Return the open print jobs, oldest first; without layouts."""
        ...

    def setting(self, key: str) -> str | None:
        """Return a device setting."""
        ...

    def last_recorded_at(self) -> Timestamp | None:
        """Return the time of the last journal entry."""
        ...

    def knows_item(self, item_id: str) -> bool:
        """Tell whether an item was ever sold, or came back, or was moved."""
        ...

    def stock_thousandths(self, item_id: str) -> int:
        """Return the balance of an item's stock moves, in thousandths."""
        ...
