"""What of a person's points booking needs: a few rows, however old the member is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, or_, select, text

from pos_app.domain.loyalty.ledger import PointLedger, Written
from pos_app.domain.loyalty.lot import MoveKind, PointLot, PointMove, PointSplit
from pos_app.domain.loyalty.point_codec import lines_from_json
from pos_app.persistence.ledger import point_reads as reads
from pos_app.persistence.ledger.point_tables import (
    point_lot,
    point_move,
    point_split,
)
from pos_app.ports.points import LotLeft


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
    own = point_lot.c.member_id.in_(ids)
    families = connection.execute(
        select(point_lot.c.lot_id).where(own, point_lot.c.event_id.in_(events))
    ).scalars()
    whole = {*lots, *families}
    whole |= set(
        connection.execute(
            select(point_lot.c.lot_id).where(own, point_lot.c.origin.in_(whole))
        ).scalars()
    )
    moves = _moves(connection, ids, events, whole)
    some = {move.lot_id for move in moves} | whole
    left = {one.lot.lot_id: one for one in reads.left(connection, ids)}
    others = _lots(connection, some - left.keys())
    found = [one.lot for one in left.values()] + others
    sums = dict.fromkeys((lot.lot_id for lot in found), 0)
    for move in moves:
        sums[move.lot_id] += move.points
    before = [
        _before(lot, missing)
        for lot in found
        if (missing := _left_in(left, lot) - sums[lot.lot_id])
    ]
    splits = connection.execute(
        select(point_split).where(
            point_split.c.event_id.in_(events), point_split.c.member_id.in_(ids)
        )
    )
    return PointLedger.of(
        Written(
            tuple(found),
            (*before, *moves),
            tuple(
                PointSplit(r.event_id, MoveKind(r.kind), lines_from_json(r.lines))
                for r in splits
            ),
        )
    )


def _moves(
    connection: Connection,
    ids: Sequence[str],
    events: Collection[str],
    whole: Collection[str],
) -> list[PointMove]:
    """Return the moves of events, what answered those, and all of some lots."""
    of_events = select(point_move.c.move_id).where(point_move.c.event_id.in_(events))
    query = (
        select(point_move)
        .where(
            point_move.c.member_id.in_(ids),
            or_(
                point_move.c.event_id.in_(events),
                point_move.c.of_move.in_(of_events) & (point_move.c.of_move != ""),
                point_move.c.lot_id.in_(whole),
            ),
        )
        .order_by(point_move.c.at_ms, text("rowid"))
    )
    return [reads.move_of(row) for row in connection.execute(query)]


def _lots(connection: Connection, lot_ids: Collection[str]) -> list[PointLot]:
    if not lot_ids:
        return []
    query = select(point_lot).where(point_lot.c.lot_id.in_(lot_ids))
    return [reads.lot_of(row) for row in connection.execute(query)]


def _left_in(left: dict[str, LotLeft], lot: PointLot) -> int:
    one = left.get(lot.lot_id)
    return one.points if one else 0


def _before(lot: PointLot, points: int) -> PointMove:
    """Return one move for all that happened to a lot and is not looked at."""
    return PointMove(
        f"{lot.lot_id}/before", lot.lot_id, MoveKind.EARN, lot.made_at, points, ""
    )
