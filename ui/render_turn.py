"""Renders once in a turn of the event loop, however many things ask for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class RenderTurn(QObject):
    """Puts a rendering off to the end of the turn.

    One scan changes the message, the ticket and the entry: each asks, one rendering
    shows them all. Qt serves a queued signal before it paints, so nobody sees a
    state that is over.

    Args:
        parent: lives as long.
        show: renders the present state.
    """

    _wanted = Signal()

    def __init__(self, parent: QObject, show: Callable[[], None]) -> None:
        super().__init__(parent)
        self._show = show
        self._is_due = False
        self._is_over = False
        queued = Qt.ConnectionType.QueuedConnection
        self._wanted.connect(self._serve, queued)

    def ask(self) -> None:
        """Render before the next paint."""
        if not self._is_due and not self._is_over:
            self._is_due = True
            self._wanted.emit()

    def end(self) -> None:
        """Render no more: what is shown is being closed."""
        self._is_due, self._is_over = False, True

    def _serve(self) -> None:
        if self._is_due:
            self._is_due = False
            self._show()
