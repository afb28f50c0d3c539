"""Rows of sums: what it is on the left, the amount at the right edge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from ui.theme.fonts import REGULAR, SEMIBOLD, font, sized_font
from ui.theme.host import theme
from ui.widgets.drawing import (
    RIGHT,
    draw_text,
    elided,
    hairline,
    text_width,
)
from ui.widgets.text_fit import fit_label, line_height
from ui.widgets.themed import ThemedWidget

ROW = 38


class SumRows(ThemedWidget):
    """Amounts stand below each other; a long name takes two lines."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name)
        self._rows: tuple[tuple[str, str], ...] = ()

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show other sums; none at all hides the widget."""
        self.setVisible(bool(rows))
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self.setAccessibleName("; ".join(f"{name}: {value}" for name, value in rows))
        self.updateGeometry()
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of all rows."""
        return ROW * len(self._rows)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows and the hairlines between them."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            height = now.px(ROW)
            for index, (name, value) in enumerate(self._rows):
                row = QRect(0, index * height, self.width(), height)
                used = font(now, "body", SEMIBOLD)
                while text_width(value, used) > row.width() * 3 // 4:
                    if used.pixelSize() <= 11:
                        break
                    used = sized_font(now.language, used.pixelSize() - 1, SEMIBOLD)
                shown = elided(value, used, row.width() * 4 // 5)
                draw_text(painter, row, shown, (used, c.ink), RIGHT)
                room = row.width() - text_width(shown, used) - now.px(12)
                self._paint_name(painter, QRect(0, row.y(), room, height), name)
                if index < len(self._rows) - 1:
                    hairline(painter, QRect(0, row.bottom(), self.width(), 1), c.line)

    def _paint_name(self, painter: QPainter, area: QRect, name: str) -> None:
        now, c = theme(), theme().colours
        room = (area.width(), area.width(), area.height())
        fit = fit_label(now, name, now.text_px("body"), REGULAR, room)
        line = line_height(fit.font)
        top = area.y() + (area.height() - fit.height) // 2
        for number, part in enumerate(fit.lines):
            row = QRect(area.x(), top + number * line, area.width(), line)
            words = elided(part, fit.font, area.width())
            draw_text(painter, row, words, (fit.font, c.ink2))
