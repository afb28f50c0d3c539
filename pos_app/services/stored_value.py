"""Stored value and gift cards at the counter: what is there, and paying with it."""

from __future__ import annotations

from concurrent.futures import Future

from pos_app.domain.coupon.code import looks_like_code, plain_code
from pos_app.domain.ledger_tenders import GIFT_CARD_KEY, STORED_VALUE_KEY
from pos_app.domain.loyalty.programme import ValueRule
from pos_app.domain.payment import Payment
from pos_app.domain.stored_value.account import AccountKind
from pos_app.domain.stored_value.document import ValueDocument
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.domain.stored_value.tender_rule import Due, require_tender
from pos_app.domain.tender import VALUE_KINDS, TenderKind, TenderLine
from pos_app.errors import UserError
from pos_app.ports.printing import PrintJob
from pos_app.ports.stored_value import AccountRow, ValueReader
from pos_app.services.checkout import CheckoutService
from pos_app.services.desk import Desk
from pos_app.services.sale import SaleService
from pos_app.services.slip_forms import SlipFormService
from pos_app.services.value_account import (
    LEAST_CODE,
    digest_of,
    is_proven,
    own_code,
    plain_card,
    refuse_stranger,
    view_of,
)
from pos_app.services.value_history import history_of, lots_of, refund_view
from pos_app.services.value_paper import ValuePapers
from pos_app.services.value_refund import ValueRefund
from pos_app.services.value_sold import ValueSold, bonus_of
from pos_app.services.value_view import (
    LotView,
    RefundView,
    ValueMoney,
    ValueMoveView,
    ValueView,
)

_TENDERS = {
    AccountKind.WALLET: (STORED_VALUE_KEY, TenderKind.STORED_VALUE),
    AccountKind.GIFT_CARD: (GIFT_CARD_KEY, TenderKind.GIFT_CARD),
}


class StoredValueService:
    """Stored value and gift cards; used from the sale's thread."""

    def __init__(
        self,
        desk: Desk,
        sale: SaleService,
        checkout: CheckoutService,
        forms: SlipFormService,
    ) -> None:
        self._desk = desk
        self._sale = sale
        self._checkout = checkout
        papers = ValuePapers(desk, forms)
        self._sold = ValueSold(desk, papers)
        self._refund = ValueRefund(desk, papers)

    # --------------------------------------------------------------- what there is

    @property
    def rule(self) -> ValueRule:
        """What the shop's programme says of stored value."""
        return self._desk.ledger.points.programme().value

    @property
    def is_on(self) -> bool:
        """Tell whether members may have wallets."""
        return self.rule.is_on

    @property
    def has_gift_cards(self) -> bool:
        """Tell whether gift cards are sold and taken."""
        return self.rule.has_gift_cards

    def wallets(self, member_id: str) -> tuple[ValueView, ...]:
        """Return a person's wallets; two where two members became one."""
        if not member_id:
            return ()
        ids = self._desk.ledger.members.ids_of(member_id)
        return tuple(self._view(row) for row in self._ledger.wallets(ids))

    def wallet(self, member_id: str) -> ValueView | None:
        """Return a person's wallet, the oldest of several; None for no wallet."""
        return next(iter(self.wallets(member_id)), None)

    def gift_card(self, code: str) -> ValueView:
        """Return the gift card with a code.

        Raises:
            UserError: "stored_value_code_unknown".
        """
        row = self._card(code)
        if row is None:
            raise UserError(ValueRefusal.NO_CODE.value)
        return self._view(row)

    def account(self, account_id: str) -> ValueView:
        """Return an account.

        Raises:
            UserError: "stored_value_unknown".
        """
        return self._view(self._row(account_id))

    def is_gift_card_code(self, code: str) -> bool:
        """Tell whether a scan is a gift card: by its shape, or because it was sold."""
        if not self.has_gift_cards:
            return False
        if own_code(code) is not None:
            return True
        plain = plain_code(code)
        if looks_like_code(plain) or len(plain_card(code)) < LEAST_CODE:
            return False
        return self._card(code) is not None

    def check_new_code(self, code: str) -> None:
        """Refuse a code under which no gift card can be sold; changes nothing.

        Raises:
            UserError: "stored_value_code_unfit", "stored_value_opened_twice".
        """
        self._sold.check_code(code)

    def history(self, account_id: str) -> tuple[ValueMoveView, ...]:
        """Return the moves of an account, newest first."""
        return history_of(self._ledger, account_id)

    def lots(self, account_id: str) -> tuple[LotView, ...]:
        """Return the top-ups of an account, newest first; of a card its sale."""
        return lots_of(self._ledger, account_id)

    # ------------------------------------------------------------------- to pay

    def most_minor(self, view: ValueView) -> int:
        """Return what the open ticket may still take of an account now."""
        return self.account(view.account_id).most_minor

    def pay(self, account_id: str, amount_minor: int | None = None) -> Payment:
        """Take stored value for the open sale; it is booked when the sale ends.

        It can be given back as any tender until then (`CheckoutService.give_back`).

        Args:
            account_id: a wallet of the sale's member, or a gift card.
            amount_minor: None for as much as there is, is owed and is allowed; of
                a wallet no more than needs no proof, where none was given.

        Raises:
            UserError: what `CheckoutService.take` refuses of the basket, what
                `require_tender` refuses of the amount; "stored_value_unknown",
                "stored_value_is_another" for somebody else's wallet,
                "stored_value_off".
        """
        self._checkout.refuse_unpayable()
        return self._checkout.take_checked(self._tender(account_id, amount_minor))

    def refusal(
        self, account_id: str, amount_minor: int | None = None
    ) -> UserError | None:
        """Return why `pay` would refuse; changes nothing."""
        payment = self._checkout.payment
        if payment is None:
            return UserError("basket_empty")
        try:
            payment.take(self._tender(account_id, amount_minor))
        except UserError as error:
            return error
        return None

    def _tender(self, account_id: str, amount_minor: int | None) -> TenderLine:
        row, rule = self._row(account_id), self.rule
        self._refuse_off(row, rule)
        refuse_stranger(self._desk, self._sale.basket, row)
        due = self._due(row)
        if due is None or due.due_minor <= 0:
            raise UserError("nothing_due")
        account = self._ledger.account(account_id)
        if amount_minor is None:
            view = self._view(row)
            amount_minor = view.free_minor or view.most_minor
            amount_minor = amount_minor or min(due.due_minor, view.usable_minor or 1)
        holds = self._ledger.holds(account_id)
        require_tender(amount_minor, account, rule.tender, holds, due)
        key, kind = _TENDERS[row.kind]
        return TenderLine(
            tender_id=self._desk.ids.new(),
            key=key,
            kind=kind,
            amount_minor=amount_minor,
            reference=row.label,
            is_verified=due.is_proven,
            account_id=account_id,
        )

    def _refuse_off(self, row: AccountRow, rule: ValueRule) -> None:
        """Refuse what the shop does not offer any more; what is owed stays owed."""
        is_card = row.kind is AccountKind.GIFT_CARD
        if not (rule.has_gift_cards if is_card else rule.is_on):
            raise UserError(ValueRefusal.OFF.value)

    def _due(self, row: AccountRow) -> Due | None:
        """Return the open ticket as an account's rule sees it."""
        current, payment = self._sale.current, self._checkout.payment
        if current is None or payment is None:
            return None
        taken = [x for x in payment.tenders if x.account_id == row.account_id]
        used = [x for x in payment.tenders if x.kind in VALUE_KINDS]
        return Due(
            basket_id=current.basket.basket_id,
            at=self._desk.clock.now(),
            total_minor=payment.total_minor,
            due_minor=payment.due_minor,
            is_proven=is_proven(self._desk, current.basket, row),
            used_minor=sum(tender.amount_minor for tender in used),
            taken_minor=sum(tender.amount_minor for tender in taken),
        )

    # --------------------------------------------------------- sold and paid back

    def bonus_for(self, paid_minor: int) -> int:
        """Return what the programme gives on top of a top-up."""
        return bonus_of(self.rule, paid_minor)

    def top_up(
        self,
        member_id: str,
        amount_minor: int,
        money: tuple[ValueMoney, ...],
        *,
        print_slip: bool,
    ) -> Future[ValueDocument]:
        """Pay money into a member's wallet; see `ValueSold.top_up`."""
        return self._sold.top_up(member_id, amount_minor, money, print_slip=print_slip)

    def sell_gift_card(
        self,
        code: str,
        amount_minor: int,
        money: tuple[ValueMoney, ...],
        *,
        print_slip: bool,
    ) -> Future[ValueDocument]:
        """Sell a gift card; see `ValueSold.sell_gift_card`."""
        return self._sold.sell_gift_card(
            code, amount_minor, money, print_slip=print_slip
        )

    def refund_terms(self, account_id: str, lot_id: str, paid_minor: int) -> RefundView:
        """Return what paying an amount of a top-up back comes to.

        Raises:
            UserError: what `refund_top_up` refuses.
        """
        account = self._ledger.account(account_id)
        return refund_view(account, lot_id, paid_minor, self._desk.clock.now())

    def refund_top_up(
        self, account_id: str, lot_id: str, paid_minor: int, *, print_slip: bool
    ) -> Future[ValueDocument]:
        """Pay a top-up back to where its money came from; see `ValueRefund`."""
        return self._refund.refund(
            account_id, lot_id, paid_minor, print_slip=print_slip
        )

    def reprint(self, document_id: str) -> Future[PrintJob]:
        """Queue a copy of a value document's slip; see `ValueRefund.reprint`."""
        return self._refund.reprint(document_id)

    # ------------------------------------------------------------------- internal

    @property
    def _ledger(self) -> ValueReader:
        return self._desk.ledger.stored_value

    def _card(self, code: str) -> AccountRow | None:
        return self._ledger.with_code(digest_of(code, self._desk.vault))

    def _row(self, account_id: str) -> AccountRow:
        row = self._ledger.row(account_id)
        if row is None:
            raise UserError(ValueRefusal.UNKNOWN_ACCOUNT.value)
        return row

    def _view(self, row: AccountRow) -> ValueView:
        known = (self._ledger, self.rule)
        return view_of(row, known, self._due(row), self._desk.clock.now())
