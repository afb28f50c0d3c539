"""Finished sales decoded: those that were read last only once, or many together.

A return asks for its receipt again and again; one of 10,000 lines takes a second to
decode. The stored bytes are read each time and compared, so nothing old is told.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from pos_app.domain.codec import sale_from_journal
from pos_app.domain.sale import Sale
from pos_app.persistence.ledger import journal_rows, sale_rows, tables

#: A receipt, and the tickets in which goods of it came back before.
_MOST = 4
_Stored = tuple[object, str, list[str]]


class DecodedSale:
    """Decodes finished sales, on any thread; remembers the last few."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[_Stored, Sale]] = {}

    def of(self, connection: Connection, row: Row[Any]) -> Sale:
        """Return the sale of a row of `sale`."""
        canonical = journal_rows.canonical_of(connection, row.epoch, row.seq)
        notes = sale_rows.notes_of(connection, row.sale_id)
        stored = (canonical, row.cashier_name, notes)
        known = self._known.get(row.sale_id)
        if known is not None and known[0] == stored:
            return known[1]
        body = json.loads(canonical)["body"]
        sale = sale_from_journal(body, row.cashier_name, notes)
        others = [pair for pair in self._known.items() if pair[0] != row.sale_id]
        self._known = {**dict(others[1 - _MOST :]), row.sale_id: (stored, sale)}
        return sale


def decoded_sales(connection: Connection, ids: Sequence[str]) -> list[Sale]:
    """Return finished sales with two questions for all of them; they are not kept."""
    table, line = tables.sale, tables.sale_line
    entry = tables.journal
    at = (entry.c.epoch == table.c.epoch) & (entry.c.seq == table.c.seq)
    whole = select(table.c.sale_id, table.c.cashier_name, entry.c.canonical)
    rows = connection.execute(whole.join(entry, at).where(table.c.sale_id.in_(ids)))
    found = {row.sale_id: row for row in rows}
    notes: dict[str, list[str]] = {sale_id: [] for sale_id in ids}
    said = select(line.c.sale_id, line.c.note).where(line.c.sale_id.in_(ids))
    for row in connection.execute(said.order_by(line.c.sale_id, line.c.position)):
        notes[row.sale_id].append(row.note)
    return [
        sale_from_journal(
            json.loads(found[x].canonical)["body"], found[x].cashier_name, notes[x]
        )
        for x in ids
        if x in found
    ]
