"""The machine's clock and its source of identities (ports.clock)."""

from __future__ import annotations

import os
import threading
import time

from pos_app.values.ids import ENTROPY_BYTES, uuid7
from pos_app.values.times import Timestamp

#: Linux stops its monotonic clock while the machine sleeps, but not this one.
_BOOT_TIME: int | None = getattr(time, "CLOCK_BOOTTIME", None)


class SystemClock:
    """The machine's own clock."""

    def now(self) -> Timestamp:
        """Return the present moment by the machine's clock."""
        return Timestamp(time.time_ns() // 1_000_000)

    def monotonic_ms(self) -> int:
        """Return milliseconds of a clock that never goes back.

        It goes on while the machine sleeps: a night asleep is no jump of the clock.
        """
        if _BOOT_TIME is not None:
            return time.clock_gettime_ns(_BOOT_TIME) // 1_000_000
        return time.monotonic_ns() // 1_000_000


class RandomIds:
    """UUIDv7 from the machine's clock and the system's random source.

    Identities of one process rise even within a millisecond and when the clock
    goes back: the time part never falls (RFC 9562 section 6.2, method 4).
    """

    def __init__(self) -> None:
        self._last_ms = 0
        self._lock = threading.Lock()

    def new(self) -> str:
        """Return a fresh UUIDv7."""
        with self._lock:
            self._last_ms = max(self._last_ms + 1, time.time_ns() // 1_000_000)
            return uuid7(self._last_ms, os.urandom(ENTROPY_BYTES))
