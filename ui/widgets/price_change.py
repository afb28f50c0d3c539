"""What it costs now, an arrow, what it will cost, and how deep that goes."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from ui.presenters.reduction_state import ReductionState
from ui.theme.fonts import BOLD, SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.drawing import (
    LEFT,
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    text_width,
)
from ui.widgets.shrunk_text import shrunk
from ui.widgets.themed import ThemedWidget

_NOT_YET = "\u2014"


class PriceChangeCard(ThemedWidget):
    """The card of the dialogs for a price or a discount by hand."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name)
        self._state: ReductionState | None = None

    def show_state(self, state: ReductionState) -> None:
        """Show other figures."""
        self._state = state
        words = (state.what, state.before, state.after, state.note, state.change)
        self.setAccessibleName(" ".join(x for x in words if x))
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of the card."""
        return 116

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        del event
        state = self._state
        if state is None:
            return
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            radius = now.radius("card")
            draw_box(painter, self.rect(), Box(c.sunken, c.line, c.line, radius, 1))
            inner = self.rect().adjusted(
                now.px(18), now.px(10), -now.px(18), -now.px(10)
            )
            name = font(now, "name")
            row = QRect(inner.x(), inner.y(), inner.width(), now.px(28))
            shown = elided(state.what, name, inner.width())
            draw_text(painter, row, shown, (name, c.ink), LEFT)
            left = self._paint_amount(painter, inner, state.before_label, state.before)
            edge = now.px(24)
            arrow = QRect(left + now.px(14), inner.y() + now.px(62), edge, edge)
            draw_icon(painter, "arrow-right", c.ink2, arrow)
            rest = inner.adjusted(arrow.right() + now.px(14) - inner.x(), 0, 0, 0)
            after = state.after or _NOT_YET
            left = self._paint_amount(painter, rest, state.after_label, after)
            self._paint_note(
                painter, inner.adjusted(left + now.px(16) - inner.x(), 0, 0, 0)
            )

    def _paint_amount(
        self, painter: QPainter, area: QRect, label: str, value: str
    ) -> int:
        """Paint a figure below its label; return its right edge."""
        now, c = theme(), theme().colours
        small, big = font(now, "cap"), free_font(now, 28, BOLD)
        upper = QRect(area.x(), area.y() + now.px(34), area.width(), now.px(20))
        lower = QRect(area.x(), area.y() + now.px(56), area.width(), now.px(38))
        draw_text(painter, upper, label, (small, c.ink2), LEFT)
        draw_text(painter, lower, value, (big, c.ink), LEFT)
        return area.x() + max(text_width(label, small), text_width(value, big))

    def _paint_note(self, painter: QPainter, area: QRect) -> None:
        """Paint how deep it goes at the right; amber where somebody is asked."""
        state = self._state
        assert state is not None
        words = " · ".join(x for x in (state.note, state.change) if x)
        if not words:
            return
        now, c = theme(), theme().colours
        pad, edge = now.px(10), now.px(18)
        gap = edge + now.px(6) if state.is_above_cap else 0
        room = area.width() - 2 * pad - gap
        used = shrunk(words, font(now, "cap", SEMIBOLD), SEMIBOLD, room)
        width = text_width(words, used) + 2 * pad + gap
        box = QRect(area.right() - width + 1, area.y() + now.px(60), width, now.px(30))
        fill, ink = c.savesoft, c.save
        if state.is_above_cap:
            fill, ink = c.warnfill, c.warnink
        fill_round(painter, box, now.radius("chip"), fill)
        inner = box.adjusted(pad, 0, -pad, 0)
        if state.is_above_cap:
            square = QRect(inner.x(), inner.y(), edge, inner.height())
            draw_icon(painter, "warning-fill", ink, square)
            inner = inner.adjusted(gap, 0, 0, 0)
        draw_text(painter, inner, words, (used, ink), LEFT)
