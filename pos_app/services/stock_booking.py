"""Books stock documents: one transaction, then the slip; undone by a mirror."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from zoneinfo import ZoneInfo

from pos_app.documents.layout import Layout
from pos_app.documents.stock_slip import StockForm, stock_slip
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.stock_document import (
    SERIES_OF,
    StockDocument,
    StockKind,
    StockLine,
    mirrored_lines,
)
from pos_app.domain.stock_draft import StockDraft, booked_lines
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.desk import Desk
from pos_app.services.session import Clearance
from pos_app.services.slip import RECEIPT_PRINTER, STOCK_SLIP
from pos_app.services.stock_draft import StockDraftService
from pos_app.services.stock_reasons import reason_names

_PERMISSIONS = {
    StockKind.RECEIVED: Permission.STOCK,
    StockKind.WASTED: Permission.STOCK_ADJUST,
    StockKind.ADJUSTED: Permission.STOCK_ADJUST,
}


class StockBookingService:
    """Ends stock documents, undoes and prints them."""

    def __init__(self, desk: Desk, drafts: StockDraftService) -> None:
        self._desk = desk
        self._drafts = drafts

    def book(self, kind: StockKind, *, print_slip: bool) -> Future[StockDocument]:
        """Book the draft of a kind; the caller calls `drafts.ended` when it is done.

        Raises:
            UserError: "not_permitted", "stock_no_lines", "stock_unknown_lines",
                "stock_reason_missing"; "stock_already_booked" in the future.
        """
        draft = self._drafts.of(kind)
        lines = booked_lines(draft)
        self._refuse_unreasoned(draft, lines)
        cleared = self._desk.allow(Demand(_PERMISSIONS[kind], draft.draft_id))
        stamp = self._desk.stamp()

        def document(number: str) -> StockDocument:
            return StockDocument(
                document_id=draft.draft_id,
                number=number,
                kind=kind,
                till=form.shop.till,
                staff_id=cleared.staff.staff_id,
                staff_name=cleared.staff.name,
                approved_by=cleared.approved_by,
                business_day=stamp.business_day,
                at=stamp.at,
                lines=lines,
                supplier=draft.supplier,
                delivery_note=draft.delivery_note,
                reason=draft.reason,
            )

        form = self.form(kind)
        return self._end(document, stamp, form, print_slip=print_slip)

    def mirror(self, document_id: str, *, print_slip: bool) -> Future[StockDocument]:
        """Undo a document by its mirror, which points to it (law 3).

        Raises:
            UserError: "stock_document_gone", "stock_document_is_mirror",
                "not_permitted"; "stock_already_mirrored", here or in the future.
        """
        wrong = self._desk.ledger.stock.document(document_id)
        if wrong is None:
            raise UserError("stock_document_gone")
        if wrong.mirrors:
            raise UserError("stock_document_is_mirror", number=wrong.number)
        undone = self._desk.ledger.stock.mirror_of(document_id)
        if undone:
            raise UserError("stock_already_mirrored", number=undone)
        cleared = self._desk.allow(Demand(_PERMISSIONS[wrong.kind], document_id))
        stamp, form = self._desk.stamp(), self.form(wrong.kind)
        mirror_id = self._desk.ids.new()

        def document(number: str) -> StockDocument:
            return _mirror_of(wrong, (mirror_id, number), cleared, stamp)

        return self._end(document, stamp, form, print_slip=print_slip)

    def print_again(self, document_id: str) -> Future[PrintJob]:
        """Queue a copy of a document's slip, marked as one.

        Raises:
            UserError: "stock_document_gone", "not_permitted".
        """
        found = self._desk.ledger.stock.document(document_id)
        if found is None:
            raise UserError("stock_document_gone")
        self._desk.allow(Demand(Permission.STOCK, document_id))
        form, stamp = self.form(found.kind), self._desk.stamp()

        def work(unit: UnitOfWork) -> PrintJob:
            number = unit.next_copy(document_id, STOCK_SLIP)
            job = self._job(found, form, number)
            unit.add_print_job(job)
            body = {"document": document_id, "number": found.number, "copy": number}
            unit.append(EntryKind.SLIP_REPRINTED, body, stamp)
            return job

        future = self._desk.record(work)
        future.add_done_callback(lambda _done: self._desk.printer.wake())
        return future

    def layout(self, document: StockDocument) -> Layout:
        """Return a document's slip as it is printed."""
        return stock_slip(document, self.form(document.kind))

    def form(self, kind: StockKind) -> StockForm:
        """Gather what a slip needs, before the core thread runs."""
        desk = self._desk
        tag = desk.settings.current.slip_language or desk.shop.language
        reasons = reason_names(desk, kind, tag)
        return StockForm(desk.shop, Words(tag), reasons, ZoneInfo(desk.shop.time_zone))

    def _refuse_unreasoned(
        self, draft: StockDraft, lines: tuple[StockLine, ...]
    ) -> None:
        if draft.kind is StockKind.RECEIVED or draft.reason:
            return
        if not all(line.reason for line in lines):
            raise UserError("stock_reason_missing")

    def _end(
        self,
        document: Callable[[str], StockDocument],
        stamp: Stamp,
        form: StockForm,
        *,
        print_slip: bool,
    ) -> Future[StockDocument]:
        """Number and store a document, and queue its slip, in one transaction."""

        def work(unit: UnitOfWork) -> StockDocument:
            unnumbered = document("")
            kind = SERIES_OF[unnumbered.kind]
            booked = unit.stock.add(document(unit.next_number(form.shop.till, kind)))
            self._desk.clock.note(unit, stamp)
            if print_slip:
                unit.add_print_job(self._job(booked, form))
            return booked

        future = self._desk.record(work)
        future.add_done_callback(lambda _done: self._desk.printer.wake())
        return future

    def _job(
        self, document: StockDocument, form: StockForm, copy_number: int = 0
    ) -> PrintJob:
        return PrintJob(
            job_id=self._desk.ids.new(),
            document_id=document.document_id,
            kind=STOCK_SLIP,
            copy_number=copy_number,
            printer=RECEIPT_PRINTER,
            layout=stock_slip(document, form, copy_number=copy_number),
            opens_drawer=False,
            state=PrintJobState.QUEUED,
            offset_bytes=0,
            reason="",
            queued_at=self._desk.clock.now(),
        )


def _mirror_of(
    wrong: StockDocument, identity: tuple[str, str], cleared: Clearance, stamp: Stamp
) -> StockDocument:
    """Return the document that undoes another; `identity` is its id and number."""
    return StockDocument(
        document_id=identity[0],
        number=identity[1],
        kind=wrong.kind,
        till=wrong.till,
        staff_id=cleared.staff.staff_id,
        staff_name=cleared.staff.name,
        approved_by=cleared.approved_by,
        business_day=stamp.business_day,
        at=stamp.at,
        lines=mirrored_lines(wrong),
        supplier=wrong.supplier,
        delivery_note=wrong.delivery_note,
        reason=wrong.reason,
        mirrors=wrong.document_id,
        mirrored_number=wrong.number,
    )
