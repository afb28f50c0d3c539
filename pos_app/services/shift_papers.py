"""The papers of a shift: opening slip, cash moves, X and Z, and copies of the Z."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from pos_app.documents.cash_slips import cash_move_slip, opening_slip
from pos_app.documents.layout import Layout
from pos_app.documents.shift_form import ShiftForm
from pos_app.documents.shift_report import x_parts, x_report, z_parts, z_report
from pos_app.documents.template.fields import SlipFacts
from pos_app.documents.template.part_forms import PartPaper, part_facts
from pos_app.domain.correction import TenderCorrection
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.shift import CashMove, Shift, ShiftClose, ShiftFigures
from pos_app.domain.slip_form import SlipKind
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.desk import Desk
from pos_app.services.slip import (
    CASH_MOVE_SLIP,
    OPENING_SLIP,
    RECEIPT_PRINTER,
    Z_REPORT,
    tender_names,
)
from pos_app.services.slip_forms import SlipForms, SlipFormService

X_REPORT = "x_report"
_REASON_USES = ("paid_in", "paid_out", "no_sale")


@dataclass(frozen=True, slots=True)
class ShiftPaperForm:
    """What the papers need, and how the shop wants them."""

    form: ShiftForm
    forms: SlipForms


class ShiftPapers:
    """Lays out and queues what a shift prints."""

    def __init__(self, desk: Desk, forms: SlipFormService) -> None:
        self._desk = desk
        self._forms = forms

    def form(self) -> ShiftPaperForm:
        """Gather what the papers need, before the core thread runs."""
        forms = self._forms.current()
        return ShiftPaperForm(self._shift_form(forms), forms)

    def _shift_form(self, forms: SlipForms) -> ShiftForm:
        desk, tag = self._desk, self._forms.language()
        shop = desk.shop
        reasons = {
            (reason.use, reason.key): reason.name_in(tag)
            for reason in desk.catalog.known_reasons()
            if reason.use in _REASON_USES
        }
        return ShiftForm(
            shop=shop,
            words=Words(tag),
            tender_names=tender_names(desk, tag),
            reason_names=reasons,
            zone=ZoneInfo(shop.time_zone),
            logo_png=forms.logo_png if forms.style.logo else None,
        )

    # ------------------------------------------------------------------- layouts

    def z_layout(self, close: ShiftClose) -> Layout:
        """Return a Z as it is printed."""
        corrections = self._desk.ledger.shifts.corrections(close.shift.shift_id)
        return z_layout(close, corrections, self.form())

    def x_layout(self, figures: ShiftFigures, form: ShiftPaperForm) -> Layout:
        """Return an X as it is printed."""
        return x_layout(figures, form)

    # ---------------------------------------------------------------------- jobs

    def opening_job(self, shift: Shift, form: ShiftPaperForm) -> PrintJob:
        """Return the job of an opening slip."""
        return self._job(shift.shift_id, OPENING_SLIP, opening_slip(shift, form.form))

    def move_job(self, move: CashMove, form: ShiftPaperForm) -> PrintJob:
        """Return the job of a cash move's slip."""
        return self._job(move.move_id, CASH_MOVE_SLIP, cash_move_slip(move, form.form))

    def x_job(
        self, paper_id: str, figures: ShiftFigures, form: ShiftPaperForm
    ) -> PrintJob:
        """Return the job of an X."""
        return self._job(paper_id, X_REPORT, x_layout(figures, form))

    def z_job(
        self,
        close: ShiftClose,
        corrections: Sequence[TenderCorrection],
        form: ShiftPaperForm,
        copy_number: int = 0,
    ) -> PrintJob:
        """Return the job of a Z, or of a copy of it."""
        layout = z_layout(close, corrections, form, copy_number=copy_number)
        return self._job(close.shift.shift_id, Z_REPORT, layout, copy_number)

    def reprint_z(self, shift_id: str) -> Future[PrintJob]:
        """Queue a copy of a Z; see `ShiftService.reprint_z`."""
        close = self._desk.ledger.shifts.close_of(shift_id)
        if close is None:
            raise UserError("shift_not_closed")
        self._desk.allow(Demand(Permission.REPRINT, shift_id))
        form, stamp = self.form(), self._desk.stamp()
        corrections = self._desk.ledger.shifts.corrections(shift_id)

        def work(unit: UnitOfWork) -> PrintJob:
            number = unit.next_copy(shift_id, Z_REPORT)
            job = self.z_job(close, corrections, form, number)
            unit.add_print_job(job)
            body = {"report": "z", "z_number": close.z_number, "copy": number}
            unit.append(EntryKind.REPORT_PRINTED, body, stamp)
            return job

        future = self._desk.record(work)
        self.wake_after(future)
        return future

    def wake_after(self, future: Future[Any]) -> None:
        """Wake the printer once a paper is queued for good."""
        future.add_done_callback(lambda _done: self._desk.printer.wake())

    def open_drawer_after(self, future: Future[Any]) -> None:
        """Kick the drawer, but only once the entry is durable (law 1)."""

        def kick(done: Future[Any]) -> None:
            if done.exception() is None:
                self._desk.printer.open_drawer()
                self._desk.printer.wake()

        future.add_done_callback(kick)

    def _job(
        self, document_id: str, kind: str, layout: Layout, copy_number: int = 0
    ) -> PrintJob:
        return PrintJob(
            job_id=self._desk.ids.new(),
            document_id=document_id,
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


def x_layout(figures: ShiftFigures, form: ShiftPaperForm) -> Layout:
    """Lay an X out; on any thread, with what the form has gathered."""

    def facts() -> SlipFacts:
        at = form.form.moment(figures.at)
        parts = x_parts(figures, form.form)
        paper = PartPaper(SlipKind.X_REPORT, parts, figures.shift.number, at)
        return part_facts(paper, form.form.shop, form.form.words, form.form.logo_png)

    return form.forms.fill(
        SlipKind.X_REPORT, facts, lambda: x_report(figures, form.form)
    )


def z_layout(
    close: ShiftClose,
    corrections: Sequence[TenderCorrection],
    form: ShiftPaperForm,
    *,
    copy_number: int = 0,
) -> Layout:
    """Lay a Z out; on any thread, with what the form has gathered."""

    def facts() -> SlipFacts:
        at = form.form.moment(close.closed_at)
        parts = z_parts(close, corrections, form.form, copy_number=copy_number)
        paper = PartPaper(SlipKind.Z_REPORT, parts, close.z_number, at)
        return part_facts(paper, form.form.shop, form.form.words, form.form.logo_png)

    return form.forms.fill(
        SlipKind.Z_REPORT,
        facts,
        lambda: z_report(close, corrections, form.form, copy_number=copy_number),
    )
