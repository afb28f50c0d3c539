"""A top-up undone: money goes back where it came from, in the right proportion.

A bonus is earned by the money that stays: of 500 paid and 50 given, whoever takes 300
back has earned 20. What of the bonus is left beyond that is cancelled; what was spent
beyond it is kept from the money. So nobody spends a bonus and takes all money back.
"""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.stored_value.account import Account, LotState
from pos_app.domain.stored_value.moves import (
    Move,
    MoveHead,
    MoveKind,
    Part,
    Purse,
    Source,
)
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.errors import UserError
from pos_app.values.rounding import RoundingMode, apportion, divide


@dataclass(frozen=True, slots=True)
class RefundTerms:
    """What taking out an amount of a lot comes to; minor units.

    Attributes:
        paid_minor: taken out of what was paid.
        bonus_minor: of the bonus that is left, cancelled.
        clawed_minor: kept of the money for bonus that was spent and is not earned.
    """

    paid_minor: int
    bonus_minor: int
    clawed_minor: int

    @property
    def money_minor(self) -> int:
        """What is paid out."""
        return self.paid_minor - self.clawed_minor


def earned_minor(state: LotState, refunded_minor: int) -> int:
    """Return how much of its bonus a lot has earned when so much of it went back."""
    lot = state.lot
    kept = lot.paid_minor - refunded_minor
    return divide(lot.bonus_minor * kept, lot.paid_minor, RoundingMode.FLOOR)


def terms_of(state: LotState, paid_minor: int) -> RefundTerms:
    """Return what taking out so much of a lot comes to.

    Args:
        state: the lot.
        paid_minor: to take out of what is left of what was paid.

    Raises:
        UserError: "stored_value_not_topped_up" for a lot that no money opened;
            "stored_value_too_much_back" with `left_minor`;
            "stored_value_nothing_back" where spent bonus eats all of it.
    """
    if not state.lot.sources:
        raise UserError(ValueRefusal.NOT_TOP_UP.value)
    if not 0 < paid_minor <= state.paid_minor:
        left = state.paid_minor
        raise UserError(ValueRefusal.TOO_MUCH_BACK.value, left_minor=left)
    earned = earned_minor(state, state.refunded_minor + paid_minor)
    left = max(0, earned - state.bonus_used_minor)
    cancelled = max(0, state.bonus_minor - left)
    clawed = max(0, state.bonus_used_minor - earned - state.clawed_minor)
    if clawed >= paid_minor:
        raise UserError(ValueRefusal.NOTHING_BACK.value)
    return RefundTerms(paid_minor, cancelled, clawed)


def refund_top_up(
    account: Account, head: MoveHead, lot_id: str, paid_minor: int
) -> Move:
    """Return the move that pays a top-up, or some of it, back to its sources.

    Args:
        account: as it stands.
        head: of the move; its key names the refund.
        lot_id: which top-up.
        paid_minor: to take out of what is left of what was paid.

    Raises:
        UserError: as `terms_of`; "stored_value_too_much_back" when what was paid has
            ended meanwhile.
    """
    state = account.lot(lot_id)
    usable = state.usable(Purse.PAID, head.at)
    if state.lot.sources and paid_minor > usable:
        raise UserError(ValueRefusal.TOO_MUCH_BACK.value, left_minor=usable)
    terms = terms_of(state, paid_minor)
    parts = (
        Part(lot_id, Purse.PAID, -terms.paid_minor),
        Part(lot_id, Purse.BONUS, -terms.bonus_minor),
    )
    return Move(
        move_id=head.move_id,
        account_id=account.account_id,
        number=account.count + 1,
        key=head.key,
        kind=MoveKind.TOP_UP_REFUND,
        at=head.at,
        parts=tuple(part for part in parts if part.minor),
        money=_to_sources(state, terms.money_minor),
        clawed_minor=terms.clawed_minor,
    )


def _to_sources(state: LotState, money_minor: int) -> tuple[Source, ...]:
    """Deal an amount out to the sources, as what each may still get back stands.

    So no source ever gets more than it paid, however many refunds there are.
    """
    sources = state.lot.sources
    left = [
        source.minor - back
        for source, back in zip(sources, state.back_minor, strict=True)
    ]
    shares = apportion(money_minor, left)
    return tuple(
        Source(source.tender_key, -minor)
        for source, minor in zip(sources, shares, strict=True)
    )
