r"""Paths of device interfaces on Windows, and the device that each belongs to.

As SetupAPI gives them: "\\?\usb#vid_04b8&pid_0202#x3b0012345#{28d78fad-...}". The
third part is the device's serial number, or, where Windows made it up of the place it
is plugged into, has an "&" ("6&2a5b1c9e&0&2").
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable

from hardware.transport.usb_identity import UsbIdentity, usb_identity

_PATH = re.compile(
    r"\\\\[?.]\\usb#vid_(?P<vid>[0-9a-f]{4})&pid_(?P<pid>[0-9a-f]{4})"
    r"(?P<part>&mi_[0-9a-f]{2})?#(?P<instance>[^#]+)#\{[0-9a-f-]+\}.*",
    re.IGNORECASE,
)


def identity_of_path(path: str) -> UsbIdentity | None:
    """Return the device of a path; None when it is no USB device.

    Serial numbers come in lower case from SetupAPI and are compared so.
    """
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    vid, pid = match["vid"].lower(), match["pid"].lower()
    instance = match["instance"].lower()
    # A function of a composite device has a made-up instance of its own.
    if "&" in instance or match["part"]:
        return UsbIdentity(vid, pid, "", instance)
    return UsbIdentity(vid, pid, instance, instance)


def path_of(address: str, paths: Iterable[str]) -> str | None:
    """Return the path of an address of the settings; None when it is not plugged in."""
    wanted = usb_identity(address)
    for path in paths:
        found = identity_of_path(path)
        if found is None:
            continue
        if not address.strip():
            return path
        if wanted is not None and _lower(wanted).names(found):
            return path
    return None


def _lower(identity: UsbIdentity) -> UsbIdentity:
    return UsbIdentity(
        identity.vid, identity.pid, identity.serial.lower(), identity.place.lower()
    )


class Guid(ctypes.Structure):
    """GUID of guiddef.h: 16 bytes."""

    _fields_ = (
        ("data1", ctypes.c_uint32),
        ("data2", ctypes.c_uint16),
        ("data3", ctypes.c_uint16),
        ("data4", ctypes.c_ubyte * 8),
    )


class DeviceInterfaceData(ctypes.Structure):
    """SP_DEVICE_INTERFACE_DATA of setupapi.h: 32 bytes on 64-bit Windows."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("interface_class", Guid),
        ("flags", ctypes.c_uint32),
        ("reserved", ctypes.c_void_p),
    )


class Overlapped(ctypes.Structure):
    """OVERLAPPED of minwinbase.h: 32 bytes on 64-bit Windows."""

    _fields_ = (
        ("internal", ctypes.c_void_p),
        ("internal_high", ctypes.c_void_p),
        ("offset", ctypes.c_uint32),
        ("offset_high", ctypes.c_uint32),
        ("event", ctypes.c_void_p),
    )


def guid_of(text: str) -> Guid:
    """Return a GUID of its usual writing, "28D78FAD-5A12-11D1-AE5B-0000F803A8C2"."""
    first, second, third, fourth, fifth = text.strip("{}").split("-")
    tail = (ctypes.c_ubyte * 8)(*bytes.fromhex(fourth + fifth))
    return Guid(int(first, 16), int(second, 16), int(third, 16), tail)
