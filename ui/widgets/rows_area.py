"""A column of rows in a panel that scrolls when it must."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme.host import theme, theme_host
from ui.widgets.kinetic import make_kinetic


class BarClearance(QObject):
    """Keeps what scrolls off the bar, as long as there is one.

    Args:
        area: lives as long as it does. column: what the area shows.
    """

    def __init__(self, area: QScrollArea, column: QLayout) -> None:
        super().__init__(area)
        self._bar, self._column = area.verticalScrollBar(), column
        self._bar.rangeChanged.connect(self._keep_off)
        theme_host().changed.connect(self._keep_off)
        self._keep_off()

    def _keep_off(self) -> None:
        room = theme().px(10) if self._bar.maximum() > 0 else 0
        self._column.setContentsMargins(0, 0, room, 0)


class RowsArea(QScrollArea):
    """Holds rows in its `column`.

    Args:
        object_name: for tests. gap: between the rows, 1366x768 pixels.
    """

    def __init__(self, object_name: str, gap: int) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._gap = gap
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidget(inside)
        make_kinetic(self)
        BarClearance(self, self.column)
        theme_host().changed.connect(self._take_spacing)
        self._take_spacing()

    def _take_spacing(self) -> None:
        self.column.setSpacing(theme().px(self._gap))
