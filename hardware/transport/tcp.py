"""Printers on the network: raw bytes to TCP port 9100."""

from __future__ import annotations

import contextlib
import select
import socket
import time

from hardware.transport.base import CHUNK_BYTES, Capabilities
from pos_app.errors import DeviceError

RAW_PORT = 9100
_READ_BYTES = 4096
#: How long a closing connection may take to hand over its last bytes.
_GOODBYE_S = 0.3


class TcpTransport:
    """Implements `hardware.transport.base.Transport` over IPv4 and IPv6."""

    def __init__(self, host: str, port: int = RAW_PORT) -> None:
        self._host = host
        self._port = port
        self._socket: socket.socket | None = None

    @property
    def identity(self) -> str:
        """The address as a person typed it."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"tcp:{host}:{self._port}"

    @property
    def capabilities(self) -> Capabilities:
        """Answers come back; most network printers serve one connection a time."""
        return Capabilities(reads=True, is_exclusive=True, is_shared=True)

    @property
    def is_open(self) -> bool:
        """Whether a connection stands."""
        return self._socket is not None

    def open(self, deadline: float) -> None:
        """Connect; tries every address of the host until the deadline."""
        if self._socket is not None:
            return
        wait = max(0.01, deadline - time.monotonic())
        try:
            connection = socket.create_connection((self._host, self._port), wait)
        except (OSError, ValueError, OverflowError) as error:
            # A host that is no name (UnicodeError), a port that is no port.
            raise DeviceError("device_unreachable", device=self.identity) from error
        connection.settimeout(0)
        # A receipt is many small pieces; none should wait for the next (Nagle).
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = connection

    def close(self) -> None:
        """Say goodbye properly.

        Closing with answers still unread makes the system send RST, and a printer
        that gets RST throws away what it has not printed yet.
        """
        connection, self._socket = self._socket, None
        if connection is None:
            return
        deadline = time.monotonic() + _GOODBYE_S
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
            while self._is_ready(connection, "read", deadline):
                if not connection.recv(_READ_BYTES):
                    break
        connection.close()

    def write_some(self, chunk: bytes, deadline: float) -> int:
        """Hand bytes to the connection; counts what the system took."""
        connection = self._connected()
        try:
            if not self._is_ready(connection, "write", deadline):
                return 0
            return connection.send(chunk[:CHUNK_BYTES])
        except BlockingIOError:
            return 0
        except OSError as error:
            raise self._gone() from error

    def read(self, deadline: float) -> bytes:
        """Return answers; a connection closed by the printer is gone."""
        connection = self._connected()
        try:
            if not self._is_ready(connection, "read", deadline):
                return b""
            answer = connection.recv(_READ_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise self._gone() from error
        if not answer:
            raise self._gone()
        return answer

    def _connected(self) -> socket.socket:
        if self._socket is None:
            raise DeviceError("device_gone", device=self.identity)
        return self._socket

    def _gone(self) -> DeviceError:
        connection, self._socket = self._socket, None
        if connection is not None:
            connection.close()
        return DeviceError("device_gone", device=self.identity)

    @staticmethod
    def _is_ready(connection: socket.socket, way: str, deadline: float) -> bool:
        wait = max(0.0, deadline - time.monotonic())
        asked = [connection]
        reads, writes = (asked, []) if way == "read" else ([], asked)
        ready = select.select(reads, writes, [], wait)
        return bool(ready[0] or ready[1])
