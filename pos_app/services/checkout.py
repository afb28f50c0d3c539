"""Payment: tenders, the end of the sale, and giving a whole sale up."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

from pos_app.domain import open_sale as intents
from pos_app.domain.correction import VoidedSale
from pos_app.domain.journal import EntryKind
from pos_app.domain.payment import Payment, cash_suggestions
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.sale import DocumentKind, Sale
from pos_app.domain.sale_ending import Ending, build_sale
from pos_app.domain.tender import TenderKind, TenderLine, TenderType
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import PrinterPort
from pos_app.services.desk import Desk
from pos_app.services.payment_secrets import holds_card_number
from pos_app.services.sale import SaleService
from pos_app.services.slip import SlipService
from pos_app.services.typed_text import typed_text

REFERENCE_LIMIT = 40
#: ISO/IEC 7812: a card number has 12 digits at least, a phone's payment code 16;
#: the till must never hold either, whatever is typed around them (law 14).
SECRET_DIGITS = 12
_SECRET_KINDS = frozenset({TenderKind.CARD, TenderKind.CODE})


@dataclass(frozen=True, slots=True)
class CashChoice:
    """What one quick-cash key does.

    Attributes:
        cash_minor: what the customer hands over. change_minor: what goes back.
    """

    cash_minor: int
    change_minor: int


class CheckoutService:
    """Takes the money for the open sale; used from the sale's thread."""

    def __init__(self, desk: Desk, sale: SaleService, slip: SlipService) -> None:
        self._desk = desk
        self._sale = sale
        self._slip = slip

    @property
    def payment(self) -> Payment | None:
        """The payment so far; None between two customers."""
        current, priced = self._sale.current, self._sale.priced
        if current is None or priced is None:
            return None
        rounding = self._sale.rules.cash_rounding
        return Payment(priced.total_minor, rounding, current.tenders)

    def cash_choices(self) -> tuple[CashChoice, ...]:
        """Return what the customer is likely to hand over, exact first."""
        payment = self.payment
        if payment is None or payment.cash_due_minor <= 0:
            return ()
        due = payment.cash_due_minor
        amounts = cash_suggestions(due, self._desk.shop.cash_notes_minor)
        return tuple(CashChoice(amount, amount - due) for amount in amounts)

    def tender_type(self, key: str) -> TenderType:
        """Return the tender type of `key`.

        Raises:
            UserError: "tender_unknown".
        """
        return _tender_type(self._desk, key)

    def take(self, key: str, amount_minor: int | None, reference: str = "") -> Payment:
        """Take money.

        Args:
            key: tender type.
            amount_minor: None for everything still owed.
            reference: last four digits or voucher number; not a card number.

        Raises:
            UserError: "basket_empty", "unknown_lines", "tender_unknown",
                "reference_missing", "reference_is_card_number", what nobody
                answers for (see `finish`), or what `Payment.take` refuses.
        """
        staff = self._desk.session.require(Permission.SELL)
        self._sale.settle_unknown()
        payment = self._payment()
        self._sale.refuse_unowned(staff)
        tender = self._tender(payment, key, amount_minor, reference)
        payment.take(tender)
        self._sale.accept(intents.TakeTender(tender))
        return self._payment()

    def refusal(
        self, key: str, amount_minor: int | None, reference: str = ""
    ) -> UserError | None:
        """Return why `take` would refuse this tender; changes nothing."""
        try:
            payment = self._payment()
            payment.take(self._tender(payment, key, amount_minor, reference))
        except UserError as error:
            return error
        return None

    def _tender(
        self, payment: Payment, key: str, amount_minor: int | None, reference: str
    ) -> TenderLine:
        kind = self.tender_type(key)
        is_cash = kind.kind is TenderKind.CASH
        rest_minor = payment.cash_due_minor if is_cash else payment.due_minor
        return TenderLine(
            tender_id=self._desk.ids.new(),
            key=kind.key,
            kind=kind.kind,
            amount_minor=rest_minor if amount_minor is None else amount_minor,
            reference=clean_reference(kind, reference),
        )

    def give_back(self, tender_id: str) -> Payment:
        """Give a tender back before the sale has ended.

        Raises:
            UserError: "nothing_taken" when it was given back already.
        """
        self._desk.session.require(Permission.SELL)
        payment = self._payment()
        if tender_id not in {tender.tender_id for tender in payment.tenders}:
            raise UserError("nothing_taken")
        self._sale.accept(intents.GiveBackTender(tender_id))
        return self._payment()

    def finish(self, *, print_slip: bool) -> Future[Sale]:
        """End the sale: one transaction, then the drawer, then the slip (law 1).

        The caller calls `finished` when the future is done and good; until then
        the open sale is still there, money and all.

        Raises:
            UserError: "basket_empty", "unknown_lines", "not_settled", or
                "round_off_over_cap", "discount_unowned" when nobody answers for
                what was let go.
        """
        staff = self._desk.session.require(Permission.SELL)
        self._sale.settle_unknown()
        current, priced = self._sale.current, self._sale.priced
        assert current is not None
        assert priced is not None
        self._sale.refuse_unowned(staff)
        payment = self._payment()
        if not payment.is_settled:
            raise UserError("not_settled", due_minor=payment.due_minor)
        form = self._slip.form()
        stamp = self._desk.stamp(current.business_day)
        clock_suspect = self._desk.clock.is_suspect
        opens_drawer = self._opens_drawer(payment)

        def work(unit: UnitOfWork) -> Sale:
            number = unit.next_number(form.shop.till, DocumentKind.SALE)
            ending = Ending(
                number, form.shop.till, staff, stamp.at, clock_suspect, form.language
            )
            sale = build_sale(current, priced, payment, ending)
            unit.add_sale(sale)
            self._desk.clock.note(unit, stamp)
            if opens_drawer:
                body = {"why": "sale", "sale": sale.sale_id}
                unit.append(EntryKind.DRAWER_OPENED, body, stamp)
            if print_slip:
                job = self._slip.job(sale, form)
                unit.add_print_job(job)
            return sale

        future = self._desk.record(work)
        self._sale.end_with(future)
        future.add_done_callback(_AfterCommit(self._desk.printer, kicks=opens_drawer))
        return future

    def finished(self) -> None:
        """Begin with the next customer: the finish or void was committed."""
        self._sale.ended()

    def void_sale(self, reason: str) -> Future[VoidedSale]:
        """Give the whole open sale up, with a reason; kept for the audit.

        Raises:
            UserError: "not_permitted", "basket_empty", "reason_unknown", or
                "money_already_taken": give the tenders back first.
        """
        self._sale.ended()  # one that is being committed cannot be voided
        current, priced = self._sale.current, self._sale.priced
        if current is None or priced is None or current.is_empty:
            raise UserError("basket_empty")
        if current.tenders:
            raise UserError("money_already_taken")
        if reason not in {x.key for x in self._desk.catalog.reasons("sale_void")}:
            raise UserError("reason_unknown", reason=reason[:20])
        demand = Demand(Permission.SALE_VOID, current.basket.basket_id)
        staff = self._desk.allow(demand).staff
        till = self._desk.shop.till
        stamp = self._desk.stamp(current.business_day)

        def work(unit: UnitOfWork) -> VoidedSale:
            void = VoidedSale(
                sale_id=current.basket.basket_id,
                number=unit.next_number(till, DocumentKind.VOID),
                till=till,
                cashier_id=staff.staff_id,
                cashier_name=staff.name,
                business_day=current.business_day,
                ended_at=stamp.at,
                reason=reason,
                lines=current.basket.lines,
                total_minor=priced.total_minor,
            )
            unit.add_void(void)
            return void

        future = self._desk.record(work)
        self._sale.end_with(future)
        return future

    def _opens_drawer(self, payment: Payment) -> bool:
        """Tell whether a tender opens the drawer; a type since deleted: cash does."""
        types = {kind.key: kind for kind in self._desk.catalog.tender_types()}
        return any(
            types[tender.key].opens_drawer
            if tender.key in types
            else tender.kind is TenderKind.CASH
            for tender in payment.tenders
        )

    def _payment(self) -> Payment:
        payment = self.payment
        if payment is None:
            raise UserError("basket_empty")
        return payment


@dataclass(frozen=True, slots=True)
class _AfterCommit:
    """Moves drawer and printer, but only once the sale is on the disk (law 1).

    Attributes:
        printer: the receipt printer.
        kicks: whether the drawer opens; by itself, since a slip may wait for paper.
    """

    printer: PrinterPort
    kicks: bool

    def __call__(self, done: Future[Sale]) -> None:
        """Run on the core thread when the future is done."""
        if done.exception() is not None:
            return
        if self.kicks:
            self.printer.open_drawer()
        self.printer.wake()


def _tender_type(desk: Desk, key: str) -> TenderType:
    for kind in desk.catalog.tender_types():
        if kind.key == key:
            return kind
    raise UserError("tender_unknown", tender=key[:20])


def clean_reference(kind: TenderType, reference: str) -> str:
    """Return a reference as it is kept.

    Refuses a missing one, a card number with whatever tender, and anything that
    could be one or a phone's payment code with a card or a phone.

    Raises:
        UserError: "reference_missing", "reference_is_card_number",
            "reference_too_long".

    Source: PCI DSS 3.5; the till never holds a primary account number.
    """
    text = typed_text(reference, len(reference))
    if kind.asks_reference and not text:
        raise UserError("reference_missing", tender=kind.name)
    digits = sum(c.isdigit() for c in text)
    is_secret = kind.kind in _SECRET_KINDS and digits >= SECRET_DIGITS
    if is_secret or holds_card_number(text):
        raise UserError("reference_is_card_number")
    if len(text) > REFERENCE_LIMIT:
        raise UserError("reference_too_long", limit=REFERENCE_LIMIT)
    return text
