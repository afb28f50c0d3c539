"""Promotions below a looked-up price: what is in it, and what one could still get."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from ui.presenters.price_check_state import PriceDeal
from ui.theme.fonts import BOLD, REGULAR, font
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
from ui.widgets.shrunk_text import shrunk
from ui.widgets.text_fit import fit_label
from ui.widgets.themed import ThemedWidget


class DealRow(ThemedWidget):
    """One promotion: its name, and what one does and gets, over two lines at most."""

    def __init__(self, deal: PriceDeal) -> None:
        super().__init__("priceDeal")
        self._deal = deal
        self.setAccessibleName(f"{deal.title} {deal.detail} {deal.price}".strip())

    @override
    def design_height(self) -> float:
        """Return the height of the row: a line more where the words need it."""
        now = theme()
        room = self.width() - now.px(58)
        is_long = text_width(self._deal.detail, font(now, "cap")) > room > 0
        return 76 if is_long else 56

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        del event
        now, c, deal = theme(), theme().colours, self._deal
        with QPainter(self) as painter:
            ground = c.savesoft if deal.is_used else c.sunken
            box = Box(ground, c.line, c.line, now.radius("button"), 1)
            draw_box(painter, self.rect(), box)
            pad, edge = now.px(12), now.px(22)
            icon = "tag" if deal.is_open else "timer"
            icon = "check-circle" if deal.is_used else icon
            ink = c.save if deal.is_open else c.ink2
            draw_icon(painter, icon, ink, QRect(pad, now.px(8), edge, edge))
            inner = self.rect().adjusted(2 * pad + edge, now.px(6), -pad, -now.px(5))
            row = QRect(inner.x(), inner.y(), inner.width(), now.px(25))
            if deal.price:
                figure = font(now, "label", BOLD)
                draw_text(painter, row, deal.price, (figure, ink), RIGHT)
                row.setWidth(row.width() - text_width(deal.price, figure) - pad)
            used = shrunk(deal.title, font(now, "label", BOLD), BOLD, row.width())
            title = elided(deal.title, used, row.width())
            draw_text(painter, row, title, (used, ink), LEFT)
            self._paint_detail(painter, inner.adjusted(0, now.px(25), 0, 0))

    def _paint_detail(self, painter: QPainter, area: QRect) -> None:
        now = theme()
        pixels = font(now, "cap").pixelSize()
        room = (area.width(), area.width(), area.height())
        fit = fit_label(now, self._deal.detail, pixels, REGULAR, room)
        line = fit.height // max(1, len(fit.lines))
        for number, words in enumerate(fit.lines):
            row = QRect(area.x(), area.y() + number * line, area.width(), line)
            shown = elided(words, fit.font, area.width())
            draw_text(painter, row, shown, (fit.font, now.colours.ink2), LEFT)
