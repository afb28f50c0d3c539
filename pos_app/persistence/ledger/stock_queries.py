"""What the moves of goods say, quick at any number of them (ports.stock.StockReader).

Moves are only ever added, so their row numbers are in the order of time: an index
over the item finds the newest at once, and a page goes on where the last one ended.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, select, tuple_

from pos_app.domain.stock_document import StockDocument, StockKind, StockLine
from pos_app.domain.stock_draft import StockDraft
from pos_app.persistence.ledger.stock_rows import balance_of, read_draft
from pos_app.persistence.ledger.stock_tables import (
    stock_cost_waiting,
    stock_document,
    stock_document_line,
)
from pos_app.ports.stock import (
    MoveKind,
    MovePage,
    Place,
    StockFigures,
    StockMove,
    StockSummary,
)
from pos_app.values.times import Timestamp

T = TypeVar("T")
#: Behind every row number.
_END = 1 << 62
_WEEK, _MONTH = 7, 28

_OF_KIND = {
    None: "1",
    MoveKind.SOLD: "kind = '' AND thousandths < 0",
    MoveKind.RETURNED: "kind = '' AND thousandths > 0",
    MoveKind.RECEIVED: "kind = 'received'",
    MoveKind.WASTED: "kind = 'wasted'",
    MoveKind.ADJUSTED: "kind = 'adjusted'",
}
_PLACES = """
SELECT rowid FROM stock_move
WHERE item_id = ? AND rowid < ? AND {kind} ORDER BY rowid DESC LIMIT ?
"""
#: The balance after each move, counted back from the one before the page.
_PAGE = """
SELECT m.place, m.document_id, m.kind, m.thousandths, m.after, m.business_day,
       s.number, s.cashier_name, s.ended_at_ms, s.reverses,
       d.number, d.staff_name, d.at_ms, d.mirrors, d.reason, l.reason
FROM (
  SELECT rowid AS place, document_id, position, kind, thousandths, business_day,
         ? - coalesce(sum(thousandths) OVER (
           ORDER BY rowid DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
         AS after
  FROM stock_move WHERE item_id = ? AND rowid < ? AND rowid >= ?) m
LEFT JOIN sale s ON m.kind = '' AND s.sale_id = m.document_id
LEFT JOIN stock_document d ON m.kind <> '' AND d.document_id = m.document_id
LEFT JOIN stock_document_line l
  ON m.kind <> '' AND l.document_id = m.document_id AND l.position = m.position
WHERE m.place IN (SELECT value FROM json_each(?))
ORDER BY m.place DESC
"""
_FIGURES = """
SELECT i.value,
  (SELECT thousandths FROM stock_balance b WHERE b.item_id = i.value),
  (SELECT business_day FROM stock_move m WHERE m.item_id = i.value
   AND m.kind = 'received' AND m.thousandths > 0 ORDER BY business_day DESC LIMIT 1),
  (SELECT business_day FROM stock_move m WHERE m.item_id = i.value
   AND m.kind = '' AND m.thousandths < 0 ORDER BY business_day DESC LIMIT 1),
  (SELECT -sum(thousandths) FROM stock_move m WHERE m.item_id = i.value
   AND m.kind = '' AND m.business_day > ? AND m.business_day <= ?),
  (SELECT -sum(thousandths) FROM stock_move m WHERE m.item_id = i.value
   AND m.kind = '' AND m.business_day > ? AND m.business_day <= ?)
FROM json_each(?) i
"""
_BELOW_ZERO = (
    "SELECT item_id FROM stock_balance WHERE thousandths < 0 "
    "ORDER BY thousandths, item_id LIMIT ?"
)


class SqlStockReader:
    """Stock, as committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def document(self, document_id: str) -> StockDocument | None:
        """Return a document."""
        return self._read(lambda c: read_document(c, document_id))

    def mirror_of(self, document_id: str) -> str:
        """Return the number of what undid a document; "" while it stands."""
        query = select(stock_document.c.number).where(
            stock_document.c.mirrors == document_id
        )
        return self._read(lambda c: c.execute(query).scalar()) or ""

    def documents(
        self, kind: StockKind | None, before: Place | None, limit: int
    ) -> Sequence[StockSummary]:
        """Return documents, newest first."""
        table, undone = stock_document, stock_document.alias("undone")
        query = (
            select(table, undone.c.number.label("mirrored_by"))
            .outerjoin(
                undone,
                (undone.c.mirrors == table.c.document_id) & (undone.c.mirrors != ""),
            )
            .order_by(table.c.epoch.desc(), table.c.seq.desc())
            .limit(limit)
        )
        if kind is not None:
            query = query.where(table.c.kind == kind.value)
        if before is not None:
            query = query.where(tuple_(table.c.epoch, table.c.seq) < before)
        return self._read(lambda c: [_summary(row) for row in c.execute(query)])

    def moves(
        self, item_id: str, kind: MoveKind | None, before: Place | None, limit: int
    ) -> MovePage:
        """Return an item's moves, newest first."""
        return self._read(lambda c: _moves(c, item_id, kind, before, limit))

    def figures(
        self, item_ids: Sequence[str], today: date
    ) -> Mapping[str, StockFigures]:
        """Return what the moves of items add up to, by item."""
        day = today.isoformat()
        week = (today - timedelta(days=_WEEK)).isoformat()
        month = (today - timedelta(days=_MONTH)).isoformat()
        asked = (week, day, month, day, json.dumps(list(item_ids)))
        rows = self._read(lambda c: c.exec_driver_sql(_FIGURES, asked).fetchall())
        return {
            row[0]: StockFigures(
                thousandths=row[1] or 0,
                last_received=_day(row[2]),
                last_sold=_day(row[3]),
                sold_week=row[4] or 0,
                sold_month=row[5] or 0,
            )
            for row in rows
        }

    def below_zero(self, limit: int) -> Sequence[str]:
        """Return the items of which more went than came, the most first."""
        rows = self._read(lambda c: c.exec_driver_sql(_BELOW_ZERO, (limit,)).fetchall())
        return [row[0] for row in rows]

    def draft(self, kind: StockKind) -> StockDraft | None:
        """Return the document that is being written; None for none."""
        return self._read(lambda c: read_draft(c, kind))

    def costs_waiting(self) -> Sequence[str]:
        """Return the ids of documents whose costs wait, oldest first."""
        query = select(stock_cost_waiting.c.document_id).order_by(
            stock_cost_waiting.c.document_id
        )
        return self._read(lambda c: list(c.execute(query).scalars()))

    def _read(self, question: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return question(connection)


def read_document(connection: Connection, document_id: str) -> StockDocument | None:
    """Return a document with its lines."""
    table = stock_document
    row = connection.execute(
        select(table).where(table.c.document_id == document_id)
    ).first()
    if row is None:
        return None
    mirrored = connection.execute(
        select(table.c.number).where(table.c.document_id == row.mirrors)
    ).scalar()
    return StockDocument(
        document_id=row.document_id,
        number=row.number,
        kind=StockKind(row.kind),
        till=row.till,
        staff_id=row.staff_id,
        staff_name=row.staff_name,
        business_day=date.fromisoformat(row.business_day),
        at=Timestamp(row.at_ms),
        lines=_lines(connection, document_id),
        approved_by=row.approved_by,
        supplier=row.supplier,
        delivery_note=row.delivery_note,
        reason=row.reason,
        mirrors=row.mirrors,
        mirrored_number=mirrored or "",
    )


def _lines(connection: Connection, document_id: str) -> tuple[StockLine, ...]:
    table = stock_document_line
    rows = connection.execute(
        select(table)
        .where(table.c.document_id == document_id)
        .order_by(table.c.position)
    )
    return tuple(
        StockLine(
            item_id=row.item_id,
            unit_id=row.unit_id,
            sku=row.sku,
            name=row.name,
            variant=row.variant,
            unit_name=row.unit_name,
            quantity_thousandths=row.quantity_thousandths,
            pieces_thousandths=row.pieces_thousandths,
            before_thousandths=row.before_thousandths,
            cost_minor=row.cost_minor,
            reason=row.reason,
        )
        for row in rows
    )


def _moves(
    connection: Connection,
    item_id: str,
    kind: MoveKind | None,
    before: Place | None,
    limit: int,
) -> MovePage:
    """Find the page's moves by the index, then count the balance back to them."""
    start = before or (_END, balance_of(connection, item_id))
    statement = _PLACES.format(kind=_OF_KIND[kind])
    rows = connection.exec_driver_sql(statement, (item_id, start[0], limit + 1))
    places = [row[0] for row in rows][: limit + 1]
    if not places:
        return MovePage((), None)
    shown = places[:limit]
    asked = (start[1], item_id, start[0], shown[-1], json.dumps(shown))
    page = connection.exec_driver_sql(_PAGE, asked).fetchall()
    moves = tuple(_move(row) for row in page)
    last = moves[-1]
    rest = (last.place[0], last.after_thousandths - last.thousandths)
    return MovePage(moves, rest if len(places) > limit else None)


def _move(row: Any) -> StockMove:
    is_ticket = not row[2]
    kind = MoveKind.SOLD if row[3] < 0 else MoveKind.RETURNED
    number, who, at_ms, mirrors = row[6:10] if is_ticket else row[10:14]
    return StockMove(
        document_id=row[1],
        number=number or "",
        kind=kind if is_ticket else MoveKind(row[2]),
        is_mirror=bool(mirrors),
        thousandths=row[3],
        after_thousandths=row[4],
        who=who or "",
        business_day=date.fromisoformat(row[5]),
        at=Timestamp(at_ms or 0),
        reason="" if is_ticket else (row[15] or row[14] or ""),
        place=(row[0], row[4]),
    )


def _summary(row: Row[Any]) -> StockSummary:
    return StockSummary(
        document_id=row.document_id,
        number=row.number,
        kind=StockKind(row.kind),
        staff_name=row.staff_name,
        business_day=date.fromisoformat(row.business_day),
        at=Timestamp(row.at_ms),
        supplier=row.supplier,
        delivery_note=row.delivery_note,
        reason=row.reason,
        line_count=row.line_count,
        is_mirror=bool(row.mirrors),
        mirrored_by=row.mirrored_by or "",
        place=(row.epoch, row.seq),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
