"""A scale on a serial line, in any of the languages."""

from __future__ import annotations

import time
from decimal import Decimal

from hardware.scale.answer import UNREADABLE
from hardware.scale.kept_reading import KeptReading
from hardware.scale.language import ScaleLanguage
from hardware.scale.line import ScaleLine
from hardware.transport.base import Transport
from pos_app.errors import DeviceError
from pos_app.ports.clock import Clock
from pos_app.ports.weighing import ScaleReading

#: Between two questions; scales measure some ten times a second.
_REST_S = 0.08
#: A scale that has not answered this often is not there.
_PATIENCE = 4


class SerialScale:
    """Implements `hardware.scale.device.ScaleDevice`."""

    def __init__(
        self, transport: Transport, language: ScaleLanguage, clock: Clock
    ) -> None:
        self._line, self._language = ScaleLine(transport), language
        self._kept = KeptReading(clock, language.agreeing)
        self._unanswered = 0
        self._wants_zero = False
        self._price_minor = 0

    # ---------------------------------------------------- Weighing, any thread
    def reading(self) -> ScaleReading:
        """Return the last reading."""
        return self._kept.reading()

    def set_tare(self, tare_kg: Decimal) -> None:
        """Take this off from now on; 0 ends it."""
        self._kept.set_tare(tare_kg)

    def set_zero(self) -> None:
        """Ask for zero at the next turn."""
        self._wants_zero = True

    def offer_price(self, unit_price_minor: int) -> None:
        """Keep the price of one kg for the next question."""
        self._price_minor = unit_price_minor

    # ------------------------------------------------------ the scale's thread
    def open(self) -> None:
        """Reach the scale; one that says nothing at all is not there.

        Raises:
            DeviceError: as the transport, and "scale_silent".
        """
        self._unanswered = 0
        self._line.open()
        for _attempt in range(_PATIENCE):
            if self._ask():
                return
        raise DeviceError("scale_silent", device=self._line.identity)

    def turn(self) -> None:
        """Ask once."""
        if self._wants_zero:
            self._wants_zero = False
            self._language.zero(self._line)
        if self._ask():
            time.sleep(_REST_S)
            return
        self._unanswered += 1
        if self._unanswered >= _PATIENCE:
            raise DeviceError("scale_silent", device=self._line.identity)

    def close(self) -> None:
        """Let it go; what it said last holds no more."""
        self._kept.lose()
        self._line.close()

    def _ask(self) -> bool:
        tare_kg = self._kept.tare_kg
        self._language.offer(self._price_minor, int(tare_kg * 1000))
        answer = self._language.ask(self._line)
        if answer is None:
            return False
        self._unanswered = 0 if answer != UNREADABLE else self._unanswered
        self._kept.hear(answer)
        return True
