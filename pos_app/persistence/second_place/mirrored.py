"""What is mirrored, what is remembered of it, and what goes wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos_app.persistence.engine import Access


class GapError(Exception):
    """Frames may have been lost to the copy: it must be proven anew."""


@dataclass(frozen=True, slots=True)
class Source:
    """The database that is mirrored.

    Attributes:
        path: the file. key: 32 bytes. access: a reader's.
        most_wal_bytes: beyond that the log is let go, and the copy made anew later.
    """

    path: Path
    key: bytes
    access: Access
    most_wal_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CleanStop:
    """What the till remembers of a copy when it stops cleanly.

    Attributes:
        digest: of the copy's log. size, mtime_ns: of the database file then.
    """

    digest: str
    size: int
    mtime_ns: int
