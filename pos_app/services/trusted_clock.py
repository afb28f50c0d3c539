"""A clock that never runs behind the journal (law 13)."""

from __future__ import annotations

import threading

from pos_app.domain.journal import EntryKind
from pos_app.ports.clock import Clock
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.values.times import Timestamp

#: Network time nudges clocks by less; only more than this is worth a word.
TOLERANCE_MS = 2_000
#: Device setting: "1" from the moment the clock went back until it is confirmed.
CLOCK_SUSPECT = "clock_suspect"


class TrustedClock:
    """The machine's clock, held at the last recorded moment if it fell behind.

    Args:
        clock: the machine's clock.
        last_recorded: time of the newest journal entry, or None.
    """

    def __init__(self, clock: Clock, last_recorded: Timestamp | None) -> None:
        self._clock = clock
        self._floor = last_recorded or Timestamp(0)
        self._noticed_ms = 0
        self._is_suspect = False
        self._lock = threading.Lock()

    def now(self) -> Timestamp:
        """Return the later of the machine's time and the last recorded time."""
        machine = self._clock.now()
        with self._lock:
            behind_ms = self._floor.unix_ms - machine.unix_ms
            if behind_ms > TOLERANCE_MS:
                self._is_suspect, self._noticed_ms = True, behind_ms
            return max(machine, self._floor)

    def monotonic_ms(self) -> int:
        """Return milliseconds of a clock that never goes back."""
        return self._clock.monotonic_ms()

    @property
    def is_suspect(self) -> bool:
        """Tell whether the machine's clock went back and nobody confirmed it.

        A clock that merely caught up may still be wrong, so this stays.
        """
        self.now()
        return self._is_suspect

    @property
    def behind_ms(self) -> int:
        """How far the clock stands, or last stood, behind the last entry."""
        return self._noticed_ms if self.is_suspect else 0

    def recorded(self, at: Timestamp) -> None:
        """Remember that something is recorded at `at`."""
        with self._lock:
            self._floor = max(self._floor, at)

    def doubt(self) -> None:
        """Suspect the clock: it went back before the last stop, unconfirmed."""
        with self._lock:
            self._is_suspect = True

    def note(self, unit: UnitOfWork, stamp: Stamp) -> None:
        """Journal once that the clock went back; durable until it is confirmed."""
        if self.is_suspect and unit.setting(CLOCK_SUSPECT) != "1":
            body = {"behind_ms": self.behind_ms}
            unit.append(EntryKind.CLOCK_WENT_BACK, body, stamp)
            unit.set_setting(CLOCK_SUSPECT, "1")

    def confirm(self) -> Timestamp:
        """Believe the machine's clock from now on: a manager looked at it."""
        machine = self._clock.now()
        with self._lock:
            self._floor, self._is_suspect, self._noticed_ms = machine, False, 0
        return machine
