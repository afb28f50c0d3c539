"""An example driver: the Bell scale, which says "S 1.234 kg" when it is asked with "?".

There is no such scale; every real one differs from it in small ways only.
"""

from __future__ import annotations

import re
import time
from decimal import Decimal

from hardware.driver import Driver, DriverContext
from hardware.transport.base import Transport
from pos_app.ports.clock import Clock
from pos_app.ports.devices import (
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
    DriverFacts,
    DriverOption,
    DriverOptionKind,
    FoundDevice,
)
from pos_app.ports.weighing import ScaleReading, WeighingState

#: "S 1.234 kg" is stable, "M 1.200 kg" still moves.
_ANSWER = re.compile(rb"([SM]) (\d{1,3}\.\d{3}) kg")
#: An answer that grows longer than this is none.
_LINE_BYTES = 64
#: A reading older than this is the scale's silence.
_FRESH_MS = 2000


class BellScale:
    """Implements hardware.scale.device.ScaleDevice."""

    def __init__(self, transport: Transport, clock: Clock, pause_ms: int) -> None:
        self._transport, self._clock, self._pause_ms = transport, clock, pause_ms
        self._line = b""
        self._tare_kg = Decimal(0)
        self._reading = ScaleReading(WeighingState.SILENT)

    # ------------------------------------------- on the device's own thread only
    def open(self) -> None:
        """Reach the scale; DeviceError when it is not there."""
        self._line = b""
        self._transport.open(time.monotonic() + 2.0)

    def turn(self) -> None:
        """Ask once, and take the answer."""
        self._transport.write_some(b"?", time.monotonic() + 0.2)
        self._line += self._transport.read(time.monotonic() + self._pause_ms / 1000)
        *lines, rest = self._line.split(b"\n")
        self._line = rest[-_LINE_BYTES:]
        for line in lines:
            self._take(line.strip())

    def close(self) -> None:
        """Let it go."""
        self._transport.close()

    def _take(self, line: bytes) -> None:
        found = _ANSWER.fullmatch(line)
        if found is None:  # half a line, or garbage: never a weight
            self._reading = ScaleReading(WeighingState.UNREADABLE, at_ms=self._now())
            return
        weight = Decimal(found[2].decode("ascii")) - self._tare_kg
        state = WeighingState.MOVING if found[1] == b"M" else WeighingState.STABLE
        if state is WeighingState.STABLE and weight <= 0:
            state = WeighingState.ZERO if weight == 0 else WeighingState.UNDER_ZERO
        known = {WeighingState.STABLE, WeighingState.ZERO}
        said = weight if state in known else None
        self._reading = ScaleReading(state, said, self._tare_kg, self._now())

    def _now(self) -> int:
        return self._clock.monotonic_ms()

    # ------------------------------------------------------ from any thread, at once
    def reading(self) -> ScaleReading:
        """Return the last reading; silence when it is old."""
        is_old = self._now() - self._reading.at_ms > _FRESH_MS
        return ScaleReading(WeighingState.SILENT) if is_old else self._reading

    def set_tare(self, tare_kg: Decimal) -> None:
        """Take this off from now on."""
        self._tare_kg = tare_kg

    def set_zero(self) -> None:
        """This scale has a key of its own for it."""

    def offer_price(self, unit_price_minor: int) -> None:
        """This scale knows no prices."""
        del unit_price_minor


def make(settings: DeviceSettings, context: DriverContext) -> BellScale:
    """Make the scale; nothing is opened yet."""
    pause_ms = settings.options.get("pause_ms", 200)
    transport = context.open_transport(settings.connection)
    return BellScale(transport, context.clock, int(pause_ms))


def recognise(found: FoundDevice) -> int:
    """Be quite sure of a device that says it is one."""
    return 80 if "bell scale" in found.name.lower() else 0


DRIVER = Driver(
    DriverFacts(
        key="bell_scale",
        category=DeviceCategory.SCALE,
        name="Bell scale",
        connections=(ConnectionKind.SERIAL, ConnectionKind.NETWORK),
        options=(
            DriverOption(
                "pause_ms",
                "Milliseconds between two questions",
                DriverOptionKind.NUMBER,
                200,
                low=50,
                high=1000,
            ),
        ),
    ),
    make,
    recognise,
)
