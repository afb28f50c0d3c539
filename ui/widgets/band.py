"""The calm strip above the ticket: what this sale is; the member comes here later."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from ui.presenters.ticket_state import BandView
from ui.theme.fonts import SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.drawing import (
    CENTER,
    brush,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    hairline,
    text_width,
)
from ui.widgets.themed import ThemedWidget


class Band(ThemedWidget):
    """A round mark, a title with chips, a second row, and at most one key."""

    action_pressed = Signal()
    """The key at the right was pressed."""

    def __init__(self, object_name: str = "band") -> None:
        super().__init__(object_name)
        self._view = BandView("")
        face = ButtonFace(arrangement=Arrangement.ROW)
        self._action = ActionButton("bandAction", face, self)
        self._action.clicked.connect(self.action_pressed)
        self._action.hide()

    def show_band(self, view: BandView) -> None:
        """Show another title or key."""
        if view == self._view:
            return
        self._view = view
        face = ButtonFace(
            view.action, icon=view.action_icon, arrangement=Arrangement.ROW
        )
        self._action.set_face(face)
        self._action.setVisible(bool(view.action))
        self.setAccessibleName(f"{view.title}, {view.detail}")
        self._arrange()
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of the strip."""
        return 66

    @override
    def on_theme_changed(self) -> None:
        """Arrange anew at other sizes."""
        super().on_theme_changed()
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key at the right."""
        super().resizeEvent(event)
        self._arrange()

    def _action_width(self) -> int:
        now = theme()
        if not self._view.action:
            return 0
        words = text_width(self._view.action, font(now, "label"))
        icon = now.px(32) if self._view.action_icon else 0
        return min(words + icon + now.px(28), self.width() // 2)

    def _arrange(self) -> None:
        now = theme()
        width, height = self._action_width(), now.px(48)
        top = (self.height() - height) // 2
        self._action.setGeometry(self.width() - width - now.px(14), top, width, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark, title, chips and detail."""
        del event
        now, c, view = theme(), theme().colours, self._view
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), brush(c.surface))
            hairline(painter, QRect(0, self.height() - 1, self.width(), 1), c.line)
            edge = now.px(44)
            circle = QRect(now.px(14), (self.height() - edge) // 2, edge, edge)
            fill_round(painter, circle, edge / 2, c.primarysoft)
            pad = now.px(10)
            draw_icon(
                painter, view.icon, c.primaryink, circle.adjusted(pad, pad, -pad, -pad)
            )
            left = now.px(69)
            room = self.width() - left - self._action_width() - now.px(26)
            title = font(now, "name")
            shown = elided(view.title, title, room)
            upper = QRect(left, now.px(9), room, now.px(25))
            draw_text(painter, upper, shown, (title, c.ink))
            self._paint_chips(painter, upper, text_width(shown, title) + now.px(10))
            lower = QRect(left, now.px(34), room, now.px(22))
            cap = font(now, "cap")
            draw_text(painter, lower, elided(view.detail, cap, room), (cap, c.ink2))

    def _paint_chips(self, painter: QPainter, row: QRect, offset: int) -> None:
        now, c = theme(), theme().colours
        used = free_font(now, 14, SEMIBOLD)
        for words in self._view.chips:
            width = text_width(words, used) + now.px(16)
            if offset + width > row.width():
                return
            chip = QRect(row.x() + offset, row.y() + 1, width, now.px(23))
            fill_round(painter, chip, now.radius("chip"), c.disabledbg)
            draw_text(painter, chip, words, (used, c.ink2), CENTER)
            offset += width + now.px(6)
