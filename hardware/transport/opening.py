"""Makes the transport of a connection."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hardware.transport.base import Transport
from hardware.transport.tcp import RAW_PORT, TcpTransport
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


_MAKERS: Mapping[ConnectionKind, Callable[[Connection], Transport]] = {
    ConnectionKind.NETWORK: _tcp,
}
