"""Makes the transport of a connection."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from hardware.transport.base import Transport
from hardware.transport.serial_line import line_of
from hardware.transport.tcp import RAW_PORT, TcpTransport
from hardware.transport.usb_identity import usb_identity
from pos_app.errors import UserError
from pos_app.ports.devices import Connection, ConnectionKind


def transport_of(connection: Connection) -> Transport:
    """Return the transport of a connection, not opened yet.

    Raises:
        UserError: "device_connection_unknown", or "device_setting_missing" when the
            address or an option makes no sense.
    """
    make = _MAKERS.get(connection.kind)
    if make is None:
        raise UserError("device_connection_unknown", kind=connection.kind.value)
    return make(connection)


def host_and_port(address: str) -> tuple[str, int]:
    """Split "host", "host:port", "[v6]:port" or a bare IPv6 address.

    Raises:
        UserError: "device_setting_missing".
    """
    text = address.strip()
    host, port = text, ""
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":")
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
    number = port or str(RAW_PORT)
    fits = number.isascii() and number.isdecimal() and 0 < int(number) < 65536
    if not host or not fits:
        raise UserError("device_setting_missing", field="address")
    return host, int(number)


def _tcp(connection: Connection) -> Transport:
    host, port = host_and_port(connection.address)
    return TcpTransport(host, port)


def _usb_printer(connection: Connection) -> Transport:
    """Return the way through the system's own driver of the printer class."""
    if sys.platform == "win32":
        from hardware.transport.windows_usbprint import UsbPrintTransport

        return UsbPrintTransport(connection.address)
    from hardware.transport.usblp import UsblpTransport

    return UsblpTransport(connection.address)


def _usb(connection: Connection) -> Transport:
    if usb_identity(connection.address) is None:
        raise UserError("device_setting_missing", field="address")
    from hardware.transport.usb import LibusbTransport

    return LibusbTransport(connection.address)


def _serial(connection: Connection) -> Transport:
    if not connection.address.strip():
        raise UserError("device_setting_missing", field="address")
    line = line_of(connection)
    from hardware.transport.serial import SerialTransport

    return SerialTransport(connection.address, line)


def _queue(connection: Connection) -> Transport:
    name = connection.address.strip()
    # A queue's name goes to a command line: never one of its options.
    if not name or name.startswith("-"):
        raise UserError("device_setting_missing", field="address")
    if sys.platform == "win32":
        from hardware.transport.windows_spooler import WindowsQueue

        return WindowsQueue(name)
    from hardware.transport.queue import CupsQueue

    return CupsQueue(name)


def _hid(connection: Connection) -> Transport:
    if not connection.address.strip():
        raise UserError("device_setting_missing", field="address")
    if sys.platform == "win32":
        from hardware.transport.hid import WindowsHidTransport

        return WindowsHidTransport(connection.address)
    from hardware.transport.hid import HidTransport

    return HidTransport(connection.address)


#: Each loads what it needs when it is asked for: a till has one or two of them.
_MAKERS: Mapping[ConnectionKind, Callable[[Connection], Transport]] = {
    ConnectionKind.NETWORK: _tcp,
    ConnectionKind.USB_PRINTER: _usb_printer,
    ConnectionKind.USB: _usb,
    ConnectionKind.SERIAL: _serial,
    ConnectionKind.QUEUE: _queue,
    ConnectionKind.HID: _hid,
}
