"""A scale on usage page 0x8D of USB HID: DYMO, Stamps.com, Fairbanks and others.

Report 3: status, unit, exponent (signed), weight (16 bits, little end first).
Source: USB HID Point of Sale Usage Tables 1.02, chapter 8 (Weighing Device Page).
"""

from __future__ import annotations

import struct
import time
from decimal import Decimal

from hardware.scale.answer import (
    KILOGRAMS,
    MOVING,
    OVER,
    UNDER_ZERO,
    UNREADABLE,
    ZERO,
    ScaleAnswer,
)
from hardware.scale.kept_reading import SILENT_AFTER_MS, KeptReading
from hardware.transport.base import Transport
from pos_app.ports.clock import Clock
from pos_app.ports.weighing import ScaleReading, WeighingState

_REPORT = struct.Struct("<BBBbH")
_DATA_REPORT = 3
_ZERO, _MOTION, _STABLE, _UNDER, _OVER = 2, 3, 4, 5, 6
_UNITS = {2: "g", 3: "kg", 11: "oz", 12: "lb"}
#: 65535 tons are no weight at a counter.
_EXPONENTS = range(-6, 5)
_OPEN_S, _TURN_S = 2.0, 0.4


def read_report(report: bytes) -> ScaleAnswer | None:
    """Return what a report says; None for a report of another kind."""
    if not report or report[0] != _DATA_REPORT:
        return None
    # Some systems pad reports to the endpoint's size.
    is_whole = len(report) >= _REPORT.size and not any(report[_REPORT.size :])
    return _data_report(report) if is_whole else UNREADABLE


def _data_report(report: bytes) -> ScaleAnswer:
    _kind, status, unit, exponent, raw = _REPORT.unpack_from(report)
    plain = {_ZERO: ZERO, _MOTION: MOVING, _UNDER: UNDER_ZERO, _OVER: OVER}
    if status in plain:
        return plain[status]
    known = unit in _UNITS and exponent in _EXPONENTS
    if status != _STABLE or not known:
        return UNREADABLE
    if raw == 0:
        return ZERO
    weight = Decimal(raw).scaleb(exponent) * KILOGRAMS[_UNITS[unit]]
    return ScaleAnswer(WeighingState.STABLE, weight)


class HidScale:
    """Implements `hardware.scale.device.ScaleDevice`; every read is one report.

    Args:
        transport: to the HID device.
        clock: the machine's.
        speaks_on_change: it reports only when something changes, so that silence
            says nothing; while it is plugged in its last report holds.
    """

    def __init__(
        self, transport: Transport, clock: Clock, *, speaks_on_change: bool = False
    ) -> None:
        self._transport = transport
        limit_ms = None if speaks_on_change else SILENT_AFTER_MS
        self._kept = KeptReading(clock, silent_after_ms=limit_ms)

    def reading(self) -> ScaleReading:
        """Return the last reading."""
        return self._kept.reading()

    def set_tare(self, tare_kg: Decimal) -> None:
        """Take this off from now on; 0 ends it."""
        self._kept.set_tare(tare_kg)

    def set_zero(self) -> None:
        """Its zero is a key on the scale."""

    def offer_price(self, unit_price_minor: int) -> None:
        """It computes no prices."""

    def open(self) -> None:
        """Reach the scale."""
        self._transport.open(time.monotonic() + _OPEN_S)

    def turn(self) -> None:
        """Wait for a report."""
        report = self._transport.read(time.monotonic() + _TURN_S)
        answer = read_report(report)
        if answer is not None:
            self._kept.hear(answer)

    def close(self) -> None:
        """Let it go; what it said last holds no more."""
        self._kept.lose()
        self._transport.close()
