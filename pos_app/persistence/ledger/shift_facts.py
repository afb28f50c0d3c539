"""The journal entries that count in a shift, found again in the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, select, text, tuple_

from pos_app.domain.journal import EntryKind
from pos_app.domain.shift import TILL_DRAWER, Shift, ShiftTotal
from pos_app.domain.shift_facts import COUNTED_FACTS, SHIFT, of_fact
from pos_app.persistence.ledger.day_tables import shift as shift_table
from pos_app.persistence.ledger.day_tables import shift_close

_Place = tuple[int, int]
#: SQLite would guess the index of the kinds for one person's entries too.
_OF_ONE = """
SELECT plain(canonical) FROM journal INDEXED BY ix_journal_actor
WHERE actor = :actor AND kind = :kind
  AND (epoch, seq) > (:e1, :s1) AND (epoch, seq) < (:e2, :s2)
ORDER BY epoch, seq
"""
_OF_ALL = """
SELECT plain(canonical) FROM journal INDEXED BY ix_journal_kind
WHERE kind = :kind AND (epoch, seq) > (:e1, :s1) AND (epoch, seq) < (:e2, :s2)
ORDER BY epoch, seq
"""
#: Behind every entry.
_END: _Place = (2**62, 0)


def between_shifts(connection: Connection, shift: Shift) -> list[ShiftTotal]:
    """Return what a shift takes over: what was done while none was open.

    A line voided before the first sale of the day, a drawer opened after the last
    close: it counts in the next shift of that drawer, so that it is on some Z.
    """
    opened = _opened(connection, shift.shift_id)
    before = (
        select(shift_close.c.epoch, shift_close.c.seq)
        .join(shift_table, shift_table.c.shift_id == shift_close.c.shift_id)
        .where(
            shift_table.c.drawer == shift.drawer,
            tuple_(shift_close.c.epoch, shift_close.c.seq) < tuple_(*opened),
        )
        .order_by(shift_close.c.epoch.desc(), shift_close.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(before).first()
    since = (row[0], row[1]) if row else (0, 0)
    # Somebody's own drawer asks for their own entries: there are few, while there
    # is a drawer opened for every cash sale of the shop.
    actor = "" if shift.drawer == TILL_DRAWER else shift.drawer
    found: list[ShiftTotal] = []
    for body, kind in _facts(connection, since, opened, actor):
        if body.get(SHIFT) == "":
            found += of_fact(kind, body)
    return found


def in_shift(connection: Connection, shift: Shift) -> list[ShiftTotal]:
    """Return what the entries that name a shift add to it."""
    opened = _opened(connection, shift.shift_id)
    query = select(shift_close.c.epoch, shift_close.c.seq)
    row = connection.execute(
        query.where(shift_close.c.shift_id == shift.shift_id)
    ).first()
    closed = (row[0], row[1]) if row else _END
    found: list[ShiftTotal] = []
    for body, kind in _facts(connection, opened, closed):
        if body.get(SHIFT) == shift.shift_id:
            found += of_fact(kind, body)
    return found


def _opened(connection: Connection, shift_id: str) -> _Place:
    columns = shift_table.c
    query = select(columns.epoch, columns.seq).where(columns.shift_id == shift_id)
    row = connection.execute(query).one()
    return row[0], row[1]


def _facts(
    connection: Connection, after: _Place, before: _Place, actor: str = ""
) -> Iterator[tuple[dict[str, object], EntryKind]]:
    """Yield the entries between two places: everybody's, or one person's."""
    query = text(_OF_ONE if actor else _OF_ALL)
    known = {"e1": after[0], "s1": after[1], "e2": before[0], "s2": before[1]}
    for kind in sorted(COUNTED_FACTS):
        values = {**known, "kind": kind.value} | ({"actor": actor} if actor else {})
        for (canonical,) in connection.execute(query, values):
            body: dict[str, object] = json.loads(canonical)["body"]
            yield body, kind
