"""The drives of a Windows machine, and which piece of hardware each one is."""

from __future__ import annotations

import ctypes
import string
import sys
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path

assert sys.platform == "win32"

#: GetDriveTypeW's answers.
_REMOVABLE, _FIXED, _REMOTE = 2, 3, 4
_OPEN_EXISTING = 3
_READ_AND_WRITE_SHARED = 3
_GET_DEVICE_NUMBER = 0x2D1080


def drives() -> Iterator[tuple[str, str, bool]]:
    """Yield folder, name and "can be pulled out" of each drive with a disk in it."""
    kernel = ctypes.windll.kernel32
    present = kernel.GetLogicalDrives()
    for at, letter in enumerate(string.ascii_uppercase):
        root = f"{letter}:\\"
        kind = kernel.GetDriveTypeW(root) if present >> at & 1 else 0
        if kind in {_REMOVABLE, _FIXED, _REMOTE}:
            yield root, f"{letter}:", kind == _REMOVABLE


def device_number(folder: Path) -> object:
    """Return the number of a folder's disk; the drive's name where there is none.

    Source: Win32, IOCTL_STORAGE_GET_DEVICE_NUMBER.
    """
    drive = folder.resolve().drive
    kernel = ctypes.windll.kernel32
    kernel.CreateFileW.restype = wintypes.HANDLE
    path = f"\\\\.\\{drive}"
    share = _READ_AND_WRITE_SHARED
    handle = kernel.CreateFileW(path, 0, share, None, _OPEN_EXISTING, 0, None)
    if handle in {None, wintypes.HANDLE(-1).value}:
        return drive
    answer, got = (wintypes.DWORD * 3)(), wintypes.DWORD()
    out = (ctypes.byref(answer), ctypes.sizeof(answer), ctypes.byref(got), None)
    disk = wintypes.HANDLE(handle)
    is_told = kernel.DeviceIoControl(disk, _GET_DEVICE_NUMBER, None, 0, *out)
    kernel.CloseHandle(disk)
    return (answer[0], answer[1]) if is_told else drive
