"""What Linux knows of its USB devices: /sys read as plain files, nothing opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hardware.transport.usb_identity import UsbIdentity

SYS = Path("/sys")
DEV = Path("/dev")
_DEVICE_NAME = re.compile(r"\d+-\d+(\.\d+)*")


@dataclass(frozen=True, slots=True)
class SysfsInterface:
    """One interface of a USB device.

    Attributes:
        folder: in /sys.
        number: its own number in the device.
        usb_class, protocol: two hexadecimal digits, as the descriptor has them.
        driver: which driver of the kernel has it ("usblp", "usbfs" for a program
            through libusb); "" for none.
    """

    folder: Path
    number: int
    usb_class: str
    protocol: str
    driver: str


@dataclass(frozen=True, slots=True)
class SysfsDevice:
    """One USB device that is plugged in.

    Attributes:
        folder: in /sys.
        identity: with both the serial number and the place.
        manufacturer, product: as the device says.
        node: for libusb, "bus/usb/001/002" below /dev.
        interfaces: all of them.
    """

    folder: Path
    identity: UsbIdentity
    manufacturer: str
    product: str
    node: str
    interfaces: tuple[SysfsInterface, ...]

    @property
    def name(self) -> str:
        """Manufacturer and product, without saying the first twice."""
        if self.product.lower().startswith(self.manufacturer.lower()):
            return self.product or str(self.identity)
        return f"{self.manufacturer} {self.product}".strip()


def text_of(folder: Path, name: str) -> str:
    """Return an attribute; "" when it is not there, or no longer."""
    try:
        return (folder / name).read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def usb_devices(sys: Path = SYS) -> tuple[SysfsDevice, ...]:
    """Return everything on USB but hubs' own roots; a device pulled out is not."""
    try:
        folders = sorted((sys / "bus" / "usb" / "devices").iterdir())
    except OSError:
        return ()
    found = (_device(x) for x in folders if _DEVICE_NAME.fullmatch(x.name))
    return tuple(x for x in found if x is not None)


def find_usb(identity: UsbIdentity, sys: Path = SYS) -> SysfsDevice | None:
    """Return the device of an identity of the settings."""
    found = (x for x in usb_devices(sys) if identity.names(x.identity))
    return next(found, None)


def nodes_of(device: SysfsDevice, pattern: str, dev: Path = DEV) -> tuple[Path, ...]:
    """Return its nodes such as "lp*", "ttyACM*", "hidraw*", "event*"; none if none."""
    found = (
        node
        for interface in device.interfaces
        for node in _nodes_below(interface.folder, pattern, dev)
    )
    return tuple(found)


def _nodes_below(folder: Path, pattern: str, dev: Path) -> Iterator[Path]:
    try:
        uevents = sorted(folder.glob(f"**/{pattern}/uevent"))
    except OSError:
        return  # pulled out while we look
    for uevent in uevents:
        lines = text_of(uevent.parent, "uevent").splitlines()
        for line in lines:
            name = line.removeprefix("DEVNAME=")
            if name != line:
                yield dev / name.removeprefix("/dev/")


def usb_parent(folder: Path) -> Path | None:
    """Return the folder of the USB device that something in /sys belongs to."""
    try:
        real = folder.resolve()
    except OSError:
        return None
    for each in (real, *real.parents):
        if _DEVICE_NAME.fullmatch(each.name) and text_of(each, "idVendor"):
            return each
    return None


def usb_device_at(folder: Path) -> SysfsDevice | None:
    """Return the USB device that something in /sys belongs to; None for none."""
    parent = usb_parent(folder)
    return None if parent is None else _device(parent)


def _device(folder: Path) -> SysfsDevice | None:
    vid, pid = text_of(folder, "idVendor"), text_of(folder, "idProduct")
    if not vid or not pid:
        return None
    bus, number = text_of(folder, "busnum"), text_of(folder, "devnum")
    is_known = bus.isdecimal() and number.isdecimal()
    return SysfsDevice(
        folder=folder,
        identity=UsbIdentity(
            vid.lower(), pid.lower(), text_of(folder, "serial"), folder.name
        ),
        manufacturer=text_of(folder, "manufacturer"),
        product=text_of(folder, "product"),
        node=f"bus/usb/{int(bus):03}/{int(number):03}" if is_known else "",
        interfaces=tuple(_interfaces(folder)),
    )


def _interfaces(folder: Path) -> Iterator[SysfsInterface]:
    try:
        below = sorted(folder.glob(f"{folder.name}:*"))
    except OSError:
        return
    for each in below:
        number = text_of(each, "bInterfaceNumber")
        driver = each / "driver"
        try:
            holder = driver.resolve().name if driver.exists() else ""
        except OSError:
            holder = ""
        yield SysfsInterface(
            folder=each,
            number=int(number, 16) if number else 0,
            usb_class=text_of(each, "bInterfaceClass").lower(),
            protocol=text_of(each, "bInterfaceProtocol").lower(),
            driver=holder,
        )
