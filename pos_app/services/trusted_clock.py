"""A clock that never runs behind the journal (law 13)."""

from __future__ import annotations

import threading

from pos_app.ports.clock import Clock
from pos_app.values.times import Timestamp

#: Network time nudges clocks by less; only more than this is worth a word.
TOLERANCE_MS = 2_000


class TrustedClock:
    """The machine's clock, held at the last recorded moment if it fell behind.

    Args:
        clock: the machine's clock.
        last_recorded: time of the newest journal entry, or None.
    """

    def __init__(self, clock: Clock, last_recorded: Timestamp | None) -> None:
        self._clock = clock
        self._floor = last_recorded or Timestamp(0)
        self._lock = threading.Lock()

    def now(self) -> Timestamp:
        """Return the later of the machine's time and the last recorded time."""
        return max(self._clock.now(), self._floor)

    def monotonic_ms(self) -> int:
        """Return milliseconds of a clock that never goes back."""
        return self._clock.monotonic_ms()

    @property
    def is_suspect(self) -> bool:
        """Tell whether the machine's clock stands behind the last entry."""
        return self.behind_ms > TOLERANCE_MS

    @property
    def behind_ms(self) -> int:
        """How far the machine's clock stands behind the last entry; zero or more."""
        return max(0, self._floor.unix_ms - self._clock.now().unix_ms)

    def recorded(self, at: Timestamp) -> None:
        """Remember that something was recorded at `at`."""
        with self._lock:
            self._floor = max(self._floor, at)

    def confirm(self) -> Timestamp:
        """Believe the machine's clock from now on: a manager looked at it."""
        with self._lock:
            self._floor = self._clock.now()
        return self._floor
