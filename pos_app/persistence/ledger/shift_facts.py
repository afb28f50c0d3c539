"""The journal entries that count in a shift, found again in the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, select, tuple_

from pos_app.domain.journal import EntryKind
from pos_app.domain.shift import TILL_DRAWER, Shift, ShiftTotal
from pos_app.domain.shift_facts import COUNTED_FACTS, SHIFT, of_fact
from pos_app.persistence.ledger.day_tables import shift as shift_table
from pos_app.persistence.ledger.day_tables import shift_close
from pos_app.persistence.ledger.tables import journal

_Place = tuple[int, int]
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
    found: list[ShiftTotal] = []
    for actor, body, kind in _facts(connection, since, opened):
        is_its_own = shift.drawer in (TILL_DRAWER, actor)
        if body.get(SHIFT) == "" and is_its_own:
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
    for _actor, body, kind in _facts(connection, opened, closed):
        if body.get(SHIFT) == shift.shift_id:
            found += of_fact(kind, body)
    return found


def _opened(connection: Connection, shift_id: str) -> _Place:
    columns = shift_table.c
    query = select(columns.epoch, columns.seq).where(columns.shift_id == shift_id)
    row = connection.execute(query).one()
    return row[0], row[1]


def _facts(
    connection: Connection, after: _Place, before: _Place
) -> Iterator[tuple[str, dict[str, object], EntryKind]]:
    place = tuple_(journal.c.epoch, journal.c.seq)
    for kind in sorted(COUNTED_FACTS):
        query = (
            select(journal.c.actor, journal.c.canonical)
            .where(
                journal.c.kind == kind.value,
                place > tuple_(*after),
                place < tuple_(*before),
            )
            .order_by(journal.c.epoch, journal.c.seq)
        )
        for row in connection.execute(query):
            body: dict[str, object] = json.loads(row.canonical)["body"]
            yield row.actor, body, kind
