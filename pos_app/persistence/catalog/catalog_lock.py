"""The right to change the catalogue over many transactions.

An import or an edit of the rule table reads, thinks and writes; two at once would
write over each other. So one process at a time does it, and the till sells on: it
reads its own way, and its own changes (the shop's words, what sells best) are single
transactions between which SQLite keeps order.
"""

from __future__ import annotations

import os
from typing import Self

from pos_app.errors import StorageError
from pos_app.persistence.durable_file import file_error
from pos_app.persistence.file_lock import sign, signed_by, try_lock
from pos_app.persistence.shop_folder import ShopFolder


class CatalogLock:
    """Held in a with statement; the system releases it when the process dies."""

    def __init__(self, folder: ShopFolder) -> None:
        """Take the lock of a shop's catalogue.

        Raises:
            StorageError: "catalog_busy" with the other's pid (0 when it cannot be
                told), "folder_read_only", "disk_full" or "disk_error".
        """
        path = folder.catalog_lock_file
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise file_error(error, path) from error
        if not try_lock(self._handle):
            owner = signed_by(self._handle)
            os.close(self._handle)
            raise StorageError("catalog_busy", pid=owner)
        try:
            sign(self._handle, str(os.getpid()).encode())
        except OSError as error:
            os.close(self._handle)
            raise file_error(error, path) from error

    def release(self) -> None:
        """Let others change the catalogue."""
        os.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_rest: object) -> None:
        self.release()
