"""A line of a ticket as the chosen size and colours show it."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from pos_app.i18n import _
from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD, font
from ui.theme.host import theme
from ui.widgets.drawing import (
    LEFT,
    RIGHT,
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    text_width,
)
from ui.widgets.themed import ThemedWidget


class LookSample(ThemedWidget):
    """Goods, an amount and why it is less."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._words = ("", "", "")

    def show_sample(self, name: str, money: str, reason: str) -> None:
        """Show other words."""
        self._words = (name, money, reason)
        self.setAccessibleName(", ".join(self._words))
        self.update()

    @override
    def design_height(self) -> float:
        """Return the least height."""
        return 112

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        del event
        now, c = theme(), theme().colours
        name, money, reason = self._words
        with QPainter(self) as painter:
            draw_box(
                painter,
                self.rect(),
                Box(c.surface, c.line, c.line, now.radius("card"), 1),
            )
            left, room = now.px(18), self.width() - 2 * now.px(18)
            small = font(now, "cap", REGULAR)
            draw_text(
                painter,
                QRect(left, now.px(10), room, now.px(26)),
                _("Example"),
                (small, c.ink2),
                LEFT,
            )
            row = QRect(left, now.px(38), room, now.px(34))
            figure = font(now, "num", SEMIBOLD)
            draw_text(painter, row, money, (figure, c.ink), RIGHT)
            title = font(now, "name", BOLD)
            beside = room - text_width(money, figure) - now.px(12)
            draw_text(painter, row, elided(name, title, beside), (title, c.ink), LEFT)
            edge = now.px(18)
            mark = QRect(left, now.px(74), edge, now.px(28))
            draw_icon(painter, "tag", c.save, mark)
            used = font(now, "cap", SEMIBOLD)
            below = QRect(left + edge + now.px(6), now.px(74), room - edge, now.px(28))
            draw_text(
                painter,
                below,
                elided(reason, used, below.width()),
                (used, c.save),
                LEFT,
            )
