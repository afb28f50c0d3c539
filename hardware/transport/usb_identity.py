"""How a USB device is named so that it is found again after any replug or reboot.

By vendor, product and serial number where it has one of its own, else by the socket
it is plugged into: "04b8:0202:X3B0012345", "04b8:0202@1-1.2". Never by the name of a
device node or a COM number, which the system deals out anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from typing_extensions import override

_ADDRESS = re.compile(
    r"(?P<vid>[0-9a-fA-F]{4}):(?P<pid>[0-9a-fA-F]{4})"
    r"(?::(?P<serial>.+)|@(?P<place>.+))?"
)
#: What cheap devices hold where a serial number belongs; all of a model alike.
_NO_SERIALS = frozenset({"", "0", "00000000", "000000000000", "0123456789", "123456"})


@dataclass(frozen=True, slots=True)
class UsbIdentity:
    """One USB device, as it is written in settings.

    Attributes:
        vid: vendor, four hexadecimal digits in lower case.
        pid: product, the same.
        serial: its own number; "" where it has none, or one that all share.
        place: where it is plugged in, as the system names it ("1-1.2": bus 1, port
            1, port 2 of the hub there); "" where the serial number is enough.
    """

    vid: str
    pid: str
    serial: str = ""
    place: str = ""

    @override
    def __str__(self) -> str:
        """Return it as `Connection.address` has it."""
        if self.serial:
            return f"{self.vid}:{self.pid}:{self.serial}"
        return f"{self.vid}:{self.pid}" + (f"@{self.place}" if self.place else "")

    def names(self, other: UsbIdentity) -> bool:
        """Tell whether this, of the settings, names a device that is plugged in."""
        if (self.vid, self.pid) != (other.vid, other.pid):
            return False
        if self.serial:
            return self.serial == other.serial
        return not self.place or self.place == other.place


def usb_identity(address: str) -> UsbIdentity | None:
    """Read an address; None when it names no USB device (a path, "COM3", "")."""
    match = _ADDRESS.fullmatch(address.strip())
    if match is None:
        return None
    return UsbIdentity(
        match["vid"].lower(),
        match["pid"].lower(),
        match["serial"] or "",
        match["place"] or "",
    )


def settled_identity(one: UsbIdentity, all_found: Iterable[UsbIdentity]) -> UsbIdentity:
    """Return the shortest identity that names this device and no other.

    Args:
        one: with both its serial number and its place.
        all_found: everything that is plugged in, `one` too.
    """
    same = [
        x
        for x in all_found
        if (x.vid, x.pid, x.serial) == (one.vid, one.pid, one.serial)
        and x.place != one.place
    ]
    if one.serial in _NO_SERIALS or same:
        return UsbIdentity(one.vid, one.pid, "", one.place)
    return UsbIdentity(one.vid, one.pid, one.serial)
