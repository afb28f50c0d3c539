"""The serial ports of this computer, and which of them an address means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hardware.transport.usb_identity import UsbIdentity, usb_identity


@dataclass(frozen=True, slots=True)
class SerialPort:
    """One serial port as the system has it now.

    Attributes:
        node: "/dev/ttyACM0", "COM3"; holds only until the next replug.
        identity: of the USB device behind it, its place with the interface
            ("1-1.2:1.0") where the device has several; None for RS-232.
        name: what the system calls it.
        manufacturer: of the USB device; "" where unknown.
    """

    node: str
    identity: UsbIdentity | None
    name: str
    manufacturer: str = ""


def serial_ports() -> tuple[SerialPort, ...]:
    """Return the ports that there are now."""
    try:
        from serial.tools import list_ports  # late: only tills with serial devices
    except AttributeError:
        return ()  # a Windows (or Wine) that lacks what pyserial asks it

    found = []
    for each in sorted(list_ports.comports()):
        identity = None
        if each.vid is not None and each.pid is not None:
            serial, place = each.serial_number or "", each.location or ""
            identity = UsbIdentity(f"{each.vid:04x}", f"{each.pid:04x}", serial, place)
        known = [x for x in (each.product, each.description) if x and x != "n/a"]
        name = known[0] if known else each.device
        found.append(SerialPort(each.device, identity, name, each.manufacturer or ""))
    return tuple(found)


def port_of(address: str, ports: Iterable[SerialPort]) -> str | None:
    """Return the node of an address; None when its device is not plugged in.

    Args:
        address: "vid:pid:serial", "vid:pid@place", or a node where the port has no
            identity.
        ports: what there is.
    """
    wanted = usb_identity(address)
    if wanted is None:
        return address.strip() or None
    for port in ports:
        known = port.identity
        if known is None:
            continue
        device = replace(known, place=known.place.partition(":")[0])
        if wanted.names(known) or wanted.names(device):
            return port.node
    return None


def port_address(port: SerialPort, ports: Iterable[SerialPort]) -> str:
    """Return the address that finds a port again and finds no other."""
    identity = port.identity
    if identity is None:
        return port.node
    others = [x.identity for x in ports if x.identity and x.node != port.node]
    short = [
        UsbIdentity(identity.vid, identity.pid, identity.serial),
        UsbIdentity(identity.vid, identity.pid, "", identity.place.partition(":")[0]),
    ]
    for each in short if identity.serial else short[1:]:
        names_another = any(
            each.names(x) or each.names(replace(x, place=x.place.partition(":")[0]))
            for x in others
        )
        if not names_another:
            return str(each)
    return str(replace(identity, serial=""))
