"""A clock that goes on by a second whenever it is asked."""

from __future__ import annotations

from pos_app.values.times import Timestamp
from tests.counter_shop import NOON


class TickingClock:
    """No two moments are the same."""

    def __init__(self, start: Timestamp = NOON) -> None:
        self._seconds, self._start = 0, start

    def now(self) -> Timestamp:
        """Return the next moment."""
        self._seconds += 1
        return self._start.plus_seconds(self._seconds)

    def monotonic_ms(self) -> int:
        """Return milliseconds that go on with it."""
        return 1000 * self._seconds
