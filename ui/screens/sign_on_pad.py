"""The PIN side of the sign-on screen: who, dots, and the pad."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.pad_key import PadKey
from ui.theme.fonts import BOLD, font, free_font
from ui.theme.host import theme, theme_host
from ui.theme.palette import qcolor
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonColours, ButtonFace, Kind, button_colours
from ui.widgets.drawing import RIGHT, draw_text, elided, fill_round, pen, text_width
from ui.widgets.keypad import BELOW, GAP
from ui.widgets.shrunk_text import shrunk
from ui.widgets.themed import ThemedWidget


@dataclass(frozen=True, slots=True)
class PinFace:
    """What the dark display above the pad shows.

    Attributes:
        label: what is typed ("PIN 码"). note: right of it ("工号 1027").
        name: whose. typed: how many digits are in. most: how many there may be.
        number: digits shown in the clear, for a staff number; None for a PIN.
    """

    label: str
    name: str = ""
    note: str = ""
    typed: int = 0
    most: int = 6
    number: str | None = None


class PinDisplay(ThemedWidget):
    """Paints whose PIN it is and how many digits are in; never the digits."""

    def __init__(self) -> None:
        super().__init__("pinDisplay")
        self._face = PinFace("")

    @property
    def face(self) -> PinFace:
        """What is shown."""
        return self._face

    def show_face(self, face: PinFace) -> None:
        """Show another person or another count of digits."""
        if face != self._face:
            self._face = face
            self.setAccessibleName(f"{face.label} {face.name} {face.note}".strip())
            shown = str(face.typed) if face.number is None else face.number
            self.setAccessibleDescription(shown)
            self.update()

    @override
    def design_height(self) -> float:
        """Return the height of the display."""
        return 134

    def dots_at(self) -> int:
        """Return how far down the dots stand."""
        return theme().px(101)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint label, name and dots."""
        del event
        now, c, face = theme(), theme().colours, self._face
        with QPainter(self) as painter:
            fill_round(painter, self.rect(), now.radius("card"), c.display)
            inner = self.rect().adjusted(now.px(16), now.px(9), -now.px(16), -now.px(9))
            body = font(now, "body")
            top = QRect(inner.x(), inner.y(), inner.width(), now.px(25))
            draw_text(painter, top, face.label, (body, c.displaydim))
            room = inner.width() - text_width(face.label, body) - now.px(10)
            note = elided(face.note, body, room)
            draw_text(painter, top, note, (body, c.displaydim), RIGHT)
            name = QRect(inner.x(), now.px(36), inner.width(), now.px(40))
            big = free_font(now, 30, BOLD)
            words = face.name if face.number is None else face.number or "–"
            big = shrunk(words, big, BOLD, inner.width(), 18)
            draw_text(
                painter, name, elided(words, big, inner.width()), (big, c.displayink)
            )
            if face.number is None:
                self._paint_dots(painter, inner.x())

    def _paint_dots(self, painter: QPainter, left: int) -> None:
        now, c = theme(), theme().colours
        radius = now.px(9)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(max(self._face.most, self._face.typed)):
            centre = QPointF(left + radius + index * now.px(34), self.dots_at())
            if index < self._face.typed:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(qcolor(c.displayink))
                painter.drawEllipse(centre, radius, radius)
            else:
                painter.setPen(pen(c.displaydim, now.px(2)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(centre, radius - 1, radius - 1)


class WordKey(ActionButton):
    """A key of the pad with a word on it: a button's type in a key's colours."""

    @override
    def colours(self) -> ButtonColours:
        """Return the colours of a key beside the digits."""
        return button_colours(theme(), Kind.KEY_AUX, self.button_state())


_TOP_789 = ("789", "456", "123")
_TOP_123 = ("123", "456", "789")


class PinPad(QWidget):
    """Ten digits, backspace, clear, Enter; no point, no double zero."""

    #: A key was pressed; the value of its `PadKey`.
    pressed = Signal(str)

    def __init__(self, prefix: str = "pin") -> None:
        super().__init__()
        self._prefix = prefix
        self.setObjectName(f"{prefix}Pad")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._is_phone_order = False
        self._buttons: dict[PadKey, ActionButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for key in (*map(PadKey, "1234567890"), PadKey.BACKSPACE, PadKey.CLEAR):
            self._make(key)
        self._make(PadKey.ENTER)
        self._place()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def button(self, key: PadKey) -> ActionButton:
        """Return the button of a key."""
        return self._buttons[key]

    def set_available(self, is_available: bool) -> None:
        """Enable or disable the whole pad."""
        for button in self._buttons.values():
            button.set_available(is_available)

    def use_phone_order(self, is_phone_order: bool) -> None:
        """Put 1-2-3 on top, or 7-8-9."""
        if is_phone_order != self._is_phone_order:
            self._is_phone_order = is_phone_order
            self._place()

    def retranslate(self) -> None:
        """Read the words anew."""
        self._buttons[PadKey.CLEAR].set_face(ButtonFace(_("Clear"), kind=Kind.KEY_AUX))
        self._buttons[PadKey.BACKSPACE].setAccessibleName(_("Backspace"))
        self._buttons[PadKey.ENTER].setAccessibleName(_("Enter"))

    def _make(self, key: PadKey) -> None:
        icons = {
            PadKey.BACKSPACE: ("backspace", Kind.KEY_AUX),
            PadKey.ENTER: ("arrow-elbow-down-left", Kind.PRIMARY),
        }
        icon, kind = icons.get(key, ("", Kind.KEY))
        face = ButtonFace(title="" if icon else key.value, icon=icon, kind=kind)
        make = WordKey if key is PadKey.CLEAR else ActionButton
        button = make(f"{self._prefix}-{key.name}", face, self)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.setProperty("padKey", key.value)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(self._on_clicked)
        self._buttons[key] = button

    def _place(self) -> None:
        rows = _TOP_123 if self._is_phone_order else _TOP_789
        for row, digits in enumerate(rows):
            for column, digit in enumerate(digits):
                self._grid.addWidget(self._buttons[PadKey(digit)], row, column)
        self._grid.addWidget(self._buttons[PadKey.D0], 3, 0, 1, 3)
        self._grid.addWidget(self._buttons[PadKey.BACKSPACE], 0, 3)
        self._grid.addWidget(self._buttons[PadKey.CLEAR], 1, 3)
        self._grid.addWidget(self._buttons[PadKey.ENTER], 2, 3, 2, 1)

    def _on_clicked(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.pressed.emit(str(sender.property("padKey")))

    def _take_sizes(self) -> None:
        now = theme()
        self._grid.setHorizontalSpacing(now.px(GAP))
        self._grid.setVerticalSpacing(now.px(GAP - BELOW))
        width = now.profile.key[0]
        for button in self._buttons.values():
            button.set_size(64, width, below=BELOW)
        for line in range(4):
            self._grid.setColumnStretch(line, 1)
            self._grid.setRowStretch(line, 1)
