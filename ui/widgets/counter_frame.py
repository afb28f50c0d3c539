"""Top bar, three columns and status bar: what never moves between screens."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.frame_state import FrameState
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import brush, hairline
from ui.widgets.status_bar import StatusBar
from ui.widgets.toast import Toast
from ui.widgets.top_bar import TopBar


class Column(QWidget):
    """One column: a ground, a hairline at one side, children below each other."""

    def __init__(self, object_name: str, *, is_work: bool = False) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.is_work = is_work
        # What lies below is hidden: no scan paints window, stack and screen first.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.setSpacing(0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        del event
        c = theme().colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), brush(c.bg if self.is_work else c.surface))


class CounterFrame(QWidget):
    """Puts a ticket, a work and a pay column between the two bars."""

    def __init__(self, ticket: Column, work: Column, pay: Column) -> None:
        super().__init__()
        self.top_bar = TopBar()
        self.status_bar = StatusBar()
        self._ticket, self._work, self._pay = ticket, work, pay
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._middle = middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(1)
        for column in (ticket, work, pay):
            middle.addWidget(column)
        work.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        outer.addWidget(self.top_bar)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status_bar)
        self.toast = Toast(self)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_frame(self, state: FrameState) -> None:
        """Show bars and toast; cheap, so that the clock may call it alone."""
        self.top_bar.show_frame(state)
        self.status_bar.show_frame(state)
        self.toast.show_toast(state.toast)

    def place_toast(self, above: QWidget) -> None:
        """Let the toast stand on the upper edge of a widget of the ticket."""
        edge = above.mapTo(self, QPoint(0, 0)).y()
        pad = theme().px(12)
        width = self._ticket.width() - 2 * pad
        self.toast.place(self._ticket.x() + pad, edge - theme().px(8), width)

    def _take_sizes(self) -> None:
        now = theme()
        self._ticket.setFixedWidth(now.px(now.profile.column_a) - 1)
        self._pay.setFixedWidth(now.px(now.profile.column_c) - 1)
        mirrored = QHBoxLayout.Direction.RightToLeft
        plain = QHBoxLayout.Direction.LeftToRight
        self._middle.setDirection(mirrored if now.is_left_handed else plain)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the hairlines between the columns."""
        del event
        with QPainter(self) as painter:
            c = theme().colours
            left, right = self._work, self._pay
            if theme().is_left_handed:
                right = self._ticket
            for column in (left, right):
                hairline(painter, QRect(column.x() - 1, 0, 1, self.height()), c.line)


def spaced(
    column: QVBoxLayout | QHBoxLayout, *, gap: float, pad: tuple[float, ...]
) -> None:
    """Set gap and margins of a layout in 1366x768 pixels.

    Args:
        column: the layout.
        gap: between its items.
        pad: left, top, right, bottom.
    """
    now = theme()
    column.setSpacing(now.px(gap))
    left, top, right, bottom = (now.px(side) for side in pad)
    column.setContentsMargins(left, top, right, bottom)
