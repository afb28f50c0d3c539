"""Scales behind a line, written from their manuals and not from the till's code."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import reduce

from hardware.transport.base import Capabilities
from pos_app.errors import DeviceError


class SpokenLine:
    """Implements `hardware.transport.base.Transport` to a scale in this process.

    Args:
        answer: what the scale says to what it was sent; it may say nothing.
        piece: how many bytes come at once, to show half frames.
    """

    def __init__(self, answer: Callable[[bytes], bytes], piece: int = 4096) -> None:
        self.answer, self.piece = answer, piece
        self.is_there = True
        self.sent = b""
        self._waiting = b""
        self._open = False

    identity = "serial:scale"
    capabilities = Capabilities(reads=True, is_exclusive=True)

    @property
    def is_open(self) -> bool:
        return self._open

    def open(self, deadline: float) -> None:
        del deadline
        if not self.is_there:
            raise DeviceError("device_unreachable", device=self.identity)
        self._open = True

    def close(self) -> None:
        self._open = False
        self._waiting = b""

    def write_some(self, chunk: bytes, deadline: float) -> int:
        del deadline
        self._check()
        self.sent += chunk
        self._waiting += self.answer(chunk)
        return len(chunk)

    def read(self, deadline: float) -> bytes:
        self._check()
        if not self._waiting:
            time.sleep(max(0.0, min(0.02, deadline - time.monotonic())))
            return b""
        part, self._waiting = self._waiting[: self.piece], self._waiting[self.piece :]
        return part

    def _check(self) -> None:
        if not self.is_there:
            self._open = False
            raise DeviceError("device_gone", device=self.identity)


class ToledoDevice:
    """OHAUS Courier 7000 manual, page EN-38: W, Z; weight or status."""

    def __init__(self, weight: bytes = b"00.000", status: int = 0) -> None:
        self.weight, self.status = weight, status

    def __call__(self, sent: bytes) -> bytes:
        if sent == b"Z":
            self.weight = b"00.000"
            return b"\x02?" + bytes([0x60 | 0x10]) + b"\r"
        if sent != b"W":
            return b"\x02?\x60\r"
        if self.status:
            return b"\x02?" + bytes([0x60 | self.status]) + b"\r"
        return b"\x02" + self.weight + b"\r"


def cas_frame(body: bytes) -> bytes:
    """OHAUS Aviator 7000 service manual 6.1.1.4, format 1."""
    check = reduce(lambda a, b: a ^ b, body)
    return b"\x01\x02" + body + bytes([check]) + b"\x03\x04"


class CasDevice:
    def __init__(self, body: bytes = b"S  0.000kg") -> None:
        self.body = body
        self.is_busy = False

    def __call__(self, sent: bytes) -> bytes:
        if sent == b"\x05":
            return b"\x15" if self.is_busy else b"\x06"
        return cas_frame(self.body) if sent == b"\x11" else b""


class Dialog06Device:
    """Mettler Toledo DIVA service manual 6.1.8: records 01 to 11."""

    POLYNOMIAL = 0x1A2B5

    def __init__(self, grams: int = 0, *, asks_checksum: bool = False) -> None:
        self.grams, self.status = grams, b"00"
        self.asks_checksum = asks_checksum
        self.is_trusted = not asks_checksum
        self.random = 0x47
        self.price, self.tare = 0, 0
        self.checksums: list[tuple[int, int]] = []

    def __call__(self, sent: bytes) -> bytes:
        if sent == b"\x04":
            return b""
        if sent == b"\x04\x05":
            return self._result()
        record = re.fullmatch(rb"\x04\x02(\d\d)((?:\x1b[^\x1b\x03]*)*)\x03", sent)
        if record is None:
            return b"\x15"
        number = record.group(1)
        fields = record.group(2).split(b"\x1b")[1:]
        if number == b"08":
            return b"\x0209\x1b" + self.status + b"\x03"
        if number == b"10":
            values = fields[0]
            self.checksums.append((int(values[:4], 16), int(values[4:], 16)))
            self.is_trusted = self._is_right(*self.checksums[-1])
            self.is_judging = True
            return b"\x06"
        if self.asks_checksum and not self.is_trusted:
            return b"\x0211\x1b2%02X\x03" % self.random
        self.price = int(fields[0])
        self.tare = int(fields[1]) if number == b"03" else 0
        return b"\x06"

    is_judging = False

    def _result(self) -> bytes:
        if self.is_judging:
            self.is_judging = False
            return b"\x0211\x1b" + (b"1" if self.is_trusted else b"0") + b"\x03"
        if self.status != b"00":
            return b"\x15"
        net = self.grams - self.tare
        amount = (net * self.price + 500) // 1000
        return b"\x0202\x1b3\x1b%05d\x1b%06d\x1b%06d\x03" % (net, self.price, amount)

    def _is_right(self, first: int, second: int) -> bool:
        left, right = self.random >> 4, self.random & 15
        checksum = ((first >> left) | (first << (16 - left))) & 0xFFFF
        rest = ((second << right) | (second >> (16 - right))) & 0xFFFF
        bits = f"{checksum:016b}" + "0" * 16
        divisor = f"{self.POLYNOMIAL:017b}"
        digits = [int(x) for x in bits]
        for at in range(16):  # long division, as on paper
            if digits[at]:
                for offset, bit in enumerate(divisor):
                    digits[at + offset] ^= int(bit)
        return int("".join(map(str, digits[16:])), 2) == rest


def nci_frame(weight: bytes, status: bytes = b"00") -> bytes:
    """Salter Brecknell 3700LP manual, page 11."""
    return b"\n" + weight + b"\r\nS" + status + b"\r\x03"
