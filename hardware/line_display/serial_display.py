"""A two-line display on a line of its own."""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass

from hardware.line_display.charset import DisplayFont, shown_bytes
from hardware.line_display.languages import DisplayLanguage
from hardware.transport.base import Transport
from pos_app.errors import DeviceError

_OPEN_S, _WRITE_S, _TURN_S = 2.0, 1.0, 0.4
#: A display that was switched off shows its lines again after this many turns.
_REFRESH_TURNS = 12


@dataclass(frozen=True, slots=True)
class DisplayShape:
    """What a display is.

    Attributes:
        columns: of each line.
        font: what it can show.
    """

    columns: int
    font: DisplayFont


class SerialDisplay:
    """Implements `hardware.line_display.device.LineDisplayDevice`."""

    def __init__(
        self, transport: Transport, language: DisplayLanguage, shape: DisplayShape
    ) -> None:
        self._transport, self._language, self._shape = transport, language, shape
        self._changed = threading.Event()
        self._lines = ("", "")
        self._quiet_turns = 0

    def show(self, upper: str, lower: str) -> None:
        """Keep two lines; the newest wins."""
        lines = (upper, lower)
        if lines != self._lines:
            self._lines = lines
            self._changed.set()

    def open(self) -> None:
        """Reach the display and make it ready."""
        self._transport.open(time.monotonic() + _OPEN_S)
        self._write(self._language.begin(self._shape.font.codec))
        self._changed.set()

    def turn(self) -> None:
        """Wait for lines and show them; now and then, show them again."""
        has_new = self._changed.wait(_TURN_S)
        self._quiet_turns = 0 if has_new else self._quiet_turns + 1
        if not has_new and self._quiet_turns < _REFRESH_TURNS:
            return
        self._changed.clear()
        self._quiet_turns = 0
        columns, font = self._shape.columns, self._shape.font
        upper, lower = (shown_bytes(x, columns, font) for x in self._lines)
        self._write(self._language.lines(upper, lower))

    def close(self) -> None:
        """Show nothing, and let it go."""
        if self._transport.is_open:
            with contextlib.suppress(DeviceError):
                self._write(self._language.clear())
        self._transport.close()

    def _write(self, data: bytes) -> None:
        deadline = time.monotonic() + _WRITE_S
        while data:
            data = data[self._transport.write_some(data, deadline) :]
            if data and time.monotonic() >= deadline:
                raise DeviceError("device_gone", device=self._transport.identity)
