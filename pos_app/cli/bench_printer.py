"""A printer on the loopback that is always ready and notes when a slip begins."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from typing import Self

from hardware.printer.status import ASK_STATUS

#: DLE EOT 1, 2 and 4 of a printer that is well (fixed bits only), and GS r 1.
_READY = b"\x12\x12\x12"
_ASK_DONE = b"\x1dr\x01"
_DONE = b"\x00"
_READ_BYTES = 65536
ANSWER_PATIENCE_S = 10.0


class PrinterSink:
    """Takes slips on a TCP port of this machine; one connection at a time."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._is_expected = threading.Event()
        self._firsts: queue.Queue[int] = queue.Queue()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        with contextlib.suppress(OSError):  # Windows shuts no listener down
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(ANSWER_PATIENCE_S)

    def expect(self) -> None:
        """Note when the next byte of a slip comes."""
        self._is_expected.set()

    def first_byte_at(self) -> int:
        """Return when that was, in nanoseconds of the performance counter."""
        return self._firsts.get(timeout=ANSWER_PATIENCE_S)

    def _serve(self) -> None:
        with contextlib.suppress(OSError):  # closed: nobody prints any more
            while True:
                connection, _ = self._server.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                with connection, contextlib.suppress(ConnectionError):
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        while data := connection.recv(_READ_BYTES):
            now = time.perf_counter_ns()
            slip = data.replace(ASK_STATUS, b"")
            if slip and self._is_expected.is_set():
                self._is_expected.clear()
                self._firsts.put(now)
            connection.sendall(_READY * data.count(ASK_STATUS))
            connection.sendall(_DONE * data.count(_ASK_DONE))
