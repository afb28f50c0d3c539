"""Looks finished sales up, as somebody with a receipt in hand describes them.

Rows are only ever appended, so the order of their row ids is the order of time, and
an index yields the newest of a key first without sorting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, literal_column, select

from pos_app.domain.numbering import document_number
from pos_app.persistence.ledger.tables import (
    number_series,
    sale,
    sale_line,
    sale_tender,
)
from pos_app.ports.returns import ReceiptFound
from pos_app.values.times import BusinessDay, Timestamp

#: How many characters of a reference the index knows.
REFERENCE_END = 4


def by_serial(connection: Connection, serial: int) -> tuple[ReceiptFound, ...]:
    """Return the sales of a serial in any series of this till, newest first."""
    table = number_series.c
    query = select(table.till, table.series).where(table.last >= serial)
    numbers = [
        document_number(till, series, serial)
        for till, series in connection.execute(query)
    ]
    if not numbers:
        return ()
    chosen = select(sale).where(sale.c.number.in_(numbers))
    newest = chosen.order_by(sale.c.epoch.desc(), sale.c.seq.desc())
    return _paid(connection, map(_found, connection.execute(newest)))


def of_day(
    connection: Connection, day: BusinessDay, limit: int
) -> tuple[ReceiptFound, ...]:
    """Return the sales of a business day, newest first."""
    chosen = select(sale).where(sale.c.business_day == day.isoformat())
    newest = chosen.order_by(literal_column("sale.rowid").desc()).limit(limit)
    return _paid(connection, map(_found, connection.execute(newest)))


def by_reference(
    connection: Connection, end: str, limit: int
) -> tuple[ReceiptFound, ...]:
    """Return the sales paid with a tender whose reference ends so, newest first."""
    # Each part said as it is in the index, or SQLite would not use it.
    tail = func.substr(sale_tender.c.reference, literal_column(str(-REFERENCE_END)))
    query = (
        select(sale_tender.c.sale_id)
        .where(tail == end, sale_tender.c.reference != literal_column("''"))
        .order_by(literal_column("sale_tender.rowid").desc())
        .limit(limit)
    )
    return _each(connection, connection.execute(query).scalars())


def of_item(
    connection: Connection, item_id: str, limit: int
) -> tuple[ReceiptFound, ...]:
    """Return the sales in which an item was sold, newest first."""
    query = (
        select(sale_line.c.sale_id)
        .where(sale_line.c.item_id == item_id)
        .order_by(literal_column("sale_line.rowid").desc())
        .limit(limit)
    )
    return _each(connection, connection.execute(query).scalars())


def _each(connection: Connection, sale_ids: Iterable[str]) -> tuple[ReceiptFound, ...]:
    """Return each sale once, in the order in which they are named."""
    order = list(dict.fromkeys(sale_ids))
    if not order:
        return ()
    rows = connection.execute(select(sale).where(sale.c.sale_id.in_(order)))
    found = {row.sale_id: _found(row) for row in rows}
    return _paid(connection, (found[sale_id] for sale_id in order))


def _paid(
    connection: Connection, receipts: Iterable[ReceiptFound]
) -> tuple[ReceiptFound, ...]:
    """Say of each sale with which tenders it was paid."""
    found = tuple(receipts)
    columns = sale_tender.c
    query = select(columns.sale_id, columns.key).where(
        columns.sale_id.in_([each.sale_id for each in found])
    )
    keys: dict[str, dict[str, None]] = {}
    for sale_id, key in connection.execute(query.order_by(columns.position)):
        keys.setdefault(sale_id, {})[key] = None
    return tuple(
        replace(each, tender_keys=tuple(keys.get(each.sale_id, ()))) for each in found
    )


def _found(row: Row[Any]) -> ReceiptFound:
    return ReceiptFound(
        sale_id=row.sale_id,
        number=row.number,
        business_day=date.fromisoformat(row.business_day),
        ended_at=Timestamp(row.ended_at_ms),
        cashier_name=row.cashier_name,
        total_minor=row.total_minor,
        item_count=row.item_count,
        returned_minor=row.returned_minor,
        reverses=row.reverses,
    )
