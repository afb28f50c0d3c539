"""Reads points, tiers and the programme (implements ports.points.PointReader)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Engine, func, select, text

from pos_app.domain.codec import from_plain
from pos_app.domain.loyalty.ledger import Balance, PointLedger, Written
from pos_app.domain.loyalty.lot import MoveKind, PointSplit
from pos_app.domain.loyalty.point_codec import lines_from_json
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.ticket_facts import TicketFacts
from pos_app.domain.loyalty.tier import MetricEntry
from pos_app.domain.loyalty.tier_moves import TierMove
from pos_app.persistence.ledger import point_reads as reads
from pos_app.persistence.ledger.point_tables import (
    notice_sent,
    point_left,
    point_lot,
    point_move,
    point_split,
    programme_version,
    ticket_fact,
    tier_metric,
    tier_standing,
)
from pos_app.persistence.ledger.programme_in_force import ProgrammeInForce
from pos_app.ports.points import LotLeft, Notice, PointEvent, ProgrammeVersion
from pos_app.values.times import BusinessDay, Period, Timestamp

#: Lots whose projection is not the sum of their moves, or that nobody made.
_UNPROVEN = """
SELECT lot_id FROM (
  SELECT lot_id, sum(points) AS points FROM point_move GROUP BY lot_id
  UNION ALL SELECT lot_id, -points FROM point_left)
GROUP BY lot_id HAVING sum(points) <> 0
UNION SELECT lot_id FROM point_move WHERE lot_id NOT IN (SELECT lot_id FROM point_lot)
UNION SELECT l.lot_id FROM point_left l JOIN point_lot p USING (lot_id)
WHERE l.member_id <> p.member_id OR l.expires_at_ms IS NOT p.expires_at_ms
  OR (l.points < 0) <> (p.kind = 'debt')
ORDER BY 1
"""


class SqlPointReader:
    """Reads points, tiers and the programme, as committed."""

    def __init__(self, engine: Engine, rules: ProgrammeInForce) -> None:
        self._engine = engine
        self._rules = rules

    def programme(self) -> Programme:
        """Return the rules in force."""
        return self._rules.of(self._engine)

    def changes(self) -> int:
        """Return a number that grows whenever more than a step of a sale is stored."""
        return self._rules.changes

    def programme_versions(self) -> Sequence[ProgrammeVersion]:
        """Return every version, the newest first."""
        query = select(programme_version).order_by(programme_version.c.version.desc())
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return [
            ProgrammeVersion(
                from_plain(Programme, json.loads(row.body)),
                Timestamp(row.made_at_ms),
                row.made_by,
                row.approved_by,
            )
            for row in rows
        ]

    def left(self, ids: Sequence[str]) -> Sequence[LotLeft]:
        """Return a person's lots that are not empty."""
        with self._engine.begin() as connection:
            return reads.left(connection, ids)

    def balance(self, ids: Sequence[str], at: Timestamp) -> Balance:
        """Return a person's points; see ports.points."""
        with self._engine.begin() as connection:
            return reads.balance(connection, ids, at)

    def burned(self, ids: Sequence[str], period: Period) -> int:
        """Return the points given within a period and not given back since."""
        with self._engine.begin() as connection:
            return reads.burned(connection, ids, period)

    def earned(self, ids: Sequence[str], period: Period) -> int:
        """Return the points earned within a period, before returns."""
        with self._engine.begin() as connection:
            return reads.earned(connection, ids, period)

    def tier_moves(self, ids: Sequence[str]) -> Sequence[TierMove]:
        """Return the changes of a person's tier, as they were written."""
        with self._engine.begin() as connection:
            return reads.tier_moves(connection, ids)

    def metric_entries(
        self, ids: Sequence[str], since: Timestamp
    ) -> Sequence[MetricEntry]:
        """Return what counts for a person's tier, of sales from a moment on."""
        where = tier_metric.c.member_id.in_(ids)
        recent = tier_metric.c.sold_at_ms >= since.unix_ms
        with self._engine.begin() as connection:
            return reads.metric(connection, where, recent)

    def has_bought(self, ids: Sequence[str]) -> bool:
        """Tell whether a sale of a person was ever counted."""
        with self._engine.begin() as connection:
            return reads.has_bought(connection, ids)

    def is_night_done(self, day: BusinessDay, step: str) -> bool:
        """Tell whether a step of the night was done for a day."""
        with self._engine.begin() as connection:
            return reads.is_night_done(connection, day, step)

    def notices(self, ids: Sequence[str]) -> Sequence[Notice]:
        """Return what a person was told, the latest first."""
        with self._engine.begin() as connection:
            return reads.notices(connection, notice_sent.c.member_id.in_(ids))

    def facts_of(self, sale_id: str) -> TicketFacts | None:
        """Return what a ticket told its member; None where it told nothing."""
        query = select(ticket_fact.c.body).where(ticket_fact.c.sale_id == sale_id)
        with self._engine.begin() as connection:
            body = connection.execute(query).scalar()
        return None if body is None else from_plain(TicketFacts, json.loads(body))

    def history(
        self, ids: Sequence[str], since: Timestamp, limit: int = 200
    ) -> Sequence[PointEvent]:
        """Return what happened to a person's points, the latest first."""
        table = point_move
        shown = [kind for kind in MoveKind if kind is not MoveKind.ACTIVATE]
        query = (
            select(
                table.c.event_id,
                table.c.kind,
                func.max(table.c.at_ms).label("at_ms"),
                func.sum(table.c.points).label("points"),
            )
            .where(
                table.c.member_id.in_(ids),
                table.c.at_ms >= since.unix_ms,
                table.c.kind.in_(shown),
            )
            .group_by(table.c.event_id, table.c.kind)
            .having(func.sum(table.c.points) != 0)
            .order_by(func.max(table.c.at_ms).desc(), table.c.event_id.desc())
            .limit(limit)
        )
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return [
            PointEvent(r.event_id, MoveKind(r.kind), Timestamp(r.at_ms), r.points)
            for r in rows
        ]

    def balances(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Return the points of each id, those that wait and debts as well."""
        table = point_left
        query = (
            select(table.c.member_id, func.sum(table.c.points).label("points"))
            .where(table.c.member_id.in_(ids))
            .group_by(table.c.member_id)
        )
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return {row.member_id: row.points for row in rows}

    def tiers(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Return the tier of each id that has one."""
        table = tier_standing
        query = select(table.c.member_id, table.c.tier).where(
            table.c.member_id.in_(ids)
        )
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return {row.member_id: row.tier for row in rows}

    def whole(self, ids: Sequence[str]) -> PointLedger:
        """Return everything that ever happened to a person's points."""
        with self._engine.begin() as connection:
            lots = connection.execute(
                select(point_lot)
                .where(point_lot.c.member_id.in_(ids))
                .order_by(point_lot.c.made_at_ms, point_lot.c.lot_id)
            ).all()
            moves = connection.execute(
                select(point_move)
                .where(point_move.c.member_id.in_(ids))
                .order_by(point_move.c.at_ms, text("rowid"))
            ).all()
            splits = connection.execute(
                select(point_split).where(point_split.c.member_id.in_(ids))
            ).all()
        return PointLedger.of(
            Written(
                tuple(map(reads.lot_of, lots)),
                tuple(map(reads.move_of, moves)),
                tuple(
                    PointSplit(r.event_id, MoveKind(r.kind), lines_from_json(r.lines))
                    for r in splits
                ),
            )
        )

    def unproven(self) -> Sequence[str]:
        """Return the lots whose projection is not the sum of their moves."""
        with self._engine.begin() as connection:
            return connection.execute(text(_UNPROVEN)).scalars().all()
