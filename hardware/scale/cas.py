"""CAS and its many relatives: ENQ, ACK, DC1, and a frame with a block check.

`SOH STX state sign weight(6) unit(2) BCC ETX EOT`; BCC is the exclusive or of what
stands between STX and BCC. Source: CAS SW-II manual page 16; OHAUS Aviator 7000
service manual section 6.1.1.
"""

from __future__ import annotations

from functools import reduce
from operator import xor

from hardware.scale.answer import (
    MOVING,
    OVER,
    UNDER_ZERO,
    UNREADABLE,
    ScaleAnswer,
    plain_weight,
    stable,
)
from hardware.scale.line import ScaleLine, of_length

_ENQ, _ACK, _NAK, _DC1 = b"\x05", 0x06, 0x15, b"\x11"
_HEAD, _TAIL = b"\x01\x02", b"\x03\x04"
_FRAME_BYTES = 15


def read_cas(frame: bytes) -> ScaleAnswer:  # noqa: PLR0911 - a case for each fault
    """Return what a frame says; any bytes are allowed."""
    whole = len(frame) == _FRAME_BYTES
    if not whole or frame[:2] != _HEAD or frame[-2:] != _TAIL:
        return UNREADABLE
    body, check = frame[2:12], frame[12]
    if reduce(xor, body) != check:
        return UNREADABLE
    state, sign = body[:1], body[1:2]
    if b"F" in (state, sign):
        return OVER
    if state == b"U":
        return MOVING
    if state != b"S" or sign not in (b" ", b"-", b"+"):
        return UNREADABLE
    digits, unit = body[2:8], body[8:10].decode("latin-1").strip().lower()
    if sign == b"-" and plain_weight(digits):
        return UNDER_ZERO
    return stable(digits, unit)


class CasScale:
    """Implements `hardware.scale.language.ScaleLanguage`."""

    #: The block check sees one wrong digit; two answers see two.
    agreeing = 2

    def ask(self, line: ScaleLine) -> ScaleAnswer | None:
        """Ask whether there is something to say, then what."""
        line.send(_ENQ)
        ready = line.frame(bytes([_ACK, _NAK]), of_length(1))
        if not ready:
            return None
        if ready[0] == _NAK:
            return MOVING  # it is there and has no weight to tell yet
        line.send(_DC1)
        frame = line.frame(_HEAD[:1], of_length(_FRAME_BYTES))
        return read_cas(frame) if frame else None

    def zero(self, line: ScaleLine) -> None:
        """Its zero is a key on the scale."""

    def offer(self, unit_price_minor: int, tare_grams: int) -> None:
        """Its prices are its own."""
