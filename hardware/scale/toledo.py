"""Toledo 8217: the usual language of counter scales outside of Europe.

9600 baud, 7 data bits, even parity. `W` asks: `STX weight CR`, or `STX ? status CR`.
Source: Mettler Toledo 8217 protocol as printed in many manuals (OHAUS Courier 7000,
section RS-232; Salter Brecknell 3700LP "Model 8213").
"""

from __future__ import annotations

import re

from hardware.scale.answer import (
    MOVING,
    OVER,
    UNDER_ZERO,
    UNREADABLE,
    ZERO,
    ScaleAnswer,
    stable,
)
from hardware.scale.line import ScaleLine, ended_by

_STX, _CR = 0x02, b"\r"
#: Five or six digits with their point; grams come without one.
_WEIGHT = re.compile(rb"(?=[\d.]{5,7}[N ]?$)(\d*\.?\d+)(N?) ?")
_MOTION, _OVER, _UNDER, _OUTSIDE_ZERO, _AT_ZERO = 0x01, 0x02, 0x04, 0x08, 0x10


def read_toledo(frame: bytes, unit: str) -> ScaleAnswer:
    """Return what a frame says; any bytes are allowed.

    Args:
        frame: from STX to CR.
        unit: of the weights, which this language does not name.
    """
    if len(frame) < 3 or frame[0] != _STX or frame[-1:] != _CR:
        return UNREADABLE
    body = frame[1:-1]
    if body[:1] == b"?":
        return _status(body[1:])
    found = _WEIGHT.fullmatch(body)
    if found is None or (b"." not in body and unit != "g"):
        return UNREADABLE
    return stable(found.group(1), unit, is_net=bool(found.group(2)))


def _status(body: bytes) -> ScaleAnswer:
    if len(body) != 1:
        return UNREADABLE
    bits = body[0]
    if bits & _OVER:
        return OVER
    if bits & (_UNDER | _OUTSIDE_ZERO):
        return UNDER_ZERO
    if bits & _MOTION:
        return MOVING
    # Nothing said but "centre of zero", or a weight that is asked for again.
    return ZERO if bits & _AT_ZERO else MOVING


class ToledoScale:
    """Implements `hardware.scale.language.ScaleLanguage`.

    Args:
        unit: "kg", "g", "lb" or "oz".
    """

    #: A changed digit would not be seen: two answers must agree.
    agreeing = 2

    def __init__(self, unit: str = "kg") -> None:
        self._unit = unit

    def ask(self, line: ScaleLine) -> ScaleAnswer | None:
        """Ask once; None when nothing came."""
        line.send(b"W")
        frame = line.frame(bytes([_STX]), ended_by(_CR))
        return read_toledo(frame, self._unit) if frame else None

    def zero(self, line: ScaleLine) -> None:
        """Ask it to take what lies there for nothing; it refuses by itself."""
        line.send(b"Z")
        line.frame(bytes([_STX]), ended_by(_CR))

    def offer(self, unit_price_minor: int, tare_grams: int) -> None:
        """It computes no prices."""
