"""The customer's own pad: 1-2-3 on top, as on a telephone, in the basket's place.

It takes touches only: keyboard and scanner stay the cashier's.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from pos_app.i18n import Words
from ui.presenters.customer_state import CustomerState
from ui.presenters.pad_key import PadKey
from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD
from ui.theme.palette import qcolor
from ui.widgets.customer_part import CustomerLook, CustomerPart, draw_fitted
from ui.widgets.drawing import CENTER, Box, draw_box, draw_icon, draw_text

#: Rows of keys as a telephone has them (design: customer-facing pads use 1-2-3).
_ROWS = ("123", "456", "789", "C0<")


class CustomerKey(QAbstractButton):
    """A key of the pad; as large as the screen allows.

    Args:
        name: object name. parent: the pad.
    """

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.look: CustomerLook | None = None
        self.icon_name, self.is_main = "", False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint key and words."""
        del event
        look = self.look
        if look is None:
            return
        c = look.theme.colours
        fill = c.primary if self.is_main else c.key
        ink = c.onprimary if self.is_main else c.ink
        if not self.isEnabled():
            fill, ink = c.disabledbg, c.disabledink
        elif self.isDown():
            fill = c.primarydown if self.is_main else c.keydown
        with QPainter(self) as painter:
            edge = fill if self.is_main else c.line
            draw_box(painter, self.rect(), Box(fill, edge, c.keyedge, look.px(9), 2))
            if self.icon_name:
                inset = self.height() * 3 // 10
                inner = self.rect().adjusted(0, inset, 0, -inset)
                draw_icon(painter, self.icon_name, ink, inner)
                return
            size = 28 if len(self.text()) == 1 else 20
            used = look.shrunk(self.text(), size, SEMIBOLD, self.width() - look.px(12))
            draw_text(painter, self.rect(), self.text(), (used, ink), CENTER)


class CustomerPad(CustomerPart):
    """Title, what is typed, twelve keys, and two for the end."""

    pressed = Signal(str)
    """A key of the pad was touched; the `PadKey`."""
    accepted = Signal()
    """The customer has typed all of it."""
    left = Signal()
    """The customer does not want to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("customerPad", parent)
        self._keys: list[list[CustomerKey]] = []
        for row in _ROWS:
            keys = []
            for sign in row:
                value = {"C": PadKey.CLEAR, "<": PadKey.BACKSPACE}.get(sign)
                code = value or PadKey(sign)
                key = CustomerKey(f"customerPad-{code.name}", self)
                key.setText("" if value is PadKey.BACKSPACE else sign)
                key.icon_name = "backspace" if value is PadKey.BACKSPACE else ""
                key.clicked.connect(partial(self.pressed.emit, code.value))
                keys.append(key)
            self._keys.append(keys)
        self.accept = CustomerKey("customerPadAccept", self)
        self.accept.is_main = True
        self.accept.clicked.connect(self.accepted)
        self.leave = CustomerKey("customerPadLeave", self)
        self.leave.clicked.connect(self.left)

    @override
    def take_look(self, look: CustomerLook) -> None:
        """Read sizes and colours anew."""
        super().take_look(look)
        keys = (key for row in self._keys for key in row)
        for key in (*keys, self.accept, self.leave):
            key.look = look
        self._arrange()

    @override
    def on_state(self, before: CustomerState) -> None:
        """Say what is wanted; the keys stay."""
        ask = self.state.ask
        if ask is None:
            return
        words = Words(self.state.language)
        self._keys[3][2].setAccessibleName(words("Backspace"))
        self._keys[3][0].setAccessibleName(words("Clear"))
        self.accept.setText(ask.accept)
        self.leave.setText(ask.leave)
        self.accept.setEnabled(ask.is_complete)
        if ask != before.ask:
            self.update()
            self.accept.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the keys their places."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        look = self.look
        edge, gap = look.px(26), look.px(8)
        top = look.px(176)
        wide = (self.width() - 2 * edge - 2 * gap) // 3
        foot = look.px(68)
        high = (self.height() - top - foot - edge - 4 * gap) // 4
        for number, row in enumerate(self._keys):
            for column, key in enumerate(row):
                left = edge + column * (wide + gap)
                key.setGeometry(left, top + number * (high + gap), wide, high)
        below = self.height() - edge - foot
        self.leave.setGeometry(edge, below, wide, foot)
        right = edge + wide + gap
        self.accept.setGeometry(right, below, self.width() - edge - right, foot)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title, what becomes of it, and what is typed."""
        del event
        look, ask, c = self.look, self.state.ask, self.look.theme.colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), qcolor(c.surface))
            if ask is None:
                return
            edge = look.px(26)
            room = self.width() - 2 * edge
            row = QRect(edge, look.px(20), room, look.px(38))
            title = look.shrunk(ask.title, 26, BOLD, room)
            draw_fitted(painter, row, ask.title, (title, c.ink))
            row = QRect(edge, look.px(60), room, look.px(28))
            detail = look.shrunk(ask.detail, 18, REGULAR, room)
            draw_fitted(painter, row, ask.detail, (detail, c.ink2))
            field = QRect(edge, look.px(98), room, look.px(64))
            box = Box(c.sunken, c.primary, c.primary, look.px(10), 2, 2)
            draw_box(painter, field, box)
            used = look.shrunk(ask.typed, 34, BOLD, room - look.px(32))
            draw_text(painter, field, ask.typed, (used, c.ink), CENTER)
