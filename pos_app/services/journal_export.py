"""A period of the journal as a signed file that proves itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pos_app.domain.journal import EntryKind
from pos_app.domain.journal_export import (
    ExportHeader,
    entry_line,
    header_line,
    seal_line,
    signed_message,
)
from pos_app.errors import UserError
from pos_app.ports.black_box import Extent, Seal
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.desk import Desk
from pos_app.values.times import BusinessDay


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written.

    Attributes:
        file: where. entries: how many. digest: SHA-256 of what was signed.
    """

    file: Path
    entries: int
    digest: bytes


class JournalExport:
    """One export; made on the desk's thread, `run` on any.

    Args:
        desk: whose journal; not asked for anything but its ledger while it runs.
        seal: signs and writes.
        days: first and last business day, both included.
        file: replaced whole, or left as it was.
        stamp: who asked, and when.
    """

    def __init__(
        self,
        desk: Desk,
        seal: Seal,
        days: tuple[BusinessDay, BusinessDay],
        file: Path,
        stamp: Stamp,
    ) -> None:
        shop = desk.shop
        self._desk, self._seal, self._file, self._stamp = desk, seal, file, stamp
        self._header = ExportHeader(
            shop_id=shop.shop_id,
            till=shop.till,
            first_day=days[0],
            last_day=days[1],
            first=(0, 0),
            last=(0, 0),
            prev_hash=b"",
            public_key=seal.public_key,
            made_at=stamp.at,
        )
        self._digest = hashlib.sha256()

    def run(self) -> ExportReport:
        """Write the file, then the entry that says so.

        Raises:
            UserError: "journal_period_empty".
            StorageError: "disk_full", "folder_missing", "folder_read_only" …
        """
        ledger = self._desk.ledger
        ledger.flush()
        first_day, last_day = self._header.first_day, self._header.last_day
        extent = ledger.black_box.extent(first_day, last_day)
        if extent is None:
            raise UserError("journal_period_empty")
        self._header = replace(
            self._header,
            first=extent.first,
            last=extent.last,
            prev_hash=extent.prev_hash,
        )
        self._seal.write(self._file, self._lines(extent))
        digest = self._digest.digest()
        self._journal(extent, digest)
        return ExportReport(self._file, extent.entries, digest)

    def _lines(self, extent: Extent) -> Iterator[bytes]:
        """Yield the lines; a few hundred entries are in memory at a time."""
        yield self._digested(header_line(self._header))
        written = 0
        for entry in self._desk.ledger.black_box.entries(extent):
            yield self._digested(entry_line(entry))
            written += 1
        assert written == extent.entries
        digest = self._digest.digest()
        signature = self._seal.sign(signed_message(digest))
        yield seal_line(written, digest, signature)

    def _digested(self, line: bytes) -> bytes:
        self._digest.update(line)
        return line

    def _journal(self, extent: Extent, digest: bytes) -> None:
        body = {
            "first_day": self._header.first_day.isoformat(),
            "last_day": self._header.last_day.isoformat(),
            "first": list(extent.first),
            "last": list(extent.last),
            "entries": extent.entries,
            "digest": digest.hex(),
        }

        def work(unit: UnitOfWork) -> None:
            unit.append(EntryKind.JOURNAL_EXPORTED, body, self._stamp)

        self._desk.record(work).result()
