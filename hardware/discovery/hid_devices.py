"""HID devices of the counter by their usage pages, and keyboards that may scan."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from hardware.discovery.usb_printers import keywords_of
from hardware.transport.hid import hidraw_usages
from hardware.transport.hid_usages import SCALE_PAGE, SCANNER_PAGE
from hardware.transport.sysfs import (
    DEV,
    SYS,
    SysfsDevice,
    text_of,
    usb_device_at,
    usb_devices,
)
from hardware.transport.usb_identity import UsbIdentity, settled_identity
from hardware.vendors import SCANNER_VENDORS
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    FoundDevice,
)

_CATEGORIES = {SCANNER_PAGE: DeviceCategory.SCANNER, SCALE_PAGE: DeviceCategory.SCALE}
_SCANS = re.compile(r"scan|barcode|imager", re.IGNORECASE)
#: linux/input-event-codes.h: the digits and Enter, which every scanner types.
_TYPED = (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 28)
#: A word of the kernel's list of keys; its bitmaps are written in such words.
_WORD_BITS = 64


def hid_devices(sys_folder: Path = SYS, dev: Path = DEV) -> tuple[FoundDevice, ...]:
    """Return HID scanners (page 0x8C) and scales (0x8D), each once."""
    if sys.platform == "win32":
        import hid  # what hidapi is called there; tried on no Windows yet

        return found_by_hidapi(hid.enumerate())
    everything = [x.identity for x in usb_devices(sys_folder)]
    found: dict[str, FoundDevice] = {}
    for node in _entries(sys_folder / "class" / "hidraw"):
        pages = [x for x in hidraw_usages(node.name, sys_folder) if x[0] in _CATEGORIES]
        device = usb_device_at(node) if pages else None
        if device is None:
            continue
        page, usage = pages[0]
        address = str(settled_identity(device.identity, everything))
        found.setdefault(
            f"{address} {page}",
            FoundDevice(
                category=_CATEGORIES[page],
                connection=Connection(ConnectionKind.HID, address),
                driver="",
                name=device.name,
                problem=_access(dev / node.name),
                keywords=keywords_of(device)
                | {"usage_page": f"{page:02x}", "usage": f"{usage:02x}"},
            ),
        )
    return tuple(found.values())


def keyboards(sys_folder: Path = SYS, dev: Path = DEV) -> tuple[FoundDevice, ...]:
    """Return the USB keyboards; those of scanners' makers are said to be scanners.

    Nothing is opened: whether one scans is learned by scanning with it.
    """
    everything = [x.identity for x in usb_devices(sys_folder)]
    found: dict[str, FoundDevice] = {}
    for node in _entries(sys_folder / "class" / "input"):
        if not node.name.startswith("event") or not types_digits(
            text_of(node / "device" / "capabilities", "key")
        ):
            continue
        device = usb_device_at(node)
        if device is not None:
            one = _keyboard(device, everything, dev / "input" / node.name)
            found.setdefault(one.connection.address, one)
    return tuple(found.values())


def types_digits(bitmap: str) -> bool:
    """Tell of the kernel's bitmap of keys whether digits and Enter are among them."""
    try:
        words = [int(word, 16) for word in reversed(bitmap.split())]
    except ValueError:
        return False
    bits = sum(word << (_WORD_BITS * at) for at, word in enumerate(words))
    return all(bits >> key & 1 for key in _TYPED)


def _keyboard(
    device: SysfsDevice, everything: Iterable[UsbIdentity], node: Path
) -> FoundDevice:
    is_scanner = device.identity.vid in SCANNER_VENDORS or _SCANS.search(device.name)
    return FoundDevice(
        category=DeviceCategory.SCANNER if is_scanner else None,
        connection=Connection(
            ConnectionKind.KEYBOARD,
            str(settled_identity(device.identity, everything)),
        ),
        driver="",
        name=device.name,
        problem=_access(node),
        keywords=keywords_of(device) | {"usage_page": "01", "usage": "06"},
    )


def found_by_hidapi(listed: Iterable[dict[str, object]]) -> tuple[FoundDevice, ...]:
    """Return the scanners and scales of a list of hidapi's."""
    found: dict[str, FoundDevice] = {}
    for each in listed:
        page = each.get("usage_page")
        if not isinstance(page, int) or page not in _CATEGORIES:
            continue
        vid, pid = f"{each['vendor_id']:04x}", f"{each['product_id']:04x}"
        identity = UsbIdentity(vid, pid, str(each.get("serial_number") or ""))
        names = [
            str(each.get(x) or "") for x in ("manufacturer_string", "product_string")
        ]
        found.setdefault(
            f"{identity} {page}",
            FoundDevice(
                category=_CATEGORIES[page],
                connection=Connection(ConnectionKind.HID, str(identity)),
                driver="",
                name=" ".join(x for x in names if x) or str(identity),
                keywords={
                    "vid": vid,
                    "pid": pid,
                    "serial_number": identity.serial,
                    "usage_page": f"{page:02x}",
                    "usage": f"{each.get('usage') or 0:02x}",
                },
            ),
        )
    return tuple(found.values())


def _access(node: Path) -> str:
    return "" if os.access(node, os.R_OK | os.W_OK) else "device_forbidden"


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
