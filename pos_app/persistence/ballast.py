"""Ballast: room kept on the disk so that a full one still lets the day end.

A full disk refuses the next sale cleanly (measured: SQLITE_FULL rolls back, and the
checkpoint fails with it). The till then gives up its ballast once, which is room
for a day of sales, and says so until a person has made room.
"""

from __future__ import annotations

import os
from pathlib import Path

from pos_app.persistence.durable_file import file_error
from pos_app.persistence.shop_folder import free_bytes

BALLAST_BYTES = 64 * 1024 * 1024
#: The ballast comes back only when the disk has this many times its size free.
ROOM_FACTOR = 4
_BLOCK_BYTES = 1024 * 1024


class Ballast:
    """A preallocated file that is deleted when the disk fills."""

    def __init__(self, path: Path, size_bytes: int = BALLAST_BYTES) -> None:
        self._path = path
        self._size = size_bytes

    @property
    def is_present(self) -> bool:
        """Tell whether the ballast is there, whole."""
        return self._path.exists() and self._path.stat().st_size >= self._size

    def release(self) -> bool:
        """Give the room up.

        Returns:
            Whether there was any; False the second time, when only a person can
            make room.
        """
        if not self._path.exists():
            return False
        try:
            self._path.unlink()
        except OSError as error:
            raise file_error(error, self._path) from error
        return True

    def restore(self) -> bool:
        """Lay the ballast when it is missing and the disk has ample room.

        Returns:
            Whether the ballast is there now. A disk that fills meanwhile is left
            without a half one.
        """
        if self.is_present:
            return True
        if free_bytes(self._path.parent) < ROOM_FACTOR * self._size:
            return False
        try:
            self._lay()
        except OSError:
            self._path.unlink(missing_ok=True)
            return False
        return True

    def _lay(self) -> None:
        """Write real noise: zeros take no room on disks that compress."""
        block = os.urandom(_BLOCK_BYTES)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            left = self._size
            while left:
                left -= file.write(block[:left])
            file.flush()
            os.fsync(file.fileno())
