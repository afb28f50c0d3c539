"""Finds the kernel's node of a device again, by what it is and where it is plugged.

An address is "05e0:1200:SN123" (vendor, product, serial number), "05e0:1200@1-1.2"
(port path), "05e0:1200", or a node such as /dev/input/event3.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos_app.errors import UserError


@dataclass(frozen=True, slots=True)
class UsbPlace:
    """One device on the bus.

    Attributes:
        vid, pid: vendor and product, four lower-case hexadecimal digits.
        serial: serial number, "" for none. port: path of ports, "1-1.2".
    """

    vid: str
    pid: str
    serial: str = ""
    port: str = ""


def read_address(address: str) -> UsbPlace:
    """Read an address; what it leaves open is "".

    Raises:
        UserError: "device_setting_missing".
    """
    names, _, port = address.partition("@")
    vid, _, rest = names.partition(":")
    pid, _, serial = rest.partition(":")
    is_hex = all(len(x) == 4 and x.isalnum() and x.isascii() for x in (vid, pid))
    if not is_hex:
        raise UserError("device_setting_missing", field="address")
    return UsbPlace(vid.lower(), pid.lower(), serial, port)


def fits(wanted: UsbPlace, found: UsbPlace) -> bool:
    """Tell whether a device is the one that an address means."""
    return (
        (wanted.vid, wanted.pid) == (found.vid, found.pid)
        and wanted.serial in ("", found.serial)
        and wanted.port in ("", found.port)
    )


def place_of(node: Path) -> UsbPlace | None:
    """Return the USB device behind a node of sysfs; None for no USB device."""
    at = node.resolve()
    while at != at.parent:
        vendor = _word(at / "idVendor")
        if vendor:
            product = _word(at / "idProduct")
            return UsbPlace(vendor, product, _word(at / "serial"), at.name)
        at = at.parent
    return None


def nodes_of(address: str, kind: str, sys: Path = Path("/sys/class")) -> list[str]:
    """Return the nodes of a class that belong to an address, in order.

    Args:
        address: as above.
        kind: a class of the kernel: "input" or "hidraw".
        sys: where the kernel's classes are.

    Raises:
        UserError: "device_setting_missing" for an address of no sense.
    """
    if address.startswith("/dev/"):
        return [address] if Path(address).exists() else []
    wanted = read_address(address)
    found: list[str] = []
    folder, pattern = (sys / kind), ("event*" if kind == "input" else "*")
    for node in sorted(folder.glob(pattern), key=_order):
        place = place_of(node)
        if place is not None and fits(wanted, place):
            found.append(
                f"/dev/input/{node.name}" if kind == "input" else f"/dev/{node.name}"
            )
    return found


def _order(node: Path) -> tuple[str, int]:
    name = node.name.rstrip("0123456789")
    number = node.name[len(name) :]
    return name, int(number) if number else -1


def _word(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
