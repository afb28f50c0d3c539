"""Starts the members' night when nobody is doing anything at the till."""

from __future__ import annotations

import logging

from pos_app.errors import GuitaiError
from pos_app.services.counter import Counter
from ui.tasks import TaskRunner

_log = logging.getLogger("guitai.night")

#: How long nobody must have touched anything, and how long until it is asked again.
REST_MS = 20_000
AGAIN_MS = 600_000


class NightWatch:
    """Once for each business day, off the screen's thread, between two customers."""

    def __init__(self, counter: Counter, runner: TaskRunner) -> None:
        self._counter = counter
        self._runner = runner
        self._is_running = False
        self._asked_ms = -AGAIN_MS

    def rest(self, rest_ms: int) -> None:
        """Nobody has touched anything for so many milliseconds.

        Args:
            rest_ms: since the last touch; asked each second.
        """
        if rest_ms < REST_MS:
            self._asked_ms = -AGAIN_MS
            return
        if self._is_running or rest_ms - self._asked_ms < AGAIN_MS:
            return
        self._asked_ms = rest_ms
        current = self._counter.sale.current
        if current is not None and not current.is_empty:
            return
        night = self._counter.night.due()
        if night is None:
            return
        self._is_running = True
        work = self._counter.night
        task = self._runner.run(lambda: work.run(night))
        task.then(self._done).otherwise(self._failed).after_bug(self._stopped)

    def _done(self, _steps: int) -> None:
        self._stopped()

    def _stopped(self) -> None:
        self._is_running = False

    def _failed(self, error: GuitaiError) -> None:
        """Try again in the next rest; what was done stays done."""
        self._stopped()
        _log.warning("not finished: %s", error.key)
