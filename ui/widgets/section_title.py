"""A heading inside a column: words on the left, a note on the right."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from ui.theme.fonts import SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.drawing import (
    RIGHT,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    text_width,
)
from ui.widgets.themed import ThemedWidget


class SectionTitle(ThemedWidget):
    """One line."""

    def __init__(self, object_name: str, text: str = "", note: str = "") -> None:
        super().__init__(object_name)
        self._text, self._note = text, note

    def show_title(self, text: str, note: str = "") -> None:
        """Show other words; none at all hides the heading."""
        self.setVisible(bool(text))
        self._text, self._note = text, note
        self.setAccessibleName(f"{text} {note}".strip())
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of a heading."""
        return 28

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint heading and note."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            strong, plain = font(now, "label", SEMIBOLD), font(now, "cap")
            for size in (14, 13, 12, 11):  # a narrow column: smaller before cut
                if text_width(self._text, strong) <= self.width():
                    break
                strong = free_font(now, size, SEMIBOLD)
            shown = elided(self._text, strong, self.width())
            draw_text(painter, self.rect(), shown, (strong, c.ink2))
            room = self.width() - text_width(self._text, strong) - now.px(12)
            note = elided(self._note, plain, room)
            draw_text(painter, self.rect(), note, (plain, c.ink3), RIGHT)


class NoteLine(ThemedWidget):
    """One line the cashier should know, with a triangle; never cut."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name)
        self._text = ""

    def show_note(self, text: str) -> None:
        """Show other words; none at all hides the line."""
        self.setVisible(bool(text))
        self._text = text
        self.setAccessibleName(text)
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of the line."""
        return 30

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, triangle and words."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            fill_round(painter, self.rect(), now.radius("chip"), c.warnfill)
            edge = now.px(18)
            mark = QRect(now.px(8), 0, edge, self.height())
            draw_icon(painter, "warning", c.warnicon, mark)
            words = self.rect().adjusted(now.px(32), 0, -now.px(8), 0)
            fonts = [free_font(now, size, SEMIBOLD) for size in (14, 13, 12, 11, 10)]
            fits = [
                used for used in fonts if text_width(self._text, used) <= words.width()
            ]
            used = fits[0] if fits else fonts[-1]
            draw_text(painter, words, self._text, (used, c.warnink))
