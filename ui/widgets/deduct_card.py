"""A row of what is deducted before money is taken: coupon, points, wallet (04)."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from ui.presenters.payment_state import DeductView
from ui.theme.fonts import BOLD, REGULAR, font, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.consent_card import wrapped
from ui.widgets.drawing import (
    RIGHT,
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    text_width,
)
from ui.widgets.shrunk_text import shrunk
from ui.widgets.text_fit import two_lines
from ui.widgets.themed import ThemedWidget

#: Height of a line of small words, 1366x768 pixels.
_LINE = 18


class DeductCard(ThemedWidget):
    """What it is and how much, with a key for all of it and one for another amount."""

    pressed = Signal(str)
    """The main key: use it, or take it back; the row's key."""
    amount_pressed = Signal(str)
    """Another amount is wanted; the row's key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"deduct-{key}")
        self._view = DeductView(key, "", "")
        self._has_room = True
        self._main = ActionButton(f"deductUse-{key}", ButtonFace(), self)
        self._other = ActionButton(f"deductAmount-{key}", ButtonFace(), self)
        self._main.clicked.connect(self._on_main)
        self._other.clicked.connect(self._on_other)

    def show_row(self, view: DeductView, *, has_room: bool) -> None:
        """Show another state of the row; long words may take a line more."""
        self._view, self._has_room = view, has_room
        row = Arrangement.ROW
        kind = Kind.LINK if view.is_used else Kind.PLAIN
        self._main.set_face(ButtonFace(view.action, kind=kind, arrangement=row))
        self._main.setVisible(bool(view.action))
        self._main.setAccessibleName(f"{view.title}: {view.action}")
        link = ButtonFace(view.other, kind=Kind.LINK, arrangement=row)
        self._other.set_face(link)
        self._other.setVisible(bool(view.other))
        self._other.setAccessibleName(f"{view.title}: {view.other}")
        parts = (view.title, view.amount, view.detail)
        self.setAccessibleName(", ".join(x for x in parts if x))
        self.updateGeometry()
        self._arrange()
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height: a row more where the words need the whole width."""
        if self._is_crowded():
            return 78 + _LINE * (len(self._detail_lines()) - 1)
        return 78 if len(self._title_lines(self._title_room())) > 2 else 56

    def _title_room(self) -> int:
        left = self.width() - theme().px(52)
        return left - self._keys_width() - self._amount_width()

    def _detail_lines(self) -> tuple[str, ...]:
        """Return what stands below the keys: a line, or two beside the amount."""
        used, room = free_font(theme(), 14), self._lower_room()
        words = self._view.detail
        is_long = self._has_room and text_width(words, used) > room
        if is_long and self._is_amount_below():
            return two_lines(words, used, room) or (words,)
        return (words,)

    def _lower_room(self) -> int:
        now = theme()
        room = self.width() - now.px(54)
        return room - (
            self._amount_width() + now.px(10) if self._is_amount_below() else 0
        )

    def _is_crowded(self) -> bool:
        """Tell whether the second row of words does not fit beside the keys."""
        now, room = theme(), self._title_room()
        wide = text_width(self._view.detail, free_font(now, 13))
        is_long = bool(self._view.detail) and len(self._title_lines(room)) > 1
        return self.width() > now.px(200) and (wide > room or is_long)

    def _is_amount_below(self) -> bool:
        """Tell whether the amount stands below the keys: no word fits beside it."""
        used = free_font(theme(), 14, BOLD)
        room = self._title_room()
        words = self._view.title.split()
        widest = max((text_width(word, used) for word in words), default=0)
        return bool(self._view.amount) and self._is_crowded() and widest > room

    def _title_lines(self, room: int) -> list[str]:
        """Return the title in one line, or in two or three where it is long."""
        used = free_font(theme(), 14, BOLD)
        if text_width(self._view.title, used) <= room or room <= 0:
            return [self._view.title]
        lines = wrapped(self._view.title, room, used)
        most = 1 if self._view.detail or not self._has_room else 2
        return [*lines[:most], elided(" ".join(lines[most:]), used, room)][: len(lines)]

    def _amount_width(self) -> int:
        if not self._view.amount:
            return 0
        now = theme()
        return text_width(self._view.amount, free_font(now, 18, BOLD)) + now.px(8)

    @override
    def on_theme_changed(self) -> None:
        """Arrange anew at other sizes."""
        super().on_theme_changed()
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the keys at the right."""
        super().resizeEvent(event)
        self._arrange()
        self.updateGeometry()

    def _width_of(self, words: str) -> int:
        if not words:
            return 0
        now = theme()
        return max(text_width(words, font(now, "label")) + now.px(26), now.px(60))

    def _keys_width(self) -> int:
        return self._width_of(self._view.action) + self._width_of(self._view.other)

    def _arrange(self) -> None:
        now = theme()
        high = now.px(48)
        top, right = now.px(4), self.width() - now.px(5)
        wide = self._width_of(self._view.action)
        self._main.setGeometry(right - wide, top, wide, high)
        other = self._width_of(self._view.other)
        self._other.setGeometry(right - wide - other, top, other, high)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, icon, words and amount."""
        del event
        now, c, view = theme(), theme().colours, self._view
        with QPainter(self) as painter:
            fill = c.primarysoft if view.is_used else c.surface
            border = c.primary if view.is_typing else c.line
            border = fill if view.is_used and not view.is_typing else border
            width = now.px(2) if view.is_typing else 1
            box = Box(fill, border, border, now.radius("button"), width, width)
            draw_box(painter, self.rect(), box)
            ink = c.primaryink if view.is_used else c.ink
            edge = now.px(22)
            high = now.px(56)
            mark = QRect(now.px(12), 0, edge, high)
            draw_icon(painter, view.icon, ink, mark)
            left = now.px(42)
            room = self.width() - left - self._keys_width() - now.px(10)
            money = free_font(now, 18, BOLD)
            area = QRect(left, 0, room, high)
            if self._is_amount_below():
                area = QRect(left, now.px(50), self.width() - left - now.px(22), high)
                area.setHeight(now.px(22))
                self._paint_words(painter, left, room)
            else:
                self._paint_words(painter, left, room - self._amount_width())
            draw_text(painter, area, view.amount, (money, ink), RIGHT)

    def _paint_words(self, painter: QPainter, left: int, room: int) -> None:
        now, c, view = theme(), theme().colours, self._view
        ink = c.primaryink if view.is_used else c.ink
        lines = self._title_lines(room)
        title = shrunk(view.title, font(now, "label", BOLD), BOLD, room, least=14)
        is_crowded = self._is_crowded()
        place = QRect(left, 0, room, now.px(56))
        if view.detail and not is_crowded:
            place = QRect(left, now.px(6), room, now.px(24))
        high = now.px(20)
        if len(lines) > 1:
            whole = now.px(78 if len(lines) > 2 else 56)
            place = QRect(left, (whole - high * len(lines)) // 2, room, high)
        for line in lines:
            draw_text(painter, place, line, (title, ink))
            place = place.translated(0, high)
        lower = QRect(left, now.px(29), room, now.px(20))
        details: tuple[str, ...] = (view.detail,)
        if is_crowded:
            room, details = self._lower_room(), self._detail_lines()
            lower = QRect(left, now.px(52), room, now.px(20))
        for line in details:
            small = shrunk(line, free_font(now, 14), REGULAR, room, least=11)
            words = elided(line, small, room)
            draw_text(painter, lower, words, (small, ink if view.is_used else c.ink2))
            lower = lower.translated(0, now.px(_LINE))

    def _on_main(self) -> None:
        self.pressed.emit(self._view.key)

    def _on_other(self) -> None:
        self.amount_pressed.emit(self._view.key)
