"""What readers and writers of coupons both see, on any connection."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from pos_app.domain.codec import from_plain
from pos_app.domain.coupon.facts import CouponFact
from pos_app.domain.coupon.life import Coupon, CouponState, fold
from pos_app.domain.coupon.template import Template
from pos_app.persistence.ledger import open_sale_rows
from pos_app.persistence.ledger.coupon_codec import OPEN_STATES, batch_of, fact_of
from pos_app.persistence.ledger.coupon_tables import (
    coupon,
    coupon_batch,
    coupon_batch_end,
    coupon_fact,
    coupon_template,
)
from pos_app.persistence.ledger.day_tables import parked_sale
from pos_app.ports.coupons import StoredBatch

#: Coupons whose facts are read at once.
_MANY = 500
#: Said once: each ticket asks for them.
_RESERVED_IN = (
    select(coupon.c.coupon_id)
    .where(
        coupon.c.basket_id == bindparam("basket"),
        coupon.c.state == CouponState.RESERVED.value,
    )
    .order_by(coupon.c.coupon_id)
)
_NEWEST = (
    select(
        coupon_template.c.template_id,
        func.max(coupon_template.c.version).label("version"),
    )
    .group_by(coupon_template.c.template_id)
    .subquery()
)
#: Said once: the screen asks between two customers, whenever it is shown anew.
_NEWEST_TEMPLATES = (
    select(coupon_template.c.body)
    .join(
        _NEWEST,
        and_(
            _NEWEST.c.template_id == coupon_template.c.template_id,
            _NEWEST.c.version == coupon_template.c.version,
        ),
    )
    .order_by(coupon_template.c.template_id.desc())
)


def template(
    connection: Connection, template_id: str, version: int = 0
) -> Template | None:
    """Return a version of a template; 0 for the newest."""
    table = coupon_template
    query = select(table.c.body).where(table.c.template_id == template_id)
    if version:
        query = query.where(table.c.version == version)
    newest = query.order_by(table.c.version.desc()).limit(1)
    body = connection.execute(newest).scalar()
    return None if body is None else from_plain(Template, json.loads(body))


def templates(connection: Connection) -> list[Template]:
    """Return the newest version of each template, the newest template first."""
    return [
        from_plain(Template, json.loads(body))
        for body in connection.execute(_NEWEST_TEMPLATES).scalars()
    ]


def facts(connection: Connection, coupon_id: str) -> list[CouponFact]:
    """Return everything that happened to a coupon, in order."""
    query = (
        select(coupon_fact)
        .where(coupon_fact.c.coupon_id == coupon_id)
        .order_by(coupon_fact.c.seq)
    )
    return [fact_of(row) for row in connection.execute(query)]


def one(connection: Connection, coupon_id: str) -> Coupon | None:
    """Return what a coupon's facts come to; None for a stranger."""
    return fold(facts(connection, coupon_id))


def many(connection: Connection, query: Select[Any]) -> list[Coupon]:
    """Return the coupons whose ids a query selects, in its order."""
    ids = [row[0] for row in connection.execute(query)]
    found: dict[str, list[CouponFact]] = {each: [] for each in ids}
    for start in range(0, len(ids), _MANY):
        some = ids[start : start + _MANY]
        rows = connection.execute(
            select(coupon_fact)
            .where(coupon_fact.c.coupon_id.in_(some))
            .order_by(coupon_fact.c.coupon_id, coupon_fact.c.seq)
        )
        for row in rows:
            found[row.coupon_id].append(fact_of(row))
    folded = [fold(each) for each in found.values()]
    return [each for each in folded if each is not None]


def by_digest(connection: Connection, digest: str) -> Coupon | None:
    """Return the coupon whose code has this digest."""
    query = select(coupon.c.coupon_id).where(coupon.c.code_digest == digest)
    found = connection.execute(query).scalar() if digest else None
    return one(connection, found) if found is not None else None


def by_cause(connection: Connection, cause: str) -> Coupon | None:
    """Return the coupon that was given for a cause."""
    named = (coupon_fact.c.cause != "", coupon_fact.c.cause == cause)
    query = select(coupon_fact.c.coupon_id).where(*named)
    found = connection.execute(query).scalar() if cause else None
    return one(connection, found) if found is not None else None


def of_member(
    connection: Connection, ids: Sequence[str], *, all_too: bool
) -> list[Coupon]:
    """Return a person's coupons, those that end soon first."""
    if not any(ids):
        return []
    query = select(coupon.c.coupon_id).where(coupon.c.member_id.in_(list(ids)))
    if not all_too:
        query = query.where(coupon.c.state.in_(OPEN_STATES))
    order = (coupon.c.ends_at_ms.is_(None), coupon.c.ends_at_ms, coupon.c.coupon_id)
    return many(connection, query.order_by(*order))


def reserved_in(connection: Connection, basket_id: str) -> list[Coupon]:
    """Return the coupons that lie in a basket."""
    if not basket_id:
        return []
    return many(connection, _RESERVED_IN.params(basket=basket_id))


def redeemed_in(connection: Connection, sale_id: str) -> list[Coupon]:
    """Return the coupons that are redeemed in a sale, as now."""
    query = select(coupon.c.coupon_id).where(
        coupon.c.sale_id == sale_id, coupon.c.state == CouponState.REDEEMED.value
    )
    return many(connection, query.order_by(coupon.c.coupon_id)) if sale_id else []


def issued(connection: Connection, template_id: str, ids: Sequence[str]) -> int:
    """Return how many of a template were ever given; shares do not count."""
    query = select(func.count()).where(
        coupon.c.template_id == template_id, coupon.c.parent_id == ""
    )
    if ids:
        query = query.where(coupon.c.member_id.in_(list(ids)))
    return connection.execute(query).scalar_one()


def batch(connection: Connection, batch_id: str) -> StoredBatch | None:
    """Return a batch."""
    row = connection.execute(
        batch_query().where(coupon_batch.c.batch_id == batch_id)
    ).first()
    return None if row is None else batch_of(row)


def batch_query() -> Select[Any]:
    """Return what selects batches with how far they went; one seek for each count."""

    def counted(*where: ColumnElement[bool]) -> Any:
        query = select(func.count()).where(
            coupon.c.batch_id == coupon_batch.c.batch_id, *where
        )
        return query.correlate(coupon_batch).scalar_subquery()

    return select(
        coupon_batch,
        coupon_batch_end.c.at_ms.label("ended_at_ms"),
        counted().label("issued"),
        counted(coupon.c.member_id != "").label("claimed"),
        counted(coupon.c.state == CouponState.REDEEMED.value).label("redeemed"),
        counted(coupon.c.state.in_(OPEN_STATES)).label("open"),
    ).outerjoin(
        coupon_batch_end, coupon_batch_end.c.batch_id == coupon_batch.c.batch_id
    )


def is_in_hand(connection: Connection, basket_id: str) -> bool:
    """Tell whether a basket is open or parked at this till."""
    if open_sale_rows.open_basket_id(connection) == basket_id:
        return True
    query = select(parked_sale.c.number).where(parked_sale.c.basket_id == basket_id)
    return connection.execute(query).first() is not None


def ended(states: Sequence[CouponState], by_ms: int) -> ColumnElement[bool]:
    """Return the condition that a coupon's time is over."""
    names = [state.value for state in states]
    return and_(coupon.c.state.in_(names), coupon.c.ends_at_ms <= by_ms)


def within(batches: Sequence[str], start: int | None, end: int | None) -> Select[Any]:
    """Return what selects coupons of batches; of those redeemed, within a while."""
    inside: list[ColumnElement[bool]] = []
    if start is not None:
        inside.append(coupon.c.redeemed_at_ms >= start)
    if end is not None:
        inside.append(coupon.c.redeemed_at_ms < end)
    is_open = coupon.c.state != CouponState.REDEEMED.value
    return (
        select(coupon.c.coupon_id)
        .where(coupon.c.batch_id.in_(list(batches)), or_(is_open, and_(*inside)))
        .order_by(coupon.c.coupon_id)
        if inside
        else select(coupon.c.coupon_id)
        .where(coupon.c.batch_id.in_(list(batches)))
        .order_by(coupon.c.coupon_id)
    )
