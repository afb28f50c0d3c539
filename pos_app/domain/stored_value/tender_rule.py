"""Stored value as a tender: how much of it a sale may take, and when it is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.domain.stored_value.account import Account
from pos_app.domain.stored_value.booking import RedeemOrder
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.errors import UserError
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import RoundingMode, divide
from pos_app.values.times import Timestamp

_WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class TenderRule:
    """How stored value pays.

    Attributes:
        order: which purse pays first.
        most_share: of what a sale costs; 100 % for all of it.
        least_minor: not for less than this.
        free_minor: up to here nobody has to prove who he is; above it a rotating code
            or the member's PIN is needed. 0 for always.
    """

    order: RedeemOrder = RedeemOrder.PAID_FIRST
    most_share: Percentage = Percentage(_WHOLE)  # noqa: RUF009 - frozen value
    least_minor: int = 0
    free_minor: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """An amount that an open basket has chosen as its tender, and not booked yet.

    Attributes:
        basket_id, tender_id: where it lies.
        minor: how much.
        until: it counts no longer from then on: the basket was forgotten.
    """

    basket_id: str
    tender_id: str
    minor: int
    until: Timestamp


@dataclass(frozen=True, slots=True)
class Due:
    """The sale that is to be paid.

    Attributes:
        basket_id: whose. at: when.
        total_minor: what it costs. due_minor: what is still owed.
        value_minor: of the total, top-ups and gift cards: bought with money only.
        is_proven: whether the customer proved who he is (rotating code, PIN); a gift
            card's code is its own proof.
        used_minor: stored value of whatever account that the sale took already.
        taken_minor: of that, from this account.
    """

    basket_id: str
    at: Timestamp
    total_minor: int
    due_minor: int
    value_minor: int = 0
    is_proven: bool = False
    used_minor: int = 0
    taken_minor: int = 0


def free_of_holds(account: Account, holds: Iterable[Hold], due: Due) -> int:
    """Return what other open baskets leave of an account; zero or more."""
    others = sum(
        hold.minor
        for hold in holds
        if hold.basket_id != due.basket_id and due.at < hold.until
    )
    return max(0, account.usable_minor(due.at) - others - due.taken_minor)


def most_minor(
    account: Account, rule: TenderRule, holds: Iterable[Hold], due: Due
) -> int:
    """Return the most that a sale may take now; 0 for nothing.

    Args:
        account: as it stands.
        rule: of the shop.
        holds: of this account, of all open baskets; what this one took of it stands
            in `due`.
        due: the sale.
    """
    most = min(free_of_holds(account, holds, due), _payable(rule, due))
    return most if most >= max(1, rule.least_minor) else 0


def _payable(rule: TenderRule, due: Due) -> int:
    share = share_minor(rule, due.total_minor - due.value_minor)
    return max(0, min(due.due_minor, share - due.used_minor))


def share_minor(rule: TenderRule, goods_minor: int) -> int:
    """Return how much of what goods cost stored value may pay in all."""
    part = goods_minor * rule.most_share.millionths
    return divide(part, _WHOLE, RoundingMode.FLOOR)


def unproven_minor(rule: TenderRule, due: Due) -> int:
    """Return what the sale may still take of the account without a proof."""
    return max(0, rule.free_minor - due.taken_minor)


def require_tender(
    amount_minor: int,
    account: Account,
    rule: TenderRule,
    held: Iterable[Hold],
    due: Due,
) -> None:
    """Refuse an amount that a sale may not take.

    Args:
        amount_minor: what is to be taken.
        account: as it stands.
        rule: of the shop.
        held: as in `most_minor`.
        due: the sale.

    Raises:
        UserError: "stored_value_amount_absurd", "stored_value_below_least",
            "stored_value_not_proven", "stored_value_buys_no_value",
            "stored_value_above_share" with `most_minor`; "stored_value_short" with
            `usable_minor`, or "stored_value_held" when another open basket has it.
    """
    _refuse_amount(amount_minor, rule, due)
    usable = max(0, account.usable_minor(due.at) - due.taken_minor)
    if amount_minor > usable:
        raise UserError(ValueRefusal.SHORT.value, usable_minor=usable)
    free = free_of_holds(account, held, due)
    if amount_minor > free:
        raise UserError(ValueRefusal.HELD.value, usable_minor=free)


def _refuse_amount(amount_minor: int, rule: TenderRule, due: Due) -> None:
    if not 0 < amount_minor <= due.due_minor:
        raise UserError(ValueRefusal.ABSURD.value, amount_minor=amount_minor)
    if amount_minor < rule.least_minor:
        least = rule.least_minor
        raise UserError(ValueRefusal.BELOW_LEAST.value, least_minor=least)
    free = unproven_minor(rule, due)
    if amount_minor > free and not due.is_proven:
        raise UserError(ValueRefusal.NOT_PROVEN.value, limit_minor=free)
    if amount_minor > due.total_minor - due.value_minor:
        raise UserError(ValueRefusal.BUYS_NO_VALUE.value)
    most = _payable(rule, due)
    if amount_minor > most:
        raise UserError(ValueRefusal.ABOVE_SHARE.value, most_minor=most)
