"""Writes coupons, their templates and batches (implements ports.coupons)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.codec import to_plain
from pos_app.domain.coupon.carried import CarriedLine
from pos_app.domain.coupon.facts import CouponFact, in_turn
from pos_app.domain.coupon.life import Coupon, CouponState, fold, step
from pos_app.domain.coupon.template import Template
from pos_app.persistence.ledger import coupon_reads as reads
from pos_app.persistence.ledger.coupon_codec import (
    OPEN_STATES,
    carried_of,
    carried_row,
    coupon_row,
    fact_row,
)
from pos_app.persistence.ledger.coupon_tables import (
    coupon,
    coupon_batch,
    coupon_batch_end,
    coupon_carried,
    coupon_fact,
    coupon_template,
    partner_terms,
)
from pos_app.persistence.ledger.day_tables import sale_return
from pos_app.ports.coupons import PartnerVersion, StoredBatch
from pos_app.values.times import Timestamp


class SqlCoupons:
    """Writes coupons, their templates and batches within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # ------------------------------------------------------------------ reading

    def template(self, template_id: str, version: int = 0) -> Template | None:
        """Return a version of a template; 0 for the newest."""
        return reads.template(self._connection, template_id, version)

    def templates(self) -> Sequence[Template]:
        """Return the newest version of each template, the newest template first."""
        return reads.templates(self._connection)

    def coupon(self, coupon_id: str) -> Coupon | None:
        """Return what a coupon's facts come to; None for a stranger."""
        return reads.one(self._connection, coupon_id)

    def by_digest(self, digest: str) -> Coupon | None:
        """Return the coupon whose code has this digest."""
        return reads.by_digest(self._connection, digest)

    def by_cause(self, cause: str) -> Coupon | None:
        """Return the coupon that was given for a cause."""
        return reads.by_cause(self._connection, cause)

    def fact_count(self, coupon_id: str) -> int:
        """Return how many facts a coupon has."""
        query = select(func.count()).where(coupon_fact.c.coupon_id == coupon_id)
        return self._connection.execute(query).scalar_one()

    def of_member(
        self, ids: Sequence[str], *, all_too: bool = False
    ) -> Sequence[Coupon]:
        """Return a person's coupons, those that end soon first."""
        return reads.of_member(self._connection, ids, all_too=all_too)

    def reserved_in(self, basket_id: str) -> Sequence[Coupon]:
        """Return the coupons that lie in a basket."""
        return reads.reserved_in(self._connection, basket_id)

    def redeemed_in(self, sale_id: str) -> Sequence[Coupon]:
        """Return the coupons that are redeemed in a sale, as now."""
        return reads.redeemed_in(self._connection, sale_id)

    def issued(self, template_id: str, ids: Sequence[str] = ()) -> int:
        """Return how many of a template were ever given."""
        return reads.issued(self._connection, template_id, ids)

    def batch(self, batch_id: str) -> StoredBatch | None:
        """Return a batch."""
        return reads.batch(self._connection, batch_id)

    def is_in_hand(self, basket_id: str) -> bool:
        """Tell whether a basket is open or parked at this till."""
        return reads.is_in_hand(self._connection, basket_id)

    def in_state(
        self, states: Sequence[CouponState], ended_by: Timestamp, limit: int
    ) -> Sequence[Coupon]:
        """Return coupons whose time is over at a moment, the longest over first."""
        query = select(coupon.c.coupon_id).where(reads.ended(states, ended_by.unix_ms))
        order = query.order_by(coupon.c.ends_at_ms, coupon.c.coupon_id).limit(limit)
        return reads.many(self._connection, order)

    def open_of_batch(self, batch_id: str, limit: int) -> Sequence[Coupon]:
        """Return coupons of a batch that might still be used."""
        query = select(coupon.c.coupon_id).where(
            coupon.c.batch_id == batch_id, coupon.c.state.in_(OPEN_STATES)
        )
        order = query.order_by(coupon.c.coupon_id).limit(limit)
        return reads.many(self._connection, order)

    def carried(self, coupon_id: str, sale_id: str) -> Sequence[CarriedLine]:
        """Return on which units of a sale a coupon's saving lies."""
        table = coupon_carried
        query = (
            select(table)
            .where(table.c.coupon_id == coupon_id, table.c.sale_id == sale_id)
            .order_by(table.c.position)
        )
        return [carried_of(row) for row in self._connection.execute(query)]

    def taken(self, sale_id: str) -> dict[int, int]:
        """Return how much of each line of a sale came back, in thousandths."""
        position = sale_return.c.origin_line_position
        has_origin = sale_return.c.origin_sale_id != ""
        query = (
            select(position, func.sum(sale_return.c.quantity_thousandths))
            .where(has_origin, sale_return.c.origin_sale_id == sale_id)
            .group_by(position)
        )
        rows = self._connection.execute(query).all()
        return {line: int(thousandths) for line, thousandths in rows}

    # ------------------------------------------------------------------ changes

    def add(self, fact: CouponFact, cause: str = "") -> Coupon:
        """Add a fact, and bring the coupon's row up to it; see ports.coupons."""
        before = reads.facts(self._connection, fact.stamp.coupon_id)
        fact = in_turn(before, fact)
        after = step(fold(before), fact)
        seq = len(before) + 1
        self._connection.execute(insert(coupon_fact), fact_row(fact, seq, cause))
        row = coupon_row(after, seq)
        statement = upsert(coupon).values(**row)
        changes = {key: value for key, value in row.items() if key != "coupon_id"}
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[coupon.c.coupon_id], set_=changes
            )
        )
        return after

    def add_template(self, template: Template, at: Timestamp, by: str) -> None:
        """Store a version; its number is one above the last."""
        known = self.template(template.template_id)
        assert template.version == (known.version if known else 0) + 1
        row = {
            "template_id": template.template_id,
            "version": template.version,
            "name": template.name,
            "promotion_id": template.promotion_id,
            "body": json.dumps(to_plain(template), ensure_ascii=False),
            "made_at_ms": at.unix_ms,
            "made_by": by,
        }
        self._connection.execute(insert(coupon_template), row)

    def add_batch(self, stored: StoredBatch) -> None:
        """Store a batch."""
        batch = stored.batch
        row = {
            "batch_id": batch.batch_id,
            "template_id": batch.template_id,
            "template_version": batch.template_version,
            "size": batch.size,
            "partner_id": batch.partner_id,
            "note": stored.note,
            "made_at_ms": stored.made_at.unix_ms,
            "made_by": stored.made_by,
        }
        self._connection.execute(insert(coupon_batch), row)

    def end_batch(self, batch_id: str, at: Timestamp, by: str, reason: str) -> None:
        """Store that a batch is revoked: nothing of it is given out any more."""
        row = {
            "batch_id": batch_id,
            "at_ms": at.unix_ms,
            "ended_by": by,
            "reason": reason,
        }
        self._connection.execute(insert(coupon_batch_end), row)

    def add_partner(self, version: PartnerVersion) -> None:
        """Store a version of a partner's terms; its number is one above the last."""
        row = {
            "partner_id": version.terms.partner_id,
            "version": version.version,
            "name": version.name,
            "bears_millionths": version.terms.bears.millionths,
            "fee_minor": version.terms.fee_minor,
            "is_ended": int(version.is_ended),
            "made_at_ms": version.made_at.unix_ms,
            "made_by": version.made_by,
        }
        self._connection.execute(insert(partner_terms), row)

    def add_carried(
        self, coupon_id: str, sale_id: str, lines: Sequence[CarriedLine]
    ) -> None:
        """Store on which units of a sale a coupon's saving lies."""
        rows = [
            carried_row(coupon_id, sale_id, position, line)
            for position, line in enumerate(lines, 1)
        ]
        if rows:
            self._connection.execute(insert(coupon_carried), rows)
