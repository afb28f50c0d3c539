"""Strikes at the minute a price changes: the screen needs no touch and no restart."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from pos_app.values.times import Timestamp
from ui.presenters.workplace import Workplace

#: A timer takes no more (24 days); a PC that slept is looked at more often anyway.
_LONGEST_MS = 3_600_000
#: The machine's clock may be set while the timer runs; less than this is drift.
_DRIFT_MS = 200


class PriceClock(QObject):
    """One timer, armed for the next moment at which a price begins or ends."""

    struck = Signal()
    """A price changed by the clock alone."""

    def __init__(self, work: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = work.counter.desk
        self._version = -1
        self._next: Timestamp | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.follow)

    @property
    def next(self) -> Timestamp | None:
        """The moment it is armed for; None where no change is known."""
        return self._next

    def follow(self) -> None:
        """Strike if the moment has come; be armed for the next one.

        Quick: the screen asks at every render, for the catalogue may have been
        changed and the machine's clock set.
        """
        now, version = self._desk.clock.now(), self._desk.catalog.version()
        has_come = self._next is not None and self._next <= now
        if has_come or version != self._version:
            self._version = version
            self._next = self._desk.catalog.next_price_change(now)
        self._arm(now)
        if has_come:
            self.struck.emit()

    def stop(self) -> None:
        """Strike no more."""
        self._timer.stop()

    def _arm(self, now: Timestamp) -> None:
        if self._next is None:
            self._timer.stop()
            return
        wait_ms = min(self._next.unix_ms - now.unix_ms, _LONGEST_MS)
        left_ms = self._timer.remainingTime()
        if left_ms < 0 or abs(left_ms - wait_ms) > _DRIFT_MS:
            self._timer.start(max(1, wait_ms))
