"""Payment: tenders, the end of the sale, and giving a whole sale up."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

from pos_app.domain import open_sale as intents
from pos_app.domain.correction import VoidedSale
from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.domain.payment import Payment, cash_suggestions
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.refund_payment import RefundPayment
from pos_app.domain.sale import DocumentKind, Sale
from pos_app.domain.sale_ending import Ending, build_sale
from pos_app.domain.tender import TenderKind, TenderLine, TenderType
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.after_sale import AfterCommit, opens_drawer
from pos_app.services.coupon_reserving import void_basket
from pos_app.services.desk import Desk
from pos_app.services.goods_above import goods_above
from pos_app.services.open_shift import shift_finder
from pos_app.services.refund import refuse_unready
from pos_app.services.sale import SaleService
from pos_app.services.sale_booking import SaleBooking
from pos_app.services.sale_settlement import settle
from pos_app.services.slip import SlipService
from pos_app.services.tender_choice import (
    clean_reference,
    refuse_ledger_kind,
    tender_type,
)
from pos_app.services.ticket_money import TicketMoney


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
        self.money = TicketMoney(desk, sale)
        self._given: tuple[str, tuple[GivenCoupon, ...]] = ("", ())

    @property
    def payment(self) -> Payment | None:
        """The payment so far; None between two customers.

        Where money goes back to the customer, nothing is to be paid: see
        `RefundService.payment`.
        """
        stands = self.money.stands()
        if isinstance(stands, RefundPayment):
            return Payment(0, stands.rounding)
        return stands

    def cash_choices(self) -> tuple[CashChoice, ...]:
        """Return what the customer is likely to hand over, exact first."""
        payment = self.payment
        if payment is None or payment.cash_due_minor <= 0:
            return ()
        due = payment.cash_due_minor
        amounts = cash_suggestions(due, self._quick_notes())
        return tuple(CashChoice(amount, amount - due) for amount in amounts)

    def _quick_notes(self) -> tuple[int, ...]:
        """Return the notes that cash keys are made of: those chosen, or all."""
        notes = self._desk.shop.cash_notes_minor
        chosen = self._desk.settings.current.quick_notes.split(",")
        return tuple(x for x in notes if str(x) in chosen) or notes

    def tender_type(self, key: str) -> TenderType:
        """Return the tender type of `key`.

        Raises:
            UserError: "tender_unknown".
        """
        return tender_type(self._desk, key)

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
        self.refuse_unpayable()
        payment = self._payment()
        tender = self._tender(payment, key, amount_minor, reference)
        return self.take_checked(tender)

    def refuse_unpayable(self) -> None:
        """Refuse to take money at all for a basket that cannot end; see `take`."""
        staff = self._desk.session.require(Permission.SELL)
        self._sale.settle_unknown()
        self._payment()
        refuse_unready(self._desk, self._sale)
        self._sale.refuse_unowned(staff)

    def take_checked(self, tender: TenderLine) -> Payment:
        """Take a tender that whoever keeps its ledger has checked; see `take`.

        Raises:
            UserError: what `Payment.take` refuses.
        """
        self._payment().take(tender)
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
        refuse_ledger_kind(kind)
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
            UserError: "basket_empty", "unknown_lines", "not_settled",
                "not_refunded", "return_reason_missing", "exchange_over", or
                "round_off_over_cap", "discount_unowned" when nobody answers for
                what was let go.
        """
        staff = self._desk.session.require(Permission.SELL)
        self._sale.settle_unknown()
        current, priced = self._sale.current, self._sale.priced
        assert current is not None
        assert priced is not None
        self._sale.refuse_unowned(staff)
        money, paid = self._settled(), self.money.paid()
        form, basket = self._slip.form(), current.basket
        stamp = self._desk.stamp(current.business_day)
        clock_suspect = self._desk.clock.is_suspect
        kicks = opens_drawer(self._desk, (*current.tenders, *current.refunds))
        find_shift = shift_finder(self._desk, staff, stamp)
        above = goods_above(self._desk, self._desk.ledger.points.programme())

        def work(unit: UnitOfWork) -> Sale:
            shift_id = find_shift(unit)
            ending = Ending(
                unit.next_number(form.shop.till, DocumentKind.SALE),
                form.shop.till,
                staff,
                stamp.at,
                clock_suspect,
                form.language,
                shift_id,
                unit.points.programme().recognition,
            )
            sale = build_sale(current, priced, money, ending, paid)
            unit.add_sale(sale)
            facts = settle(
                SaleBooking(unit, sale, stamp, self._desk, form.shop, basket, above)
            )
            self._desk.clock.note(unit, stamp)
            if kicks:
                opened = {"why": "sale", "sale": sale.sale_id}
                unit.append(EntryKind.DRAWER_OPENED, opened, stamp)
            if print_slip:
                unit.add_print_job(self._slip.job(sale, form.telling(facts)))
            self._given = (sale.sale_id, facts.coupons)
            return sale

        future = self._desk.record(work)
        self._sale.end_with(future)
        future.add_done_callback(AfterCommit(self._desk.printer, kicks=kicks))
        return future

    def _settled(self) -> Payment | RefundPayment:
        """Return the money of the ticket, all of it taken or given back."""
        refuse_unready(self._desk, self._sale)
        self.money.look_again()
        money = self.money.stands()
        assert money is not None
        if not money.is_settled:
            is_refund = isinstance(money, RefundPayment)
            key = "not_refunded" if is_refund else "not_settled"
            raise UserError(key, due_minor=money.due_minor)
        return money

    def given_with(self, sale_id: str) -> tuple[GivenCoupon, ...]:
        """Return the coupons of the ticket that ended last, with codes told once.

        The codes are nowhere else but on paper: a till that starts anew has none.
        """
        of, given = self._given
        return tuple(x for x in given if x.code) if of == sale_id else ()

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
        if current.has_money:
            raise UserError("money_already_taken")
        if reason not in {x.key for x in self._desk.catalog.reasons("sale_void")}:
            raise UserError("reason_unknown", reason=reason[:20])
        demand = Demand(Permission.SALE_VOID, current.basket.basket_id)
        staff = self._desk.allow(demand).staff
        till = self._desk.shop.till
        stamp = self._desk.stamp(current.business_day)
        find_shift = shift_finder(self._desk, staff, stamp)

        def work(unit: UnitOfWork) -> VoidedSale:
            shift_id = find_shift(unit)
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
                shift_id=shift_id,
            )
            void_basket(unit, void)
            return void

        future = self._desk.record(work)
        self._sale.end_with(future)
        return future

    def _payment(self) -> Payment:
        payment = self.payment
        if payment is None:
            raise UserError("basket_empty")
        return payment
