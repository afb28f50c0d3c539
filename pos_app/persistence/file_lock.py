"""Locks on files that the system releases when their process dies."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: Windows locks bytes for readers too; this one lies behind what is read.
LOCKED_BYTE = 1 << 20


def try_lock(handle: int) -> bool:
    """Try to lock an open file for this process; closing it unlocks."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def sign(handle: int, name: bytes) -> None:
    """Write who holds a lock into its file, durably; b"" for nobody."""
    os.lseek(handle, 0, os.SEEK_SET)
    os.ftruncate(handle, 0)
    os.write(handle, name)
    os.fsync(handle)


def signed_by(handle: int) -> int:
    """Return the pid that stands in a lock's file; 0 when none does."""
    os.lseek(handle, 0, os.SEEK_SET)
    name = os.read(handle, 20)
    return int(name) if name.isdigit() else 0
