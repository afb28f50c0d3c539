"""Stock documents and their drafts as rows of the ledger (ports.stock.StockWriter)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, Table, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.codec import from_plain, to_plain
from pos_app.domain.journal import EntryKind, JournalEntry
from pos_app.domain.stock_document import (
    StockDocument,
    StockKind,
    StockLine,
    with_balances,
)
from pos_app.domain.stock_draft import StockDraft, StockDraftLine
from pos_app.errors import UserError
from pos_app.persistence.ledger import moves
from pos_app.persistence.ledger.stock_tables import (
    stock_cost_waiting,
    stock_document,
    stock_document_line,
    stock_draft,
    stock_draft_line,
)
from pos_app.persistence.ledger.tables import stock_balance
from pos_app.ports.ledger import Stamp
from pos_app.values.quantity import from_thousandths

Append = Callable[[EntryKind, Mapping[str, object], Stamp], JournalEntry]
_ENTRY_KINDS = {
    StockKind.RECEIVED: EntryKind.STOCK_RECEIVED,
    StockKind.WASTED: EntryKind.STOCK_WASTED,
    StockKind.ADJUSTED: EntryKind.STOCK_ADJUSTED,
}


class SqlStock:
    """Stock inside one transaction of the ledger."""

    def __init__(self, connection: Connection, append: Append) -> None:
        self._connection = connection
        self._append = append

    # ----------------------------------------------------------------- documents

    def add(self, document: StockDocument) -> StockDocument:
        """Store a document whole; see ports.stock.StockWriter."""
        self._refuse_doubled(document)
        balances = self._balances({line.item_id for line in document.lines})
        found = replace(document, lines=with_balances(document.lines, balances))
        found.check()
        stamp = Stamp(found.staff_id, found.business_day, found.at)
        entry = self._append(_ENTRY_KINDS[found.kind], journal_body(found), stamp)
        self._connection.execute(insert(stock_document), _head_row(found, entry))
        self._connection.execute(insert(stock_document_line), list(_line_rows(found)))
        moves.record_document(self._connection, found)
        if any(line.cost_minor is not None for line in found.lines):
            row = {"document_id": found.document_id}
            self._connection.execute(insert(stock_cost_waiting), row)
        self._forget_draft(found.document_id)
        return found

    def costs_taken(self, document_id: str) -> None:
        """Remember that the catalogue has a document's costs."""
        chosen = stock_cost_waiting.c.document_id == document_id
        self._connection.execute(delete(stock_cost_waiting).where(chosen))

    def _refuse_doubled(self, document: StockDocument) -> None:
        table = stock_document
        same = select(table.c.number).where(table.c.document_id == document.document_id)
        number = self._connection.execute(same).scalar()
        if number is not None:
            raise UserError("stock_already_booked", number=number)
        if not document.mirrors:
            return
        undone = select(table.c.number).where(table.c.mirrors == document.mirrors)
        number = self._connection.execute(undone).scalar()
        if number is not None:
            raise UserError("stock_already_mirrored", number=number)

    def _balances(self, item_ids: set[str]) -> dict[str, int]:
        statement = (
            "SELECT item_id, thousandths FROM stock_balance "
            "WHERE item_id IN (SELECT value FROM json_each(?))"
        )
        rows = self._connection.exec_driver_sql(
            statement, (json.dumps(sorted(item_ids)),)
        )
        return {row[0]: row[1] for row in rows}

    # -------------------------------------------------------------------- drafts

    def put_draft(self, draft: StockDraft, line: StockDraftLine | None) -> None:
        """Store a draft's head and the one line that changed, if one did."""
        self._put_head(draft)
        if line is None:
            return
        table = stock_draft_line
        next_place = (
            select(func.coalesce(func.max(table.c.position), 0) + 1)
            .where(table.c.draft_id == draft.draft_id)
            .scalar_subquery()
        )
        statement = upsert(table).values(
            draft_id=draft.draft_id,
            position=next_place,
            line_id=line.line_id,
            body=_text_of(line),
        )
        statement = statement.on_conflict_do_update(
            index_elements=[table.c.line_id], set_={"body": statement.excluded.body}
        )
        self._connection.execute(statement)

    def put_whole_draft(self, draft: StockDraft) -> None:
        """Store a draft with all its lines, in place of what was stored."""
        self.drop_draft(draft.kind)
        self._put_head(draft)
        rows = [
            {
                "draft_id": draft.draft_id,
                "position": position,
                "line_id": line.line_id,
                "body": _text_of(line),
            }
            for position, line in enumerate(draft.lines, 1)
        ]
        if rows:
            self._connection.execute(insert(stock_draft_line), rows)

    def drop_draft_line(self, draft_id: str, line_id: str) -> None:
        """Take a line out of a draft."""
        table = stock_draft_line
        chosen = (table.c.draft_id == draft_id) & (table.c.line_id == line_id)
        self._connection.execute(delete(table).where(chosen))

    def drop_draft(self, kind: StockKind) -> None:
        """Give a draft up."""
        query = select(stock_draft.c.draft_id).where(stock_draft.c.kind == kind.value)
        draft_id = self._connection.execute(query).scalar()
        if draft_id is not None:
            self._forget_draft(draft_id)

    def _put_head(self, draft: StockDraft) -> None:
        row = {
            "draft_id": draft.draft_id,
            "supplier": draft.supplier,
            "delivery_note": draft.delivery_note,
            "reason": draft.reason,
        }
        statement = upsert(stock_draft).values(kind=draft.kind.value, **row)
        statement = statement.on_conflict_do_update(index_elements=["kind"], set_=row)
        self._connection.execute(statement)

    def _forget_draft(self, draft_id: str) -> None:
        for table in (stock_draft_line, stock_draft):
            self._delete(table, draft_id)

    def _delete(self, table: Table, draft_id: str) -> None:
        self._connection.execute(delete(table).where(table.c.draft_id == draft_id))


def read_draft(connection: Connection, kind: StockKind) -> StockDraft | None:
    """Return the document of a kind that is being written; None for none."""
    head = connection.execute(
        select(stock_draft).where(stock_draft.c.kind == kind.value)
    ).first()
    if head is None:
        return None
    table = stock_draft_line
    bodies = connection.execute(
        select(table.c.body)
        .where(table.c.draft_id == head.draft_id)
        .order_by(table.c.position)
    ).scalars()
    return StockDraft(
        draft_id=head.draft_id,
        kind=kind,
        supplier=head.supplier,
        delivery_note=head.delivery_note,
        reason=head.reason,
        lines=tuple(from_plain(StockDraftLine, json.loads(body)) for body in bodies),
    )


def balance_of(connection: Connection, item_id: str) -> int:
    """Return an item's balance, thousandths of base units."""
    query = select(stock_balance.c.thousandths).where(
        stock_balance.c.item_id == item_id
    )
    return connection.execute(query).scalar() or 0


def journal_body(document: StockDocument) -> dict[str, object]:
    """Return what the journal says of a document: ids and quantities (law 14).

    Who delivered stands in the document's row only: it may be a person's name.
    """
    return {
        "document_id": document.document_id,
        "number": document.number,
        "kind": document.kind.value,
        "delivery_note": document.delivery_note,
        "reason": document.reason,
        "mirrors": document.mirrors,
        "mirrored_number": document.mirrored_number,
        "approved_by": document.approved_by,
        "lines": [_told_line(line) for line in document.lines],
    }


def _told_line(line: StockLine) -> dict[str, object]:
    return {
        "item_id": line.item_id,
        "unit_id": line.unit_id,
        "quantity": str(from_thousandths(line.quantity_thousandths)),
        "pieces": str(from_thousandths(line.pieces_thousandths)),
        "before": str(from_thousandths(line.before_thousandths)),
        "after": str(from_thousandths(line.after_thousandths)),
        "cost_minor": line.cost_minor,
        "reason": line.reason,
    }


def _head_row(document: StockDocument, entry: JournalEntry) -> dict[str, object]:
    return {
        "document_id": document.document_id,
        "number": document.number,
        "epoch": entry.epoch,
        "seq": entry.seq,
        "kind": document.kind.value,
        "till": document.till,
        "staff_id": document.staff_id,
        "staff_name": document.staff_name,
        "approved_by": document.approved_by,
        "business_day": document.business_day.isoformat(),
        "at_ms": document.at.unix_ms,
        "supplier": document.supplier,
        "delivery_note": document.delivery_note,
        "reason": document.reason,
        "mirrors": document.mirrors,
        "line_count": len(document.lines),
    }


def _line_rows(document: StockDocument) -> Iterable[dict[str, object]]:
    for position, line in enumerate(document.lines, 1):
        yield {
            "document_id": document.document_id,
            "position": position,
            "item_id": line.item_id,
            "unit_id": line.unit_id,
            "sku": line.sku,
            "name": line.name,
            "variant": line.variant,
            "unit_name": line.unit_name,
            "quantity_thousandths": line.quantity_thousandths,
            "pieces_thousandths": line.pieces_thousandths,
            "before_thousandths": line.before_thousandths,
            "cost_minor": line.cost_minor,
            "reason": line.reason,
        }


def _text_of(line: StockDraftLine) -> str:
    return json.dumps(to_plain(line), ensure_ascii=False)
