"""Writes to the disk of a second place, which may be slow, full or gone."""

from __future__ import annotations

import os
from pathlib import Path

from pos_app.persistence.durable_file import sync_file


class PlaceDisk:
    """A file is opened for each write, so that a disk that is gone is noticed."""

    def write(self, path: Path, offset: int, content: bytes) -> None:
        """Write behind `offset`; what lay there was torn or given up.

        Raises:
            OSError: "no such file" when the place is gone, and what the disk says.
        """
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            if os.fstat(handle).st_size != offset:
                os.ftruncate(handle, offset)
            os.lseek(handle, offset, os.SEEK_SET)
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(handle, rest) :]
        finally:
            os.close(handle)

    def sync(self, path: Path) -> None:
        """Wait until what was written is on the disk."""
        sync_file(path)
