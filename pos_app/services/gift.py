"""Gift receipts: printed by choice, for a whole sale or for some of its lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future

from pos_app.documents.gift_receipt import Gift, gift_receipt
from pos_app.documents.layout import Layout
from pos_app.documents.template.gift_form import gift_facts
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission
from pos_app.domain.sale import Sale
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import SlipKind
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.desk import Desk
from pos_app.services.slip import RECEIPT_PRINTER
from pos_app.services.slip_forms import SlipForms, SlipFormService

GIFT = "gift"


class GiftService:
    """Lays out and queues gift receipts of finished sales."""

    def __init__(self, desk: Desk, forms: SlipFormService) -> None:
        self._desk = desk
        self._forms = forms

    def print(
        self,
        sale_id: str | None = None,
        groups: Sequence[Sequence[int]] = (),
        language: str | None = None,
    ) -> Future[tuple[PrintJob, ...]]:
        """Queue gift receipts of a sale; one transaction, journalled as a reprint.

        Whoever sells may print them: they are worth no money, and what comes back
        by them comes back by the sale.

        Args:
            sale_id: of the sale; None for the last one.
            groups: for each gift receipt the positions of its lines, from 1; none
                for one gift receipt with all lines.
            language: of the slip; None for that of the sale's.

        Raises:
            UserError: "not_permitted", "sale_not_found", or "gift_nothing" where
                nothing was sold or chosen.
        """
        self._desk.allow(Permission.SELL)
        ledger = self._desk.ledger
        sale = ledger.sale(sale_id) if sale_id else ledger.last_sale()
        if sale is None:
            raise UserError("sale_not_found")
        gifts = gifts_of(sale, groups)
        tag = language or sale.language
        shop, forms, stamp = self._desk.shop, self._forms.current(), self._desk.stamp()
        found = groups or [range(1, len(sale.lines) + 1)]

        def work(unit: UnitOfWork) -> tuple[PrintJob, ...]:
            jobs = []
            for gift, positions in zip(gifts, found, strict=True):
                number = unit.next_copy(sale.sale_id, GIFT)
                layout = gift_layout(gift, shop, Words(tag), forms)
                jobs.append(self._job(sale, number, layout))
                unit.add_print_job(jobs[-1])
                body = {
                    "sale": sale.sale_id,
                    "number": sale.number,
                    "copy": number,
                    "gift": list(positions),
                }
                unit.append(EntryKind.SLIP_REPRINTED, body, stamp)
            return tuple(jobs)

        future = self._desk.record(work)
        future.add_done_callback(self._waking())
        return future

    def layout(
        self, sale: Sale, positions: Sequence[int], language: str | None = None
    ) -> Callable[[], Layout]:
        """Return what lays a gift receipt out, for a preview on another thread.

        Raises:
            UserError: "gift_nothing".
        """
        gift = gifts_of(sale, [positions])[0]
        shop, forms = self._desk.shop, self._forms.current()
        words = Words(language or sale.language)
        return lambda: gift_layout(gift, shop, words, forms)

    def _waking(self) -> Callable[[Future[tuple[PrintJob, ...]]], None]:
        return lambda _done: self._desk.printer.wake()

    def _job(self, sale: Sale, number: int, layout: Layout) -> PrintJob:
        return PrintJob(
            job_id=self._desk.ids.new(),
            document_id=sale.sale_id,
            kind=GIFT,
            copy_number=number,
            printer=RECEIPT_PRINTER,
            layout=layout,
            opens_drawer=False,
            state=PrintJobState.QUEUED,
            offset_bytes=0,
            reason="",
            queued_at=self._desk.clock.now(),
        )


def gifts_of(sale: Sale, groups: Sequence[Sequence[int]] = ()) -> tuple[Gift, ...]:
    """Return what each gift receipt holds.

    Args:
        sale: a finished one.
        groups: positions of lines, from 1; none for all lines on one receipt.

    Raises:
        UserError: "gift_nothing".
    """
    every = range(1, len(sale.lines) + 1)
    wanted = groups or [every]
    is_known = all(position in every for group in wanted for position in group)
    if not sale.lines or not is_known or not all(wanted):
        raise UserError("gift_nothing", number=sale.number)
    return tuple(
        Gift(sale, tuple(sale.lines[position - 1] for position in group))
        for group in wanted
    )


def gift_layout(gift: Gift, shop: Shop, words: Words, forms: SlipForms) -> Layout:
    """Lay a gift receipt out by the shop's template, or as it is built in."""
    style, logo = forms.style, forms.logo_png
    return forms.fill(
        SlipKind.GIFT,
        lambda: gift_facts(gift, shop, words, style, logo),
        lambda: gift_receipt(gift, shop, words, style, logo),
    )
