"""How a count came out: one plain sentence, large, and a hint below it."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from ui.presenters.frame_state import Tone
from ui.theme.fonts import BOLD, REGULAR
from ui.theme.host import theme
from ui.theme.theme import Theme
from ui.widgets.drawing import draw_icon, draw_text, fill_round
from ui.widgets.text_fit import fit_label, line_height
from ui.widgets.themed import ThemedWidget


def _colours(now: Theme, tone: Tone) -> tuple[str, str, str]:
    """Return fill, ink and icon."""
    c = now.colours
    return {
        Tone.GOOD: (c.primarysoft, c.primaryink, "check-circle-fill"),
        Tone.WARN: (c.warnfill, c.warnink, "warning-fill"),
    }.get(tone, (c.infosoft, c.info, "info-fill"))


class Verdict(ThemedWidget):
    """Green where it agrees, amber where it does not."""

    def __init__(self, object_name: str = "verdict") -> None:
        super().__init__(object_name)
        self._text, self._hint, self._tone = "", "", Tone.GOOD

    def show_verdict(self, text: str, hint: str, tone: Tone) -> None:
        """Show another outcome."""
        if (text, hint, tone) == (self._text, self._hint, self._tone):
            return
        self._text, self._hint, self._tone = text, hint, tone
        self.setAccessibleName(f"{text} {hint}".strip())
        self.updateGeometry()
        self.update()

    @override
    def design_height(self) -> float:
        """Return room for two lines and, where there is one, the hint."""
        return 112 if self._hint else 72

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon, sentence and hint."""
        del event
        now = theme()
        fill, ink, icon = _colours(now, self._tone)
        with QPainter(self) as painter:
            fill_round(painter, self.rect(), now.radius("button"), fill)
            edge, left = now.px(30), now.px(58)
            draw_icon(painter, icon, ink, QRect(now.px(14), 0, edge, self.height()))
            room = self.width() - left - now.px(14)
            fits = []
            for words, role, weight, high in (
                (self._text, "h2", BOLD, 58),
                (self._hint, "body", REGULAR, 46),
            ):
                if words:
                    size = (room, room, now.px(high))
                    fits.append(fit_label(now, words, now.text_px(role), weight, size))
            top = (self.height() - sum(fit.height + now.px(4) for fit in fits)) // 2
            for fit in fits:
                line = line_height(fit.font)
                for number, part in enumerate(fit.lines):
                    area = QRect(left, top + number * line, room, line)
                    draw_text(painter, area, part, (fit.font, ink))
                top += fit.height + now.px(4)
