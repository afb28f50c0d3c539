"""A small mark of a state: colour, shape and words together."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.presenters.frame_state import Tone
from ui.theme.fonts import SEMIBOLD, free_font
from ui.theme.host import theme
from ui.theme.theme import Theme
from ui.widgets.drawing import LEFT, draw_icon, draw_text, fill_round, text_width
from ui.widgets.themed import ThemedWidget

_ICONS = {
    Tone.GOOD: "check-circle-fill",
    Tone.PLAIN: "prohibit",
    Tone.INFO: "info-fill",
    Tone.WARN: "warning-fill",
    Tone.BAD: "x-circle-fill",
    Tone.NOTICE: "cloud-slash",
}


def chip_colours(now: Theme, tone: Tone) -> tuple[str, str]:
    """Return fill and ink of a chip."""
    c = now.colours
    return {
        Tone.GOOD: (c.primarysoft, c.primaryink),
        Tone.PLAIN: (c.sunken, c.ink2),
        Tone.INFO: (c.infosoft, c.info),
        Tone.WARN: (c.warnfill, c.warnink),
        Tone.BAD: (c.dangersoft, c.danger),
        Tone.NOTICE: (c.notice, c.onnotice),
    }[tone]


class Chip(ThemedWidget):
    """Icon and words on a soft ground."""

    def __init__(
        self, object_name: str, text: str = "", tone: Tone = Tone.PLAIN
    ) -> None:
        super().__init__(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text, self._tone, self._icon = text, tone, ""
        self.setAccessibleName(text)

    def show_chip(self, text: str, tone: Tone, icon: str = "") -> None:
        """Show other words, another tone or an icon of one's own."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of a chip."""
        return 25

    @override
    def sizeHint(self) -> QSize:
        """Return icon and words."""
        now = theme()
        words = text_width(self._text, free_font(now, 14, SEMIBOLD))
        return QSize(words + now.px(38), now.px(self.design_height()))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the same: a chip is never cut."""
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon and words."""
        del event
        now = theme()
        fill, ink = chip_colours(now, self._tone)
        with QPainter(self) as painter:
            fill_round(painter, self.rect(), now.radius("chip"), fill)
            edge = now.px(16)
            mark = QRect(now.px(8), 0, edge, self.height())
            draw_icon(painter, self._icon or _ICONS[self._tone], ink, mark)
            words = self.rect().adjusted(now.px(28), 0, 0, 0)
            draw_text(
                painter, words, self._text, (free_font(now, 14, SEMIBOLD), ink), LEFT
            )
