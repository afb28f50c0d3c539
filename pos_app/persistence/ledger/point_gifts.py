"""Points and tiers that no ticket brought: taken over, given, or gone with a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from pos_app.domain.loyalty.booking import booked
from pos_app.domain.loyalty.facts import Forfeited, Opened
from pos_app.domain.loyalty.ledger import PointLedger, Written
from pos_app.domain.loyalty.lot import LotKind, lot_of_event
from pos_app.domain.loyalty.tier_moves import TierMove, TierMoveKind
from pos_app.persistence.ledger.point_slice import sliced
from pos_app.persistence.ledger.point_tables import (
    point_left,
    point_lot,
    tier_move,
    tier_standing,
)
from pos_app.values.times import Timestamp


def opened(connection: Connection, member_id: str, fact: Opened) -> Written | None:
    """Return the rows of points that came along; None where they are booked."""
    lot_id = lot_of_event(fact.event_id, LotKind.OPENED)
    known = select(point_lot.c.lot_id).where(point_lot.c.lot_id == lot_id)
    if connection.execute(known).scalar() is not None:
        return None
    owes = select(point_left.c.lot_id).where(
        point_left.c.member_id == member_id, point_left.c.points < 0
    )
    before = PointLedger()
    if connection.execute(owes.limit(1)).scalar() is not None:
        before = sliced(connection, (member_id,), (fact.event_id,), ())
    return booked(before, fact).since(before)


def granted(connection: Connection, member_id: str, event_id: str) -> str | None:
    """Return the tier before one is given; None where the event gave it already."""
    table = tier_move
    same = select(table.c.step).where(
        table.c.event_id == event_id,
        table.c.member_id == member_id,
        table.c.kind == TierMoveKind.GRANTED,
    )
    if connection.execute(same).scalar() is not None:
        return None
    return tier_now(connection, member_id)


def tier_now(connection: Connection, member_id: str) -> str:
    """Return the tier of one id, "" for none."""
    query = select(tier_standing.c.tier).where(tier_standing.c.member_id == member_id)
    return connection.execute(query).scalar() or ""


def forfeited(
    connection: Connection, ids: Sequence[str], event_id: str, at: Timestamp
) -> Written:
    """Return the rows that take all of a person's points away."""
    before = sliced(connection, ids, (event_id,), ())
    return booked(before, Forfeited(event_id, at)).since(before)


def tier_ends(
    connection: Connection, member_id: str, event_id: str, at: Timestamp
) -> tuple[TierMove, ...]:
    """Return the move that takes a tier away; none where there is none."""
    tier = tier_now(connection, member_id)
    if not tier:
        return ()
    return (TierMove(event_id, TierMoveKind.DOWNGRADE, at, tier, "", None),)
