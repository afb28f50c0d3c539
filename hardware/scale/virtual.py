"""A scale without a scale: what lies on it is written in a small file.

The file holds one line: kilograms ("1.235"), or "moving", "over", "under", "silent".
For practice, demonstrations and tests.
"""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

from hardware.scale.answer import (
    MOVING,
    OVER,
    UNDER_ZERO,
    UNREADABLE,
    ZERO,
    ScaleAnswer,
    stable,
)
from hardware.scale.kept_reading import KeptReading
from pos_app.errors import DeviceError
from pos_app.ports.clock import Clock
from pos_app.ports.weighing import ScaleReading

#: The file's name in the device's folder.
FILE = "scale.txt"
_REST_S = 0.05
_READ_BYTES = 40
_WORDS = {b"moving": MOVING, b"over": OVER, b"under": UNDER_ZERO, b"": ZERO}


class VirtualScale:
    """Implements `hardware.scale.device.ScaleDevice`."""

    def __init__(self, file: Path, clock: Clock) -> None:
        self._file = file
        self._kept = KeptReading(clock)

    def reading(self) -> ScaleReading:
        """Return the last reading."""
        return self._kept.reading()

    def set_tare(self, tare_kg: Decimal) -> None:
        """Take this off from now on; 0 ends it."""
        self._kept.set_tare(tare_kg)

    def set_zero(self) -> None:
        """What lies there is gone."""
        self._write("0")

    def offer_price(self, unit_price_minor: int) -> None:
        """Nobody reads it."""

    def open(self) -> None:
        """Make the file, with nothing on the scale."""
        if not self._file.exists():
            self._write("0")

    def turn(self) -> None:
        """Look at the file."""
        try:
            with self._file.open("rb") as written:
                said = written.read(_READ_BYTES).strip()
        except OSError as error:
            raise DeviceError("device_gone", device=self._file.name) from error
        if said != b"silent":
            self._kept.hear(_answer(said))
        time.sleep(_REST_S)

    def close(self) -> None:
        """Nothing is held."""
        self._kept.lose()

    def _write(self, words: str) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(words, "ascii")
        except OSError as error:
            raise DeviceError("device_unreachable", device=self._file.name) from error


def _answer(said: bytes) -> ScaleAnswer:
    known = _WORDS.get(said)
    if known is not None:
        return known
    # A person may write "2" for two kilograms; a scale never does.
    pointed = said if b"." in said else said + b".0"
    return stable(pointed, "kg") if len(said) < _READ_BYTES else UNREADABLE
