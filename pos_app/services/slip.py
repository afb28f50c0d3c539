"""Slips: laid out from the finished document, queued for the printer, reprinted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from pos_app.documents.copy_mark import as_copy
from pos_app.documents.layout import Layout
from pos_app.documents.member_block import MemberSlip
from pos_app.documents.receipt import receipt
from pos_app.documents.slip_names import SlipNames, said_in
from pos_app.documents.template.receipt_facts import ReceiptNeeds, receipt_facts
from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.ticket_facts import TicketFacts
from pos_app.domain.loyalty.tier import TierMetric
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.sale import Sale
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import SlipKind
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import SECRET_PAPERS, PrintJob, PrintJobState
from pos_app.services.desk import Desk
from pos_app.services.slip_forms import SlipForms, SlipFormService
from pos_app.services.tender_choice import known_tenders

SLIP = "slip"
RECEIPT_PRINTER = "receipt"
OPENING_SLIP, CASH_MOVE_SLIP, Z_REPORT = "shift_opening", "cash_move", "z_report"
STOCK_SLIP = "stock_document"
VALUE_SLIP = "value_document"
#: Papers that count once: another one says that it is a copy.
MARKED_PAPERS = frozenset(
    {OPENING_SLIP, CASH_MOVE_SLIP, Z_REPORT, STOCK_SLIP, VALUE_SLIP}
)


@dataclass(frozen=True, slots=True)
class SlipForm:
    """What a slip needs beside the sale; gathered before the core thread runs."""

    shop: Shop
    language: str
    tender_names: dict[str, str]
    forms: SlipForms = SlipForms()  # noqa: RUF009 - frozen value
    names: SlipNames = SlipNames()  # noqa: RUF009 - frozen value
    member: MemberSlip | None = None
    tiers: Mapping[str, str] = field(default_factory=dict)
    counts_visits: bool = False

    def telling(self, facts: TicketFacts | None) -> SlipForm:
        """Return the form of a slip that says what its ticket did for a member."""
        if facts is None or facts.is_silent:
            return replace(self, member=None)
        member = MemberSlip(
            facts,
            self.tiers,
            self.counts_visits,
            self.shop.rules.currency,
            ZoneInfo(self.shop.time_zone),
        )
        return replace(self, member=member)


class SlipService:
    """Lays out and queues the slips of finished sales."""

    def __init__(self, desk: Desk, forms: SlipFormService) -> None:
        self._desk = desk
        self._forms = forms

    def language(self) -> str:
        """Return the language of slips: the till's choice or the shop's."""
        return self._forms.language()

    def form(self, language: str | None = None) -> SlipForm:
        """Gather what a slip needs from the catalogue."""
        tag = language or self.language()
        programme = self._desk.ledger.points.programme()
        return SlipForm(
            shop=self._desk.shop,
            language=tag,
            tender_names=tender_names(self._desk, tag),
            forms=self._forms.current(),
            names=self._forms.names(tag),
            tiers={tier.key: tier.name_in(tag) for tier in programme.tiers},
            counts_visits=programme.metric is TierMetric.VISITS,
        )

    def layout(self, sale: Sale, form: SlipForm, *, copy_number: int = 0) -> Layout:
        """Lay out a sale's slip: by the shop's template, or as it is built in."""
        if form.member is None:
            form = form.telling(self._desk.ledger.points.facts_of(sale.sale_id))
        return sale_layout(sale, form, copy_number=copy_number)

    def job(self, sale: Sale, form: SlipForm, *, copy_number: int = 0) -> PrintJob:
        """Return the print job of a sale's slip."""
        return PrintJob(
            job_id=self._desk.ids.new(),
            document_id=sale.sale_id,
            kind=SLIP,
            copy_number=copy_number,
            printer=RECEIPT_PRINTER,
            layout=sale_layout(sale, form, copy_number=copy_number),
            opens_drawer=False,
            state=PrintJobState.QUEUED,
            offset_bytes=0,
            reason="",
            queued_at=self._desk.clock.now(),
        )

    def reprint(
        self, sale_id: str | None = None, language: str | None = None
    ) -> Future[PrintJob]:
        """Queue a copy of a slip, marked COPY n; the last sale's by default.

        Args:
            sale_id: of the sale; None for the last one.
            language: that the customer reads; None for that of the original.

        Raises:
            UserError: "not_permitted" or "sale_not_found".
        """
        ledger = self._desk.ledger
        sale = ledger.sale(sale_id) if sale_id else ledger.last_sale()
        self._desk.allow(Demand(Permission.REPRINT, sale.sale_id if sale else ""))
        if sale is None:
            raise UserError("sale_not_found")
        copy = self._copier(sale, language)
        future = self._desk.record(copy)
        future.add_done_callback(lambda _done: self._desk.printer.wake())
        return future

    def _copier(
        self, sale: Sale, language: str | None = None
    ) -> Callable[[UnitOfWork], PrintJob]:
        """Return the work that queues the next copy of a sale's slip."""
        form = self.form(language or sale.language)
        form = form.telling(self._desk.ledger.points.facts_of(sale.sale_id))
        stamp = self._desk.stamp()

        def work(unit: UnitOfWork) -> PrintJob:
            number = unit.next_copy(sale.sale_id, SLIP)
            job = self.job(sale, form, copy_number=number)
            unit.add_print_job(job)
            body = {"sale": sale.sale_id, "number": sale.number, "copy": number}
            unit.append(EntryKind.SLIP_REPRINTED, body, stamp)
            return job

        return work

    def answer_unknown(self, job: PrintJob, *, printed: bool) -> Future[None]:
        """Settle a job whose end nobody saw: it printed, or print it again.

        Asked once (law 11); printing a sale's slip again makes a copy marked
        COPY n, in the same transaction and for everybody who sells: the printer
        failed, nobody asked for another slip. Any other paper is printed again as
        it was laid out; a Z or a voucher is marked likewise.

        Raises:
            UserError: "not_signed_on" or "not_permitted".
        """
        self._desk.session.require(Permission.SELL)
        state = PrintJobState.CONFIRMED if printed else PrintJobState.CANCELLED
        sale = None
        if not printed and job.kind == SLIP:
            sale = self._desk.ledger.sale(job.document_id)
        copy = self._copier(sale) if sale is not None else None
        stamp = self._desk.stamp()
        body = {"document": job.document_id, "job": job.job_id, "printed": printed}

        def work(unit: UnitOfWork) -> None:
            if not unit.answer_print_job(job.job_id, state):
                return  # answered a moment ago: asked once, printed once
            unit.append(EntryKind.PRINT_ANSWERED, body, stamp)
            if copy is not None:
                copy(unit)
            elif not printed and job.kind not in SECRET_PAPERS:
                self._queue_again(unit, job)

        future = self._desk.record(work)
        future.add_done_callback(lambda _done: self._desk.printer.wake())
        return future

    def _queue_again(self, unit: UnitOfWork, job: PrintJob) -> None:
        """Queue the same paper once more; what somebody signs says it is a copy."""
        number = unit.next_copy(job.document_id, job.kind)
        is_marked = job.kind in MARKED_PAPERS
        again = replace(
            job,
            job_id=self._desk.ids.new(),
            copy_number=number,
            layout=as_copy(job.layout, number) if is_marked else job.layout,
            state=PrintJobState.QUEUED,
            offset_bytes=0,
            reason="",
            queued_at=self._desk.clock.now(),
        )
        unit.add_print_job(again)


def tender_names(desk: Desk, language: str) -> dict[str, str]:
    """Return the names of all tenders, of those no longer taken, too."""
    return {kind.key: kind.name_in(language) for kind in known_tenders(desk)}


def sale_layout(sale: Sale, form: SlipForm, *, copy_number: int = 0) -> Layout:
    """Lay a receipt out; on any thread, with what the form has gathered."""
    forms = form.forms
    told = said_in(sale, form.names)
    needs = ReceiptNeeds(
        shop=form.shop,
        words=Words(form.language),
        style=forms.style,
        tender_names=form.tender_names,
        local_time=sale.ended_at.at(ZoneInfo(form.shop.time_zone)),
        copy_number=copy_number,
        logo_png=forms.logo_png,
        member=form.member,
    )

    def built_in() -> Layout:
        return receipt(
            told,
            needs.shop,
            needs.words,
            copy_number=copy_number,
            tender_names=needs.tender_names,
            local_time=needs.local_time,
            logo_png=needs.logo_png,
            style=needs.style,
            member=needs.member,
        )

    return forms.fill(SlipKind.RECEIPT, lambda: receipt_facts(told, needs), built_in)
