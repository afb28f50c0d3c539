"""A network Star that eats bytes: StarPRNT's status, counts and drawer.

Written from the command specifications alone. Real-time commands are answered as bytes
arrive, all others when printing comes to them; offline, nothing is printed.
"""

from __future__ import annotations

import socket
import threading
from typing import Self

#: Length of the commands of fixed length.
_FIXED = {
    b"\x1b@": 2,
    b"\x1bE": 2,
    b"\x1bF": 2,
    b"\x1b0": 2,
    b"\x1bi": 4,
    b"\x1bR": 3,
    b"\x1b$": 3,
    b"\x1bd": 3,
    b"\x1bJ": 3,
    b"\x1bz": 3,
    b"\x1b\x1e": 4,
    b"\x1b\x07": 4,
    b"\x1b\x06": 3,
}
_ASK = b"\x1b\x06\x01"


class StarPrinter:
    """One Star on a free port of 127.0.0.1; use it as a context manager.

    Args:
        report_bytes: of its status, 7 (older models), 8 or 9.
    """

    def __init__(self, report_bytes: int = 9) -> None:
        self.paper = bytearray()
        self.received = bytearray()
        self.kicks: list[int] = []
        self.is_silent = False
        self.paper_ends_at: int | None = None  # after this many printed bytes
        self.cover_opens_at: int | None = None  # after this many received bytes
        self.reports: list[bytes] = []
        self._report_bytes = report_bytes
        self._paper_out = self._cover_open = self._reporting = False
        self._count = 0
        self._buffer = bytearray()
        self._peer: socket.socket | None = None
        self._lock = threading.RLock()
        self._running = True
        self._server = socket.create_server(("127.0.0.1", 0))
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

    def set_paper(self, *, is_there: bool) -> None:
        with self._lock:
            self._paper_out = not is_there
            self._changed()

    def set_cover(self, *, is_open: bool) -> None:
        with self._lock:
            self._cover_open = is_open
            self._changed()

    def _changed(self) -> None:
        if self._reporting:
            self._say(self._report())

    def _serve(self) -> None:
        while self._running:
            try:
                peer, _ = self._server.accept()
            except TimeoutError:
                self._print()
                continue
            with peer:
                peer.settimeout(0.02)
                self._peer = peer
                self._talk(peer)
                self._peer = None

    def _talk(self, peer: socket.socket) -> None:
        while self._running:
            self._print()
            try:
                data = peer.recv(16384)
            except TimeoutError:
                continue
            except OSError:
                return
            if not data:
                return
            with self._lock:
                self._take(data)

    def _take(self, data: bytes) -> None:
        self.received += data
        at = self.cover_opens_at
        if at is not None and len(self.received) >= at:
            self.cover_opens_at, self._cover_open = None, True
            self._changed()
        for _ in range(data.count(_ASK)):
            self._say(self._report())
        if self._is_offline and data in (b"\x1c", b"\x19"):
            self.kicks.append(1 if data == b"\x1c" else 2)
            return
        self._buffer += data

    @property
    def _is_offline(self) -> bool:
        return self._paper_out or self._cover_open

    def _say(self, data: bytes) -> None:
        if self.is_silent or self._peer is None:
            return
        self.reports.append(data)
        try:
            self._peer.sendall(data)
        except OSError:
            self._peer = None

    def _report(self) -> bytes:
        length = self._report_bytes
        head = 0x01 | (length & 0x07) << 1 | (length & 0x18) << 2
        printer = 0x20 * self._cover_open | 0x08 * self._is_offline
        count = (self._count & 0x07) << 1 | (self._count & 0x18) << 2
        whole = [head, 0x06, printer, 0, 0, 0x08 * self._paper_out, 0, count, 0]
        return bytes(whole[:length])

    # ---------------------------------------------------------------- printing
    def _print(self) -> None:
        with self._lock:
            while self._buffer and not self._is_offline:
                length = self._next_length()
                if length is None:
                    return
                piece = bytes(self._buffer[:length])
                del self._buffer[:length]
                self.paper += piece
                self._carry_out(piece)
                end = self.paper_ends_at
                if end is not None and len(self.paper) >= end:
                    self.paper_ends_at, self._paper_out = None, True
                    self._changed()

    def _next_length(self) -> int | None:
        buffer = self._buffer
        if buffer[0] != 0x1B:
            return 1
        if len(buffer) < 3:
            return None
        head = bytes(buffer[:2])
        length = _FIXED.get(head)
        if length is None:
            length = self._long(bytes(buffer[:16]))
        return length if len(buffer) >= length else None

    def _long(self, head: bytes) -> int:
        match head[1:3]:
            case b"\x1da" | b"\x1dt":
                return 4
            case b"\x1dS" if len(head) > 8:
                rows = int.from_bytes(head[6:8], "little")
                return 9 + int.from_bytes(head[4:6], "little") * rows
            case b"\x1dy" if len(head) > 8 and head[3:4] == b"D":
                return 8 + int.from_bytes(head[6:8], "little")
            case b"\x1dy" if len(head) > 3 and head[3:4] != b"D":
                return 4 if head[3:4] == b"P" else 6
        if head[1:2] == b"k" and len(head) > 3:
            return 4 + 24 * int.from_bytes(head[2:4], "little")
        if head[1:2] == b"b" and 0x1E in self._buffer:
            return self._buffer.index(0x1E) + 1
        return 1 << 30  # more of it is to come

    def _carry_out(self, piece: bytes) -> None:
        if piece == b"\x17":
            self._count = (self._count + 1) % 32
            if self._reporting:
                self._say(self._report())
        elif piece == b"\x1b\x1eE\x00" or piece == b"\x18":
            self._count = 0
        elif piece[:3] == b"\x1b\x1ea":
            self._reporting = piece[3] != 0
        elif piece == b"\x07":
            self.kicks.append(1)
        elif piece == b"\x1a":
            self.kicks.append(2)
