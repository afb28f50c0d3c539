"""A stored value account: what its moves come to, and what may be added to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from pos_app.domain.stored_value.moves import Lot, Move, MoveKind, Part, Purse
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.errors import UserError
from pos_app.values.rounding import apportion
from pos_app.values.times import Timestamp


class AccountKind(StrEnum):
    """Whose it is."""

    WALLET = "wallet"  # a member's
    GIFT_CARD = "gift_card"  # of whoever has the code


@dataclass(frozen=True, slots=True)
class LotState:
    """What a lot holds, and what became of the rest; all zero or more.

    Attributes:
        lot: as it was opened.
        paid_minor, bonus_minor: left.
        bonus_used_minor: of the bonus, spent on goods that were not returned to it.
        refunded_minor: of what was paid, taken out again by refunds of the top-up.
        clawed_minor: kept of those for bonus that was spent.
        back_minor: what each source of the lot got back, in their order.
    """

    lot: Lot
    paid_minor: int = 0
    bonus_minor: int = 0
    bonus_used_minor: int = 0
    refunded_minor: int = 0
    clawed_minor: int = 0
    back_minor: tuple[int, ...] = ()

    def left(self, purse: Purse) -> int:
        """Return what a purse holds, expired or not."""
        return self.paid_minor if purse is Purse.PAID else self.bonus_minor

    def usable(self, purse: Purse, at: Timestamp) -> int:
        """Return what a purse holds that has not expired."""
        ends = self.lot.expires_at(purse)
        return self.left(purse) if ends is None or at < ends else 0


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A redemption and what of it may still come back."""

    move: Move
    left: tuple[Part, ...]

    @property
    def left_minor(self) -> int:
        """What may still come back; zero or more."""
        return sum(part.minor for part in self.left)

    def parts_of(self, minor: int) -> tuple[Part, ...]:
        """Deal what comes back out to the purses that it was taken from.

        In proportion to what is left of each (largest remainder), so parts of any
        sizes come to what was taken, and no purse gets more than it gave.

        Args:
            minor: how much comes back: from 0 to all that is left.
        """
        assert 0 <= minor <= self.left_minor
        shares = apportion(minor, [part.minor for part in self.left])
        return tuple(
            replace(part, minor=share)
            for part, share in zip(self.left, shares, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Account:
    """What the moves of an account come to.

    Attributes:
        account_id: UUIDv7. kind, currency: see there; minor units are of it.
        count: how many moves it has. keys: of all of them.
        lots: in the order opened.
        redeemed: redemptions, in order.
    """

    account_id: str
    kind: AccountKind
    currency: str
    count: int = 0
    keys: frozenset[str] = frozenset()
    lots: tuple[LotState, ...] = ()
    redeemed: tuple[Redeemed, ...] = ()

    @property
    def paid_minor(self) -> int:
        """What is left of what was paid."""
        return sum(lot.paid_minor for lot in self.lots)

    @property
    def bonus_minor(self) -> int:
        """What is left of bonuses."""
        return sum(lot.bonus_minor for lot in self.lots)

    @property
    def balance_minor(self) -> int:
        """The sum of all moves; what has expired counts until its move is booked."""
        return self.paid_minor + self.bonus_minor

    def usable_minor(self, at: Timestamp) -> int:
        """Return what may be spent at a moment."""
        return sum(lot.usable(purse, at) for lot in self.lots for purse in Purse)

    def lot(self, lot_id: str) -> LotState:
        """Return a lot.

        Raises:
            UserError: "stored_value_not_topped_up".
        """
        for state in self.lots:
            if state.lot.lot_id == lot_id:
                return state
        raise UserError(ValueRefusal.NOT_TOP_UP.value)

    def redemption(self, move_id: str) -> Redeemed:
        """Return a redemption.

        Raises:
            UserError: "stored_value_move_unknown".
        """
        for each in self.redeemed:
            if each.move.move_id == move_id:
                return each
        raise UserError(ValueRefusal.UNKNOWN_MOVE.value)

    def add(self, move: Move) -> Account:
        """Add a move.

        Raises:
            UserError: "stored_value_is_another"; "stored_value_moved_twice" for a key
                that is known; "stored_value_changed" when another move came first;
                "stored_value_short" before any purse falls below zero;
                "stored_value_too_much_back".
        """
        if move.account_id != self.account_id:
            raise UserError(ValueRefusal.OTHER_ACCOUNT.value)
        if move.key in self.keys:
            raise UserError(ValueRefusal.MOVED_TWICE.value, of=move.key)
        if move.number != self.count + 1:
            raise UserError(ValueRefusal.CHANGED.value)
        _check_shape(move)
        return replace(
            self,
            count=move.number,
            keys=self.keys | {move.key},
            lots=_lots_after(self.lots, move),
            redeemed=_redeemed_after(self, move),
        )


def _check_shape(move: Move) -> None:
    """Assert that a move is one of its kind: only a top-up makes value of money."""
    is_out = move.kind in {MoveKind.REDEEM, MoveKind.EXPIRE, MoveKind.TOP_UP_REFUND}
    assert all(part.minor < 0 if is_out else part.minor > 0 for part in move.parts)
    assert move.clawed_minor >= 0
    match move.kind:
        case MoveKind.TOP_UP:
            assert move.opens is not None
            assert move.money_minor == move.opens.paid_minor
            assert {part.lot_id for part in move.parts} == {move.opens.lot_id}
        case MoveKind.RETURN:
            assert not move.money
            for purse in Purse:  # what comes back is what was taken, purse by purse
                assert _sum(move.parts, purse) == _sum(move.undone, purse)
        case MoveKind.TOP_UP_REFUND:
            paid = _sum(move.parts, Purse.PAID)
            assert move.money_minor == paid + move.clawed_minor
        case _:
            assert not move.money
            assert move.opens is None


def _sum(parts: Iterable[Part], purse: Purse) -> int:
    return sum(part.minor for part in parts if part.purse is purse)


def _lots_after(lots: tuple[LotState, ...], move: Move) -> tuple[LotState, ...]:
    if move.opens is not None:
        assert all(state.lot.lot_id != move.opens.lot_id for state in lots)
        lots = (*lots, LotState(move.opens, back_minor=(0,) * len(move.opens.sources)))
    known = {state.lot.lot_id for state in lots}
    assert {part.lot_id for part in (*move.parts, *move.undone)} <= known
    touched = {part.lot_id for part in move.parts}
    return tuple(
        _lot_after(state, move) if state.lot.lot_id in touched else state
        for state in lots
    )


def _lot_after(state: LotState, move: Move) -> LotState:
    mine = [part for part in move.parts if part.lot_id == state.lot.lot_id]
    paid, bonus = _sum(mine, Purse.PAID), _sum(mine, Purse.BONUS)
    if state.paid_minor + paid < 0 or state.bonus_minor + bonus < 0:
        raise UserError(ValueRefusal.SHORT.value)
    used = state.bonus_used_minor
    is_spending = move.kind in {MoveKind.REDEEM, MoveKind.RETURN}
    is_own = move.opens is None or move.opens.lot_id != state.lot.lot_id
    if is_spending and is_own:
        used -= bonus
    is_refund = move.kind is MoveKind.TOP_UP_REFUND
    return replace(
        state,
        paid_minor=state.paid_minor + paid,
        bonus_minor=state.bonus_minor + bonus,
        bonus_used_minor=used,
        refunded_minor=state.refunded_minor - (paid if is_refund else 0),
        clawed_minor=state.clawed_minor + move.clawed_minor,
        back_minor=_back_after(state, move) if is_refund else state.back_minor,
    )


def _back_after(state: LotState, move: Move) -> tuple[int, ...]:
    """Return what each source got back; never more than it paid."""
    assert len(move.money) == len(state.lot.sources)
    back = tuple(
        before - source.minor
        for before, source in zip(state.back_minor, move.money, strict=True)
    )
    pairs = zip(back, state.lot.sources, strict=True)
    assert all(0 <= minor <= source.minor for minor, source in pairs)
    return back


def _redeemed_after(account: Account, move: Move) -> tuple[Redeemed, ...]:
    if move.kind is MoveKind.REDEEM:
        taken = tuple(replace(part, minor=-part.minor) for part in move.parts)
        return (*account.redeemed, Redeemed(move, taken))
    if move.kind is not MoveKind.RETURN:
        return account.redeemed
    undone = account.redemption(move.of_move)
    left = {(part.lot_id, part.purse): part.minor for part in undone.left}
    for part in move.undone:
        place = (part.lot_id, part.purse)
        left[place] = left.get(place, 0) - part.minor
    if min(left.values(), default=0) < 0:
        raise UserError(ValueRefusal.TOO_MUCH_BACK.value)
    parts = tuple(Part(*place, minor) for place, minor in left.items() if minor)
    return tuple(
        replace(each, left=parts) if each is undone else each
        for each in account.redeemed
    )


def opened(account_id: str, kind: AccountKind, currency: str) -> Account:
    """Return an account without a move."""
    return Account(account_id, kind, currency)


def projected(empty: Account, moves: Iterable[Move]) -> Account:
    """Return what moves come to; in whatever order, one that comes twice is one.

    Args:
        empty: the account as it was opened.
        moves: all of its ledger.
    """
    account = empty
    once = {each.move_id: each for each in moves}
    for move in sorted(once.values(), key=lambda each: each.number):
        account = account.add(move)
    return account
