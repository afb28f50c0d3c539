"""The open sale: its intents, and the basket rebuilt from them (law 10)."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from pos_app.domain.basket import Basket
from pos_app.domain.codec import intent_from_plain, intent_to_plain
from pos_app.domain.intents_together import apply_all
from pos_app.domain.open_sale import Intent, OpenSale
from pos_app.persistence.ledger import value_rows
from pos_app.persistence.ledger.programme_in_force import mark_intent
from pos_app.persistence.ledger.tables import intent, open_sale
from pos_app.values.times import Timestamp

_SLOT = 1  # one open sale; parked ones have a table of their own
#: Said once: a basket of ten lines asks them a dozen times.
_OPEN = select(open_sale.c.basket_id)
_LAST = select(func.max(intent.c.position)).where(
    intent.c.basket_id == bindparam("basket")
)
_WHERE_IT_STANDS = select(_LAST.scalar_subquery(), _OPEN.scalar_subquery())
_ADD = insert(intent)
_CLOSE = delete(open_sale).where(open_sale.c.basket_id == bindparam("basket"))


def add_intent(
    connection: Connection, sale: OpenSale, accepted: Intent, at: Timestamp
) -> str:
    """Store an intent; the first one of a basket opens the sale.

    Returns:
        The id of the empty basket whose place the sale took; "" for none.
    """
    basket_id = sale.basket.basket_id
    stands = connection.execute(_WHERE_IT_STANDS, {"basket": basket_id}).one()
    last, gone = stands[0] or 0, ""
    if stands[1] != basket_id:
        gone = stands[1] or ""
        assert last == 0, "a basket that has ended is not opened again"
        _open(connection, sale)
    kind, body = intent_to_plain(accepted)
    connection.execute(
        _ADD,
        {
            "basket_id": basket_id,
            "position": last + 1,
            "kind": kind,
            "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
            "accepted_at_ms": at.unix_ms,
        },
    )
    mark_intent(connection)
    value_rows.hold(connection, basket_id, accepted, at)
    return gone


def open_basket_id(connection: Connection) -> str | None:
    """Return which basket is open; None between two customers."""
    return connection.execute(_OPEN).scalar()


def intent_count(connection: Connection, basket_id: str) -> int:
    """Return how many intents of a basket are stored; positions have no gap."""
    return connection.execute(_LAST, {"basket": basket_id}).scalar() or 0


def _open(connection: Connection, sale: OpenSale) -> None:
    """Open a sale; only an empty one may lie in its place."""
    before = rebuild(connection)
    assert before is None or before.is_empty, before
    open_again(connection, sale)


def open_again(connection: Connection, sale: OpenSale) -> None:
    """Make a sale the open one, in place of an empty one."""
    connection.execute(delete(open_sale))
    connection.execute(
        insert(open_sale),
        {
            "slot": _SLOT,
            "basket_id": sale.basket.basket_id,
            "cashier_id": sale.cashier_id,
            "business_day": sale.business_day.isoformat(),
            "started_at_ms": sale.started_at.unix_ms,
        },
    )


def close(connection: Connection, basket_id: str) -> None:
    """Forget that a sale is open; its intents stay for the black box."""
    connection.execute(_CLOSE, {"basket": basket_id})
    value_rows.let_go(connection, basket_id)


def rebuild(connection: Connection) -> OpenSale | None:
    """Return the open sale as the fold of its intents."""
    row = connection.execute(select(open_sale)).first()
    if row is None:
        return None
    empty = OpenSale(
        basket=Basket(row.basket_id),
        tenders=(),
        cashier_id=row.cashier_id,
        business_day=date.fromisoformat(row.business_day),
        started_at=Timestamp(row.started_at_ms),
    )
    return fold(connection, empty)


def fold(connection: Connection, empty: OpenSale) -> OpenSale:
    """Return a sale as its stored intents made it of an empty one."""
    query = (
        select(intent.c.kind, intent.c.body)
        .where(intent.c.basket_id == empty.basket.basket_id)
        .order_by(intent.c.position)
    )
    stored = connection.execute(query).all()
    intents = (intent_from_plain(kind, json.loads(body)) for kind, body in stored)
    return apply_all(empty, intents)
