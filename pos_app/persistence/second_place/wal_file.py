"""Reads the frames of a write-ahead log; they are encrypted, and stay so.

Nothing here opens the database file or its -shm: closing those would drop the locks
that SQLite holds on them in this process (https://sqlite.org/howtocorrupt.html, 2.2).
The log itself carries no locks.

Source: https://sqlite.org/fileformat2.html#the_write_ahead_log
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import RawIOBase
from pathlib import Path

#: SQLCipher 4's own page size; this program never chooses another.
PAGE_BYTES = 4096
_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">II8s8s")
_FRAME_BYTES = _FRAME.size + PAGE_BYTES
_MAGIC = {0x377F0682, 0x377F0683}
#: 4 MiB are held in memory at a time.
FRAMES_AT_ONCE = 1_000


class WalMovedError(Exception):
    """The log is no longer what it was when somebody asked how long it is."""


@dataclass(frozen=True, slots=True)
class WalTail:
    """How far a log has been read.

    Attributes:
        salts: name one life of the log; a restarted log has others. 8 bytes.
        frame: the last frame read, from 1; 0 for none.
        checksum: of that frame; it runs over all frames before it, too. 8 bytes.
    """

    salts: bytes = bytes(8)
    frame: int = 0
    checksum: bytes = bytes(8)


@dataclass(slots=True)
class Pages:
    """Pages of a few frames, the newest version of each.

    Attributes:
        by_number: page number from 1 -> its bytes.
        db_pages: pages of the database after the last commit seen; 0 for none yet.
        tail: the last frame in it.
    """

    by_number: dict[int, bytes] = field(default_factory=dict)
    db_pages: int = 0
    tail: WalTail = WalTail()


class WalFile:
    """The log beside a database.

    Args:
        database: the database's path.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + "-wal")

    @property
    def size(self) -> int:
        """Its size in bytes; 0 when it is not there."""
        try:
            return self._path.stat().st_size
        except FileNotFoundError:
            return 0

    def salts(self) -> bytes:
        """Return what names the log's present life; zeros for an empty log.

        Raises:
            WalMovedError: it is not a log with pages of ours.
        """
        header = self._read(0, _HEADER.size)
        if len(header) < _HEADER.size:
            return bytes(8)
        magic, _version, page_bytes = _HEADER.unpack(header)[:3]
        if magic not in _MAGIC or page_bytes != PAGE_BYTES:
            raise WalMovedError
        return header[16:24]

    def tail_at(self, frame: int) -> WalTail:
        """Return the tail that ends with a frame; no frame for one that is not there."""
        if frame < 1:
            return WalTail(self.salts())
        header = self._read(_offset(frame), _FRAME.size)
        if len(header) < _FRAME.size:
            return WalTail(self.salts())
        _page, _size, salts, checksum = _FRAME.unpack(header)
        return WalTail(salts, frame, checksum)

    def pages(self, after: WalTail, last: int) -> Iterator[Pages]:
        """Yield the pages of the frames behind `after` up to `last`, in order.

        Args:
            after: where to begin; its salts are those of every frame.
            last: a commit frame, as SQLite itself counts (`wal_checkpoint(NOOP)`):
                what lies behind it may be torn or taken back.

        Raises:
            WalMovedError: the log was restarted meanwhile.
        """
        frame = after.frame
        while frame < last:
            count = min(FRAMES_AT_ONCE, last - frame)
            block = self._read(_offset(frame + 1), count * _FRAME_BYTES)
            if len(block) < count * _FRAME_BYTES:
                raise WalMovedError
            yield _decode(block, after.salts, frame)
            frame += count

    def _read(self, offset: int, count: int) -> bytes:
        try:
            with self._path.open("rb", buffering=0) as file:
                file.seek(offset)
                return _read_all(file, count)
        except FileNotFoundError:
            return b""


def _read_all(file: RawIOBase, count: int) -> bytes:
    """Read so many bytes; one call may bring fewer."""
    parts = bytearray()
    while len(parts) < count:
        part = file.read(count - len(parts))
        if not part:
            break
        parts += part
    return bytes(parts)


def _offset(frame: int) -> int:
    return _HEADER.size + (frame - 1) * _FRAME_BYTES


def _decode(block: bytes, salts: bytes, before: int) -> Pages:
    found = Pages()
    checksum = b""
    for start in range(0, len(block), _FRAME_BYTES):
        page, size, own_salts, checksum = _FRAME.unpack_from(block, start)
        if own_salts != salts or not page:
            raise WalMovedError
        begin = start + _FRAME.size
        found.by_number[page] = block[begin : begin + PAGE_BYTES]
        found.db_pages = size or found.db_pages
    found.tail = WalTail(salts, before + len(block) // _FRAME_BYTES, checksum)
    return found
