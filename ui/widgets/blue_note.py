"""Something to know, calmly: an icon, a strong line and a paragraph on soft blue."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from ui.presenters.frame_state import Tone
from ui.theme.fonts import SEMIBOLD, font, metrics
from ui.theme.host import theme
from ui.widgets.drawing import draw_icon, fill_round
from ui.widgets.themed import ThemedWidget

_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class BlueNote(ThemedWidget):
    """Grows with its words; amber where somebody must act."""

    def __init__(self, object_name: str, icon: str) -> None:
        super().__init__(object_name)
        self._icon = icon
        self._title, self._text, self._tone = "", "", Tone.INFO

    def show_note(self, title: str, text: str, tone: Tone = Tone.INFO) -> None:
        """Show other words; none at all hides the note."""
        self.setVisible(bool(title or text))
        if (title, text, tone) == (self._title, self._text, self._tone):
            return
        self._title, self._text, self._tone = title, text, tone
        self.setAccessibleName(f"{title} {text}".strip())
        self._fit()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the words need in the new width."""
        super().resizeEvent(event)
        self._fit()

    @override
    def on_theme_changed(self) -> None:
        """Be as high as the words need at other sizes."""
        super().on_theme_changed()
        self._fit()

    def _fit(self) -> None:
        room = self.width() - theme().px(68)
        used = sum(
            self._height(words, room, weight=weight)
            for words, weight in ((self._title, SEMIBOLD), (self._text, 0))
            if words
        )
        height = used + theme().px(22)
        if height != self.height():
            self.setFixedHeight(height)

    def _height(self, words: str, room: int, *, weight: int) -> int:
        used = font(theme(), "label" if weight else "cap", weight or None)
        area = QRect(0, 0, max(room, 20), 10_000)
        flags = int((_WRAP | Qt.TextFlag.TextWordWrap).value)
        return metrics(used).boundingRect(area, flags, words).height()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon and words."""
        del event
        now, c = theme(), theme().colours
        is_warning = self._tone in {Tone.WARN, Tone.BAD}
        fill, ink = (c.warnfill, c.warnink) if is_warning else (c.infosoft, c.info)
        with QPainter(self) as painter:
            fill_round(painter, self.rect(), now.radius("button"), fill)
            edge = now.px(26)
            mark = QRect(now.px(15), 0, edge, self.height())
            draw_icon(painter, "warning" if is_warning else self._icon, ink, mark)
            left, top = now.px(53), now.px(11)
            room = self.width() - left - now.px(15)
            painter.setPen(ink)
            flags = int((_WRAP | Qt.TextFlag.TextWordWrap).value)
            for words, weight in ((self._title, SEMIBOLD), (self._text, 0)):
                if words:
                    painter.setFont(
                        font(now, "label" if weight else "cap", weight or None)
                    )
                    height = self._height(words, room, weight=weight)
                    painter.drawText(QRect(left, top, room, height), flags, words)
                    top += height
