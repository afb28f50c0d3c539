"""The folder of a shop: what lies where, and that one till at a time has it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pos_app.errors import StorageError
from pos_app.persistence.durable_file import file_error, sync_folder
from pos_app.persistence.file_lock import sign, signed_by, try_lock

OWNER_ONLY_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class ShopFolder:
    """Where the files of one shop are.

    Attributes:
        root: the folder itself.
    """

    root: Path

    @property
    def ledger(self) -> Path:
        """What is born here: precious."""
        return self.root / "ledger.db"

    @property
    def catalog(self) -> Path:
        """Reference data: items, prices, staff."""
        return self.root / "catalog.db"

    @property
    def ring(self) -> Path:
        """The wrapped key ring."""
        return self.root / "ring.json"

    @property
    def slips(self) -> Path:
        """What the virtual printer printed."""
        return self.root / "slips"

    @property
    def backups(self) -> Path:
        """Backups of both databases and the wrapped ring."""
        return self.root / "backups"

    @property
    def exports(self) -> Path:
        """Signed exports of the journal."""
        return self.root / "exports"

    @property
    def logs(self) -> Path:
        """The program's log files."""
        return self.root / "logs"

    @property
    def customer(self) -> Path:
        """Pictures for the customer's display; whoever runs the shop puts them there."""
        return self.root / "customer"

    @property
    def training(self) -> Path:
        """A training while it lasts; thrown away with it."""
        return self.root / "training"

    def sweep_training(self) -> None:
        """Remove what a training left; after a kill nobody can read it any more."""
        shutil.rmtree(self.training, ignore_errors=True)

    @property
    def ballast(self) -> Path:
        """Room kept free for a full disk."""
        return self.root / "ballast.bin"

    @property
    def lock_file(self) -> Path:
        """Held by the till that runs on this folder."""
        return self.root / "till.lock"

    @property
    def catalog_lock_file(self) -> Path:
        """Held by whoever changes the catalogue over many transactions."""
        return self.root / "catalog.lock"

    @property
    def is_shop(self) -> bool:
        """Tell whether a shop has been set up here."""
        return self.ring.exists() and self.ledger.exists()

    def make(self) -> Self:
        """Make the folder and those inside it, for its owner alone.

        Raises:
            StorageError: "folder_read_only", "disk_full" or "disk_error".
        """
        try:
            for folder in (self.root, self.slips, self.backups, self.logs):
                folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
            self._close_to_others()
        except OSError as error:
            raise file_error(error, self.root) from error
        return self

    def _close_to_others(self) -> None:
        """Take a folder that was there before away from all but its owner."""
        if sys.platform != "win32" and self.root.stat().st_mode & 0o077:
            with contextlib.suppress(PermissionError):  # a disk without owners
                self.root.chmod(OWNER_ONLY_FOLDER)


class TillLock:
    """The right to write into a shop folder, and how its last owner left it.

    The system releases the lock when the process dies, however it dies. The lock
    file names its owner while the till runs and is emptied by a clean stop, so an
    owner's name found in an unlocked file means a kill or a power cut.

    Attributes:
        was_clean: whether the last till on this folder stopped cleanly.
    """

    def __init__(self, folder: ShopFolder) -> None:
        """Take the lock of `folder`.

        Raises:
            StorageError: "till_already_running" with the other's pid (0 when it
                cannot be told), "folder_read_only" or "disk_error".
        """
        path = folder.lock_file
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise file_error(error, path) from error
        if not try_lock(self._handle):
            owner = signed_by(self._handle)
            os.close(self._handle)
            raise StorageError("till_already_running", pid=owner)
        try:
            self.was_clean = signed_by(self._handle) == 0
            sign(self._handle, str(os.getpid()).encode())
            sync_folder(folder.root)
        except OSError as error:
            os.close(self._handle)
            raise file_error(error, path) from error

    def release(self, *, clean: bool = True) -> None:
        """Give the folder free.

        Args:
            clean: the databases are closed and nothing was cut short.
        """
        if clean:
            sign(self._handle, b"")
        os.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        self.release(clean=kind is None)


def running_till(folder: ShopFolder) -> int | None:
    """Return the pid of the till that runs on a folder; None when none does."""
    try:
        handle = os.open(folder.lock_file, os.O_RDWR)
    except OSError:
        return None
    try:
        return None if try_lock(handle) else signed_by(handle)
    finally:
        os.close(handle)


def free_bytes(folder: Path) -> int:
    """Return how much room the disk of a folder has for this user."""
    return shutil.disk_usage(folder).free
