"""Lets the core thread wait a moment for the second place, and never more than once.

The core thread says what it committed; the mirror says up to where it wrote. While
the place keeps up, a commit is acknowledged when it lies at both. A place that did
not answer in time is late, and nobody waits for it until it has caught up.
"""

from __future__ import annotations

import threading


class Gate:
    """Counts commits on one side and what was written of them on the other.

    Args:
        patience_s: how long one commit may wait for the place.
    """

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._changed = threading.Condition()
        self._asked = self._written = 0
        self._is_late = True
        self._is_woken = self._is_hopeless = False

    @property
    def is_late(self) -> bool:
        """Tell whether the place is not waited for at present."""
        return self._is_late

    @property
    def asked(self) -> int:
        """How many commits there were."""
        return self._asked

    @property
    def is_waiting(self) -> bool:
        """Tell whether something was committed that is not written yet."""
        return self._asked > self._written

    def committed(self) -> bool:
        """Wait for the commit that was just made, if the place keeps up.

        Returns:
            Whether it lies at the place.
        """
        with self._changed:
            self._asked += 1
            ticket = self._asked
            self._is_woken = True
            self._changed.notify_all()
            if self._is_late:
                return False
            reached = self._changed.wait_for(
                lambda: self._written >= ticket or self._is_late, self._patience_s
            )
            if not reached:
                self._is_late = True
            return self._written >= ticket

    def written(self, asked: int) -> None:
        """Say that the first `asked` commits lie at the place."""
        with self._changed:
            self._written = max(self._written, asked)
            self._is_hopeless = False
            if self._written == self._asked:
                self._is_late = False
            self._changed.notify_all()

    def give_up(self) -> None:
        """Say that the place cannot be written: nobody shall wait."""
        with self._changed:
            self._is_late = self._is_hopeless = True
            self._changed.notify_all()

    def wake(self) -> None:
        """Wake the mirror."""
        with self._changed:
            self._is_woken = True
            self._changed.notify_all()

    def wait_for_work(self, timeout_s: float) -> None:
        """Sleep until something was committed, somebody woke the mirror, or time."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_woken, timeout_s)
            self._is_woken = False

    def wait_until_written(self, timeout_s: float) -> bool:
        """Wait until the place has caught up, or cannot; tell whether it did."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._is_hopeless or not self._is_late, timeout_s
            )
            return not self._is_late
