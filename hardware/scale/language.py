"""A language that a scale speaks over a serial line."""

from __future__ import annotations

from typing import Protocol

from hardware.scale.answer import ScaleAnswer
from hardware.scale.line import ScaleLine


class ScaleLanguage(Protocol):
    """Asks and understands; keeps no thread and no time."""

    #: How many equal answers make a weight; see `KeptReading`.
    agreeing: int

    def ask(self, line: ScaleLine) -> ScaleAnswer | None:
        """Ask once, within half a second or so; None when nothing came."""
        ...

    def zero(self, line: ScaleLine) -> None:
        """Ask the scale to take what lies on it for nothing, where it can."""
        ...

    def offer(self, unit_price_minor: int, tare_grams: int) -> None:
        """Keep the price of one kg and the tare, for the next question."""
        ...
