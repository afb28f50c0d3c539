"""Keeps one database's copy at the second place equal to the till's own.

What was committed is copied as it lies in the write-ahead log: encrypted pages. A
copy is only continued when it is proven to be what the till's files were: by the
running checksum of the log, by the mark of a clean stop, or page by page.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from pos_app.persistence.second_place.mirrored import CleanStop, GapError, Source
from pos_app.persistence.second_place.pins import Pins
from pos_app.persistence.second_place.place_copy import BLOCK_BYTES, PlaceCopy
from pos_app.persistence.second_place.place_log import Mark
from pos_app.persistence.second_place.wal_file import (
    FRAMES_AT_ONCE,
    PAGE_BYTES,
    Pages,
    WalFile,
    WalMovedError,
    WalTail,
)
from pos_app.ports.clock import Clock

#: The log is brought into the database before SQLite would do it in a sale.
TIDY_FRAMES = 800
#: A log that grows beyond this although it is copied: writers are kept out briefly.
CROWDED_FRAMES = 16_000


class FileMirror:
    """Copies one database; used by one thread, but for `let_go` and `is_crowded`.

    Args:
        source: the database.
        clock: dates what is copied.
        rest: called between the pieces of long work; raises to give it up.
    """

    def __init__(self, source: Source, clock: Clock, rest: Callable[[], None]) -> None:
        self._source = source
        self._clock = clock
        self._rest = rest
        self._wal = WalFile(source.path)
        self._pins: Pins | None = None
        self._copy: PlaceCopy | None = None
        self._tail = WalTail()
        self._database: int | None = None
        self._log_then = 0
        self._is_settled = False
        self.done_blocks = self.all_blocks = 0

    @property
    def copy(self) -> PlaceCopy:
        """The copy that is kept."""
        assert self._copy
        return self._copy

    @property
    def head(self) -> str:
        """The digest of the copy; "" while there is none."""
        mark = self._copy.mark if self._copy else None
        return mark.digest.hex() if mark else ""

    @property
    def is_crowded(self) -> bool:
        """Tell whether the log has grown beyond what the till's disk is given for it.

        A log that was restarted keeps its size, so growth counts.
        """
        most = self._source.most_wal_bytes
        return self._wal.size > max(most, self._log_then + most)

    def attach(self, copy: PlaceCopy, stopped: CleanStop | None) -> None:
        """Prove a copy and go on with it, or make it what the till's file is.

        Raises:
            OSError, StorageError: what a disk says. GapError: the log was let go
                meanwhile.
        """
        if self._pins is None:
            source = self._source
            self._pins = Pins(source.path, source.key, source.access)
        self._pins.hold()
        self._is_settled = False
        self._copy = copy
        if not copy.open() or copy.mark is None:
            self._make_base()
        elif not self._goes_on(copy.mark, stopped):
            self._compare()

    def ship(self) -> bool:
        """Copy every frame committed until now; tell whether there were any.

        Raises:
            GapError, OSError.
        """
        assert self._pins
        self._log_then = self._wal.size
        tail, last = self._extent()
        if last == tail.frame and tail.salts == self._tail.salts:
            return False
        self._ship_frames(tail, last)
        return last > tail.frame

    def sync(self) -> None:
        """Wait until the copy is on its disk."""
        self.copy.sync()

    def tidy(self) -> None:
        """Bring the till's log into its database when it is long and all copied.

        Raises:
            GapError, OSError.
        """
        assert self._pins
        if self._tail.frame < TIDY_FRAMES:
            return
        if self._tail.frame < CROWDED_FRAMES:
            self._pins.move_on(self._tail.frame)
            return
        with self._pins.writers_out():
            self.ship()
            self._pins.move_on(self._tail.frame)

    def let_go(self) -> None:
        """Let the log be restarted without the copy; on any thread."""
        if self._pins:
            self._pins.release()

    def settle(self) -> None:
        """Copy the rest while nobody can write, and close the own connections.

        Raises:
            GapError, OSError. sqlcipher.OperationalError: somebody still writes.
        """
        assert self._pins
        with self._pins.writers_out():
            self.ship()
            self.sync()
            self._check_held()
            self.close()
        self._is_settled = True

    def clean_stop(self) -> CleanStop | None:
        """Return what to remember, once the database is closed and one file."""
        mark = self._copy.mark if self._copy else None
        if mark is None or not self._is_settled or self._wal.size:
            return None
        found = self._source.path.stat()
        return CleanStop(mark.digest.hex(), found.st_size, found.st_mtime_ns)

    def close(self) -> None:
        """Close the own connections; the database file stays open."""
        if self._pins:
            self._pins.close()
            self._pins = None

    def close_database(self) -> None:
        """Close the database file; only when nobody in this process uses it."""
        if self._database is not None:
            os.close(self._database)
            self._database = None

    # ------------------------------------------------------------- what is there

    def _extent(self) -> tuple[WalTail, int]:
        """Return where to go on in the log, and its last committed frame."""
        assert self._pins
        while True:
            last = self._pins.frames()
            salts = self._wal.salts()
            if salts == self._tail.salts:
                # Fewer than were copied: somebody restarts it at this moment.
                return self._tail, max(last, self._tail.frame)
            if self._pins.frames() == last and self._wal.salts() == salts:
                # Restarted: only possible when all of the old one was copied.
                return WalTail(salts), last

    def _goes_on(self, mark: Mark, stopped: CleanStop | None) -> bool:
        """Go on with a copy if the till's files go on from where it ends."""
        assert self._pins
        if mark.tail.frame and self._wal.tail_at(mark.tail.frame) == mark.tail:
            self._tail, last = mark.tail, self._pins.frames()
            # A log that is restarted now may take frames along that nobody copied.
            if last < mark.tail.frame or self._wal.salts() != mark.tail.salts:
                return False
            self._ship_frames(mark.tail, last)
            return True
        found = self._source.path.stat()
        if stopped == CleanStop(mark.digest.hex(), found.st_size, found.st_mtime_ns):
            self._tail = WalTail(self._wal.salts())
            self.ship()
            return True
        return False

    # ------------------------------------------------------------------- copying

    def _ship_frames(self, tail: WalTail, last: int) -> None:
        copy = self.copy
        now_ms = self._clock.now().unix_ms
        try:
            for pages in self._wal.pages(tail, last):
                self._check_held()
                copy.append(pages, now_ms, is_whole=pages.tail.frame == last)
                tail = pages.tail
                self._rest()
        except WalMovedError as moved:
            copy.take_back()
            raise GapError from moved
        except BaseException:
            copy.take_back()
            raise
        self._tail = tail

    def _make_base(self) -> None:
        """Copy the whole file; what is in the log comes on top."""
        copy = self.copy
        copy.begin_base()
        for offset, block in self._own_blocks():
            copy.write_base(offset, block)
        copy.sync_base()
        self._close_with_log(Pages())

    def _compare(self) -> None:
        """Add the pages in which the till's file differs from the copy."""
        copy = self.copy
        copy.fold(self._rest)
        others = copy.base_blocks()
        changed = Pages()
        now_ms = self._clock.now().unix_ms
        try:
            for offset, block in self._own_blocks():
                other = next(others, b"")
                if block == other:
                    continue
                _add_changed(changed, offset, block, other)
                if len(changed.by_number) > FRAMES_AT_ONCE - BLOCK_BYTES // PAGE_BYTES:
                    copy.append(changed, now_ms, is_whole=False)
                    changed = Pages()
            self._close_with_log(changed)
        except BaseException:
            copy.take_back()
            raise

    def _close_with_log(self, rest: Pages) -> None:
        """Make a state of the till out of its file's pages and its whole log."""
        assert self._pins
        self._tail = WalTail(b"")  # whatever the log is, from its first frame on
        tail, last = self._extent()
        rest.db_pages = os.fstat(self._file()).st_size // PAGE_BYTES
        rest.tail = tail
        now_ms = self._clock.now().unix_ms
        self._check_held()
        self.copy.append(rest, now_ms, is_whole=not last)
        self._tail = tail
        if last:
            self._ship_frames(tail, last)
        self.copy.sync()

    def _own_blocks(self) -> Iterator[tuple[int, bytes]]:
        """Yield (offset, bytes) of the till's own file as it is held now."""
        handle, offset = self._file(), 0
        self.all_blocks = -(-os.fstat(handle).st_size // BLOCK_BYTES)
        self.done_blocks = 0
        os.lseek(handle, 0, os.SEEK_SET)
        while block := os.read(handle, BLOCK_BYTES):
            self._check_held()
            yield offset, block
            offset += len(block)
            self.done_blocks += 1
            self._rest()

    def _file(self) -> int:
        """Open the database file once: closing it would drop SQLite's own locks."""
        if self._database is None:
            flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
            self._database = os.open(self._source.path, flags)
        return self._database

    def _check_held(self) -> None:
        assert self._pins
        if not self._pins.is_held:
            raise GapError


def _add_changed(changed: Pages, offset: int, block: bytes, other: bytes) -> None:
    for start in range(0, len(block), PAGE_BYTES):
        page = block[start : start + PAGE_BYTES]
        if page != other[start : start + PAGE_BYTES]:
            changed.by_number[(offset + start) // PAGE_BYTES + 1] = page
