"""Says when a window has been painted for the first time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from typing_extensions import override

#: A window that nobody sees (another workspace, a locked screen) is not painted.
LATEST_MS = 3_000


class FirstPaint(QObject):
    """Watches a window until it is seen, then no more.

    Args:
        window: what is going to be shown.
    """

    painted = Signal()
    """The window was painted, or would have been long ago; said once."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self._window = window
        self._latest = QTimer(self)
        self._latest.setSingleShot(True)
        self._latest.setInterval(LATEST_MS)
        self._latest.timeout.connect(self._end)
        self._latest.start()
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the paint; its turn ends before anything else is done."""
        if event.type() is QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            self._latest.start(0)
        return False

    def _end(self) -> None:
        self._window.removeEventFilter(self)
        self.painted.emit()
        self.deleteLater()
