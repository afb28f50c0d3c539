"""Windows' Raw Input: which keyboard typed a key; read from bytes, so tried anywhere.

Raw Input cannot hold a keyboard back: the keys arrive at the till's window as well,
and the counter takes one of the two (`ui.scanning.twins`).
Source: Windows SDK, winuser.h: RAWINPUTHEADER, RAWKEYBOARD. Never run on Windows.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass

from hardware.transport.usb_identity import UsbIdentity

_KEYBOARD = 1
_BREAK, _E0, _E1 = 1, 2, 4
#: KEYBOARD_OVERRUN_MAKE_CODE: more keys at once than the keyboard can tell.
_OVERRUN = 0xFF
#: Keys behind E0 -> the number that the kernel of Linux has for them.
_EXTENDED: Mapping[int, int] = {0x1C: 96, 0x1D: 97, 0x35: 98, 0x38: 100}
_NAME = re.compile(r"VID_([0-9A-F]{4})&PID_([0-9A-F]{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RawKey:
    """One key of one keyboard.

    Attributes:
        device: Windows' handle of the keyboard; 0 for keys that a program made.
        code: scan code as in `hardware.scanner.key_table`.
        value: 1 pressed, 0 released.
    """

    device: int
    code: int
    value: int


def read_raw_input(data: bytes, pointer_bytes: int = 8) -> RawKey | None:
    """Read a RAWINPUT of a keyboard; None for anything else, or too few bytes.

    Args:
        data: as GetRawInputData gives it.
        pointer_bytes: 8 on 64-bit Windows, 4 on 32-bit.
    """
    handle = "Q" if pointer_bytes == 8 else "I"
    header = struct.Struct(f"<II{handle}{handle}")
    body = struct.Struct("<HHHHII")
    if len(data) < header.size + body.size:
        return None
    kind, _, device, _ = header.unpack_from(data)
    make, flags, _, _, _, _ = body.unpack_from(data, header.size)
    if kind != _KEYBOARD or make == _OVERRUN or flags & _E1:
        return None
    if flags & _E0:
        if make not in _EXTENDED:
            return None  # arrows, and the false Shift around them (E0 2A)
        make = _EXTENDED[make]
    return RawKey(device, make, 0 if flags & _BREAK else 1)


def place_of_name(name: str) -> UsbIdentity | None:
    r"""Return what a device name tells: "\\?\HID#VID_05E0&PID_1200&MI_00#7&...".

    Windows' names of keyboards carry no serial number.
    """
    found = _NAME.search(name)
    if found is None:
        return None
    return UsbIdentity(found.group(1).lower(), found.group(2).lower())
