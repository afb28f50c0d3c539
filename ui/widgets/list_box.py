"""Qt's list box with the design's caret."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox
from typing_extensions import override

from ui.theme.host import theme
from ui.widgets.drawing import draw_icon


class ListBox(QComboBox):
    """One of many, from a list that drops down."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the caret over Qt's own box."""
        super().paintEvent(event)
        edge = theme().px(20)
        square = QRect(self.width() - edge - theme().px(14), 0, edge, self.height())
        with QPainter(self) as painter:
            draw_icon(painter, "caret-down", theme().colours.ink2, square)
