"""What a transaction reads of points and tiers, and whom the night looks at."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, func, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.codec import from_plain
from pos_app.domain.loyalty.ledger import Balance, PointLedger
from pos_app.domain.loyalty.lot import MoveKind
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.ticket_facts import Exchanged, TicketFacts
from pos_app.domain.loyalty.tier import MetricEntry
from pos_app.domain.loyalty.tier_moves import TierMove
from pos_app.persistence.ledger import point_night
from pos_app.persistence.ledger import point_reads as reads
from pos_app.persistence.ledger.day_tables import sale_refund, sale_return
from pos_app.persistence.ledger.point_slice import sliced
from pos_app.persistence.ledger.point_tables import (
    night_done,
    notice_sent,
    point_split,
    ticket_fact,
    tier_metric,
)
from pos_app.persistence.ledger.tables import sale, sale_tender
from pos_app.ports.points import LotLeft, Notice
from pos_app.values.times import BusinessDay, Period, Timestamp

#: Who a sale's points or metric were booked for.
_OWNER = """
SELECT member_id FROM tier_metric WHERE entry_id = :event
UNION ALL SELECT member_id FROM point_split WHERE event_id = :event LIMIT 1
"""


class PointRowsRead:
    """The reading side of `SqlPoints`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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

    def has_bought(self, ids: Sequence[str]) -> bool:
        """Tell whether a sale of a person was ever counted."""
        return reads.has_bought(self._connection, ids)

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

    def has_burned(self, event_id: str) -> bool:
        """Tell whether points were given for a ticket."""
        split = point_split.c
        query = select(split.event_id).where(
            split.event_id == event_id, split.kind == MoveKind.BURN
        )
        return self._connection.execute(query).first() is not None

    def exchanged_in(self, ticket_id: str) -> Sequence[Exchanged]:
        """Return what a finished ticket gave in the place of other goods."""
        query = select(ticket_fact.c.body).where(ticket_fact.c.sale_id == ticket_id)
        body = self._connection.execute(query).scalar()
        return _facts(body).exchanged if body else ()

    def exchanged_for(self, sale_id: str) -> Sequence[tuple[str, Exchanged]]:
        """Return what finished tickets (id first) gave in the place of a sale's goods."""
        query = (
            select(ticket_fact.c.sale_id, ticket_fact.c.body)
            .join(sale_return, sale_return.c.sale_id == ticket_fact.c.sale_id)
            .where(sale_return.c.origin_sale_id != "")
            .where(sale_return.c.origin_sale_id == sale_id)
            .distinct()
        )
        return [
            (ticket_id, one)
            for ticket_id, body in self._connection.execute(query)
            for one in _facts(body).exchanged
            if one.sale_id == sale_id
        ]

    def paid_by(self, sale_id: str, keys: Sequence[str]) -> tuple[int, int]:
        """Return what a sale came to, and what of that these tenders paid."""
        total = select(sale.c.total_minor).where(sale.c.sale_id == sale_id)
        paid = select(func.coalesce(func.sum(sale_tender.c.amount_minor), 0)).where(
            sale_tender.c.sale_id == sale_id, sale_tender.c.key.in_(keys)
        )
        whole = self._connection.execute(total).scalar() or 0
        return whole, self._connection.execute(paid).scalar_one()

    def metric_of(self, sale_id: str) -> Sequence[MetricEntry]:
        """Return what a sale and its returns did to the metric."""
        return reads.metric(self._connection, tier_metric.c.sale_id == sale_id)

    def refunded_before(self, sale_id: str, ticket_id: str) -> int:
        """Return what went back as points for a sale, one ticket apart."""
        table = sale_refund
        query = select(func.coalesce(func.sum(table.c.amount_minor), 0)).where(
            table.c.key == "points",
            table.c.account_id == sale_id,
            table.c.sale_id != ticket_id,
        )
        return int(self._connection.execute(query).scalar_one())

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
        return reads.is_night_done(self._connection, day, step)

    def set_night_done(self, day: BusinessDay, step: str, at: Timestamp) -> None:
        """Remember that a step of the night was done for a day."""
        row = {"business_day": day.isoformat(), "step": step, "at_ms": at.unix_ms}
        self._connection.execute(
            upsert(night_done).values(row).on_conflict_do_nothing()
        )


def _facts(body: str) -> TicketFacts:
    return from_plain(TicketFacts, json.loads(body))
