"""Stored value that is sold: wallets filled, gift cards handed out."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from pos_app.domain.coupon.code import CodeKind, new_code
from pos_app.domain.loyalty.programme import ValueRule
from pos_app.domain.payment import Payment
from pos_app.domain.permission import Permission
from pos_app.domain.stored_value.account import Account, AccountKind
from pos_app.domain.stored_value.booking import ExpiryRule, top_up
from pos_app.domain.stored_value.document import ValueDocument, ValueKind
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.stored_value import AccountRow
from pos_app.services.after_sale import opens_drawer
from pos_app.services.desk import Desk
from pos_app.services.value_account import digest_of, label_of, own_code
from pos_app.services.value_code import refuse_unfit_code
from pos_app.services.value_money import money_for, sources_of
from pos_app.services.value_paper import ValuePapers
from pos_app.services.value_view import ValueMoney
from pos_app.services.value_writing import Gathered, Moved, gather, record, write


@dataclass(frozen=True, slots=True)
class _Order:
    """What is sold.

    Attributes:
        kind: see there. payment: all of it. bonus_minor: on top. rule: of the shop.
        open_account: returns the account, opened where it is new.
        made_code: of a gift card that is to be printed; "" for none.
    """

    kind: ValueKind
    payment: Payment
    bonus_minor: int
    rule: ValueRule
    open_account: Callable[[UnitOfWork], AccountRow]
    made_code: str = ""


def bonus_of(rule: ValueRule, paid_minor: int) -> int:
    """Return what the best offer gives that an amount reaches; 0 for nothing."""
    reached = (x.bonus_minor for x in rule.offers if paid_minor >= x.paid_minor)
    return max(reached, default=0)


class ValueSold:
    """Tops wallets up and sells gift cards; used from the sale's thread."""

    def __init__(self, desk: Desk, papers: ValuePapers) -> None:
        self._desk = desk
        self._papers = papers

    def top_up(
        self,
        member_id: str,
        amount_minor: int,
        money: tuple[ValueMoney, ...],
        *,
        print_slip: bool,
    ) -> Future[ValueDocument]:
        """Pay money into a member's wallet; the first time opens it.

        Args:
            member_id: whose.
            amount_minor: to pay in, above zero; a bonus of the programme comes on top.
            money: what is handed over; change is given for cash.
            print_slip: whether a slip with the balance is printed.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "stored_value_off", "member_unknown", what `money_for`
                refuses; from the future "stored_value_above_most" with `most_minor`.
        """
        rule = self._desk.ledger.points.programme().value
        if not rule.is_on:
            raise UserError(ValueRefusal.OFF.value)
        if self._desk.ledger.members.of(member_id) is None:
            raise UserError("member_unknown")
        payment = money_for(self._desk, amount_minor, money)
        gathered = gather(self._desk, Permission.STORED_VALUE, member_id, amount_minor)

        def open_account(unit: UnitOfWork) -> AccountRow:
            known = unit.stored_value.wallets(unit.members.ids_of(member_id))
            if known:
                return known[0]
            row = _row(gathered, AccountKind.WALLET, member_id, "")
            unit.stored_value.open_account(row, "")
            return row

        bonus_minor = bonus_of(rule, amount_minor)
        order = _Order(ValueKind.TOP_UP, payment, bonus_minor, rule, open_account)
        return self._commit(gathered, order, print_slip=print_slip)

    def sell_gift_card(
        self,
        code: str,
        amount_minor: int,
        money: tuple[ValueMoney, ...],
        *,
        print_slip: bool,
    ) -> Future[ValueDocument]:
        """Sell a gift card; it earns no bonus, and no stored value buys it.

        Args:
            code: of a card that was printed before; "" to make one, which is printed
                with its QR code whatever `print_slip` says: there is nothing else.
            amount_minor: that it is worth, above zero.
            money: what is handed over; change is given for cash.
            print_slip: whether a slip is printed.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "stored_value_off", "stored_value_code_unfit" for a code that
                is something else; "stored_value_opened_twice"; what `money_for`
                refuses; from the future "stored_value_above_most".
        """
        rule = self._desk.ledger.points.programme().value
        if not rule.has_gift_cards:
            raise UserError(ValueRefusal.OFF.value)
        made = "" if code else new_code(CodeKind.GIFT_CARD, secrets.token_bytes)
        shown = made or own_code(code) or code
        digest = self.check_code(shown)
        payment = money_for(self._desk, amount_minor, money)
        subject = "" if made else digest
        gathered = gather(self._desk, Permission.STORED_VALUE, subject, amount_minor)

        def open_account(unit: UnitOfWork) -> AccountRow:
            row = _row(gathered, AccountKind.GIFT_CARD, "", label_of(shown))
            unit.stored_value.open_account(row, digest)
            return row

        order = _Order(ValueKind.GIFT_CARD, payment, 0, rule, open_account, made)
        return self._commit(gathered, order, print_slip=print_slip)

    def check_code(self, code: str) -> str:
        """Return the digest of a code under which a gift card can be sold.

        Raises:
            UserError: "stored_value_code_unfit", "stored_value_opened_twice".
        """
        refuse_unfit_code(self._desk, code)
        digest = digest_of(code, self._desk.vault)
        if self._desk.ledger.stored_value.with_code(digest) is not None:
            raise UserError(ValueRefusal.OPENED_TWICE.value)
        return digest

    def _commit(
        self, gathered: Gathered, order: _Order, *, print_slip: bool
    ) -> Future[ValueDocument]:
        papers, form = self._papers, self._papers.form()

        def work(unit: UnitOfWork) -> ValueDocument:
            document = _sell(unit, gathered, order)
            if print_slip:
                unit.add_print_job(papers.job(document, form))
            if order.made_code:
                unit.add_print_job(papers.card_job(document, order.made_code, form))
            return document

        kicks = opens_drawer(self._desk, order.payment.tenders)
        return record(self._desk, work, kicks=kicks)


def _sell(unit: UnitOfWork, gathered: Gathered, order: _Order) -> ValueDocument:
    payment = order.payment
    row = order.open_account(unit)
    account = unit.stored_value.account(row.account_id)
    _refuse_above_most(account, order, gathered)
    expiry = ExpiryRule(bonus_days=order.rule.bonus_days or None)
    sources = sources_of(payment)
    move = top_up(account, gathered.head, sources, order.bonus_minor, expiry)
    moved = Moved(
        kind=order.kind,
        row=row,
        lot_id=move.move_id,
        money=payment.tenders,
        change_minor=payment.change_minor,
        rounding_minor=payment.rounding_minor,
        paid_minor=payment.total_minor,
        bonus_minor=order.bonus_minor,
    )
    return write(unit, gathered, move, moved)


def _refuse_above_most(account: Account, order: _Order, gathered: Gathered) -> None:
    """Refuse what would make an account hold more than the shop allows.

    Raises:
        UserError: "stored_value_above_most" with `most_minor`.
    """
    most = order.rule.most_minor
    if most is None:
        return
    after = account.usable_minor(gathered.stamp.at) + order.payment.total_minor
    if after + order.bonus_minor > most:
        raise UserError(ValueRefusal.ABOVE_MOST.value, most_minor=most)


def _row(
    gathered: Gathered, kind: AccountKind, member_id: str, label: str
) -> AccountRow:
    return AccountRow(
        account_id=gathered.account_id,
        kind=kind,
        currency=gathered.currency,
        member_id=member_id,
        label=label,
        opened_at=gathered.stamp.at,
        opened_by=gathered.cleared.staff.staff_id,
    )
