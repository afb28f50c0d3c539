"""Writes and reads journal entries; the canonical bytes are stored once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, tuple_

from pos_app.domain.journal import (
    GENESIS_HASH,
    SCHEMA_VERSION,
    EntryKind,
    JournalEntry,
    canonical_json,
    link,
)
from pos_app.domain.journal_terms import terms_of
from pos_app.persistence.ledger.programme_in_force import mark_recorded
from pos_app.persistence.ledger.tables import journal, journal_term
from pos_app.ports.ledger import Stamp
from pos_app.values.times import Timestamp

_ROWS_AT_ONCE = 500
_NEWEST = (
    select(
        journal.c.epoch,
        journal.c.seq,
        journal.c.hash,
        journal.c.recorded_at_ms,
        journal.c.kind,
    )
    .order_by(journal.c.epoch.desc(), journal.c.seq.desc())
    .limit(1)
)


def head(connection: Connection) -> tuple[int, int, bytes, int, str] | None:
    """Return (epoch, seq, hash, recorded_at_ms, kind) of the newest entry."""
    row = connection.execute(_NEWEST).first()
    return None if row is None else (row[0], row[1], row[2], row[3], row[4])


def append(
    connection: Connection,
    identity: tuple[int, str],
    kind: EntryKind,
    body: Mapping[str, object],
    stamp: Stamp,
) -> JournalEntry:
    """Add an entry to the chain inside the caller's transaction.

    Args:
        connection: of the core thread.
        identity: the epoch in force and the entry's UUIDv7.
        kind: what became true.
        body: ids and amounts; no floats, no personal data.
        stamp: who, on which day, when. Work that took a while was stamped before
            what was recorded meanwhile; the entry then carries that time.
    """
    epoch, entry_id = identity
    newest = head(connection)
    at = stamp.at
    if newest is not None and newest[4] != EntryKind.CLOCK_CONFIRMED:
        at = max(at, Timestamp(newest[3]))  # only a confirmed clock may go back
    seq = newest[1] + 1 if newest and newest[0] == epoch else 1
    prev_hash = newest[2] if newest else GENESIS_HASH
    canonical = canonical_json(
        {
            "epoch": epoch,
            "seq": seq,
            "id": entry_id,
            "kind": kind.value,
            "v": SCHEMA_VERSION,
            "actor": stamp.actor,
            "day": stamp.business_day.isoformat(),
            "at": str(at),
            "body": body,
        }
    )
    entry = JournalEntry(
        epoch=epoch,
        seq=seq,
        entry_id=entry_id,
        kind=kind,
        schema_v=SCHEMA_VERSION,
        actor=stamp.actor,
        business_day=stamp.business_day,
        recorded_at=at,
        canonical=canonical,
        prev_hash=prev_hash,
        hash=link(prev_hash, canonical),
    )
    connection.execute(insert(journal), _row(entry))
    mark_recorded(connection)
    _write_terms(connection, (epoch, seq), kind.value, body)
    return entry


def _write_terms(
    connection: Connection, place: tuple[int, int], kind: str, body: Mapping[str, Any]
) -> None:
    epoch, seq = place
    rows = [
        {"term": term, "epoch": epoch, "seq": seq, "kind": kind}
        for term in terms_of(body)
    ]
    if rows:
        connection.execute(insert(journal_term), rows)


def write_all_terms(connection: Connection) -> None:
    """Write the terms of a journal that has none yet."""
    last: tuple[int, int] = (0, 0)
    while batch := _rows_after(connection, last):
        for row in batch:
            last = (row.epoch, row.seq)
            _write_terms(connection, last, row.kind, json.loads(row.canonical)["body"])


def _rows_after(connection: Connection, last: tuple[int, int]) -> Sequence[Row[Any]]:
    columns = (journal.c.epoch, journal.c.seq, journal.c.kind, journal.c.canonical)
    query: Select[Any] = (
        select(*columns)
        .where(tuple_(journal.c.epoch, journal.c.seq) > tuple_(*last))
        .order_by(journal.c.epoch, journal.c.seq)
        .limit(_ROWS_AT_ONCE)
    )
    return connection.execute(query).all()


def _row(entry: JournalEntry) -> dict[str, Any]:
    return {
        "epoch": entry.epoch,
        "seq": entry.seq,
        "entry_id": entry.entry_id,
        "kind": entry.kind.value,
        "schema_v": entry.schema_v,
        "actor": entry.actor,
        "business_day": entry.business_day.isoformat(),
        "recorded_at_ms": entry.recorded_at.unix_ms,
        "canonical": entry.canonical,
        "prev_hash": entry.prev_hash,
        "hash": entry.hash,
    }


def body_of(connection: Connection, epoch: int, seq: int) -> dict[str, Any]:
    """Return the body of an entry."""
    body = json.loads(canonical_of(connection, epoch, seq))["body"]
    assert isinstance(body, dict)
    return body


def canonical_of(connection: Connection, epoch: int, seq: int) -> bytes:
    """Return the bytes of an entry, as hashed."""
    query = select(journal.c.canonical).where(
        journal.c.epoch == epoch, journal.c.seq == seq
    )
    found: bytes = connection.execute(query).scalar_one()
    return found


def entries(
    connection: Connection, *, after: tuple[int, int] = (0, 0)
) -> Iterator[JournalEntry]:
    """Yield the entries after (epoch, seq) in the order of the chain."""
    epoch, seq = after
    query = (
        select(journal)
        .where(
            (journal.c.epoch > epoch)
            | ((journal.c.epoch == epoch) & (journal.c.seq > seq))
        )
        .order_by(journal.c.epoch, journal.c.seq)
    )
    for row in connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query):
        yield entry_of(row)


def entry_of(row: Row[Any]) -> JournalEntry:
    """Return the entry of a whole row."""
    return JournalEntry(
        epoch=row.epoch,
        seq=row.seq,
        entry_id=row.entry_id,
        kind=EntryKind(row.kind),
        schema_v=row.schema_v,
        actor=row.actor,
        business_day=date.fromisoformat(row.business_day),
        recorded_at=Timestamp(row.recorded_at_ms),
        canonical=row.canonical,
        prev_hash=row.prev_hash,
        hash=row.hash,
    )
