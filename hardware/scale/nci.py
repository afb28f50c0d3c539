"""NCI, Weigh-Tronix, Avery: `W CR`, a weight with its unit, and status bytes.

`LF weight unit CR [LF] [S] status CR ETX`. Source: Weigh-Tronix SCP-01 as printed in
Avery Weigh-Tronix 7821 section 6.3 and Salter Brecknell 3700LP page 11.
"""

from __future__ import annotations

import re

from hardware.scale.answer import (
    MOVING,
    OVER,
    UNDER_ZERO,
    UNREADABLE,
    ScaleAnswer,
    plain_weight,
    stable,
)
from hardware.scale.line import ScaleLine, ended_by

_LF, _END = 0x0A, b"\r\x03"
_WEIGHT = re.compile(
    rb"\n(?P<digits> *-? *[\d.]{1,8}) ?(?P<unit>[A-Za-z]{1,2}) ?\r"
    rb"\n?S?(?P<status>[\x30-\x7f]{2,4})\r\x03"
)
_STATUS = re.compile(rb"\nS?(?P<status>[\x30-\x7f]{2,4})\r\x03")
#: First status byte; second status byte; third.
_MOTION, _BROKEN_MEMORY = 0x01, 0x0C
_UNDER, _OVER, _BROKEN = 0x01, 0x02, 0x0C
_NET = 0x04


def read_nci(frame: bytes) -> ScaleAnswer:  # noqa: PLR0911 - a case for each state
    """Return what a frame says; any bytes are allowed."""
    found = _WEIGHT.fullmatch(frame) or _STATUS.fullmatch(frame)
    if found is None:
        return UNREADABLE
    status = found.group("status")
    first, second = status[0], status[1]
    if first & _BROKEN_MEMORY or second & _BROKEN:
        return UNREADABLE
    if second & _OVER:
        return OVER
    if second & _UNDER:
        return UNDER_ZERO
    if first & _MOTION or "digits" not in found.groupdict():
        return MOVING
    digits, unit = found.group("digits"), found.group("unit").decode("ascii").lower()
    if b"-" in digits:
        bare = plain_weight(digits.replace(b"-", b"", 1))
        return UNREADABLE if bare is None else UNDER_ZERO
    is_net = len(status) > 2 and bool(status[2] & _NET)
    return stable(digits, unit, is_net=is_net)


class NciScale:
    """Implements `hardware.scale.language.ScaleLanguage`."""

    agreeing = 2

    def ask(self, line: ScaleLine) -> ScaleAnswer | None:
        """Ask once; None when nothing came."""
        line.send(b"W\r")
        frame = line.frame(bytes([_LF]), ended_by(_END))
        return read_nci(frame) if frame else None

    def zero(self, line: ScaleLine) -> None:
        """Ask it to take what lies there for nothing; it refuses by itself."""
        line.send(b"Z\r")
        line.frame(bytes([_LF]), ended_by(_END))

    def offer(self, unit_price_minor: int, tare_grams: int) -> None:
        """It computes no prices."""
