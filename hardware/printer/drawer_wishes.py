"""Wishes to open the drawer, and which of them came too late."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from pos_app.ports.clock import Clock


class DrawerWishes:
    """Who wanted the drawer open, in order; added by any thread.

    Args:
        clock: tells how old a wish is.
        lapse_s: after so long a wish has lapsed.
    """

    def __init__(self, clock: Clock, lapse_s: float) -> None:
        self._clock, self._lapse_ms = clock, lapse_s * 1000
        self._made_at: deque[int] = deque()  # in clock.monotonic_ms

    def add(self) -> None:
        """Somebody wants the drawer open now."""
        self._made_at.append(self._clock.monotonic_ms())

    def take(self) -> Iterator[bool]:
        """Take every wish; whether it is still to be granted."""
        while self._made_at:
            yield self._is_fresh(self._made_at.popleft())

    def take_lapsed(self) -> Iterator[bool]:
        """Take those that came too late; false for each."""
        while self._made_at and not self._is_fresh(self._made_at[0]):
            self._made_at.popleft()
            yield False

    def _is_fresh(self, made_at: int) -> bool:
        return self._clock.monotonic_ms() - made_at <= self._lapse_ms
