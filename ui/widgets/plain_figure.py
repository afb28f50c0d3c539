"""A small card with one figure, to be read only."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from ui.presenters.report_state import FigureView
from ui.theme.fonts import BOLD, free_font
from ui.theme.host import theme
from ui.widgets.drawing import LEFT, Box, draw_box, draw_text, elided, text_width
from ui.widgets.themed import ThemedWidget

_SIZES = (21, 18, 16, 14, 13)
_NAMES = (14, 13, 12)


class PlainFigure(ThemedWidget):
    """A name over its value; both whole, in smaller type where they are long."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name)
        self.view = FigureView("", "", "", "")

    def show_figure(self, view: FigureView) -> None:
        """Show another figure."""
        if view != self.view:
            self.view = view
            self.setAccessibleName(f"{view.title} {view.value}")
            self.update()

    @override
    def design_height(self) -> float:
        """Return the height of two lines."""
        return 66

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, name and value."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            box = Box(c.surface, c.line, c.line, now.radius("card"), 1)
            draw_box(painter, self.rect(), box)
            inner = self.rect().adjusted(now.px(12), now.px(7), -now.px(8), -now.px(7))
            upper = QRect(inner.x(), inner.y(), inner.width(), now.px(20))
            _paint(painter, upper, self.view.title, (_NAMES, False, c.ink2))
            lower = inner.adjusted(0, now.px(22), 0, 0)
            ink = c.danger if self.view.value.startswith("▼") else c.ink
            _paint(painter, lower, self.view.value, (_SIZES, True, ink))


def _paint(
    painter: QPainter, area: QRect, words: str, look: tuple[tuple[int, ...], bool, str]
) -> None:
    """Paint words in the largest of some sizes that fits."""
    sizes, is_bold, ink = look
    now = theme()
    fonts = [free_font(now, x, BOLD) if is_bold else free_font(now, x) for x in sizes]
    fitting = [x for x in fonts if text_width(words, x) <= area.width()]
    used = fitting[0] if fitting else fonts[-1]
    draw_text(painter, area, elided(words, used, area.width()), (used, ink), LEFT)
