"""The disks of this machine, and whether two folders lie on one piece of hardware."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from pos_app.ports.second_place import DiskFound

if sys.platform == "win32":
    from pos_app.persistence.second_place.windows_disks import device_number, drives

_MOUNTS = Path("/proc/mounts")
_BLOCK_DEVICES = Path("/sys/dev/block")
#: Where people's disks appear; the system's own mounts are nobody's choice.
_FOR_PEOPLE = ("/media/", "/run/media/", "/mnt", "/srv", "/Volumes/")
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"}
_NO_DISK = {"tmpfs", "proc", "sysfs", "devtmpfs", "overlay", "squashfs", "autofs"}


def disks_for(shop: Path) -> Sequence[DiskFound]:
    """Return the disks that people may choose, those apart from the shop's first."""
    return tuple(
        sorted(_disks(shop), key=lambda disk: (not disk.is_other_disk, disk.folder))
    )


def on_same_disk(one: Path, other: Path) -> bool:
    """Tell whether two folders lie on one piece of hardware, as far as can be told."""
    if sys.platform == "win32":
        return device_number(one) == device_number(other)
    try:
        first, second = one.stat().st_dev, other.stat().st_dev
    except OSError:
        return False
    return first == second or _hardware(first) == _hardware(second)


def _disks(shop: Path) -> list[DiskFound]:
    if sys.platform == "win32":
        found = [_disk(shop, *drive) for drive in drives()]
        return [disk for disk in found if disk is not None]
    return _mounted_disks(shop)


def _hardware(device: int) -> str:
    """Return the disk that a device number is a part of; the number where unknown."""
    link = _BLOCK_DEVICES / f"{os.major(device)}:{os.minor(device)}"
    try:
        found = link.resolve(strict=True)
    except OSError:
        return str(device)
    return str(found.parent if (found / "partition").exists() else found)


def _mounted_disks(shop: Path) -> list[DiskFound]:
    try:
        lines = _MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    found = {}
    for line in lines:
        _device, escaped, kind, *_rest = line.split(" ")
        folder = _unescaped(escaped)
        if kind in _NO_DISK or not (folder + "/").startswith(_FOR_PEOPLE):
            continue
        is_removable = kind not in _NETWORK and "media/" in folder
        disk = _disk(shop, folder, Path(folder).name, is_removable)
        if disk is not None:
            found[folder] = disk
    return list(found.values())


def _unescaped(text: str) -> str:
    r"""Return a mount point as it is; /proc/mounts writes a space as \040."""
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\134", "\\")):
        text = text.replace(code, sign)
    return text


def _disk(
    shop: Path,
    folder: str,
    name: str,
    is_removable: bool,  # noqa: FBT001 - one drive's facts
) -> DiskFound | None:
    """Return a disk; None for one that cannot be written or looked at."""
    try:
        if not os.access(folder, os.W_OK):
            return None
        usage = shutil.disk_usage(folder)
    except OSError:
        return None
    is_other = not on_same_disk(shop, Path(folder))
    return DiskFound(folder, name, usage.free, usage.total, is_other, is_removable)
