"""The papers of stored value: its slip, copies of it, and a gift card."""

from __future__ import annotations

from concurrent.futures import Future

from pos_app.documents.layout import Layout
from pos_app.documents.value_slip import gift_card_paper, value_slip
from pos_app.domain.journal import EntryKind
from pos_app.domain.stored_value.document import ValueDocument
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import GIFT_CARD_PAPER, PrintJob, PrintJobState
from pos_app.services.desk import Desk
from pos_app.services.shift_papers import ShiftPaperForm, ShiftPapers
from pos_app.services.slip import RECEIPT_PRINTER, VALUE_SLIP
from pos_app.services.slip_forms import SlipFormService


class ValuePapers:
    """Lays out and queues what stored value prints."""

    def __init__(self, desk: Desk, forms: SlipFormService) -> None:
        self._desk = desk
        self._papers = ShiftPapers(desk, forms)

    def form(self) -> ShiftPaperForm:
        """Gather what the papers need, before the core thread runs."""
        return self._papers.form()

    def job(
        self, document: ValueDocument, form: ShiftPaperForm, copy_number: int = 0
    ) -> PrintJob:
        """Return the job of a slip, or of a copy of it."""
        layout = value_slip(document, form.form, copy_number=copy_number)
        return self._job(document, VALUE_SLIP, layout, copy_number)

    def card_job(
        self, document: ValueDocument, code: str, form: ShiftPaperForm
    ) -> PrintJob:
        """Return the job of a gift card; it holds the code and is wiped (law 14)."""
        layout = gift_card_paper(document, code, form.form)
        return self._job(document, GIFT_CARD_PAPER, layout)

    def reprint(self, document: ValueDocument) -> Future[PrintJob]:
        """Queue a copy of a slip; see `ValueRefund.reprint`."""
        form, stamp = self.form(), self._desk.stamp()

        def work(unit: UnitOfWork) -> PrintJob:
            number = unit.next_copy(document.document_id, VALUE_SLIP)
            job = self.job(document, form, number)
            unit.add_print_job(job)
            body = {
                "value": document.document_id,
                "number": document.number,
                "copy": number,
            }
            unit.append(EntryKind.SLIP_REPRINTED, body, stamp)
            return job

        future = self._desk.record(work)
        self._papers.wake_after(future)
        return future

    def _job(
        self,
        document: ValueDocument,
        kind: str,
        layout: Layout,
        copy_number: int = 0,
    ) -> PrintJob:
        return PrintJob(
            job_id=self._desk.ids.new(),
            document_id=document.document_id,
            kind=kind,
            copy_number=copy_number,
            printer=RECEIPT_PRINTER,
            layout=layout,
            opens_drawer=False,
            state=PrintJobState.QUEUED,
            offset_bytes=0,
            reason="",
            queued_at=self._desk.clock.now(),
        )
