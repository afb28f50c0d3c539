"""A network printer that eats bytes and has every fault a counter sees.

It answers DLE EOT as bytes arrive, and GS r, ESC p and GS a only when printing
comes to them, as real printers do. What it draws is not its business: `paper` is
every byte that went through the print head.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable
from typing import Self

_TEXT = re.compile(rb"[^\x10\x1b-\x1d]+")
_FIXED = {
    b"\x1b@": 2,
    b"\x1c.": 2,
    b"\x1c&": 2,
    b"\x1b!": 3,
    b"\x1d!": 3,
    b"\x1c!": 3,
    b"\x1ba": 3,
    b"\x1bt": 3,
    b"\x1bd": 3,
    b"\x1bJ": 3,
    b"\x1da": 3,
    b"\x1dr": 3,
    b"\x1dh": 3,
    b"\x1dw": 3,
    b"\x1df": 3,
    b"\x1dH": 3,
    b"\x1dV": 4,
    b"\x1bp": 5,
    b"\x10\x04": 3,
    b"\x10\x14": 5,
}


class PaperPrinter:
    """One printer on a free port of 127.0.0.1; use it as a context manager."""

    def __init__(self) -> None:
        self.paper = bytearray()
        self.received = 0
        self.kicks = 0
        self.connections = 0
        self.is_silent = False  # never answers
        self.takes_nothing = False  # leaves everything in the network's buffers
        self.stops_taking_at: int | None = None  # the same, after so many bytes
        self.hang_up_at: int | None = None  # after this many bytes, for once
        self.paper_ends_at: int | None = None  # after this many printed bytes
        self.bytes_per_second: int | None = None
        self._paper_out = False
        self._cover_open = False
        self._buffer = bytearray()
        self._reports = False
        self._peer: socket.socket | None = None
        self._lock = threading.RLock()
        self._running = True
        self._server = socket.socket()
        # Small buffers, so that a printer that stops reading is noticed at once.
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._server.bind(("127.0.0.1", 0))
        self._server.listen(4)
        self._server.settimeout(0.05)
        self.port: int = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._running = False
        self._thread.join(5)
        self._server.close()
        assert not self._thread.is_alive()

    # ------------------------------------------------------------------ faults
    def pull_paper(self) -> None:
        self._change(lambda: setattr(self, "_paper_out", True))

    def load_paper(self) -> None:
        self._change(lambda: setattr(self, "_paper_out", False))

    def open_cover(self) -> None:
        self._change(lambda: setattr(self, "_cover_open", True))

    def close_cover(self) -> None:
        self._change(lambda: setattr(self, "_cover_open", False))

    def _change(self, change: Callable[[], None]) -> None:
        with self._lock:
            change()
            if self._reports:
                self._answer(self._automatic())

    # ----------------------------------------------------------------- serving
    def _serve(self) -> None:
        while self._running:
            try:
                peer, _ = self._server.accept()
            except TimeoutError:
                self._print()
                continue
            self.connections += 1
            self._reports = False
            with peer:
                peer.settimeout(0.02)
                self._peer = peer
                self._talk(peer)
                self._peer = None

    def _talk(self, peer: socket.socket) -> None:
        while self._running:
            self._print()
            if self.takes_nothing:
                time.sleep(0.01)
                continue
            try:
                data = peer.recv(16384)
            except TimeoutError:
                continue
            except OSError:
                return
            if not data:
                return
            if not self._take(data):
                return

    def _take(self, data: bytes) -> bool:
        """Take bytes from the wire; false when the printer hangs up on them."""
        with self._lock:
            limit = self.hang_up_at
            if limit is not None and self.received + len(data) >= limit:
                self._buffer += data[: limit - self.received]
                self.received = limit
                self.hang_up_at = None
                return False
            self.received += len(data)
            stop = self.stops_taking_at
            if stop is not None and self.received >= stop:
                self.stops_taking_at, self.takes_nothing = None, True
            self._real_time(data)
            self._buffer += data
            return True

    def _real_time(self, data: bytes) -> None:
        for place in range(len(data) - 2):
            if data[place : place + 2] == b"\x10\x04" and 1 <= data[place + 2] <= 4:
                self._answer(bytes([self._status(data[place + 2])]))
        if b"\x10\x14\x01" in data:
            self.kicks += 1

    def _answer(self, data: bytes) -> None:
        if self.is_silent or self._peer is None:
            return
        try:
            self._peer.sendall(data)
        except OSError:
            self._peer = None

    def _status(self, question: int) -> int:
        offline = self._paper_out or self._cover_open
        bits = {
            1: 0x08 * offline,
            2: 0x04 * self._cover_open | 0x20 * self._paper_out,
            3: 0,
            4: 0x60 * self._paper_out,
        }
        return 0x12 | bits[question]

    def _automatic(self) -> bytes:
        offline = self._paper_out or self._cover_open
        first = 0x10 | 0x08 * offline | 0x20 * self._cover_open
        return bytes([first, 0, 0x0C * self._paper_out, 0])

    # ---------------------------------------------------------------- printing
    def _print(self) -> None:
        with self._lock:
            budget = len(self._buffer)
            if self.bytes_per_second is not None:
                budget = max(8, self.bytes_per_second // 50)
            while self._buffer and budget > 0:
                if self._paper_out or self._cover_open:
                    return
                length = self._next_length(budget)
                if length is None:
                    return
                piece = bytes(self._buffer[:length])
                del self._buffer[:length]
                budget -= length
                self.paper += piece
                self._carry_out(piece)
                end = self.paper_ends_at
                if end is not None and len(self.paper) >= end:
                    self.paper_ends_at = None
                    self.pull_paper()

    def _next_length(self, most: int) -> int | None:
        """Return the length of the next command, None while it is incomplete."""
        buffer = self._buffer
        if text := _TEXT.match(buffer, 0, most):
            return text.end()
        head = bytes(buffer[:2])
        length = _FIXED.get(head, 1)
        if head == b"\x1dv":
            if len(buffer) < 8:
                return None
            length = 8 + (buffer[4] + 256 * buffer[5]) * (buffer[6] + 256 * buffer[7])
        elif head == b"\x1d(":
            length = 5 + buffer[3] + 256 * buffer[4] if len(buffer) > 4 else 9
        elif head == b"\x1dk":
            length = 4 + buffer[3] if len(buffer) > 3 else 9
        return length if len(buffer) >= length else None

    def _carry_out(self, piece: bytes) -> None:
        if piece == b"\x1dr\x01":
            self._answer(b"\x00")
        elif piece[:2] == b"\x1bp":
            self.kicks += 1
        elif piece == b"\x1b@":
            self._reports = False
        elif piece == b"\x1da\xff":
            self._reports = True
            self._answer(self._automatic())
