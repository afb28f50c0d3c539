"""The sums below the lines: a row of labels over figures."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from typing_extensions import override

from ui.presenters.ticket_state import SumTone, SumView
from ui.theme.fonts import BOLD, free_font
from ui.theme.host import theme
from ui.widgets.drawing import brush, draw_text, hairline, text_width
from ui.widgets.themed import ThemedWidget


class SumsStrip(ThemedWidget):
    """Shares its width out among the sums."""

    def __init__(self, object_name: str = "sums") -> None:
        super().__init__(object_name)
        self._sums: tuple[SumView, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_sums(self, sums: tuple[SumView, ...]) -> None:
        """Show other sums."""
        if sums != self._sums:
            self._sums = sums
            words = ", ".join(f"{one.label} {one.value}" for one in sums)
            self.setAccessibleName(words)
            self.update()

    @override
    def design_height(self) -> float:
        """Return the height of the strip."""
        return 59

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint labels over figures, the spare width between them."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), brush(c.surface))
            hairline(painter, QRect(0, 0, self.width(), 1), c.line)
            fonts, widths = self._fitting(self.width() - now.px(32))
            spare = self.width() - now.px(32) - sum(widths)
            gap = spare // max(1, len(widths) - 1)
            left = now.px(16)
            for one, width in zip(self._sums, widths, strict=True):
                upper = QRect(left, now.px(8), width, now.px(21))
                draw_text(painter, upper, one.label, (fonts[0], c.ink2))
                inks = {SumTone.SAVING: c.save, SumTone.RETURNED: c.danger}
                ink = inks.get(one.tone, c.ink)
                lower = QRect(left, now.px(28), width, now.px(23))
                draw_text(painter, lower, one.value, (fonts[1], ink))
                left += width + gap

    def _fitting(self, room: int) -> tuple[tuple[QFont, QFont], list[int]]:
        """Return the fonts in which all sums fit, and the width of each."""
        for sizes in ((15, 18), (14, 17), (13, 15)):
            fonts, widths = self._measured(sizes)
            if sum(widths) + theme().px(10) * len(widths) <= room:
                return fonts, widths
        return self._measured((12, 13))

    def _measured(
        self, sizes: tuple[float, float]
    ) -> tuple[tuple[QFont, QFont], list[int]]:
        now = theme()
        fonts = (free_font(now, sizes[0]), free_font(now, sizes[1], BOLD))
        widths = [
            max(text_width(one.label, fonts[0]), text_width(one.value, fonts[1]))
            for one in self._sums
        ]
        return fonts, widths
