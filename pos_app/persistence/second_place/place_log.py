"""What came after the base copy: a file of records that is only added to.

A record holds pages as they lie encrypted in the till's own log, and a digest over
everything before it. A torn end, however it came about, is therefore not read, and
what is read ends at a commit of the till. Records that belong together (many pages)
count only when the last of them is there.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import Self

from pos_app.persistence.durable_file import sync_folder, write_durably
from pos_app.persistence.second_place.place_disk import PlaceDisk
from pos_app.persistence.second_place.wal_file import PAGE_BYTES, Pages, WalTail

_FILE_HEAD = struct.Struct(">8s16s")
_FILE_MAGIC = b"GTPLACE1"
_RECORD = struct.Struct(">4sIIIQ8sI8s")
_RECORD_MAGIC = b"GTRC"
_DIGEST_BYTES = 16
_WHOLE = 1
#: More pages than one record of ours ever holds: a length that nobody wrote.
_MOST_PAGES = 1 << 16
BASE_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the log stands after a record.

    Attributes:
        end: bytes of the file up to there. digest: over all of them.
        tail: the last frame of the till's log in it.
        db_pages: pages of the database; 0 keeps the base's.
        at_ms: when it was written, by the till's clock.
    """

    end: int
    digest: bytes
    tail: WalTail = WalTail()  # noqa: RUF009 - frozen value
    db_pages: int = 0
    at_ms: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """One record as read back.

    Attributes:
        pages: page number -> bytes. mark: where the log stands behind it.
        is_whole: whether what came up to here is a state of the till.
    """

    pages: Mapping[int, bytes]
    mark: Mark
    is_whole: bool


def create_log(path: Path, base_id: bytes, mark: Mark | None = None) -> Mark:
    """Write a log without pages, whole or not at all.

    Args:
        path: the file; one that is there is replaced.
        base_id: names the base copy that it continues. 16 bytes.
        mark: the state that the base already holds; None when it holds none.

    Raises:
        StorageError: what the disk says.
    """
    head = _FILE_HEAD.pack(_FILE_MAGIC, base_id)
    start = Mark(len(head), _digest(b"", head))
    if mark is None:
        write_durably(path, head)
        return start
    found = Pages({}, mark.db_pages, mark.tail)
    record, after = _encode(start, found, mark.at_ms, is_whole=True)
    write_durably(path, head + record)
    return after


class PlaceLog:
    """A log that is added to.

    It is opened anew for each write, so that a place that is gone is noticed.

    Args:
        path: the file. mark: where it stands. disk: writes it.
    """

    def __init__(self, path: Path, mark: Mark, disk: PlaceDisk) -> None:
        self._path = path
        self._disk = disk
        self.mark = mark  # of the last whole record
        self._last = mark  # of the last record

    @classmethod
    def open(cls, path: Path, disk: PlaceDisk) -> tuple[Self, bytes] | None:
        """Read a log and return it with the id of its base.

        Returns:
            None when it is no log, or holds no state of the till.

        Raises:
            OSError: what the disk says.
        """
        found: tuple[Self, bytes] | None = None
        with path.open("rb", buffering=0) as file:
            for base_id, record in _records(file):
                if record.is_whole:
                    found = (cls(path, record.mark, disk), base_id)
        return found

    @property
    def size(self) -> int:
        """Bytes up to the last record."""
        return self._last.end

    def append(self, pages: Pages, at_ms: int, *, is_whole: bool) -> None:
        """Write a record behind the others; not yet synced.

        Raises:
            OSError: "no such file" when the place is gone, and what the disk says.
        """
        record, after = _encode(self._last, pages, at_ms, is_whole=is_whole)
        self._disk.write(self._path, self._last.end, record)
        self._last = after
        if is_whole:
            self.mark = after

    def take_back(self) -> None:
        """Forget records that are no state of the till yet."""
        self._last = self.mark

    def sync(self) -> None:
        """Wait until what was written is on the disk."""
        self._disk.sync(self._path)

    def whole_records(self) -> Iterator[Record]:
        """Yield the records up to the last state of the till."""
        with self._path.open("rb", buffering=0) as file:
            for _base_id, record in _records(file):
                if record.mark.end > self.mark.end:
                    return
                yield record

    def restart(self, base_id: bytes) -> None:
        """Begin a new log whose base holds everything of this one."""
        self.mark = self._last = create_log(self._path, base_id, self.mark)
        sync_folder(self._path.parent)


def _records(file: RawIOBase) -> Iterator[tuple[bytes, Record]]:
    """Yield the id of the base and each record until one is not as it was written."""
    head = _read(file, _FILE_HEAD.size)
    if len(head) < _FILE_HEAD.size or not head.startswith(_FILE_MAGIC):
        return
    base_id = head[8:]
    mark = Mark(len(head), _digest(b"", head))
    while record := _next_record(file, mark):
        yield base_id, record
        mark = record.mark


def _next_record(file: RawIOBase, before: Mark) -> Record | None:
    head = _read(file, _RECORD.size)
    if len(head) < _RECORD.size:
        return None
    magic, count, db_pages, flags, at_ms, salts, frame, checksum = _RECORD.unpack(head)
    if magic != _RECORD_MAGIC or count > _MOST_PAGES:
        return None
    body_bytes = count * (4 + PAGE_BYTES)
    body = _read(file, body_bytes + _DIGEST_BYTES)
    if len(body) < body_bytes + _DIGEST_BYTES:
        return None
    digest = _digest(before.digest, head, memoryview(body)[:body_bytes])
    if digest != body[body_bytes:]:
        return None
    numbers = struct.unpack_from(f">{count}I", body)
    first = 4 * count
    pages = {
        number: body[first + at * PAGE_BYTES : first + (at + 1) * PAGE_BYTES]
        for at, number in enumerate(numbers)
    }
    end = before.end + len(head) + len(body)
    tail = WalTail(salts, frame, checksum)
    return Record(pages, Mark(end, digest, tail, db_pages, at_ms), flags == _WHOLE)


def _encode(
    before: Mark, pages: Pages, at_ms: int, *, is_whole: bool
) -> tuple[bytes, Mark]:
    numbers, tail = list(pages.by_number), pages.tail
    db_pages = pages.db_pages or before.db_pages
    flags = _WHOLE if is_whole else 0
    head = _RECORD.pack(
        _RECORD_MAGIC,
        len(numbers),
        db_pages,
        flags,
        at_ms,
        tail.salts,
        tail.frame,
        tail.checksum,
    )
    body = struct.pack(f">{len(numbers)}I", *numbers)
    body += b"".join(pages.by_number.values())
    digest = _digest(before.digest, head, body)
    end = before.end + len(head) + len(body) + _DIGEST_BYTES
    after = Mark(end, digest, tail, db_pages, at_ms)
    return b"".join((head, body, digest)), after


def _digest(before: bytes, *parts: bytes | memoryview) -> bytes:
    running = hashlib.blake2b(before, digest_size=_DIGEST_BYTES)
    for part in parts:
        running.update(part)
    return running.digest()


def _read(file: RawIOBase, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = file.read(count - len(parts))
        if not part:
            break
        parts += part
    return bytes(parts)
