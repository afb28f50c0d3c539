"""The last reading of a scale, for every thread: tare taken off, age told."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from threading import Lock

from hardware.scale.answer import ScaleAnswer
from pos_app.ports.clock import Clock
from pos_app.ports.weighing import ScaleReading, WeighingState

#: A weight that is older is no weight of what lies there now.
SILENT_AFTER_MS = 2000
#: Standing still.
_STILL = frozenset({WeighingState.STABLE, WeighingState.ZERO})
_GRAM = Decimal("0.001")
#: No scale of a counter takes this much tare.
_TARE_LIMIT_KG = Decimal(1000)


class KeptReading:
    """Implements the asking half of `pos_app.ports.weighing.Weighing`.

    Args:
        clock: the machine's.
        agreeing: how many answers in a row must say the same weight before it is
            STABLE; 2 where no checksum protects the line from a wrong digit.
        silent_after_ms: None for a scale that only speaks when something changes.
    """

    def __init__(
        self,
        clock: Clock,
        agreeing: int = 1,
        silent_after_ms: int | None = SILENT_AFTER_MS,
    ) -> None:
        self._clock, self._agreeing = clock, agreeing
        self._silent_after_ms = silent_after_ms
        self._lock = Lock()
        self._answer = ScaleAnswer(WeighingState.SILENT)
        self._said = 0  # how often in a row
        self._at_ms = 0
        self._tare_kg = Decimal(0)

    @property
    def tare_kg(self) -> Decimal:
        """What is taken off."""
        with self._lock:
            return self._tare_kg

    def set_tare(self, tare_kg: Decimal) -> None:
        """Take this off from now on; 0 ends it."""
        assert tare_kg.is_finite()
        assert 0 <= tare_kg <= _TARE_LIMIT_KG
        with self._lock:
            self._tare_kg = tare_kg

    def hear(self, answer: ScaleAnswer) -> None:
        """Keep what the scale said just now; on its own thread."""
        with self._lock:
            self._said = self._said + 1 if answer == self._answer else 1
            self._answer, self._at_ms = answer, self._clock.monotonic_ms()

    def lose(self) -> None:
        """Forget the weight: the scale is gone."""
        with self._lock:
            self._answer, self._said = ScaleAnswer(WeighingState.SILENT), 0

    def reading(self) -> ScaleReading:
        """Return what is to be believed now."""
        with self._lock:
            answer, at_ms, tare_kg = self._answer, self._at_ms, self._tare_kg
            is_agreed = self._said >= self._agreeing
        age_ms = self._clock.monotonic_ms() - at_ms
        limit_ms = self._silent_after_ms
        if limit_ms is not None and age_ms > limit_ms:
            return ScaleReading(WeighingState.SILENT, None, tare_kg, at_ms)
        if answer.state in _STILL and not is_agreed:
            return ScaleReading(WeighingState.MOVING, None, tare_kg, at_ms)
        if answer.weight_kg is None:
            return ScaleReading(answer.state, None, tare_kg, at_ms)
        return _net(answer, tare_kg, at_ms)


def _net(answer: ScaleAnswer, tare_kg: Decimal, at_ms: int) -> ScaleReading:
    """Take the till's tare off, unless the scale did it itself."""
    assert answer.weight_kg is not None
    if answer.tare_kg is not None:
        # The scale was told whole grams; an answer to another tare says nothing now.
        if answer.tare_kg != tare_kg.quantize(_GRAM, ROUND_DOWN):
            return ScaleReading(WeighingState.MOVING, None, tare_kg, at_ms)
        return ScaleReading(answer.state, answer.weight_kg, answer.tare_kg, at_ms)
    if answer.is_net:
        # Its own tare: what the till would take off is not taken, and not shown.
        return ScaleReading(answer.state, answer.weight_kg, Decimal(0), at_ms)
    net_kg = answer.weight_kg - tare_kg
    if net_kg < 0:
        return ScaleReading(WeighingState.UNDER_ZERO, None, tare_kg, at_ms)
    state = WeighingState.STABLE if net_kg > 0 else WeighingState.ZERO
    return ScaleReading(state, net_kg, tare_kg, at_ms)
