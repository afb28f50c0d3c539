"""A coupon as a card: what it is worth, its name, and one key (pictures 05, F7)."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from ui.presenters.member_state import CouponView
from ui.theme.fonts import BOLD, REGULAR, font, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.drawing import (
    CENTER,
    Box,
    brush,
    draw_box,
    draw_text,
    elided,
    fill_round,
    text_width,
)
from ui.widgets.shrunk_text import shrunk
from ui.widgets.text_fit import fit_label, line_height
from ui.widgets.themed import ThemedWidget

#: Width of the stub; narrow columns have a narrow one.
_STUB, _NARROW_STUB = 74, 56


class CouponCard(ThemedWidget):
    """A ticket with a stub; its key says which coupon was meant."""

    pressed = Signal(str)
    """The key was pressed; the coupon's key."""

    def __init__(self, view: CouponView) -> None:
        super().__init__(f"coupon-{view.key}")
        self._view = view
        self._action = ActionButton(f"couponUse-{view.key}", ButtonFace(), self)
        self._action.clicked.connect(self._on_clicked)
        self.show_coupon(view)

    def show_coupon(self, view: CouponView) -> None:
        """Show another state of it."""
        self._view = view
        kind = Kind.LINK if view.is_used else Kind.QUICK
        face = ButtonFace(
            view.action,
            hint=view.hint,
            kind=kind,
            arrangement=Arrangement.ROW,
            hint_in_box=bool(view.hint),
        )
        self._action.set_face(face)
        self._action.setVisible(bool(view.action))
        self._action.setAccessibleName(f"{view.action} {view.title}")
        parts = (view.worth, view.title, view.detail)
        self.setAccessibleName(", ".join(x for x in parts if x))
        self._arrange()
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of a card: names take two lines where it is narrow."""
        return 80 if theme().profile.name == "compact" else 62

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key at the right."""
        super().resizeEvent(event)
        self._arrange()

    def _key_width(self) -> int:
        now = theme()
        if not self._view.action:
            return 0
        words = text_width(self._view.action, font(now, "label"))
        hint = now.px(38) if self._view.hint else 0
        return max(min(words + hint + now.px(28), self.width() * 2 // 5), now.px(64))

    def _arrange(self) -> None:
        now, wide = theme(), self._key_width()
        high = now.px(48)
        top = (self.height() - high) // 2
        self._action.setGeometry(self.width() - wide - now.px(6), top, wide, high)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint stub, perforation and words."""
        del event
        now, c, view = theme(), theme().colours, self._view
        with QPainter(self) as painter:
            radius = now.radius("button")
            border = c.primary if view.is_used else c.line
            fill = c.primarysoft if view.is_used else c.surface
            draw_box(painter, self.rect(), Box(fill, border, border, radius, 1))
            is_narrow = now.profile.name == "compact"
            wide = now.px(_NARROW_STUB if is_narrow else _STUB)
            stub = QRect(1, 1, wide, self.height() - 2)
            soft = c.sunken if view.is_refused else c.savesoft
            fill_round(painter, stub, radius - 1, soft)
            painter.fillRect(stub.adjusted(radius, 0, 0, 0), brush(soft))
            self._paint_holes(painter, stub.right(), fill)
            ink = c.ink3 if view.is_refused else c.save
            room = stub.width() - now.px(10)
            used = shrunk(view.worth, free_font(now, 21, BOLD), BOLD, room)
            draw_text(painter, stub, view.worth, (used, ink), CENTER)
            self._paint_words(painter, stub.right() + now.px(12))

    def _paint_holes(self, painter: QPainter, left: int, fill: str) -> None:
        now = theme()
        size, step = now.px(5), now.px(9)
        for top in range(now.px(5), self.height() - now.px(5), step):
            hole = QRect(left - size // 2, top, size, size)
            fill_round(painter, hole, size / 2, fill)

    def _paint_words(self, painter: QPainter, left: int) -> None:
        now, c, view = theme(), theme().colours, self._view
        right = self.width() - self._key_width() - now.px(14)
        room = right - left
        ink = c.ink2 if view.is_refused else c.ink
        high = now.px(42 if now.profile.name == "compact" else 23)
        size = (room, room, high)
        fit = fit_label(now, view.title, now.text_px("label"), BOLD, size)
        line, top = line_height(fit.font), now.px(7)
        for words in fit.lines:
            row = QRect(left, top, room, line)
            draw_text(painter, row, elided(words, fit.font, room), (fit.font, ink))
            top += line
        top = max(top, now.px(29))
        area = QRect(left, top, room, self.height() - top - now.px(4))
        size = (room, room, area.height())
        fit = fit_label(now, view.detail, now.text_size(14), REGULAR, size)
        line = line_height(fit.font)
        for number, words in enumerate(fit.lines):
            row = QRect(left, area.y() + number * line, room, line)
            draw_text(painter, row, elided(words, fit.font, room), (fit.font, c.ink2))

    def _on_clicked(self) -> None:
        self.pressed.emit(self._view.key)
