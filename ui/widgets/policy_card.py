"""What the shop's rules say of goods that come back, below the ticket's lines."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from ui.presenters.ticket_state import PolicyView
from ui.theme.fonts import SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.drawing import (
    brush,
    draw_icon,
    draw_text,
    elided,
    hairline,
    text_width,
)
from ui.widgets.themed import ThemedWidget

_HEAD, _ROW, _FOOT = 34, 28, 6


class PolicyCard(ThemedWidget):
    """Title and rows: a green mark for what is well, a lock for who must agree."""

    def __init__(self) -> None:
        super().__init__("policyCard")
        self._view = PolicyView("")
        self.hide()

    def show_policy(self, view: PolicyView | None) -> None:
        """Show what is checked; hides itself when there is nothing."""
        shown = view or PolicyView("")
        if shown != self._view:
            self._view = shown
            words = [shown.title, *(row[1] for row in shown.rows)]
            self.setAccessibleName(" ".join(words))
            self.updateGeometry()
            self.update()
        self.setVisible(bool(shown.rows))

    @override
    def design_height(self) -> float:
        """Return title and rows."""
        return _HEAD + _ROW * len(self._view.rows) + _FOOT

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the title over its rows."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), brush(c.surface))
            hairline(painter, QRect(0, 0, self.width(), 1), c.line)
            left, room = now.px(16), self.width() - now.px(32)
            strong = font(now, "cap", SEMIBOLD)
            head = QRect(left, now.px(4), room, now.px(_HEAD - 4))
            title = elided(self._view.title, strong, room)
            draw_text(painter, head, title, (strong, c.ink2))
            for number, row in enumerate(self._view.rows):
                top = now.px(_HEAD + _ROW * number)
                self._paint_row(painter, QRect(left, top, room, now.px(_ROW)), row)

    def _paint_row(
        self, painter: QPainter, area: QRect, row: tuple[str, str, bool]
    ) -> None:
        now, c = theme(), theme().colours
        icon, words, needs_somebody = row
        edge = now.px(18)
        ink = c.warnicon if needs_somebody else c.primary
        draw_icon(painter, icon, ink, QRect(area.x(), area.y(), edge, area.height()))
        text = area.adjusted(edge + now.px(10), 0, 0, 0)
        used = font(now, "cap")
        for size in (15, 14, 13, 12):
            used = free_font(now, size)
            if text_width(words, used) <= text.width():
                break
        shown = elided(words, used, text.width())
        draw_text(painter, text, shown, (used, c.ink))
