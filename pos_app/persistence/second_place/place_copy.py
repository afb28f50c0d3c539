"""One database at the second place: a base copy and the log of what came after it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from pos_app.persistence.durable_file import OWNER_ONLY, sync_file, sync_folder
from pos_app.persistence.second_place.place_disk import PlaceDisk
from pos_app.persistence.second_place.place_log import (
    BASE_ID_BYTES,
    Mark,
    PlaceLog,
    create_log,
)
from pos_app.persistence.second_place.wal_file import PAGE_BYTES, Pages

BLOCK_BYTES = 256 * PAGE_BYTES
_BINARY = getattr(os, "O_BINARY", 0)


class PlaceCopy:
    """The files `<name>.base` and `<name>.log` in a folder of the place.

    Args:
        folder: of this till's files. name: "ledger" or "catalog". disk: writes them.
    """

    def __init__(self, folder: Path, name: str, disk: PlaceDisk | None = None) -> None:
        self._disk = disk or PlaceDisk()
        self.base = folder / f"{name}.base"
        self._log_file = folder / f"{name}.log"
        self._log: PlaceLog | None = None
        self._base_id = b""

    @property
    def mark(self) -> Mark | None:
        """The newest state of the till in it; None when there is none."""
        return self._log.mark if self._log else None

    @property
    def log_bytes(self) -> int:
        """How long the log is."""
        return self._log.size if self._log else 0

    def open(self) -> bool:
        """Read what is there; tell whether a till could be restored from it."""
        self._log = None
        try:
            found = PlaceLog.open(self._log_file, self._disk)
        except FileNotFoundError:
            return False
        if found and self.base.exists():
            self._log, self._base_id = found
        return self._log is not None

    def begin_base(self) -> None:
        """Begin a base copy anew; until its first state nothing can be restored."""
        self._base_id = secrets.token_bytes(BASE_ID_BYTES)
        start = create_log(self._log_file, self._base_id)
        handle = os.open(
            self.base, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, OWNER_ONLY
        )
        os.close(handle)
        sync_folder(self.base.parent)
        self._log = PlaceLog(self._log_file, start, self._disk)

    def write_base(self, offset: int, block: bytes) -> None:
        """Write a piece of a base copy that has no state yet."""
        with self.base.open("r+b", buffering=0) as file:
            file.seek(offset)
            rest = memoryview(block)
            while rest:
                rest = rest[file.write(rest) or 0 :]

    def sync_base(self) -> None:
        """Wait until the base is on the disk."""
        sync_file(self.base)

    def base_blocks(self) -> Iterator[bytes]:
        """Yield the base, a block at a time."""
        with self.base.open("rb", buffering=0) as file:
            while block := file.read(BLOCK_BYTES):
                yield block

    def append(self, pages: Pages, at_ms: int, *, is_whole: bool) -> None:
        """Add pages; `is_whole` when the till's state is complete with them."""
        assert self._log
        self._log.append(pages, at_ms, is_whole=is_whole)

    def take_back(self) -> None:
        """Forget what was added since the last whole state."""
        if self._log:
            self._log.take_back()

    def sync(self) -> None:
        """Wait until what was added is on the disk."""
        assert self._log
        self._log.sync()

    def fold(self, rest: Callable[[], None] = lambda: None) -> None:
        """Bring the log into the base and begin a new one.

        A power cut in the middle harms nothing: the log stays until the base holds
        all of it, and bringing it in twice changes nothing.

        Args:
            rest: called between pieces, for whoever must not be held up.
        """
        assert self._log
        mark = self._log.mark
        apply_log(self._log, self.base, rest)
        sync_file(self.base)
        self._log.restart(self._base_id)
        assert self._log.mark.tail == mark.tail

    def copy_to(self, target: Path, said: Callable[[int], None]) -> Mark:
        """Write the newest state as one database file.

        Args:
            target: the file to make.
            said: told how many bytes came so far.

        Raises:
            OSError: what a disk says.
        """
        assert self._log
        done = 0
        handle = os.open(
            target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, OWNER_ONLY
        )
        with os.fdopen(handle, "wb") as file:
            for block in self.base_blocks():
                file.write(block)
                done += len(block)
                said(done)
        apply_log(self._log, target, lambda: None)
        sync_file(target)
        return self._log.mark


def apply_log(log: PlaceLog, database: Path, rest: Callable[[], None]) -> None:
    """Write the pages of a log into a database file, in order."""
    with database.open("r+b", buffering=0) as file:
        for record in log.whole_records():
            for number, page in record.pages.items():
                file.seek((number - 1) * PAGE_BYTES)
                file.write(page)
            rest()
        if log.mark.db_pages:
            file.truncate(log.mark.db_pages * PAGE_BYTES)
