"""Refunds: money goes back the way it came, within limits, noted by hand."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain import open_sale as intents
from pos_app.domain.ledger_tenders import LEDGER_TENDERS
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.refund_payment import RefundPayment
from pos_app.domain.refund_ways import off_the_ways_minor
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.domain.tender import LEDGER_KINDS, TenderKind, TenderLine, TenderType
from pos_app.errors import UserError
from pos_app.services.coupon_standing import refuse_gone_coupons
from pos_app.services.desk import Desk
from pos_app.services.exchange import refuse_over_exchange
from pos_app.services.sale import SaleService
from pos_app.services.tender_choice import clean_reference, tender_type
from pos_app.services.ticket_money import TicketMoney
from pos_app.services.traced_goods import refuse_expired_since


@dataclass(frozen=True, slots=True)
class RefundWay:
    """A way in which the money came.

    Attributes:
        key, kind: tender type; None for one that the shop no longer has.
        amount_minor: how much of this refund should go back so, minor units.
        reference: of the tender that paid; "" for none.
        is_open: whether money can be given back with it.
        account_id: of stored value and gift cards; "" for others.
    """

    key: str
    kind: TenderKind | None
    amount_minor: int
    reference: str
    is_open: bool
    account_id: str = ""


class RefundService:
    """Gives money back for the open ticket; used from the sale's thread."""

    def __init__(self, desk: Desk, sale: SaleService, money: TicketMoney) -> None:
        self._desk = desk
        self._sale = sale
        self._money = money

    @property
    def payment(self) -> RefundPayment | None:
        """The refund so far; None where nothing goes back to the customer."""
        stands = self._money.stands()
        return stands if isinstance(stands, RefundPayment) else None

    def ways(self) -> tuple[RefundWay, ...]:
        """Return how the money came and what of this refund should go back so.

        In the order of the tenders; together no more than what is due.
        """
        payment = self.payment
        if payment is None:
            return ()
        taken = (*self._desk.catalog.tender_types(), *LEDGER_TENDERS)
        kinds = {kind.key: kind for kind in taken}
        left, found = payment.total_minor, []
        for way in self._money.ways():
            kind = kinds.get(way.key)
            amount_minor = min(way.amount_minor, left)
            left -= amount_minor
            if amount_minor:
                found.append(
                    RefundWay(
                        key=way.key,
                        kind=kind.kind if kind else None,
                        amount_minor=amount_minor,
                        reference=way.reference,
                        is_open=kind is not None and kind.is_refundable,
                        account_id=way.account_id,
                    )
                )
        return tuple(found)

    def give(
        self, key: str, amount_minor: int | None = None, reference: str = ""
    ) -> RefundPayment:
        """Give money back; a card or a phone is noted by hand, like a payment.

        Args:
            key: tender type.
            amount_minor: above zero; None for what is still to be given back, but
                no more than came this way while other ways are open.
            reference: "" for that of the tender that paid.

        Raises:
            ApprovalNeeded: for more than the cashier may refund, or another way.
            UserError: "basket_empty", "unknown_lines", "nothing_to_refund",
                "tender_unknown", "tender_not_refundable",
                "return_reason_missing", "exchange_over",
                "stored_value_not_as_money", or what
                `clean_reference` and `RefundPayment.give` refuse.
        """
        self._desk.session.require(Permission.SELL)
        self._sale.settle_unknown()
        self._money.look_again()
        payment = self._payment()
        refuse_unready(self._desk, self._sale)
        refund = self._refund(payment, key, amount_minor, reference)
        after = payment.give(refund)
        self._refuse_value_as_money(after)
        self._desk.allow_all(*self._demands(after))
        self._sale.accept(intents.GiveRefund(refund))
        return self._payment()

    def refusal(
        self, key: str, amount_minor: int | None = None, reference: str = ""
    ) -> UserError | None:
        """Return why `give` would refuse this refund, approvals apart."""
        try:
            payment = self._payment()
            refuse_unready(self._desk, self._sale)
            refund = self._refund(payment, key, amount_minor, reference)
            self._refuse_value_as_money(payment.give(refund))
        except UserError as error:
            return error
        return None

    def take_back(self, tender_id: str) -> RefundPayment | None:
        """Take a refund back before the ticket has ended.

        Returns:
            The refund then; None where nothing is owed any more.

        Raises:
            UserError: "nothing_taken" when it was taken back already.
        """
        self._desk.session.require(Permission.SELL)
        current = self._sale.current
        refunds = current.refunds if current else ()
        if tender_id not in {refund.tender_id for refund in refunds}:
            raise UserError("nothing_taken")
        self._sale.accept(intents.TakeBackRefund(tender_id))
        return self.payment

    def _refund(
        self,
        payment: RefundPayment,
        key: str,
        amount_minor: int | None,
        reference: str,
    ) -> TenderLine:
        kind = tender_type(self._desk, key)
        if not kind.is_refundable:
            raise UserError("tender_not_refundable", tender=kind.name)
        if kind.kind in LEDGER_KINDS:
            return self._to_account(payment, kind, amount_minor)
        own = [way for way in self.ways() if way.key == key]
        known = own[0].reference if own else ""
        return TenderLine(
            tender_id=self._desk.ids.new(),
            key=kind.key,
            kind=kind.kind,
            amount_minor=(
                self._due_minor(payment, kind) if amount_minor is None else amount_minor
            ),
            reference=clean_reference(kind, reference or known),
        )

    def _to_account(
        self, payment: RefundPayment, kind: TenderType, amount_minor: int | None
    ) -> TenderLine:
        """Return what goes back to the first account that has not all of its share.

        Stored value goes back to where it came from: nobody can consent otherwise.

        Raises:
            UserError: "stored_value_too_much_back" with `left_minor`.
        """
        for way in self.ways():
            room = way.amount_minor - self._given_minor(payment, way)
            if way.key != kind.key or room <= 0:
                continue
            most = min(room, payment.due_minor)
            minor = most if amount_minor is None else amount_minor
            if minor > room:
                break
            return TenderLine(
                tender_id=self._desk.ids.new(),
                key=kind.key,
                kind=kind.kind,
                amount_minor=minor,
                reference=way.reference,
                account_id=way.account_id,
            )
        else:
            room = 0
        raise UserError(ValueRefusal.TOO_MUCH_BACK.value, left_minor=room)

    def _refuse_value_as_money(self, after: RefundPayment) -> None:
        """Refuse money for what stored value paid: its bonus would be paid out, too.

        Raises:
            UserError: "stored_value_not_as_money" with `most_minor`.
        """
        ledger = {tender.key for tender in LEDGER_TENDERS}
        ways = self._money.ways()
        if not any(way.key in ledger for way in ways):
            return
        most = sum(way.amount_minor for way in ways if way.key not in ledger)
        most += self._money.free_minor + after.rounding.step_minor - 1
        money = sum(
            refund.amount_minor
            for refund in after.refunds
            if refund.kind not in LEDGER_KINDS
        )
        if money > most:
            raise UserError(ValueRefusal.NOT_AS_MONEY.value, most_minor=most)

    def _due_minor(self, payment: RefundPayment, kind: TenderType) -> int:
        """Return what should go back with a tender; all that is left if no other can.

        Cash gets the rounded rest, since the coins decide.
        """
        is_cash = kind.kind is TenderKind.CASH
        rest_minor = payment.cash_due_minor if is_cash else payment.due_minor
        ways = self.ways()
        mine = sum(way.amount_minor for way in ways if way.key == kind.key)
        given = sum(x.amount_minor for x in payment.refunds if x.key == kind.key)
        elsewhere = any(
            way.is_open and way.key != kind.key and not self._is_given(payment, way)
            for way in ways
        )
        if not elsewhere or mine <= given:
            return rest_minor
        step_minor = payment.rounding.step_minor if is_cash else 1
        return min(rest_minor, (mine - given) // step_minor * step_minor or rest_minor)

    def _is_given(self, payment: RefundPayment, way: RefundWay) -> bool:
        return self._given_minor(payment, way) >= way.amount_minor

    def _given_minor(self, payment: RefundPayment, way: RefundWay) -> int:
        place = (way.key, way.account_id)
        return sum(
            refund.amount_minor
            for refund in payment.refunds
            if (refund.key, refund.account_id) == place
        )

    def _demands(self, after: RefundPayment) -> tuple[Demand, ...]:
        """Return what the refund asks of the cashier, once `after` was given."""
        basket = self._sale.basket
        assert basket is not None
        ticket, total_minor = basket.basket_id, after.total_minor
        demands: tuple[Demand, ...] = ()
        if len(after.refunds) == 1:  # the whole ticket is asked for once
            demands = (Demand(Permission.RETURN, ticket, amount_minor=total_minor),)
        if self._desk.shop.policy.refunds_to_original:
            step_minor = after.rounding.step_minor
            off_minor = off_the_ways_minor(
                after.refunds, self._money.ways(), step_minor
            )
            other, free_minor = Permission.REFUND_OTHER_TENDER, self._money.free_minor
            before_minor = off_the_ways_minor(
                after.refunds[:-1], self._money.ways(), step_minor
            )
            if off_minor > max(free_minor, before_minor):
                demands = (*demands, Demand(other, ticket, amount_minor=off_minor))
        return demands

    def _payment(self) -> RefundPayment:
        if self._sale.current is None:
            raise UserError("basket_empty")
        payment = self.payment
        if payment is None:
            raise UserError("nothing_to_refund")
        return payment


def refuse_unready(desk: Desk, sale: SaleService) -> None:
    """Refuse to move money while goods that come back lack a reason.

    Raises:
        UserError: "return_reason_missing" with the goods, "exchange_over",
            what `refuse_expired_since` and `refuse_gone_coupons` do.
    """
    current, priced = sale.current, sale.priced
    if current is None or priced is None:
        return
    refuse_expired_since(desk, current)
    refuse_gone_coupons(desk, current, priced)
    refuse_over_exchange(current.basket)
    returns = current.basket.returns
    if not returns or not desk.catalog.reasons("return"):
        return
    for line in returns:
        if not line.reason:
            raise UserError("return_reason_missing", name=line.name)
