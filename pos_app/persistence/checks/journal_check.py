"""The chain of the journal, verified from its genesis or from its newest entries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from pos_app.domain.journal import GENESIS_HASH, EntryKind, link
from pos_app.persistence.checks.room import CheckRoom, fine, trouble
from pos_app.persistence.ledger.tables import journal, meta
from pos_app.ports.health import Action, Finding, Severity
from pos_app.values.times import Timestamp

_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first entry that breaks the chain.

    Attributes:
        epoch, seq: which entry.
        key: "journal_gap", "journal_relinked", "journal_changed",
            "journal_mislabelled" or "journal_time_went_back".
    """

    epoch: int
    seq: int
    key: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What verifying the chain found.

    Attributes:
        entries: how many entries hold.
        head: hash of the last of them.
        fault: the first that does not; None when all do.
    """

    entries: int
    head: bytes
    fault: ChainFault | None


def verify_chain(
    rows: Iterable[Row[Any]], start: Row[Any] | None = None
) -> ChainReport:
    """Verify entries in the order of the chain.

    Args:
        rows: journal rows after `start`, by epoch and seq.
        start: the entry before the first row, trusted; None for the genesis.
    """
    before, count = start, 0
    for row in rows:
        key = _fault(before, row)
        if key:
            head = before.hash if before is not None else GENESIS_HASH
            return ChainReport(count, head, ChainFault(row.epoch, row.seq, key))
        before, count = row, count + 1
    return ChainReport(count, before.hash if before is not None else GENESIS_HASH, None)


def whole_chain(connection: Connection) -> ChainReport:
    """Verify every entry from the genesis on; the canonical bytes are hashed anew."""
    query = select(journal).order_by(journal.c.epoch, journal.c.seq)
    streamed = connection.execution_options(yield_per=_ROWS_AT_ONCE)
    return verify_chain(streamed.execute(query))


def newest_of_chain(connection: Connection, count: int) -> ChainReport:
    """Verify the newest `count` entries."""
    order = (journal.c.epoch.desc(), journal.c.seq.desc())
    newest = connection.execute(select(journal).order_by(*order).limit(count + 1)).all()
    oldest_first = newest[::-1]
    if len(newest) <= count:
        return verify_chain(oldest_first)
    return verify_chain(oldest_first[1:], start=oldest_first[0])


def journal_chain(room: CheckRoom) -> Sequence[Finding]:
    """Verify the chain from its genesis."""
    with room.ledger.connect() as connection:
        report = whole_chain(connection)
        stored = select(meta.c.value).where(meta.c.key == "epoch")
        epoch = int(connection.execute(stored).scalar() or 1)
    if report.fault is None:
        head = report.head.hex()
        count = report.entries
        return fine(
            "journal_chain", "journal_sound", entries=count, head=head, epoch=epoch
        )
    return (chain_finding("journal_chain", report.fault),)


def chain_finding(check: str, fault: ChainFault) -> Finding:
    """Return a broken chain as a finding."""
    broken, action = Severity.BROKEN, Action.KEEP_AND_CALL
    return trouble(check, broken, fault.key, action, epoch=fault.epoch, seq=fault.seq)


def _fault(before: Row[Any] | None, row: Row[Any]) -> str | None:
    """Name what is wrong with one entry after its predecessor; None if nothing."""
    epoch, seq, prev_hash = (
        (before.epoch, before.seq, before.hash)
        if before is not None
        else (0, 0, GENESIS_HASH)
    )
    next_seq = seq + 1 if row.epoch == epoch else 1
    if row.seq != next_seq or row.epoch < epoch:
        return "journal_gap"
    if row.prev_hash != prev_hash:
        return "journal_relinked"
    whole = isinstance(row.canonical, bytes) and len(row.prev_hash) == len(GENESIS_HASH)
    if not whole or row.hash != link(row.prev_hash, row.canonical):
        return "journal_changed"
    if _labels(row) != _labels_inside(row):
        return "journal_mislabelled"
    return "journal_time_went_back" if _went_back(before, row) else None


def _went_back(before: Row[Any] | None, row: Row[Any]) -> bool:
    """Tell whether an entry is older than its predecessor, unconfirmed (law 13)."""
    if before is None or before.kind == EntryKind.CLOCK_CONFIRMED:
        return False
    return bool(row.recorded_at_ms < before.recorded_at_ms)


def _labels(row: Row[Any]) -> tuple[object, ...]:
    return (
        row.epoch,
        row.seq,
        row.entry_id,
        row.kind,
        row.schema_v,
        row.actor,
        row.business_day,
        str(Timestamp(row.recorded_at_ms)),
    )


def _labels_inside(row: Row[Any]) -> tuple[object, ...]:
    """Return the same facts as the hashed bytes tell them."""
    try:
        inside = dict(json.loads(row.canonical))
    except (TypeError, ValueError):
        return ()
    names = ("epoch", "seq", "id", "kind", "v", "actor", "day", "at")
    return tuple(inside.get(name) for name in names)
