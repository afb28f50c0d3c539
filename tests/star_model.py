"""A USB Star without a wire: StarPRNT's status, its count of "done", and every fault.

Written from the command specifications, as tests/star_printer.py is; the buffer, the
speed and the faults are those of `PrinterModel`.
"""

from __future__ import annotations

import re

from typing_extensions import override

from tests.printer_model import Paper, PrinterModel

_ASK = b"\x1b\x06\x01"
_TEXT = re.compile(rb"[^\x17\x18\x1b\x07\x1a]+")
_FIXED = {b"@": 2, b"E": 2, b"F": 2, b"0": 2, b"i": 4, b"R": 3, b"$": 3, b"d": 3}
_FIXED |= {b"J": 3, b"z": 3, b"\x1e": 4, b"\x07": 4, b"\x06": 3}


class StarModel(PrinterModel):
    """The state of one Star."""

    _count = 0
    _reports = False

    @override
    def asb(self) -> bytes:
        out = self._paper is Paper.OUT
        printer = 0x20 * self._cover_open | 0x08 * (not self.online)
        printer |= 0x04 * self._drawer_open
        count = (self._count & 0x07) << 1 | (self._count & 0x18) << 2
        return bytes([0x23, 0x06, printer, 0, 0, 0x08 * out, 0, count, 0])

    @override
    def power_cycle(self) -> None:
        super().power_cycle()
        self._count, self._reports = 0, False

    @override
    def _realtime(self, data: bytes) -> None:
        seen = self._tail + data
        for _ in range(seen.count(_ASK)):
            self._answer(self.asb())
        at = seen.rfind(_ASK)
        rest = seen if at < 0 else seen[at + len(_ASK) :]
        self._tail = rest[-2:] if rest[-2:] == b"\x1b\x06" else rest[-1:]

    @override
    def _next_piece(self, budget: int) -> bytes:
        if not self._inside:
            text = _TEXT.match(self._buffer, 0, max(budget, 1))
            if text and budget > 0:
                return bytes(text[0])
            length = self._length()
            if length is None and len(self._buffer) < self.capacity:
                return b""
            if length is not None and length <= 8:
                fits = length <= min(len(self._buffer), budget)
                return bytes(self._buffer[:length]) if fits else b""
            self._inside = length or 1
        piece = bytes(self._buffer[: min(self._inside, budget)])
        self._inside -= len(piece)
        return piece

    def _length(self) -> int | None:  # noqa: C901 - one line per command reads best
        data = self._buffer
        if data[0] != 0x1B:
            return 1
        if len(data) < 2:
            return None
        code = bytes(data[1:2])
        if code in _FIXED:
            return _FIXED[code]
        if code == b"b":
            return data.index(0x1E) + 1 if 0x1E in data else None
        if code == b"k":
            return (
                4 + 24 * int.from_bytes(data[2:4], "little") if len(data) > 3 else None
            )
        if len(data) < 9:
            return 6 if bytes(data[1:4]) == b"\x1dyS" else self._short_length()
        if bytes(data[1:3]) == b"\x1dS":
            size = int.from_bytes(data[4:6], "little")
            return 9 + size * int.from_bytes(data[6:8], "little")
        if bytes(data[1:4]) == b"\x1dyD":
            return 8 + int.from_bytes(data[6:8], "little")
        return self._short_length() or 2

    def _short_length(self) -> int | None:
        head = bytes(self._buffer[1:4])
        if head[:2] in (b"\x1da", b"\x1dt") or head == b"\x1dyP":
            return 4
        return 6 if head == b"\x1dyS" else None

    @override
    def _print(self, piece: bytes) -> None:
        is_command = not self._inside
        super()._print(piece)
        if is_command and piece[0] not in (0x1B, 0x1D):
            self._carry_out(piece)

    @override
    def _carry_out(self, command: bytes) -> None:
        if command == b"\x17":
            self._count = (self._count + 1) % 32
            if self._reports:
                self._answer(self.asb())
        elif command in (b"\x1b\x1eE\x00", b"\x18"):
            self._count = 0
        elif command[:3] == b"\x1b\x1ea":
            self._reports = command[3] != 0
            self._asb = int(self._reports)
            if self._reports:
                self._answer(self.asb())
        elif command == b"\x1b@":
            self._reports, self._asb = False, 0
        elif command in (b"\x07", b"\x1a"):
            self._kick()
