"""The period in words, or what stands where there are no figures."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from ui.theme.fonts import BOLD, REGULAR, free_font
from ui.theme.host import theme
from ui.widgets.drawing import draw_text, elided, text_width
from ui.widgets.empty_note import paint_empty
from ui.widgets.themed import ThemedWidget


class ReportHeading(ThemedWidget):
    """A title and a line below it; or both in the middle with an icon."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name)
        self._title = self._subtitle = ""
        self._is_centred = False

    def show_heading(self, title: str, subtitle: str) -> None:
        """Show other words."""
        self._title, self._subtitle = title, subtitle
        self.setAccessibleName(f"{title} {subtitle}".strip())
        self.update()

    def set_centred(self, *, is_centred: bool) -> None:
        """Stand in the middle, with an icon above."""
        self._is_centred = is_centred

    @override
    def design_height(self) -> float:
        """Return the height of the head's row."""
        return 56

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            if self._is_centred:
                if self._title:
                    words = (self._title, self._subtitle)
                    paint_empty(painter, self.rect(), "chart-bar", words)
                return
            upper = QRect(0, now.px(1), self.width(), now.px(31))
            lower = QRect(0, now.px(31), self.width(), now.px(22))
            for area, text, size, weight, ink in (
                (upper, self._title, 25, BOLD, c.ink),
                (lower, self._subtitle, 15, REGULAR, c.ink2),
            ):
                shown = size
                while (
                    shown > 11
                    and text_width(text, free_font(now, shown, weight)) > area.width()
                ):
                    shown -= 1
                used = free_font(now, shown, weight)
                draw_text(painter, area, elided(text, used, area.width()), (used, ink))
