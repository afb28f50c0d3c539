"""The dark strip that says what goes back to the customer."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from ui.theme.fonts import BOLD, SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.drawing import RIGHT, draw_text, fill_round, text_width
from ui.widgets.themed import ThemedWidget


class ChangeStrip(ThemedWidget):
    """Label left, change right in mint."""

    def __init__(self, object_name: str = "changeStrip") -> None:
        super().__init__(object_name)
        self._label, self._symbol, self._amount = "", "", ""

    def show_change(self, label: str, symbol: str, amount: str) -> None:
        """Show another amount; all three are already written."""
        self._label, self._symbol, self._amount = label, symbol, amount
        self.setAccessibleName(f"{label} {symbol}{amount}")
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of the strip."""
        return 62

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint label and amount."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            fill_round(painter, self.rect(), now.radius("card"), c.display)
            inner = self.rect().adjusted(now.px(16), 0, -now.px(16), 0)
            draw_text(painter, inner, self._label, (font(now, "body"), c.displaydim))
            big, small = free_font(now, 36, BOLD), free_font(now, 20, SEMIBOLD)
            draw_text(painter, inner, self._amount, (big, c.mint), RIGHT)
            sign = inner.adjusted(
                0, now.px(9), -text_width(self._amount, big) - now.px(2), 0
            )
            draw_text(painter, sign, self._symbol, (small, c.mint), RIGHT)
