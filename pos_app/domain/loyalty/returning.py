"""A part of a sale comes back: what it earned is taken, what it burned is given back.

Each part of a line counts once, however the parts were cut: what came back already
is left out by its place in the line, so neither order nor repeats change the sums.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.domain.loyalty.debt import debt_lot, repaid_from, settled
from pos_app.domain.loyalty.facts import PartReturned
from pos_app.domain.loyalty.ledger import PointLedger, Written
from pos_app.domain.loyalty.lot import (
    LotKind,
    MoveKind,
    PointLot,
    PointMove,
    lot_of_event,
)


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of the part that has not come back before, and its points."""

    start: int
    end: int
    points: int


def brought_back(ledger: PointLedger, fact: PartReturned) -> PointLedger:
    """Return the ledger after a part of a sale came back.

    What it earned goes out of its own lots, then out of what expired of them, and
    the rest is owed. What it burned goes back to the lots that it came from.
    """
    for span in _new_spans(ledger, fact, MoveKind.EARN) if fact.takes else ():
        ledger = _reversed(ledger, fact, span)
    for span in _new_spans(ledger, fact, MoveKind.BURN) if fact.gives else ():
        ledger = _restored(ledger, fact, span)
    return settled(ledger, fact.event_id, fact.at)


def _new_spans(ledger: PointLedger, fact: PartReturned, kind: MoveKind) -> list[_Span]:
    """Return what of the part has not come back yet, with points in it."""
    split = ledger.splits.get((fact.sale_id, kind))
    lines = split.lines if split else ()
    line = next((one for one in lines if one.position == fact.position), None)
    if line is None:
        return []
    assert 0 <= fact.start < fact.end <= line.sold_thousandths
    undone = {move.move_id for move in ledger.moves_of(fact.sale_id, kind)}
    answer = MoveKind.REVERSE_EARN if kind is MoveKind.EARN else MoveKind.RESTORE
    back = {
        (move.start, move.end)
        for move in ledger.moves.values()
        if move.kind is answer
        and move.of_move in undone
        and move.position == fact.position
    }
    spans = (
        _Span(start, end, line.between(start, end))
        for start, end in _free(fact.start, fact.end, back)
    )
    return [span for span in spans if span.points]


def _free(
    start: int, end: int, taken: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return what of a stretch lies in none of the stretches that are taken."""
    free: list[tuple[int, int]] = []
    for first, last in sorted(taken):
        if start < min(first, end):
            free.append((start, min(first, end)))
        start = max(start, last)
    return [*free, (start, end)] if start < end else free


def _reversed(ledger: PointLedger, fact: PartReturned, span: _Span) -> PointLedger:
    """Take back what a stretch earned."""
    (earn,) = ledger.moves_of(fact.sale_id, MoveKind.EARN)
    family = sorted(
        (lot for lot in ledger.lots.values() if lot.family == earn.lot_id),
        key=lambda lot: lot.burn_order,
    )
    moves: list[PointMove] = []
    missing = span.points
    takes: dict[str, int] = {}
    for lot in family:
        part = min(missing, ledger.left[lot.lot_id])
        takes[lot.lot_id] = part
        missing -= part
    for lot in family:
        # What expired is not owed: the member had nothing of it.
        part = min(missing, _expired(ledger, lot))
        takes[lot.lot_id] += part
        missing -= part
        if part:
            moves.append(_part_move(fact, span, MoveKind.UNEXPIRE, (lot, part, earn)))
    moves += [
        _part_move(fact, span, MoveKind.REVERSE_EARN, (lot, -takes[lot.lot_id], earn))
        for lot in family
        if takes[lot.lot_id]
    ]
    lots: tuple[PointLot, ...] = ()
    if missing:
        owed = debt_lot(fact.event_id, fact.at)
        lots = (ledger.lots.get(owed.lot_id, owed),)
        moves.append(
            _part_move(fact, span, MoveKind.REVERSE_EARN, (lots[0], -missing, earn))
        )
    return ledger.plus(Written(lots, tuple(moves)))


def _expired(ledger: PointLedger, lot: PointLot) -> int:
    """Return how many points of a lot have expired and were not taken back since."""
    kinds = (MoveKind.EXPIRE, MoveKind.UNEXPIRE)
    moves = ledger.moves.values()
    return -sum(m.points for m in moves if m.lot_id == lot.lot_id and m.kind in kinds)


def _restored(ledger: PointLedger, fact: PartReturned, span: _Span) -> PointLedger:
    """Give back what a stretch burned: debts of the burn first, then the latest expiry."""
    burns = ledger.moves_of(fact.sale_id, MoveKind.BURN)
    burns.sort(key=lambda move: ledger.lots[move.lot_id].burn_order, reverse=True)
    burns.sort(key=lambda move: ledger.lots[move.lot_id].kind is not LotKind.DEBT)
    missing = span.points
    for burn in burns:
        back = sum(
            move.points
            for move in ledger.moves.values()
            if move.kind is MoveKind.RESTORE and move.of_move == burn.move_id
        )
        part = min(missing, -burn.points - back)
        if part:
            ledger = _given_back(ledger, fact, span, (burn, part))
        missing -= part
    assert not missing
    return ledger


def _given_back(
    ledger: PointLedger, fact: PartReturned, span: _Span, owing: tuple[PointMove, int]
) -> PointLedger:
    """Give points of one burning back to its lot, or to one with some days of grace."""
    burn, points = owing
    lot = ledger.lots[burn.lot_id]
    if lot.kind is LotKind.DEBT:
        owed = min(points, -ledger.left[lot.lot_id])
        rows = _part_move(fact, span, MoveKind.RESTORE, (lot, owed, burn))
        if owed:
            ledger = ledger.plus(Written(moves=(rows,)))
        if points == owed:
            return ledger
        # The debt was repaid with points that came later: those are due now.
        points -= owed
    elif not lot.is_expired(fact.at):
        rows = _part_move(fact, span, MoveKind.RESTORE, (lot, points, burn))
        return ledger.plus(Written(moves=(rows,)))
    grace = _grace_lot(lot, fact)
    move = _part_move(fact, span, MoveKind.RESTORE, (grace, points, burn))
    ledger = ledger.plus(Written((grace,), (move,)))
    if not grace.is_expired(fact.at):
        return ledger
    ledger = repaid_from(ledger, grace, fact.event_id, fact.at)
    over = ledger.left[grace.lot_id]
    if not over:
        return ledger
    end = _part_move(fact, span, MoveKind.EXPIRE, (grace, -over, move))
    return ledger.plus(Written(moves=(end,)))


def _grace_lot(lot: PointLot, fact: PartReturned) -> PointLot:
    """Return the lot of this return for points whose own lot is over.

    Without days of grace it ends as it begins; points that a debt was repaid with
    never had an end of their own, and have none.
    """
    until = fact.grace_until or fact.at
    is_owed = lot.kind is LotKind.DEBT
    return PointLot(
        f"{lot_of_event(fact.event_id, LotKind.GRACE)}/{lot.lot_id}",
        LotKind.GRACE,
        fact.event_id,
        fact.at,
        fact.at,
        None if is_owed else until,
        "" if is_owed else lot.family,
    )


def _part_move(
    fact: PartReturned,
    span: _Span,
    kind: MoveKind,
    what: tuple[PointLot, int, PointMove],
) -> PointMove:
    """Return a move of a stretch that came back, named by what it undoes and where."""
    lot, points, of_move = what
    place = f"{fact.position}/{span.start}"
    return PointMove(
        f"{fact.event_id}/{kind}/{place}/{of_move.move_id}/{lot.lot_id}",
        lot.lot_id,
        kind,
        fact.at,
        points,
        fact.event_id,
        of_move.move_id,
        fact.position,
        span.start,
        span.end,
    )
