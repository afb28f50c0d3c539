"""Measures a scan beside the wedge: how long it took and what ended it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from ui.scanning.burst import TERMINATORS
from ui.scanning.keys import char_of
from ui.scanning.wedge import Wedge

#: More keys than any code has.
_KEPT = 512


@dataclass(frozen=True, slots=True)
class MeasuredScan:
    """A scan, its duration in milliseconds, and the key that ended it."""

    text: str
    took_ms: int
    suffix: str


class ScanMeter(QObject):
    """Watches the same keys as the wedge; install it after the wedge.

    Args:
        wedge: whose scans are measured.
        now_ms: the clock that the wedge has.
    """

    measured = Signal(object)
    """A scan came in: a `MeasuredScan`."""

    def __init__(self, wedge: Wedge, now_ms: Callable[[], int]) -> None:
        super().__init__()
        self._now_ms = now_ms
        self._keys: list[tuple[str, int]] = []
        wedge.scanned.connect(self._on_scanned)

    def install(self) -> None:
        """Begin to watch; filters installed later see a key earlier."""
        application = QCoreApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def remove(self) -> None:
        """Stop watching."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when a key went down; never takes one."""
        if event.type() is QEvent.Type.KeyPress and event.spontaneous():
            assert isinstance(event, QKeyEvent)
            char = char_of(event)
            if char:
                self._keys = [*self._keys[-_KEPT:], (char, self._now_ms())]
        return False

    def _on_scanned(self, text: str) -> None:
        keys, self._keys = self._keys, []
        last = keys[-1][0] if keys else ""
        suffix = last if last in TERMINATORS else ""
        signs = keys[: -1 if suffix else None][-len(text) :]
        took = signs[-1][1] - signs[0][1] if signs else 0
        self.measured.emit(MeasuredScan(text, max(0, took), suffix))
