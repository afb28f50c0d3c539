"""Money that goes back to the customer: the mirror image of a payment.

Only what is left for cash is rounded, as with a payment. A refund never exceeds
what the customer paid for the goods, so where the shop's rule would round up
beyond that, the coins are rounded down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.tax import CashRounding
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.errors import UserError
from pos_app.values.rounding import RoundingMode, apportion, to_step


@dataclass(frozen=True, slots=True)
class SalePaid:
    """What was paid for a sale, and what went back for it before this ticket.

    Attributes:
        sale_id: of the sale.
        paid_minor: for all its goods, cash rounding included.
        refunded_minor: for what came back so far, cash rounding included.
        rounded_minor: by how much coins made that more than the goods were worth;
            minus where they gave less.
    """

    sale_id: str
    paid_minor: int
    refunded_minor: int
    rounded_minor: int = 0

    @property
    def left_minor(self) -> int:
        """What may still go back."""
        return self.paid_minor - self.refunded_minor


def within_paid(
    lines: Sequence[ReturnedLine], paid: Sequence[SalePaid]
) -> tuple[ReturnedLine, ...]:
    """Even out what coins made of earlier cash refunds of a sale.

    What they gave too little goes back now, what they gave too much is taken off at
    the end: the refunds of all units sum to what was paid (law 6).

    Args:
        lines: goods that come back, without rounding of their own.
        paid: of every sale that they come from.
    """
    for sale in paid:
        mine = _of(lines, sale.sale_id)
        excess = sum(line.paid_minor for line in mine) - sale.left_minor
        if mine:
            too_much = min(sale.rounded_minor, 0) or max(excess, 0)
            lines = _dealt(lines, mine, -too_much)
    return tuple(lines)


def room_minor(lines: Sequence[ReturnedLine], paid: Sequence[SalePaid]) -> int | None:
    """Return by how much a refund may be rounded up; None for any amount."""
    if any(line.origin is None for line in lines):
        return None
    return sum(_room(lines, sale) for sale in paid)


def deal_own_rounding(
    lines: Sequence[ReturnedLine], paid: Sequence[SalePaid], extra_minor: int
) -> tuple[ReturnedLine, ...]:
    """Deal the cash rounding of a refund to the goods that come back.

    Args:
        lines: as `within_paid` left them.
        paid: of every sale that they come from.
        extra_minor: plus when the customer gets more; within `room_minor`.
    """
    if extra_minor <= 0:
        return _dealt(lines, lines, extra_minor)
    for sale in paid:
        part = min(extra_minor, _room(lines, sale))
        lines = _dealt(lines, _of(lines, sale.sale_id), part)
        extra_minor -= part
    if extra_minor:
        lines = _dealt(lines, [x for x in lines if x.origin is None], extra_minor)
    return tuple(lines)


def _room(lines: Sequence[ReturnedLine], sale: SalePaid) -> int:
    back = sum(line.refunded_minor for line in _of(lines, sale.sale_id))
    return max(0, sale.left_minor - back)


def _of(lines: Sequence[ReturnedLine], sale_id: str) -> list[ReturnedLine]:
    return [x for x in lines if x.origin is not None and x.origin.sale_id == sale_id]


def _dealt(
    lines: Sequence[ReturnedLine], among: Sequence[ReturnedLine], minor: int
) -> tuple[ReturnedLine, ...]:
    """Deal an amount to some of the lines, in proportion to what they give back."""
    if not minor:
        return tuple(lines)
    weights = [line.refunded_minor for line in among]
    shares = apportion(minor, weights if any(weights) else [1] * len(among))
    more = {line.line_id: share for line, share in zip(among, shares, strict=True)}
    return tuple(
        replace(
            line,
            own_rounding_minor=line.own_rounding_minor + more.get(line.line_id, 0),
        )
        for line in lines
    )


@dataclass(frozen=True, slots=True)
class RefundPayment:
    """Refunds given so far for one ticket.

    Attributes:
        total_minor: what the customer gets back, minor units, zero or more.
        rounding: the shop's cash rule.
        refunds: given so far, in order, amounts above zero.
        room_minor: by how much more may be given through rounding; None for any.
    """

    total_minor: int
    rounding: CashRounding
    refunds: tuple[TenderLine, ...] = ()
    room_minor: int | None = None

    @property
    def given_minor(self) -> int:
        """Money given back so far."""
        return sum(refund.amount_minor for refund in self.refunds)

    @property
    def due_minor(self) -> int:
        """What is still to be given back otherwise than in cash, to the cent."""
        if self.is_settled and self._cash_minor:
            return 0
        return max(0, self.total_minor - self.given_minor)

    @property
    def cash_due_minor(self) -> int:
        """What is still to be given back in cash, rounded by rule."""
        return max(0, self._cash_owed_minor - self._cash_minor)

    @property
    def extra_minor(self) -> int:
        """Cash rounding of the refund as settled: plus when the customer gets more."""
        if not self.is_settled:
            return 0
        return self._cash_owed_minor - (self.total_minor - self._other_minor)

    @property
    def is_settled(self) -> bool:
        """Tell whether the ticket may end: exactly what is due was given back."""
        is_within = self._other_minor <= self.total_minor
        return is_within and self._cash_minor == self._cash_owed_minor

    @property
    def _cash_minor(self) -> int:
        return sum(t.amount_minor for t in self.refunds if t.kind is TenderKind.CASH)

    @property
    def _other_minor(self) -> int:
        return self.given_minor - self._cash_minor

    @property
    def _cash_owed_minor(self) -> int:
        """What other refunds leave for cash, as coins can give it and no more."""
        left, step_minor = (
            self.total_minor - self._other_minor,
            self.rounding.step_minor,
        )
        owed = to_step(left, step_minor, self.rounding.mode)
        if self.room_minor is not None and owed > left + self.room_minor:
            owed = to_step(left, step_minor, RoundingMode.DOWN)
        return owed

    def give(self, refund: TenderLine) -> RefundPayment:
        """Add a refund.

        Raises:
            UserError: "nothing_to_refund"; "tender_amount_absurd" for nothing or
                less; "cash_step" for cash that no coins make; "over_refund" for
                more than is to be given back.
        """
        is_cash = refund.kind is TenderKind.CASH
        due_minor = self.cash_due_minor if is_cash else self.due_minor
        if due_minor == 0:
            raise UserError("nothing_to_refund")
        if refund.amount_minor <= 0:
            raise UserError("tender_amount_absurd", amount_minor=refund.amount_minor)
        if refund.amount_minor > due_minor:
            raise UserError("over_refund", due_minor=due_minor)
        if is_cash and refund.amount_minor % self.rounding.step_minor:
            raise UserError("cash_step", step_minor=self.rounding.step_minor)
        return replace(self, refunds=(*self.refunds, refund))
