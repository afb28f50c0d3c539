"""Money that is handed over for stored value, and how it goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.domain.payment import Payment
from pos_app.domain.stored_value.moves import Source
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.domain.tender import LEDGER_KINDS, TenderKind, TenderLine, TenderType
from pos_app.errors import UserError
from pos_app.services.desk import Desk
from pos_app.services.tender_choice import clean_reference, tender_type
from pos_app.services.value_view import ValueMoney
from pos_app.values.rounding import RoundingMode, to_step


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """What goes back for a top-up; minor units.

    Attributes:
        refunds: by tender, amounts above zero.
        rounding_minor: what coins could not give; zero or more.
    """

    refunds: tuple[TenderLine, ...]
    rounding_minor: int


def money_for(desk: Desk, amount_minor: int, money: Sequence[ValueMoney]) -> Payment:
    """Return the payment of stored value, all of it taken.

    Raises:
        UserError: "stored_value_amount_absurd", "stored_value_buys_no_value" for
            stored value, a gift card or points; what `Payment.take` and
            `clean_reference` refuse; "not_settled" for too little.
    """
    if amount_minor <= 0:
        raise UserError(ValueRefusal.ABSURD.value, amount_minor=amount_minor)
    payment = Payment(amount_minor, desk.shop.rules.cash_rounding)
    for one in money:
        kind = tender_type(desk, one.key)
        if kind.kind in LEDGER_KINDS:
            raise UserError(ValueRefusal.BUYS_NO_VALUE.value)
        payment = payment.take(_line(desk, payment, kind, one))
    if not payment.is_settled:
        raise UserError("not_settled", due_minor=payment.due_minor)
    return payment


def _line(
    desk: Desk, payment: Payment, kind: TenderType, money: ValueMoney
) -> TenderLine:
    is_cash = kind.kind is TenderKind.CASH
    rest_minor = payment.cash_due_minor if is_cash else payment.due_minor
    return TenderLine(
        tender_id=desk.ids.new(),
        key=kind.key,
        kind=kind.kind,
        amount_minor=rest_minor if money.amount_minor is None else money.amount_minor,
        reference=clean_reference(kind, money.reference),
    )


def sources_of(payment: Payment) -> tuple[Source, ...]:
    """Return what each tender paid of the value: without change and coins."""
    off = payment.change_minor + payment.rounding_minor
    found = []
    for tender in reversed(payment.tenders):
        minor = tender.amount_minor
        if tender.kind is TenderKind.CASH:
            minor, off = minor - off, 0
        found.append(Source(tender.key, minor))
    assert sum(source.minor for source in found) == payment.total_minor
    return tuple(source for source in reversed(found) if source.minor > 0)


def money_back(desk: Desk, sources: Sequence[Source]) -> MoneyBack:
    """Return the refunds of what each tender gets back.

    Coins give what they can and never more than was paid.

    Raises:
        UserError: "tender_unknown", or "tender_not_refundable" for a tender that
            the shop gives nothing back with any more.
    """
    refunds: list[TenderLine] = []
    rounding = 0
    step_minor = desk.shop.rules.cash_rounding.step_minor
    for source in sources:
        kind, minor = tender_type(desk, source.tender_key), source.minor
        if not kind.is_refundable:
            raise UserError("tender_not_refundable", tender=kind.name)
        if kind.kind is TenderKind.CASH:
            coins = to_step(minor, step_minor, RoundingMode.DOWN)
            minor, rounding = coins, rounding + minor - coins
        if minor:
            refunds.append(TenderLine(desk.ids.new(), kind.key, kind.kind, minor))
    return MoneyBack(tuple(refunds), rounding)
