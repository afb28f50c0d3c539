"""A recovery code, large, each group with its number; nothing a camera reads."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from ui.theme.fonts import BOLD, SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.drawing import CENTER, LEFT, Box, draw_box, draw_text
from ui.widgets.themed import ThemedWidget

_COLUMNS, _CELL = 4, 84


class CodeGroups(ThemedWidget):
    """Two rows of four groups."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name)
        self._groups: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups on show."""
        return self._groups

    def show_groups(self, groups: tuple[str, ...]) -> None:
        """Show a code."""
        self._groups = groups
        self.setAccessibleName(" ".join(groups))
        self.updateGeometry()
        self.update()

    @override
    def design_height(self) -> float:
        """Return two rows."""
        return 2 * _CELL + 12

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a box for each group."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            gap, high = now.px(12), now.px(_CELL)
            wide = (self.width() - gap * (_COLUMNS - 1)) // _COLUMNS
            large, small = free_font(now, 30, BOLD), font(now, "hint", SEMIBOLD)
            box = Box(c.sunken, c.line, c.line, now.radius("button"), 1)
            for at, group in enumerate(self._groups):
                row, column = divmod(at, _COLUMNS)
                cell = QRect(column * (wide + gap), row * (high + gap), wide, high)
                draw_box(painter, cell, box)
                corner = QRect(
                    cell.x() + now.px(10), cell.y() + now.px(4), now.px(30), now.px(24)
                )
                draw_text(painter, corner, str(at + 1), (small, c.ink3), LEFT)
                words = cell.adjusted(0, now.px(10), 0, 0)
                draw_text(painter, words, group, (large, c.ink), CENTER)
