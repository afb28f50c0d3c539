"""Holds a database's log in place while its frames are copied away.

One read transaction is always open. SQLite restarts a log only when every frame of
it lies in the database file and no reader stands on a frame; so while a pin is held
on a frame the log only grows, and a pin that needs no frame (all were checkpointed)
lets it be restarted once and keeps the database file as it is until the next pin.
The checkpoint is therefore made here, when all frames have been copied, and never
costs a sale anything. Source: https://sqlite.org/wal.html, walRestartLog in wal.c.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from pos_app.persistence.engine import Access, connect


class Pins:
    """Two connections of which one holds the pin; safe to release on any thread.

    Args:
        path: the database. key: 32 bytes. access: a reader's.
    """

    def __init__(self, path: Path, key: bytes, access: Access) -> None:
        self._target = (path, key, access)
        self._lock = threading.Lock()
        self._holder = connect(path, key, access)
        try:
            self._free = connect(path, key, access)
        except BaseException:
            self._holder.close()
            raise
        self._is_held = False

    @property
    def is_held(self) -> bool:
        """Tell whether the log has been held since `hold`."""
        return self._is_held

    def hold(self) -> None:
        """Take the pin anew."""
        with self._lock:
            self._drop()
            _begin(self._holder)
            self._is_held = True

    def frames(self) -> int:
        """Return how many committed frames the log has, as SQLite counts them."""
        with self._lock:
            row = self._free.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
        return max(0, int(row[1]))

    def move_on(self, copied: int) -> bool:
        """Bring the frames into the database file, so that the log can restart.

        Args:
            copied: how many frames of the log have been copied. A frame that came
                behind them keeps the log from restarting until the next time.

        Returns:
            Whether the log restarts with the next commit.
        """
        with self._lock:
            if not self._is_held:
                return False
            _begin(self._free)  # stands on the newest frame
            self._swap()
            row = self._free.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if (row[1], row[2]) != (copied, copied):
                return False
            # Whoever commits now stands behind the frame that is held, so this
            # needs no frame, or it stands on that new one.
            _begin(self._free)
            self._swap()
            return True

    @contextmanager
    def writers_out(self) -> Iterator[None]:
        """Keep writers out for a moment, for a log that never comes to rest.

        Raises:
            StorageError: what opening meets. sqlcipher.OperationalError: a writer
                held the database for longer than one waits.
        """
        with closing(connect(*self._target)) as guard:
            guard.execute("PRAGMA query_only=OFF")  # a reader may not begin so
            guard.execute("BEGIN IMMEDIATE")
            yield  # closing takes the lock away, and nothing can come in between

    def release(self) -> None:
        """Let the log go: who copied it has a gap from now on."""
        with self._lock:
            self._drop()

    def close(self) -> None:
        """Let go and close both connections."""
        with self._lock:
            self._drop()
            self._holder.close()
            self._free.close()

    def _swap(self) -> None:
        self._holder.execute("ROLLBACK")
        self._holder, self._free = self._free, self._holder

    def _drop(self) -> None:
        if self._is_held:
            self._is_held = False
            with suppress(sqlcipher.Error):
                self._holder.execute("ROLLBACK")


def _begin(connection: Any) -> None:
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
