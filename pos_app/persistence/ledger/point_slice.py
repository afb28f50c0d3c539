"""What of a person's points booking needs: a few rows, however old the member is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, or_, select, text

from pos_app.domain.loyalty.ledger import PointLedger, Written
from pos_app.domain.loyalty.lot import MoveKind, PointLot, PointMove, PointSplit
from pos_app.domain.loyalty.point_codec import lines_from_json
from pos_app.persistence.ledger import point_reads as reads
from pos_app.persistence.ledger.point_tables import (
    point_left,
    point_lot,
    point_move,
    point_split,
)

_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_EVENTS: BindParameter[str] = bindparam("events", expanding=True)
_LOTS: BindParameter[str] = bindparam("lots", expanding=True)
_OWN_LOT = point_lot.c.member_id.in_(_IDS)
_FAMILIES = select(point_lot.c.lot_id).where(
    _OWN_LOT, point_lot.c.event_id.in_(_EVENTS)
)
_OF_ORIGIN = select(point_lot.c.lot_id).where(_OWN_LOT, point_lot.c.origin.in_(_LOTS))
_SPLITS = select(point_split).where(
    point_split.c.event_id.in_(_EVENTS), point_split.c.member_id.in_(_IDS)
)


def sliced(
    connection: Connection,
    ids: Sequence[str],
    events: Collection[str],
    lots: Collection[str],
) -> PointLedger:
    """Return the slice; see ports.points.PointWriter.slice.

    Of a lot whose moves are not all there one move stands for those before, so that
    sums are what they are in the whole ledger.
    """
    asked = {"ids": list(ids), "events": list(events)}
    families = connection.execute(_FAMILIES, asked).scalars()
    whole = {*lots, *families}
    more_lots = {"ids": list(ids), "lots": list(whole)}
    whole |= set(connection.execute(_OF_ORIGIN, more_lots).scalars())
    asked_moves = {**asked, "lots": list(whole)}
    moves = [reads.move_of(x) for x in connection.execute(_moves(), asked_moves)]
    some = {move.lot_id for move in moves} | whole
    own_left = {one.lot.lot_id: one for one in reads.left(connection, ids)}
    more, others = _lots(connection, some - own_left.keys(), ids)
    left = {lot_id: one.points for lot_id, one in own_left.items()}
    left |= _left_of(connection, others)
    found = [one.lot for one in own_left.values()] + more
    sums = dict.fromkeys((lot.lot_id for lot in found), 0)
    for move in moves:
        sums[move.lot_id] += move.points
    before = [
        _before(lot, missing)
        for lot in found
        if (missing := left.get(lot.lot_id, 0) - sums[lot.lot_id])
    ]
    splits = connection.execute(_SPLITS, asked)
    return PointLedger(others=others).plus(
        Written(
            tuple(found),
            (*before, *moves),
            tuple(
                PointSplit(r.event_id, MoveKind(r.kind), lines_from_json(r.lines))
                for r in splits
            ),
        )
    )


@cache
def _moves() -> Select[Any]:
    """Ask for the moves of events, what answered those, and all of some lots.

    What an event burned may lie on lots of somebody who was this person then; a night
    is one event of many persons, and the others' moves of it are not looked at.
    """
    own = point_move.c.member_id.in_(_IDS)
    burnt = or_(own, point_move.c.kind == MoveKind.BURN)
    given_back = or_(own, point_move.c.kind == MoveKind.RESTORE)
    of_events = select(point_move.c.move_id).where(point_move.c.event_id.in_(_EVENTS))
    return (
        select(point_move)
        .where(
            or_(
                point_move.c.event_id.in_(_EVENTS) & burnt,
                point_move.c.of_move.in_(of_events)
                & (point_move.c.of_move != "")
                & given_back,
                point_move.c.lot_id.in_(_LOTS) & own,
            )
        )
        .order_by(point_move.c.at_ms, text("rowid"))
    )


def _lots(
    connection: Connection, lot_ids: Collection[str], ids: Sequence[str]
) -> tuple[list[PointLot], dict[str, str]]:
    """Return lots, and of those that are somebody else's the owner."""
    if not lot_ids:
        return [], {}
    query = select(point_lot).where(point_lot.c.lot_id.in_(lot_ids))
    rows = connection.execute(query).all()
    others = {row.lot_id: row.member_id for row in rows if row.member_id not in ids}
    return [reads.lot_of(row) for row in rows], others


def _left_of(connection: Connection, lot_ids: Collection[str]) -> dict[str, int]:
    """Return what is left in lots, by id; empty ones are missing."""
    if not lot_ids:
        return {}
    table = point_left
    query = select(table.c.lot_id, table.c.points).where(table.c.lot_id.in_(lot_ids))
    return {row.lot_id: row.points for row in connection.execute(query)}


def _before(lot: PointLot, points: int) -> PointMove:
    """Return one move for all that happened to a lot and is not looked at."""
    return PointMove(
        f"{lot.lot_id}/before", lot.lot_id, MoveKind.EARN, lot.made_at, points, ""
    )
