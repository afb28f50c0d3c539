"""What readers and writers of points both see, on any connection."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select
from sqlalchemy.sql.elements import KeyedColumnElement

from pos_app.domain.codec import from_plain
from pos_app.domain.loyalty.ledger import Balance
from pos_app.domain.loyalty.lot import LotKind, MoveKind, PointLot, PointMove
from pos_app.domain.loyalty.programme import NO_PROGRAMME, Programme
from pos_app.domain.loyalty.tier import MetricEntry
from pos_app.domain.loyalty.tier_moves import TierMove, TierMoveKind
from pos_app.persistence.ledger.point_tables import (
    night_done,
    notice_sent,
    point_left,
    point_lot,
    point_move,
    programme_version,
    tier_metric,
    tier_move,
)
from pos_app.ports.points import LotLeft, Notice
from pos_app.values.times import BusinessDay, Period, Timestamp


def within(
    column: KeyedColumnElement[Any], period: Period
) -> list[ColumnElement[bool]]:
    """Return the conditions that a moment lies in a period."""
    found: list[ColumnElement[bool]] = []
    if period.start is not None:
        found.append(column >= period.start.unix_ms)
    if period.end is not None:
        found.append(column < period.end.unix_ms)
    return found


def moment(unix_ms: int | None) -> Timestamp | None:
    """Return a moment of a column that may be empty."""
    return None if unix_ms is None else Timestamp(unix_ms)


def lot_of(row: Row[Any]) -> PointLot:
    """Return the lot of a row."""
    return PointLot(
        row.lot_id,
        LotKind(row.kind),
        row.event_id,
        Timestamp(row.made_at_ms),
        Timestamp(row.active_at_ms),
        moment(row.expires_at_ms),
        row.origin,
    )


def move_of(row: Row[Any]) -> PointMove:
    """Return the move of a row."""
    return PointMove(
        row.move_id,
        row.lot_id,
        MoveKind(row.kind),
        Timestamp(row.at_ms),
        row.points,
        row.event_id,
        row.of_move,
        row.position,
        row.start,
        row.end,
    )


_IN_FORCE = (
    select(programme_version.c.body)
    .order_by(programme_version.c.version.desc())
    .limit(1)
)


def programme(connection: Connection) -> Programme:
    """Return the rules in force."""
    body = connection.execute(_IN_FORCE).scalar()
    return NO_PROGRAMME if body is None else programme_from(body)


@lru_cache(maxsize=8)
def programme_from(body: str) -> Programme:
    """Return the rules of a stored version; each scan asks for them."""
    return from_plain(Programme, json.loads(body))


_LEFT = (
    select(point_lot, point_left.c.points)
    .join(point_left, point_left.c.lot_id == point_lot.c.lot_id)
    .where(point_left.c.member_id.in_(bindparam("ids", expanding=True)))
    .order_by(point_lot.c.made_at_ms, point_lot.c.lot_id)
)


def left(connection: Connection, ids: Sequence[str]) -> list[LotLeft]:
    """Return a person's lots that are not empty, in the order of their making."""
    rows = connection.execute(_LEFT, {"ids": list(ids)})
    return [LotLeft(lot_of(row), row.points) for row in rows]


def balance(connection: Connection, ids: Sequence[str], at: Timestamp) -> Balance:
    """Return a person's points at a moment that is not before the last move."""
    active = pending = debt = lapsed = 0
    for one in left(connection, ids):
        if one.lot.kind is LotKind.DEBT:
            debt -= one.points
        elif one.lot.is_expired(at):
            lapsed += one.points
        elif one.lot.is_active(at):
            active += one.points
        else:
            pending += one.points
    return Balance(active, pending, debt, lapsed)


def burned(connection: Connection, ids: Sequence[str], period: Period) -> int:
    """Return the points given within a period and not given back since."""
    burns = (
        select(point_move.c.move_id)
        .where(
            point_move.c.member_id.in_(ids),
            point_move.c.kind == MoveKind.BURN,
            *within(point_move.c.at_ms, period),
        )
        .subquery()
    )
    taken = select(func.coalesce(func.sum(point_move.c.points), 0)).join(
        burns, burns.c.move_id == point_move.c.move_id
    )
    restored = (
        select(func.coalesce(func.sum(point_move.c.points), 0))
        .join(burns, burns.c.move_id == point_move.c.of_move)
        .where(point_move.c.of_move != "", point_move.c.kind == MoveKind.RESTORE)
    )
    whole = [connection.execute(one).scalar_one() for one in (taken, restored)]
    return -int(sum(whole))


def earned(connection: Connection, ids: Sequence[str], period: Period) -> int:
    """Return the points earned within a period, before returns."""
    query = select(func.coalesce(func.sum(point_move.c.points), 0)).where(
        point_move.c.member_id.in_(ids),
        point_move.c.kind == MoveKind.EARN,
        *within(point_move.c.at_ms, period),
    )
    return int(connection.execute(query).scalar_one())


def tier_moves(connection: Connection, ids: Sequence[str]) -> list[TierMove]:
    """Return the changes of a person's tier, as they were written."""
    query = (
        select(tier_move)
        .where(tier_move.c.member_id.in_(ids))
        .order_by(tier_move.c.step)
    )
    return [
        TierMove(
            row.event_id,
            TierMoveKind(row.kind),
            Timestamp(row.at_ms),
            row.from_tier,
            row.to_tier,
            moment(row.kept_until_ms),
            row.cancels,
        )
        for row in connection.execute(query)
    ]


def metric(connection: Connection, *where: ColumnElement[bool]) -> list[MetricEntry]:
    """Return what counts for tiers, chosen by conditions."""
    query: Select[Any] = (
        select(tier_metric).where(*where).order_by(tier_metric.c.sold_at_ms)
    )
    return [
        MetricEntry(
            row.entry_id,
            row.sale_id,
            Timestamp(row.sold_at_ms),
            Timestamp(row.known_at_ms),
            row.spend_minor,
        )
        for row in connection.execute(query)
    ]


def has_bought(connection: Connection, ids: Sequence[str]) -> bool:
    """Tell whether a sale of a person was ever counted."""
    query = select(tier_metric.c.entry_id).where(tier_metric.c.member_id.in_(ids))
    return connection.execute(query.limit(1)).scalar() is not None


def is_night_done(connection: Connection, day: BusinessDay, step: str) -> bool:
    """Tell whether a step of the night was done for a day."""
    table = night_done
    query = select(table.c.at_ms).where(
        table.c.business_day == day.isoformat(), table.c.step == step
    )
    return connection.execute(query).scalar() is not None


def notices(connection: Connection, *where: ColumnElement[bool]) -> list[Notice]:
    """Return what members were told, the latest first."""
    query = select(notice_sent).where(*where).order_by(notice_sent.c.at_ms.desc())
    return [
        Notice(row.member_id, row.key, Timestamp(row.at_ms), row.points)
        for row in connection.execute(query)
    ]
