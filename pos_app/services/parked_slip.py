"""The slips of parked sales: printed by choice, as often as somebody wants one."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pos_app.documents.heading import moment_text
from pos_app.documents.layout import Layout
from pos_app.documents.parked_slip import parked_parts, parked_slip
from pos_app.documents.template.fields import SlipFacts
from pos_app.documents.template.part_forms import PartPaper, part_facts
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.parked_sale import ParkedSale
from pos_app.domain.permission import Permission
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedLine
from pos_app.domain.promotion.offers import NO_OFFERS, Offers
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import SlipKind
from pos_app.domain.tax import PricingRules
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.desk import Desk
from pos_app.services.offers import offers_for
from pos_app.services.slip import RECEIPT_PRINTER
from pos_app.services.slip_forms import SlipForms, SlipFormService

PARKED_SLIP = "parked"


@dataclass(frozen=True, slots=True)
class ParkedSlipForm:
    """What a parked slip needs beside the sale; gathered before the core thread."""

    shop: Shop
    rules: PricingRules
    language: str
    forms: SlipForms
    offers: Offers = NO_OFFERS


class ParkedSlipService:
    """Lays out and queues the slips of parked sales."""

    def __init__(self, desk: Desk, forms: SlipFormService) -> None:
        self._desk = desk
        self._forms = forms

    def form(self, sale: OpenSale) -> ParkedSlipForm:
        """Gather what a sale's slip needs from catalogue and settings."""
        shop = self._desk.shop
        language = self._forms.language()
        offers = offers_for(self._desk, sale)
        forms = self._forms.current()
        return ParkedSlipForm(shop, shop.rules, language, forms, offers)

    def offers(self, parked: ParkedSale) -> Offers:
        """Return the promotions that a parked sale was priced with."""
        return offers_for(self._desk, parked.sale)

    def layout(self, parked: ParkedSale, form: ParkedSlipForm) -> Layout:
        """Lay out a parked sale's slip at the prices of its parking."""
        basket, at = parked.sale.basket, parked.parked_at
        priced = price_basket(basket, form.rules, at, form.offers)
        return parked_layout(parked, priced.lines, form)

    def queue(
        self, unit: UnitOfWork, parked: ParkedSale, form: ParkedSlipForm
    ) -> PrintJob:
        """Queue a slip within a transaction; the caller wakes the printer after it.

        It is no document of value: a second one is not marked as a copy.
        """
        job = PrintJob(
            job_id=self._desk.ids.new(),
            document_id=parked.number,
            kind=PARKED_SLIP,
            copy_number=unit.next_copy(parked.number, PARKED_SLIP),
            printer=RECEIPT_PRINTER,
            layout=self.layout(parked, form),
            opens_drawer=False,
            state=PrintJobState.QUEUED,
            offset_bytes=0,
            reason="",
            queued_at=parked.parked_at,
        )
        unit.add_print_job(job)
        return job

    def print(self, basket_id: str) -> Future[PrintJob]:
        """Print the slip of a parked sale (打印取单条), again if need be.

        Raises:
            UserError: "not_permitted" or "parked_gone".
        """
        self._desk.allow(Permission.PARK)
        parked = self._desk.ledger.parked.of(basket_id)
        if parked is None:
            raise UserError("parked_gone", number="")
        form = self.form(parked.sale)
        future = self._desk.record(lambda unit: self.queue(unit, parked, form))
        self.wake_after(future)
        return future

    def wake_after(self, future: Future[PrintJob] | Future[ParkedSale]) -> None:
        """Wake the printer once a slip is queued for good."""
        future.add_done_callback(lambda _done: self._desk.printer.wake())


def parked_layout(
    parked: ParkedSale, lines: tuple[PricedLine, ...], form: ParkedSlipForm
) -> Layout:
    """Lay a parked slip out; on any thread, with what the form has gathered."""
    words = Words(form.language)
    when = parked.parked_at.at(ZoneInfo(form.shop.time_zone))

    def facts() -> SlipFacts:
        parts = parked_parts(parked, lines, form.shop, words, when)
        number = parked.number
        paper = PartPaper(SlipKind.PARKED, parts, number, moment_text(when))
        return part_facts(paper, form.shop, words, form.forms.logo_png)

    return form.forms.fill(
        SlipKind.PARKED,
        facts,
        lambda: parked_slip(parked, lines, form.shop, words, when),
    )
