"""Writes points, tiers and the programme (implements ports.points.PointWriter)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.codec import to_plain
from pos_app.domain.journal import canonical_json
from pos_app.domain.loyalty.ledger import Balance, PointLedger, Written
from pos_app.domain.loyalty.lot import PointLot, PointMove
from pos_app.domain.loyalty.point_codec import lines_to_json
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.tier import MetricEntry
from pos_app.domain.loyalty.tier_moves import TierMove
from pos_app.persistence.ledger import point_night
from pos_app.persistence.ledger import point_reads as reads
from pos_app.persistence.ledger.point_slice import sliced
from pos_app.persistence.ledger.point_tables import (
    night_done,
    notice_sent,
    point_left,
    point_lot,
    point_move,
    point_split,
    programme_version,
    tier_metric,
    tier_move,
    tier_standing,
)
from pos_app.ports.points import LotLeft, Notice, ProgrammeVersion
from pos_app.values.times import BusinessDay, Period, Timestamp

#: Who a sale's points or metric were booked for.
_OWNER = """
SELECT member_id FROM tier_metric WHERE entry_id = :event
UNION ALL SELECT member_id FROM point_split WHERE event_id = :event LIMIT 1
"""


class SqlPoints:
    """Writes points, tiers and the programme within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # ------------------------------------------------------------------- reading

    def programme(self) -> Programme:
        """Return the rules in force."""
        return reads.programme(self._connection)

    def left(self, ids: Sequence[str]) -> Sequence[LotLeft]:
        """Return a person's lots that are not empty."""
        return reads.left(self._connection, ids)

    def balance(self, ids: Sequence[str], at: Timestamp) -> Balance:
        """Return a person's points; see ports.points."""
        return reads.balance(self._connection, ids, at)

    def burned(self, ids: Sequence[str], period: Period) -> int:
        """Return the points given within a period and not given back since."""
        return reads.burned(self._connection, ids, period)

    def earned(self, ids: Sequence[str], period: Period) -> int:
        """Return the points earned within a period, before returns."""
        return reads.earned(self._connection, ids, period)

    def tier_moves(self, ids: Sequence[str]) -> Sequence[TierMove]:
        """Return the changes of a person's tier, as they were written."""
        return reads.tier_moves(self._connection, ids)

    def metric_entries(
        self, ids: Sequence[str], since: Timestamp
    ) -> Sequence[MetricEntry]:
        """Return what counts for a person's tier, of sales from a moment on."""
        where = tier_metric.c.member_id.in_(ids)
        recent = tier_metric.c.sold_at_ms >= since.unix_ms
        return reads.metric(self._connection, where, recent)

    def notices(self, ids: Sequence[str]) -> Sequence[Notice]:
        """Return what a person was told, the latest first."""
        return reads.notices(self._connection, notice_sent.c.member_id.in_(ids))

    def slice(
        self, ids: Sequence[str], events: Collection[str], lots: Collection[str] = ()
    ) -> PointLedger:
        """Return what of a person's ledger booking needs; see ports.points."""
        return sliced(self._connection, ids, events, lots)

    def owner_of(self, event_id: str) -> str:
        """Return the member that a sale's points or metric were booked for, or ""."""
        found = self._connection.execute(text(_OWNER), {"event": event_id}).scalar()
        return found or ""

    def metric_of(self, sale_id: str) -> Sequence[MetricEntry]:
        """Return what a sale and its returns did to the metric."""
        return reads.metric(self._connection, tier_metric.c.sale_id == sale_id)

    # ------------------------------------------------------------------- writing

    def add(self, member_id: str, rows: Written) -> None:
        """Store new lots, moves and splits, and the projection with them."""
        owners = {lot.lot_id: member_id for lot in rows.lots}
        ends = {lot.lot_id: lot.expires_at for lot in rows.lots}
        asked = {move.lot_id for move in rows.moves} - owners.keys()
        if asked:
            query = select(
                point_lot.c.lot_id, point_lot.c.member_id, point_lot.c.expires_at_ms
            ).where(point_lot.c.lot_id.in_(asked))
            for lot_id, owner, end in self._connection.execute(query):
                owners[lot_id], ends[lot_id] = owner, reads.moment(end)
        if rows.lots:
            found = [{**_lot_row(lot), "member_id": member_id} for lot in rows.lots]
            self._connection.execute(insert(point_lot), found)
        if rows.moves:
            moves = [
                {**_move_row(move), "member_id": owners[move.lot_id]}
                for move in rows.moves
            ]
            self._connection.execute(insert(point_move), moves)
        if rows.splits:
            splits = [
                {
                    "event_id": split.event_id,
                    "kind": split.kind,
                    "member_id": member_id,
                    "lines": lines_to_json(split.lines),
                }
                for split in rows.splits
            ]
            self._connection.execute(insert(point_split), splits)
        self._project(rows, owners, ends)

    def _project(
        self,
        rows: Written,
        owners: dict[str, str],
        ends: dict[str, Timestamp | None],
    ) -> None:
        changed: dict[str, int] = {}
        for move in rows.moves:
            changed[move.lot_id] = changed.get(move.lot_id, 0) + move.points
        for lot_id, points in changed.items():
            if not points:
                continue
            end = ends[lot_id]
            statement = upsert(point_left).values(
                lot_id=lot_id,
                member_id=owners[lot_id],
                points=points,
                expires_at_ms=end.unix_ms if end else None,
            )
            statement = statement.on_conflict_do_update(
                index_elements=[point_left.c.lot_id],
                set_={"points": point_left.c.points + statement.excluded.points},
            )
            self._connection.execute(statement)
        if changed:
            empty = point_left.c.lot_id.in_(changed), point_left.c.points == 0
            self._connection.execute(delete(point_left).where(*empty))

    def add_metric(self, member_id: str, entry: MetricEntry) -> None:
        """Store what a sale added to the metric, or a return took off it."""
        row = {
            "entry_id": entry.entry_id,
            "member_id": member_id,
            "sale_id": entry.sale_id,
            "sold_at_ms": entry.sold_at.unix_ms,
            "known_at_ms": entry.known_at.unix_ms,
            "spend_minor": entry.spend_minor,
        }
        self._connection.execute(insert(tier_metric), row)

    def add_tier_moves(self, member_id: str, moves: Sequence[TierMove]) -> None:
        """Store changes of a member's tier, in order."""
        for move in moves:
            until = move.kept_until
            row = {
                "member_id": member_id,
                "event_id": move.event_id,
                "kind": move.kind,
                "at_ms": move.at.unix_ms,
                "from_tier": move.from_tier,
                "to_tier": move.to_tier,
                "kept_until_ms": until.unix_ms if until else None,
                "cancels": move.cancels,
            }
            self._connection.execute(insert(tier_move), row)
        if moves:
            self._stand(member_id, moves[-1])

    def _stand(self, member_id: str, move: TierMove) -> None:
        table = tier_standing
        self._connection.execute(delete(table).where(table.c.member_id == member_id))
        if move.to_tier:
            until = move.kept_until
            row = {
                "member_id": member_id,
                "tier": move.to_tier,
                "kept_until_ms": until.unix_ms if until else None,
            }
            self._connection.execute(insert(table), row)

    def add_programme(self, version: ProgrammeVersion) -> None:
        """Bring a version into force; its number is one above the last."""
        assert version.programme.version == self.programme().version + 1
        row = {
            "version": version.programme.version,
            "body": canonical_json(to_plain(version.programme)).decode(),
            "made_at_ms": version.made_at.unix_ms,
            "made_by": version.made_by,
            "approved_by": version.approved_by,
        }
        self._connection.execute(insert(programme_version), row)

    def add_notice(self, notice: Notice) -> bool:
        """Store that a member is to be told something; false if that was stored."""
        statement = upsert(notice_sent).values(
            member_id=notice.member_id,
            key=notice.key,
            at_ms=notice.at.unix_ms,
            points=notice.points,
        )
        done = self._connection.execute(statement.on_conflict_do_nothing())
        return done.rowcount > 0

    # --------------------------------------------------------------- of the night

    def members_with_points_due(self, at: Timestamp, limit: int) -> Sequence[str]:
        """Return ids with points that are over, or waited long enough, unwritten."""
        return point_night.points_due(self._connection, at, limit)

    def members_with_ending_points(
        self, period: Period, after: str, limit: int
    ) -> Sequence[str]:
        """Return ids, in order, whose points end within a period."""
        return point_night.ending_points(self._connection, period, after, limit)

    def members_with_ended_tiers(self, at: Timestamp, limit: int) -> Sequence[str]:
        """Return ids whose tier is over and not judged yet."""
        return point_night.ended_tiers(self._connection, at, limit)

    def members_with_ending_tiers(
        self, period: Period, after: str, limit: int
    ) -> Sequence[str]:
        """Return ids, in order, whose tier ends within a period."""
        return point_night.ending_tiers(self._connection, period, after, limit)

    def is_night_done(self, day: BusinessDay, step: str) -> bool:
        """Tell whether a step of the night was done for a day."""
        table = night_done
        query = select(table.c.at_ms).where(
            table.c.business_day == day.isoformat(), table.c.step == step
        )
        return self._connection.execute(query).scalar() is not None

    def set_night_done(self, day: BusinessDay, step: str, at: Timestamp) -> None:
        """Remember that a step of the night was done for a day."""
        row = {"business_day": day.isoformat(), "step": step, "at_ms": at.unix_ms}
        self._connection.execute(
            upsert(night_done).values(row).on_conflict_do_nothing()
        )


def _lot_row(lot: PointLot) -> dict[str, object]:
    end = lot.expires_at
    return {
        "lot_id": lot.lot_id,
        "kind": lot.kind,
        "event_id": lot.event_id,
        "made_at_ms": lot.made_at.unix_ms,
        "active_at_ms": lot.active_at.unix_ms,
        "expires_at_ms": end.unix_ms if end else None,
        "origin": lot.origin,
    }


def _move_row(move: PointMove) -> dict[str, object]:
    return {
        "move_id": move.move_id,
        "lot_id": move.lot_id,
        "kind": move.kind,
        "at_ms": move.at.unix_ms,
        "points": move.points,
        "event_id": move.event_id,
        "of_move": move.of_move,
        "position": move.position,
        "start": move.start,
        "end": move.end,
    }
