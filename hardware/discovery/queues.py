"""Printer queues that the system has already: CUPS, Windows' spooler."""

from __future__ import annotations

import re
import sys
from urllib.parse import parse_qs, unquote, urlsplit

from hardware.discovery.usb_printers import ieee1284_of
from pos_app.errors import DeviceError
from pos_app.ports.devices import Connection, ConnectionKind, FoundDevice

_DEVICE = re.compile(r"device for (?P<name>[^:]+): (?P<uri>.+)")
_ASK_S = 3.0


def queues() -> tuple[FoundDevice, ...]:
    """Return the queues of this computer; () where it has no spooler."""
    if sys.platform == "win32":
        return windows_queues()
    return cups_queues()


def cups_queues() -> tuple[FoundDevice, ...]:
    """Return CUPS' queues with what each of them prints on."""
    from hardware.transport.queue import run_cups

    try:
        said = run_cups(["lpstat", "-v"], b"", _ASK_S)
    except (DeviceError, TimeoutError, OSError):
        return ()
    return read_lpstat(said.stdout.decode("utf-8", "replace"))


def read_lpstat(text: str) -> tuple[FoundDevice, ...]:
    """Return the queues of `lpstat -v`, said in English."""
    found = []
    for line in text.splitlines():
        match = _DEVICE.fullmatch(line.strip())
        if match is None:
            continue
        name, uri = match["name"], match["uri"]
        found.append(
            FoundDevice(
                category=None,
                connection=Connection(ConnectionKind.QUEUE, name),
                driver="",
                name=name,
                keywords={"uri": uri, **_uri_facts(uri)},
            )
        )
    return tuple(found)


def _uri_facts(uri: str) -> dict[str, str]:
    """Return maker and model of "usb://EPSON/TM-T88V?serial=..."."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return {}
    if parts.scheme != "usb":
        return {}
    serial = parse_qs(parts.query).get("serial", [""])[0]
    return {
        "serial_number": serial,
        **ieee1284_of(unquote(parts.netloc), unquote(parts.path.strip("/"))),
    }


if sys.platform == "win32":

    def windows_queues() -> tuple[FoundDevice, ...]:
        """Return Windows' printers; tried under Wine only, without a printer."""
        import pywintypes
        import win32print

        local_and_connected = 2 | 4  # PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS
        try:
            listed = win32print.EnumPrinters(local_and_connected, None, 2)
        except pywintypes.error:
            return ()
        return tuple(
            FoundDevice(
                category=None,
                connection=Connection(ConnectionKind.QUEUE, each["pPrinterName"]),
                driver="",
                name=each["pPrinterName"],
                keywords={"port": each["pPortName"], "model": each["pDriverName"]},
            )
            for each in listed
        )
