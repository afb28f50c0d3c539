"""A clock that never runs behind the journal (law 13)."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from pos_app.domain.journal import EntryKind
from pos_app.ports.clock import Clock
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.values.times import Timestamp

#: Network time nudges clocks by less; only more than this is worth a word.
TOLERANCE_MS = 2_000
#: Summer time does not move UTC; whoever sets a clock on by an hour is worth a word.
JUMP_MS = 3_600_000
#: Device setting: the moment of the last jump that was journalled.
CLOCK_JUMP_NOTED = "clock_jump_noted"
#: Device setting: "1" from the moment the clock went back until it is confirmed.
CLOCK_SUSPECT = "clock_suspect"


@dataclass(frozen=True, slots=True)
class ClockJump:
    """The machine's clock was set on while the till ran.

    Attributes:
        before: the moment it should have shown. after: what it showed.
        stamp: of the first entry after it; None until there is one.
    """

    before: Timestamp
    after: Timestamp
    stamp: Stamp | None = None


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
        #: Machine's time less monotonic time: moves only when somebody sets the clock.
        self._ahead_ms = clock.now().unix_ms - clock.monotonic_ms()
        self._jump: ClockJump | None = None
        self._lock = threading.Lock()

    def now(self) -> Timestamp:
        """Return the later of the machine's time and the last recorded time."""
        machine = self._clock.now()
        ahead_ms = machine.unix_ms - self._clock.monotonic_ms()
        with self._lock:
            self._watch(machine, ahead_ms)
            behind_ms = self._floor.unix_ms - machine.unix_ms
            if behind_ms > TOLERANCE_MS:
                self._is_suspect, self._noticed_ms = True, behind_ms
            return max(machine, self._floor)

    def _watch(self, machine: Timestamp, ahead_ms: int) -> None:
        """Notice a clock that was set on; small steps back and forth add up."""
        jumped_ms = ahead_ms - self._ahead_ms
        if jumped_ms > JUMP_MS:
            before = Timestamp(machine.unix_ms - jumped_ms)
            self._jump = ClockJump(before, machine)
            self._ahead_ms = ahead_ms
        self._ahead_ms = min(self._ahead_ms, ahead_ms)

    def stamp_jump(self, stamp: Stamp) -> None:
        """Give a jump that has none yet the stamp of the entry about to be written."""
        with self._lock:
            if self._jump is not None and self._jump.stamp is None:
                self._jump = replace(self._jump, stamp=stamp)

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

    def note_jump(self, unit: UnitOfWork) -> None:
        """Journal once that the clock was set on; the database knows if it was."""
        jump = self._jump
        if jump is None or jump.stamp is None:
            return
        if unit.setting(CLOCK_JUMP_NOTED) == str(jump.after):
            return
        body = {
            "ahead_ms": jump.after.unix_ms - jump.before.unix_ms,
            "before": str(jump.before),
            "after": str(jump.after),
        }
        unit.append(EntryKind.CLOCK_JUMPED, body, jump.stamp)
        unit.set_setting(CLOCK_JUMP_NOTED, str(jump.after))

    def confirm(self) -> Timestamp:
        """Believe the machine's clock from now on: a manager looked at it."""
        machine = self._clock.now()
        with self._lock:
            self._floor, self._is_suspect, self._noticed_ms = machine, False, 0
        return machine
