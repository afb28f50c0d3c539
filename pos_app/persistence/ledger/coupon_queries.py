"""Reads coupons, their templates and batches (implements ports.coupons)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, case, func, select

from pos_app.domain.coupon.facts import CouponFact
from pos_app.domain.coupon.life import Coupon, CouponState, fold
from pos_app.domain.coupon.template import Template
from pos_app.errors import UserError
from pos_app.persistence.ledger import coupon_reads as reads
from pos_app.persistence.ledger.coupon_codec import (
    OPEN_STATES,
    batch_of,
    coupon_row,
    fact_of,
    partner_of,
)
from pos_app.persistence.ledger.coupon_tables import (
    coupon,
    coupon_batch,
    coupon_fact,
    partner_terms,
)
from pos_app.ports.coupons import PartnerVersion, StoredBatch, TemplateUse
from pos_app.values.times import Period


class SqlCouponReader:
    """Reads coupons, their templates and batches, as committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def template(self, template_id: str, version: int = 0) -> Template | None:
        """Return a version of a template; 0 for the newest."""
        with self._engine.begin() as connection:
            return reads.template(connection, template_id, version)

    def templates(self) -> Sequence[Template]:
        """Return the newest version of each template, the newest template first."""
        with self._engine.begin() as connection:
            return reads.templates(connection)

    def coupon(self, coupon_id: str) -> Coupon | None:
        """Return what a coupon's facts come to; None for a stranger."""
        with self._engine.begin() as connection:
            return reads.one(connection, coupon_id)

    def by_digest(self, digest: str) -> Coupon | None:
        """Return the coupon whose code has this digest."""
        with self._engine.begin() as connection:
            return reads.by_digest(connection, digest)

    def of_member(
        self, ids: Sequence[str], *, all_too: bool = False
    ) -> Sequence[Coupon]:
        """Return a person's coupons, those that end soon first."""
        with self._engine.begin() as connection:
            return reads.of_member(connection, ids, all_too=all_too)

    def reserved_in(self, basket_id: str) -> Sequence[Coupon]:
        """Return the coupons that lie in a basket."""
        with self._engine.begin() as connection:
            return reads.reserved_in(connection, basket_id)

    def redeemed_in(self, sale_id: str) -> Sequence[Coupon]:
        """Return the coupons that are redeemed in a sale, as now."""
        with self._engine.begin() as connection:
            return reads.redeemed_in(connection, sale_id)

    def issued(self, template_id: str, ids: Sequence[str] = ()) -> int:
        """Return how many of a template were ever given."""
        with self._engine.begin() as connection:
            return reads.issued(connection, template_id, ids)

    def batch(self, batch_id: str) -> StoredBatch | None:
        """Return a batch."""
        with self._engine.begin() as connection:
            return reads.batch(connection, batch_id)

    def is_in_hand(self, basket_id: str) -> bool:
        """Tell whether a basket is open or parked at this till."""
        with self._engine.begin() as connection:
            return reads.is_in_hand(connection, basket_id)

    def batches(self, template_id: str = "") -> Sequence[StoredBatch]:
        """Return the batches of one template, or of all, the newest first."""
        query = reads.batch_query().order_by(coupon_batch.c.batch_id.desc())
        if template_id:
            query = query.where(coupon_batch.c.template_id == template_id)
        with self._engine.begin() as connection:
            return [batch_of(row) for row in connection.execute(query)]

    def uses(self) -> Sequence[TemplateUse]:
        """Return how the coupons of each template went."""

        def counted(*states: str) -> ColumnElement[int]:
            return func.sum(case((coupon.c.state.in_(states), 1), else_=0))

        query = select(
            coupon.c.template_id,
            func.count(),
            counted(*OPEN_STATES),
            counted(CouponState.REDEEMED.value),
            counted(CouponState.EXPIRED.value),
            counted(CouponState.REVOKED.value),
            func.sum(coupon.c.saving_minor - coupon.c.shared_minor),
        ).group_by(coupon.c.template_id)
        with self._engine.begin() as connection:
            return [TemplateUse(*row) for row in connection.execute(query)]

    def facts(self, coupon_id: str) -> Sequence[CouponFact]:
        """Return everything that happened to a coupon, in order."""
        with self._engine.begin() as connection:
            return reads.facts(connection, coupon_id)

    def partners(self) -> Sequence[PartnerVersion]:
        """Return the newest version of each partner, by name."""
        table = partner_terms
        query = select(table).order_by(table.c.partner_id, table.c.version)
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        newest = {row.partner_id: partner_of(row) for row in rows}
        return sorted(newest.values(), key=lambda each: each.name)

    def of_partner(self, partner_id: str, redeemed: Period) -> Sequence[Coupon]:
        """Return the coupons of a partner's batches; see ports.coupons."""
        start, end = redeemed.start, redeemed.end
        query = select(coupon_batch.c.batch_id).where(
            coupon_batch.c.partner_id == partner_id
        )
        with self._engine.begin() as connection:
            batches = list(connection.execute(query).scalars())
            found = reads.within(
                batches,
                None if start is None else start.unix_ms,
                None if end is None else end.unix_ms,
            )
            return reads.many(connection, found)

    def unproven(self) -> Sequence[str]:
        """Return ids of coupons whose row is not what their facts come to; none."""
        query = select(coupon_fact).order_by(coupon_fact.c.coupon_id, coupon_fact.c.seq)
        wrong: list[str] = []
        with self._engine.begin() as connection:
            rows = {
                row.coupon_id: dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's name
                for row in connection.execute(select(coupon))
            }
            known: dict[str, list[Row[Any]]] = {}
            for row in connection.execute(query):
                known.setdefault(row.coupon_id, []).append(row)
        for coupon_id, stored in known.items():
            if rows.pop(coupon_id, None) != _proven(stored):
                wrong.append(coupon_id)
        return [*wrong, *rows]


def _proven(stored: Sequence[Row[Any]]) -> dict[str, Any] | None:
    """Return the row that stored facts come to; None where they cannot be."""
    try:
        found = fold(fact_of(row) for row in stored)
    except UserError:
        return None
    return None if found is None else coupon_row(found, len(stored))
