"""Serial ports: scanners in USB-COM mode, scales, displays, printers, adapters."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from hardware.transport.serial_ports import SerialPort, port_address, serial_ports
from hardware.vendors import PRINTER_VENDORS, SCALE_VENDORS, SCANNER_VENDORS
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    FoundDevice,
)

_SCANS = re.compile(r"scan|barcode|imager", re.IGNORECASE)
_WEIGHS = re.compile(r"\bscale\b|weigh", re.IGNORECASE)
#: What a computer has for itself and no counter's device is ever plugged into.
_NOT_OURS = re.compile(r"/dev/(ttyGS|ttyAMA|ttyprintk|rfcomm)")


def serial_devices(
    ports: Iterable[SerialPort] | None = None,
) -> tuple[FoundDevice, ...]:
    """Return the serial ports; what hangs on one is only guessed.

    Args:
        ports: what there is; None for this computer's.
    """
    there = tuple(serial_ports() if ports is None else ports)
    return tuple(
        _found(port, there) for port in there if not _NOT_OURS.match(port.node)
    )


def _found(port: SerialPort, ports: tuple[SerialPort, ...]) -> FoundDevice:
    identity = port.identity
    keywords = {"node": port.node, "manufacturer": port.manufacturer}
    if identity is not None:
        keywords |= {
            "vid": identity.vid,
            "pid": identity.pid,
            "serial_number": identity.serial,
            "place": identity.place,
            "product": port.name,
        }
    name = f"{port.manufacturer} {port.name}".strip()
    if port.name.startswith(port.manufacturer) or identity is None:
        name = port.name
    return FoundDevice(
        category=_category(port, name),
        connection=Connection(ConnectionKind.SERIAL, port_address(port, ports)),
        driver="",
        name=name,
        problem=_problem(port),
        keywords=keywords,
    )


def _category(port: SerialPort, name: str) -> DeviceCategory | None:
    vid = port.identity.vid if port.identity else ""
    if vid in SCANNER_VENDORS or _SCANS.search(name):
        return DeviceCategory.SCANNER
    if _WEIGHS.search(name) or (vid in SCALE_VENDORS and vid not in PRINTER_VENDORS):
        return DeviceCategory.SCALE
    return None


def _problem(port: SerialPort) -> str:
    """Return "device_forbidden" without rights; a port is not opened to be asked.

    Opening one raises its DTR line, at which some devices start anew.
    """
    if not port.node.startswith("/"):
        return ""
    return "" if os.access(port.node, os.R_OK | os.W_OK) else "device_forbidden"
