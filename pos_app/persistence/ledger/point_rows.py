"""Writes points, tiers and the programme (implements ports.points.PointWriter)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.codec import to_plain
from pos_app.domain.journal import canonical_json
from pos_app.domain.loyalty.facts import Opened
from pos_app.domain.loyalty.ledger import Written
from pos_app.domain.loyalty.lot import PointLot, PointMove
from pos_app.domain.loyalty.point_codec import lines_to_json
from pos_app.domain.loyalty.ticket_facts import TicketFacts
from pos_app.domain.loyalty.tier import MetricEntry
from pos_app.domain.loyalty.tier_moves import TierMove, TierMoveKind
from pos_app.persistence.ledger import point_gifts
from pos_app.persistence.ledger import point_reads as reads
from pos_app.persistence.ledger.member_tables import member
from pos_app.persistence.ledger.point_rows_read import PointRowsRead
from pos_app.persistence.ledger.point_tables import (
    notice_sent,
    point_left,
    point_lot,
    point_move,
    point_split,
    programme_version,
    ticket_fact,
    tier_metric,
    tier_move,
    tier_standing,
)
from pos_app.persistence.ledger.programme_in_force import mark_written
from pos_app.ports.points import Notice, ProgrammeVersion
from pos_app.values.times import Timestamp


class SqlPoints(PointRowsRead):
    """Writes points, tiers and the programme within one transaction."""

    # ------------------------------------------------------------------- writing

    def add(self, member_id: str, rows: Written) -> None:
        """Store new lots, moves and splits, and the projection with them."""
        owners = self._owners(member_id, rows)
        ends = {lot.lot_id: lot.expires_at for lot in rows.lots}
        asked = {move.lot_id for move in rows.moves} - owners.keys()
        if asked:
            query = select(
                point_lot.c.lot_id, point_lot.c.member_id, point_lot.c.expires_at_ms
            ).where(point_lot.c.lot_id.in_(asked))
            for lot_id, owner, end in self._connection.execute(query):
                owners[lot_id], ends[lot_id] = owner, reads.moment(end)
        if rows.lots:
            found = [
                {**_lot_row(lot), "member_id": owners[lot.lot_id]} for lot in rows.lots
            ]
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

    def _owners(self, member_id: str, rows: Written) -> dict[str, str]:
        """Return whose new lots are: days of grace are given to whom they end for."""
        origins = {lot.origin for lot in rows.lots} - {""}
        known: dict[str, str] = {}
        if origins:
            query = select(point_lot.c.lot_id, point_lot.c.member_id)
            found = self._connection.execute(
                query.where(point_lot.c.lot_id.in_(origins))
            )
            known = {row.lot_id: row.member_id for row in found}
        return {lot.lot_id: known.get(lot.origin, member_id) for lot in rows.lots}

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
        """Let projection and lists show where a tier's last move went."""
        table = tier_standing
        self._connection.execute(delete(table).where(table.c.member_id == member_id))
        whose = member.c.member_id == member_id
        self._connection.execute(update(member).where(whose).values(tier=move.to_tier))
        if move.to_tier:
            until = move.kept_until
            row = {
                "member_id": member_id,
                "tier": move.to_tier,
                "kept_until_ms": until.unix_ms if until else None,
            }
            self._connection.execute(insert(table), row)

    def open_points(self, member_id: str, fact: Opened) -> bool:
        """Book points that came along with a member; false if they are booked."""
        rows = point_gifts.opened(self._connection, member_id, fact)
        if rows is not None:
            self.add(member_id, rows)
        return rows is not None

    def grant_tier(
        self,
        member_id: str,
        tier: tuple[str, Timestamp | None],
        event_id: str,
        at: Timestamp,
    ) -> bool:
        """Give a member a tier that was not won here; false if it was given."""
        key, kept_until = tier
        before = point_gifts.granted(self._connection, member_id, event_id)
        if before is None:
            return False
        kind = TierMoveKind.GRANTED
        move = TierMove(event_id, kind, at, before, key, kept_until)
        self.add_tier_moves(member_id, (move,))
        return True

    def forfeit(self, ids: Sequence[str], event_id: str, at: Timestamp) -> int:
        """Take a person's points and tier away for good; return the points."""
        rows = point_gifts.forfeited(self._connection, ids, event_id, at)
        self.add(ids[0], rows)
        for member_id in ids:
            moves = point_gifts.tier_ends(self._connection, member_id, event_id, at)
            self.add_tier_moves(member_id, moves)
        return -rows.points

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
        mark_written(self._connection)

    def add_facts(self, sale_id: str, facts: TicketFacts) -> None:
        """Keep what a ticket told its member; the codes of coupons are told once."""
        coupons = tuple(replace(coupon, code="") for coupon in facts.coupons)
        body = canonical_json(to_plain(replace(facts, coupons=coupons))).decode()
        row = {"sale_id": sale_id, "body": body}
        self._connection.execute(insert(ticket_fact), row)

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
