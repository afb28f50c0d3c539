"""A list whose rows are reached by the keyboard: Tab, arrows, Enter or Space.

A mark that only the keyboard shows says where one is; nothing is chosen before Enter,
so that looking through a list never opens anything.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView
from typing_extensions import override

from ui.theme.host import theme
from ui.widgets.drawing import pen
from ui.widgets.focus_ring import focus_came, focus_went

_MOVES = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class KeyedRows(QListView):
    """Takes the focus by Tab only, and emits `clicked` for a row that is entered."""

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def first_row(self) -> int:
        """Return the row that the keyboard begins at."""
        return 0

    @override
    def event(self, event: QEvent) -> bool:
        """Keep the arrows from the window's shortcuts while the keyboard is here."""
        if event.type() is QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            if self._is_ours(event):
                event.accept()
                return True
        return super().event(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        is_plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        return is_plain and Qt.Key(event.key()) in _MOVES | _ENTER

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the mark, enter its row, or leave the key to the window."""
        here = self.currentIndex()
        if not self._is_ours(event):
            event.ignore()
        elif Qt.Key(event.key()) in _MOVES:
            super().keyPressEvent(event)
            event.accept()
        elif here.isValid():
            self.clicked.emit(here)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring, and begin at the chosen row."""
        super().focusInEvent(event)
        model = self.model()
        if model.rowCount() and not self.currentIndex().isValid():
            self.setCurrentIndex(model.index(self.first_row(), 0))
        shape = self.rect().adjusted(3, 3, -3, -3)
        focus_came(self, event, shape, theme().px(4))
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take ring and mark away."""
        super().focusOutEvent(event)
        focus_went(self)
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and the mark over them."""
        super().paintEvent(event)
        here = self.currentIndex()
        if not self.hasFocus() or not self.property("kbfocus") or not here.isValid():
            return
        width = theme().px(3)
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen(theme().colours.focus, width))
            area = self.visualRect(here).adjusted(width, width, -width, -width)
            painter.drawRoundedRect(area, theme().px(4), theme().px(4))
