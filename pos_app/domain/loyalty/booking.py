"""Facts into the ledger: each once, however often and in whatever order it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pos_app.domain.loyalty.debt import debt_lot, settled
from pos_app.domain.loyalty.facts import (
    Adjusted,
    Burned,
    DayEnded,
    Earned,
    Forfeited,
    Opened,
    PartReturned,
    PointFact,
)
from pos_app.domain.loyalty.ledger import PointLedger, Written
from pos_app.domain.loyalty.lot import (
    LotKind,
    MoveKind,
    PointLot,
    PointMove,
    PointSplit,
    lot_of_event,
)
from pos_app.domain.loyalty.returning import brought_back
from pos_app.domain.loyalty.unit_points import points_of
from pos_app.errors import UserError
from pos_app.values.times import Timestamp

#: Of facts at one moment: what is over goes first, then what a sale brings and
#: takes, then what undoes it.
_ORDER = {
    DayEnded: 0,
    Opened: 1,
    Adjusted: 2,
    Earned: 3,
    Burned: 4,
    PartReturned: 5,
    Forfeited: 6,
}


def booked(  # noqa: PLR0911 - one flat case for each fact
    ledger: PointLedger, fact: PointFact
) -> PointLedger:
    """Return the ledger with a fact; a fact that is in it already changes nothing.

    Store `after.since(before)` in the transaction of the sale or return.

    Raises:
        UserError: "points_not_enough" (asked, active) for a burn above the active
            points; "adjustment_needs_two" without a reason or a second person;
            "points_adjusted_below_zero" (points, active).
    """
    match fact:
        case Earned():
            return _earned(ledger, fact)
        case Burned():
            return _burned(ledger, fact)
        case PartReturned():
            return brought_back(ledger, fact)
        case Adjusted():
            return _adjusted(ledger, fact)
        case Opened():
            return _opened(ledger, fact)
        case Forfeited():
            return _forfeited(ledger, fact)
        case DayEnded():
            return _day_ended(ledger, fact)


def replayed(facts: Iterable[PointFact]) -> PointLedger:
    """Return the ledger of facts that come in any order, some of them twice.

    They are taken in the order of their moments, then kinds, then events. What they
    tell has happened, so points that are not there become a debt.
    """
    ledger = PointLedger()
    for fact in sorted(set(facts), key=_place):
        if isinstance(fact, Burned | Adjusted):
            ledger = booked(ledger, replace(fact, is_accepted=True))
        else:
            ledger = booked(ledger, fact)
    return ledger


def merged(
    first: PointLedger, second: PointLedger, event_id: str, at: Timestamp
) -> PointLedger:
    """Return the ledger of two members who are one; both histories are kept.

    Args:
        first: the ledger of the one who stays.
        second: the ledger of the other.
        event_id: of the merge.
        at: when; the debts of the one are repaid from what the other has.
    """
    rows = second.since(PointLedger())
    return settled(first.plus(rows), event_id, at)


def _place(fact: PointFact) -> tuple[Timestamp, int, str, int, int, int]:
    part = (0, 0, 0)
    if isinstance(fact, PartReturned):
        part = (fact.position, fact.start, fact.end)
    return (fact.at, _ORDER[type(fact)], fact.event_id, *part)


def _earned(ledger: PointLedger, fact: Earned) -> PointLedger:
    if ledger.has(fact.event_id, MoveKind.EARN):
        return ledger
    split = PointSplit(fact.event_id, MoveKind.EARN, fact.lines)
    points = points_of(fact.lines)
    assert points >= 0
    if not points:
        return ledger.plus(Written(splits=(split,)))
    lot = PointLot(
        lot_of_event(fact.event_id, LotKind.EARNED),
        LotKind.EARNED,
        fact.event_id,
        fact.at,
        fact.active_at,
        fact.expires_at,
    )
    move = _move(lot.lot_id, MoveKind.EARN, fact, points)
    after = ledger.plus(Written((lot,), (move,), (split,)))
    return settled(after, fact.event_id, fact.at)


def _burned(ledger: PointLedger, fact: Burned) -> PointLedger:
    if ledger.has(fact.event_id, MoveKind.BURN):
        return ledger
    points = points_of(fact.lines)
    assert points >= 0
    active = ledger.balance(fact.at).active
    if points > active and not fact.is_accepted:
        raise UserError("points_not_enough", asked=points, active=active)
    moves, owed = _taken(ledger, fact, MoveKind.BURN, points)
    split = PointSplit(fact.event_id, MoveKind.BURN, fact.lines)
    after = ledger.plus(Written(splits=(split,)))
    return _with_debt(after, fact, moves, owed)


def _with_debt(
    ledger: PointLedger, fact: Burned | Adjusted, moves: list[PointMove], owed: int
) -> PointLedger:
    """Write what was taken; what was not there is owed, and points that wait pay it."""
    lots: tuple[PointLot, ...] = ()
    if owed:
        kind = MoveKind.BURN if isinstance(fact, Burned) else MoveKind.ADJUST
        lots = (debt_lot(fact.event_id, fact.at),)
        moves = [*moves, _move(lots[0].lot_id, kind, fact, -owed)]
    after = ledger.plus(Written(lots, tuple(moves)))
    return settled(after, fact.event_id, fact.at)


def _taken(
    ledger: PointLedger, fact: Burned | Adjusted, kind: MoveKind, points: int
) -> tuple[list[PointMove], int]:
    """Take points from the active lots in order; return the moves and what is missing."""
    moves: list[PointMove] = []
    for lot in ledger.usable(fact.at):
        part = min(points, ledger.left[lot.lot_id])
        if part:
            moves.append(_move(lot.lot_id, kind, fact, -part))
        points -= part
    return moves, points


def _adjusted(ledger: PointLedger, fact: Adjusted) -> PointLedger:
    assert fact.points
    if not (
        fact.reason and fact.by and fact.approved_by and fact.by != fact.approved_by
    ):
        raise UserError("adjustment_needs_two")
    if ledger.moves_of(fact.event_id, MoveKind.ADJUST):
        return ledger
    if fact.points < 0:
        moves, missing = _taken(ledger, fact, MoveKind.ADJUST, -fact.points)
        if missing and not fact.is_accepted:
            active = -fact.points - missing
            raise UserError(
                "points_adjusted_below_zero", points=-fact.points, active=active
            )
        return _with_debt(ledger, fact, moves, missing)
    lot = PointLot(
        lot_of_event(fact.event_id, LotKind.ADJUSTED),
        LotKind.ADJUSTED,
        fact.event_id,
        fact.at,
        fact.at,
        fact.expires_at,
    )
    move = _move(lot.lot_id, MoveKind.ADJUST, fact, fact.points)
    return settled(ledger.plus(Written((lot,), (move,))), fact.event_id, fact.at)


def _opened(ledger: PointLedger, fact: Opened) -> PointLedger:
    assert fact.points > 0
    if ledger.moves_of(fact.event_id, MoveKind.OPEN):
        return ledger
    lot = PointLot(
        lot_of_event(fact.event_id, LotKind.OPENED),
        LotKind.OPENED,
        fact.event_id,
        fact.at,
        fact.at,
        fact.expires_at,
    )
    move = _move(lot.lot_id, MoveKind.OPEN, fact, fact.points)
    return settled(ledger.plus(Written((lot,), (move,))), fact.event_id, fact.at)


def _forfeited(ledger: PointLedger, fact: Forfeited) -> PointLedger:
    """Take out what is left of every lot, debts as well."""
    moves = tuple(
        _move(lot_id, MoveKind.FORFEIT, fact, -points)
        for lot_id, points in ledger.left.items()
        if points
    )
    return ledger.plus(Written(moves=moves)) if moves else ledger


def _day_ended(ledger: PointLedger, fact: DayEnded) -> PointLedger:
    """Write what is over, and which lots have begun; neither changes what is active."""
    begun = {m.lot_id for m in ledger.moves.values() if m.kind is MoveKind.ACTIVATE}
    moves: list[PointMove] = []
    for lot in ledger.lots.values():
        left = ledger.left[lot.lot_id]
        waited = lot.made_at < lot.active_at <= fact.at
        if waited and lot.lot_id not in begun:
            moves.append(_move(lot.lot_id, MoveKind.ACTIVATE, fact, 0))
        if lot.is_expired(fact.at) and left > 0:
            moves.append(_move(lot.lot_id, MoveKind.EXPIRE, fact, -left))
    new = tuple(move for move in moves if move.move_id not in ledger.moves)
    return ledger.plus(Written(moves=new)) if new else ledger


def _move(lot_id: str, kind: MoveKind, fact: PointFact, points: int) -> PointMove:
    key = f"{fact.event_id}/{kind}/{lot_id}"
    return PointMove(key, lot_id, kind, fact.at, points, fact.event_id)
