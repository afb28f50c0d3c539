"""The ring around what the keyboard is on; never shown after a touch."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.theme.host import theme
from ui.widgets.drawing import pen

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
#: 3 px ring, 2 px outside the shape (design section 7).
GAP, WIDTH = 2, 3


class FocusRing(QWidget):
    """Lies over the window and paints the ring; touches go through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._radius = 0
        self.hide()

    def surround(self, widget: QWidget, shape: QRect, radius: int) -> None:
        """Show the ring around `shape` of a widget of this window."""
        gap = theme().px(GAP + WIDTH)
        corner = widget.mapTo(self.window(), QPoint(shape.x(), shape.y()))
        around = QRect(corner, shape.size()).adjusted(-gap, -gap, gap, gap)
        self._radius = radius + theme().px(GAP)
        self.setGeometry(around)
        self.raise_()
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring."""
        del event
        width = theme().px(WIDTH)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen(theme().colours.focus, width))
            half = width / 2
            box = QRectF(self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(box, self._radius + half, self._radius + half)


def ring_of(widget: QWidget) -> FocusRing:
    """Return the focus ring of a widget's window; made at the first need."""
    window = widget.window()
    found = window.findChild(
        FocusRing, "focusRing", Qt.FindChildOption.FindDirectChildrenOnly
    )
    return found or FocusRing(window)


def focus_came(widget: QWidget, event: QFocusEvent, shape: QRect, radius: int) -> None:
    """Call from focusInEvent: shows the ring if the keyboard brought the focus."""
    by_keyboard = event.reason() in _BY_KEYBOARD
    widget.setProperty("kbfocus", by_keyboard)
    if by_keyboard:
        ring_of(widget).surround(widget, shape, radius)


def focus_went(widget: QWidget) -> None:
    """Call from focusOutEvent and when the widget is hidden or moved."""
    if widget.property("kbfocus"):
        widget.setProperty("kbfocus", False)
        ring_of(widget).hide()
