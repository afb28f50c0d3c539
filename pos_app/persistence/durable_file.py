"""Small files that are whole after a power cut: written aside, synced, renamed."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pos_app.errors import StorageError

OWNER_ONLY = 0o600


def write_durably(path: Path, content: bytes, *, mode: int = OWNER_ONLY) -> None:
    """Replace a file so that a power cut leaves the old or the new one, whole.

    Args:
        path: the file; its folder exists.
        content: all of it.
        mode: permission bits where the system has them.

    Raises:
        StorageError: "disk_full", "folder_read_only" or "disk_error".
    """
    write_chunks_durably(path, (content,), mode=mode)


def write_chunks_durably(
    path: Path, chunks: Iterable[bytes], *, mode: int = OWNER_ONLY
) -> None:
    """Replace a file like `write_durably`, piece by piece.

    What makes the pieces may fail: the file is then as it was before.

    Raises:
        StorageError: see `write_durably`.
    """
    aside = path.with_name(path.name + ".new")
    try:
        with _removed_on_failure(aside):
            handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
            with os.fdopen(handle, "wb") as file:
                for chunk in chunks:
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise file_error(error, path) from error


@contextlib.contextmanager
def _removed_on_failure(aside: Path) -> Iterator[None]:
    """Leave nothing half written behind: a full disk needs the room."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def make_private(path: Path) -> None:
    """Make an empty file for its owner alone, or take the one there from all others.

    A file that is there is not opened: closing it would drop the locks that SQLite
    holds on it in this process (https://sqlite.org/howtocorrupt.html, 2.2).
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    except FileExistsError:
        found = path.stat()
        is_open_to_others = stat.S_IMODE(found.st_mode) & ~OWNER_ONLY
        if (
            sys.platform != "win32"
            and stat.S_ISREG(found.st_mode)
            and is_open_to_others
        ):
            with contextlib.suppress(PermissionError):  # a disk without owners
                path.chmod(OWNER_ONLY)


def sync_file(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's entries are on the disk (Windows has no such call)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def file_error(error: OSError, path: Path) -> StorageError:
    """Name what the system says: full, read-only, no such folder, broken disk."""
    key = _KEY_OF_ERRNO.get(error.errno or 0, "disk_error")
    return StorageError(key, file=path.name)


_KEY_OF_ERRNO = {
    1: "folder_read_only",  # EPERM
    2: "folder_missing",  # ENOENT
    13: "folder_read_only",  # EACCES
    20: "folder_missing",  # ENOTDIR
    27: "disk_full",  # EFBIG: a file-size limit
    28: "disk_full",  # ENOSPC
    30: "folder_read_only",  # EROFS
    122: "disk_full",  # EDQUOT
}
