"""Whom the night has to look at, a few at a time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, text

from pos_app.persistence.ledger.point_reads import within
from pos_app.persistence.ledger.point_tables import point_left, tier_standing
from pos_app.values.times import Period, Timestamp

#: The end of waiting is written within so many days; what the till slept through
#: counts all the same, since a balance looks at the lot and not at the move.
_WAITED_MS = 62 * 86_400_000
_DUE = """
SELECT member_id FROM point_left WHERE expires_at_ms <= :at AND points > 0
UNION SELECT p.member_id FROM point_lot p JOIN point_left l ON l.lot_id = p.lot_id
WHERE p.active_at_ms > p.made_at_ms AND p.active_at_ms BETWEEN :since AND :at
  AND NOT EXISTS (SELECT 1 FROM point_move m
                  WHERE m.lot_id = p.lot_id AND m.kind = 'activate')
LIMIT :most
"""


def points_due(connection: Connection, at: Timestamp, limit: int) -> Sequence[str]:
    """Return ids with points that are over, or waited long enough, unwritten."""
    asked = {"at": at.unix_ms, "since": at.unix_ms - _WAITED_MS, "most": limit}
    return connection.execute(text(_DUE), asked).scalars().all()


def ending_points(
    connection: Connection, period: Period, after: str, limit: int
) -> Sequence[str]:
    """Return ids, in order, whose points end within a period."""
    query = (
        select(point_left.c.member_id)
        .where(
            *within(point_left.c.expires_at_ms, period),
            point_left.c.points > 0,
            point_left.c.member_id > after,
        )
        .distinct()
        .order_by(point_left.c.member_id)
        .limit(limit)
    )
    return connection.execute(query).scalars().all()


def ended_tiers(connection: Connection, at: Timestamp, limit: int) -> Sequence[str]:
    """Return ids whose tier is over and not judged yet."""
    table = tier_standing
    query = select(table.c.member_id).where(table.c.kept_until_ms <= at.unix_ms)
    return connection.execute(query.limit(limit)).scalars().all()


def ending_tiers(
    connection: Connection, period: Period, after: str, limit: int
) -> Sequence[str]:
    """Return ids, in order, whose tier ends within a period."""
    table = tier_standing
    query = (
        select(table.c.member_id)
        .where(*within(table.c.kept_until_ms, period), table.c.member_id > after)
        .order_by(table.c.member_id)
        .limit(limit)
    )
    return connection.execute(query).scalars().all()
