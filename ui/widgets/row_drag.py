"""Dragging a row of a list to the place of another, by finger or mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QListView
from typing_extensions import override

from ui.theme.host import theme
from ui.widgets.ticket_model import LINE_ROLE


class RowDrag(QObject):
    """Watches the viewport of a list whose rows have keys; the list says `dropped`."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._pressed = -1
        self._from, self._at = QPoint(), QPoint()
        self._is_dragging = False

    def install(self) -> None:
        """Begin to watch."""
        self._view.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the finger; a touch that moves nothing is the list's own."""
        del watched
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._from = self._at = event.position().toPoint()
            self._pressed = self._view.indexAt(self._from).row()
        elif kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            return self._move(event.position().toPoint())
        elif kind == QEvent.Type.MouseButtonRelease:
            return self._release()
        return False

    def _move(self, point: QPoint) -> bool:
        if self._pressed < 0:
            return False
        self._at = point
        if (point - self._from).manhattanLength() >= QApplication.startDragDistance():
            self._is_dragging = True
        if self._is_dragging:
            self._view.viewport().update()
        return self._is_dragging

    def _release(self) -> bool:
        was, self._is_dragging = self._is_dragging, False
        row, self._pressed = self._pressed, -1
        self._view.viewport().update()
        if not was:
            return False
        onto = self._view.indexAt(self._at).row()
        if onto >= 0 and onto != row:
            self._view.dropped.emit(self._key(row), self._key(onto))  # type: ignore[attr-defined]
        return True

    def _key(self, row: int) -> str:
        index = self._view.model().index(row, 0)
        return str(index.data(LINE_ROLE).key)

    def paint(self) -> None:
        """Paint where the row would stand."""
        if not self._is_dragging:
            return
        onto = self._view.indexAt(self._at)
        if not onto.isValid():
            return
        now, area = theme(), self._view.visualRect(onto)
        high = now.px(4)
        top = area.top() if onto.row() < self._pressed else area.bottom() - high
        with QPainter(self._view.viewport()) as painter:
            place = QRect(area.x(), top, area.width(), high)
            painter.fillRect(place, QColor(now.colours.focus))
            held = self._view.visualRect(self._view.model().index(self._pressed, 0))
            held.moveTop(self._at.y() - held.height() // 2)
            painter.setOpacity(0.25)
            painter.fillRect(held, QColor(now.colours.primary))
