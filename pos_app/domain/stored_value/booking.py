"""New moves of an account: top up, redeem, return, expire. Each says what to store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.stored_value.account import Account, LotState
from pos_app.domain.stored_value.moves import (
    Lot,
    Move,
    MoveHead,
    MoveKind,
    Part,
    Purse,
    Source,
)
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.errors import UserError
from pos_app.values.money import AMOUNT_LIMIT_MINOR
from pos_app.values.rounding import apportion
from pos_app.values.times import Timestamp

_DAY_SECONDS = 24 * 60 * 60


class RedeemOrder(StrEnum):
    """Which purse pays first."""

    PAID_FIRST = "paid_first"
    BONUS_FIRST = "bonus_first"
    PROPORTIONAL = "proportional"  # as the usable sums of both stand


@dataclass(frozen=True, slots=True)
class ExpiryRule:
    """When value ends.

    Attributes:
        may_paid_expire: whether the law of the shop's country allows that what was
            paid for ends at all. (PRC, Administrative Measures for Single-Purpose
            Commercial Prepaid Cards, article 19: a card in a name has no end. USA,
            15 U.S.C. 1693l-1: five years at least.)
        least_paid_days: the shortest that it allows.
        paid_days, bonus_days: after the top-up; None for never.
        grace_days: what is returned to a purse that has ended is good so long.
    """

    may_paid_expire: bool = False
    least_paid_days: int = 0
    paid_days: int | None = None
    bonus_days: int | None = None
    grace_days: int = 30

    def check(self) -> None:
        """Refuse what the law does not allow.

        Raises:
            UserError: "stored_value_may_not_expire".
        """
        if self.paid_days is None:
            return
        if not self.may_paid_expire or self.paid_days < self.least_paid_days:
            raise UserError(ValueRefusal.MAY_NOT_EXPIRE.value)


def _refuse_absurd(minor: int, least: int = 1) -> None:
    if not least <= minor <= AMOUNT_LIMIT_MINOR:
        raise UserError(ValueRefusal.ABSURD.value, amount_minor=minor)


def _move(
    account: Account, head: MoveHead, kind: MoveKind, parts: Iterable[Part]
) -> Move:
    return Move(
        move_id=head.move_id,
        account_id=account.account_id,
        number=account.count + 1,
        key=head.key,
        kind=kind,
        at=head.at,
        parts=tuple(part for part in parts if part.minor),
    )


def _after(at: Timestamp, days: int | None) -> Timestamp | None:
    return None if days is None else at.plus_seconds(_DAY_SECONDS * days)


def top_up(
    account: Account,
    head: MoveHead,
    sources: Sequence[Source],
    bonus_minor: int,
    expiry: ExpiryRule,
) -> Move:
    """Return the move of a top-up; the move's id is the lot's.

    Args:
        account: as it stands.
        head: of the move.
        sources: what was paid, by tender; above zero each. Stored value is no source.
        bonus_minor: given on top; zero or more.
        expiry: of the shop.

    Raises:
        UserError: "stored_value_amount_absurd", "stored_value_may_not_expire".
    """
    expiry.check()
    paid = sum(source.minor for source in sources)
    _refuse_absurd(min((source.minor for source in sources), default=0))
    _refuse_absurd(paid)
    _refuse_absurd(bonus_minor, least=0)
    lot = Lot(
        lot_id=head.move_id,
        opened_at=head.at,
        paid_minor=paid,
        bonus_minor=bonus_minor,
        sources=tuple(sources),
        paid_expires_at=_after(head.at, expiry.paid_days),
        bonus_expires_at=_after(head.at, expiry.bonus_days),
    )
    parts = (
        Part(lot.lot_id, Purse.PAID, paid),
        Part(lot.lot_id, Purse.BONUS, bonus_minor),
    )
    return _with(_move(account, head, MoveKind.TOP_UP, parts), lot, lot.sources)


def _with(move: Move, lot: Lot | None, money: tuple[Source, ...]) -> Move:
    return Move(
        move_id=move.move_id,
        account_id=move.account_id,
        number=move.number,
        key=move.key,
        kind=move.kind,
        at=move.at,
        parts=move.parts,
        opens=lot,
        money=money,
    )


def redeem(
    account: Account, head: MoveHead, amount_minor: int, order: RedeemOrder
) -> Move:
    """Return the move that pays an amount.

    Within a purse what ends first is spent first, then what came first.

    Args:
        account: as it stands.
        head: of the move; its key names the sale and its tender.
        amount_minor: to pay; above zero.
        order: which purse pays first.

    Raises:
        UserError: "stored_value_amount_absurd"; "stored_value_moved_twice" where this
            tender is booked already; "stored_value_short" with `usable_minor`.
    """
    _refuse_absurd(amount_minor)
    if head.key in account.keys:
        raise UserError(ValueRefusal.MOVED_TWICE.value, of=head.key)
    usable = {
        purse: sum(lot.usable(purse, head.at) for lot in account.lots)
        for purse in Purse
    }
    whole = sum(usable.values())
    if amount_minor > whole:
        raise UserError(ValueRefusal.SHORT.value, usable_minor=whole)
    wanted = _by_purse(amount_minor, usable[Purse.PAID], usable[Purse.BONUS], order)
    parts = [
        part
        for purse, minor in zip(Purse, wanted, strict=True)
        for part in _take(account.lots, purse, minor, head.at)
    ]
    return _move(account, head, MoveKind.REDEEM, parts)


def _by_purse(
    amount: int, paid: int, bonus: int, order: RedeemOrder
) -> tuple[int, int]:
    """Return what the paid and the bonus purse pay; neither more than it has."""
    match order:
        case RedeemOrder.PAID_FIRST:
            first = min(amount, paid)
            return first, amount - first
        case RedeemOrder.BONUS_FIRST:
            first = min(amount, bonus)
            return amount - first, first
    both = apportion(amount, (paid, bonus))
    return both[0], both[1]


def _take(
    lots: Sequence[LotState], purse: Purse, minor: int, at: Timestamp
) -> Iterable[Part]:
    for state in sorted(lots, key=lambda each: _urgency(each, purse)):
        taken = min(minor, state.usable(purse, at))
        minor -= taken
        yield Part(state.lot.lot_id, purse, -taken)
    assert minor == 0


def _urgency(state: LotState, purse: Purse) -> tuple[bool, int, Timestamp, str]:
    ends = state.lot.expires_at(purse)
    end_ms = 0 if ends is None else ends.unix_ms
    return ends is None, end_ms, state.lot.opened_at, state.lot.lot_id


def give_back(
    account: Account,
    head: MoveHead,
    of_move: str,
    parts: Sequence[Part],
    grace_days: int,
) -> Move:
    """Return the move by which returned goods, or a voided sale, give value back.

    It goes to the lots that it came from, each purse to its own. A purse that has ended
    meanwhile gets a grace lot of its own, which is never paid out in money.

    Args:
        account: as it stands.
        head: of the move; its key names the return.
        of_move: the redemption.
        parts: which of it, above zero each (`Redeemed.parts_of`).
        grace_days: of the shop's `ExpiryRule`.

    Raises:
        UserError: "stored_value_move_unknown", "stored_value_too_much_back",
            "stored_value_amount_absurd".
    """
    redeemed = account.redemption(of_move)
    wanted = tuple(part for part in parts if part.minor)
    _refuse_absurd(min((part.minor for part in wanted), default=0))
    left = {(part.lot_id, part.purse): part.minor for part in redeemed.left}
    for part in wanted:
        if part.minor > left.get((part.lot_id, part.purse), 0):
            raise UserError(ValueRefusal.TOO_MUCH_BACK.value)
    ended = [part for part in wanted if _has_ended(account, part, head.at)]
    kept = [part for part in wanted if part not in ended]
    grace = _grace_lot(head, ended, grace_days)
    fresh = [Part(head.move_id, part.purse, part.minor) for part in ended]
    return Move(
        move_id=head.move_id,
        account_id=account.account_id,
        number=account.count + 1,
        key=head.key,
        kind=MoveKind.RETURN,
        at=head.at,
        parts=(*kept, *fresh),
        opens=grace,
        of_move=of_move,
        undone=wanted,
    )


def _has_ended(account: Account, part: Part, at: Timestamp) -> bool:
    ends = account.lot(part.lot_id).lot.expires_at(part.purse)
    return ends is not None and at >= ends


def _grace_lot(head: MoveHead, ended: Sequence[Part], grace_days: int) -> Lot | None:
    if not ended:
        return None
    end = _after(head.at, grace_days)
    sums = {
        purse: sum(part.minor for part in ended if part.purse is purse)
        for purse in Purse
    }
    return Lot(
        lot_id=head.move_id,
        opened_at=head.at,
        paid_minor=sums[Purse.PAID],
        bonus_minor=sums[Purse.BONUS],
        paid_expires_at=end,
        bonus_expires_at=end,
    )


def expire(account: Account, head: MoveHead) -> Move:
    """Return the move that takes out whatever has ended by now.

    Raises:
        UserError: "stored_value_nothing_expired".
    """
    parts = [
        Part(state.lot.lot_id, purse, state.usable(purse, head.at) - state.left(purse))
        for state in account.lots
        for purse in Purse
    ]
    if not any(part.minor for part in parts):
        raise UserError(ValueRefusal.NOTHING_EXPIRED.value)
    return _move(account, head, MoveKind.EXPIRE, parts)
