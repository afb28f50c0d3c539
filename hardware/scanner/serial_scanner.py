"""A scanner on a serial line, real or by USB (CDC, "USB COM"): nothing has the focus."""

from __future__ import annotations

from time import monotonic

from hardware.driver import DriverContext
from hardware.scanner.framing import IDLE_MS, Frame, Framer
from hardware.scanner.outlet import ScanOutlet
from pos_app.ports.devices import DeviceSettings

#: The line is opened within this, in seconds.
_OPEN_S = 2.0
#: How long one turn waits for a code to begin, in seconds.
_TURN_S = 0.4


class SerialScanner:
    """Implements `hardware.scanner.device.ScannerDevice`."""

    def __init__(self, settings: DeviceSettings, context: DriverContext) -> None:
        self._transport = context.open_transport(settings.connection)
        self._outlet = ScanOutlet(settings, context)
        self._framer = Framer(str(settings.options.get("terminator", "")))
        idle_ms = settings.options.get("idle_ms", IDLE_MS)
        self._idle_ms = idle_ms if isinstance(idle_ms, int) else IDLE_MS
        self._began = 0.0
        self._last = 0.0

    def open(self) -> None:
        """Open the line."""
        self._framer.end()  # half a code from before it was unplugged
        self._transport.open(monotonic() + _OPEN_S)

    def turn(self) -> None:
        """Read what comes; a silence ends what has begun."""
        framer = self._framer
        patience_s = framer.patience_ms(self._idle_ms) / 1000
        wait_s = patience_s if framer.is_holding else _TURN_S
        data = self._transport.read(monotonic() + wait_s)
        now = monotonic()
        if not data:
            self._give(self._framer.end())
            return
        if not self._framer.is_holding:
            self._began = now
        self._last = now
        self._give(self._framer.feed(data))

    def close(self) -> None:
        """Let the line go."""
        self._transport.close()

    def _give(self, frames: list[Frame]) -> None:
        for frame in frames:
            self._outlet.take(frame, round((self._last - self._began) * 1000))
            self._began = self._last
