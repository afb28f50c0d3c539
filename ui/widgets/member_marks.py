"""The marks beside a member's name, and the member's round initial."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from ui.presenters.ticket_state import MarkKind, MarkView
from ui.theme.fonts import BOLD, SEMIBOLD, free_font
from ui.theme.host import theme
from ui.widgets.drawing import CENTER, draw_icon, draw_text, fill_round, text_width


def paint_initial(painter: QPainter, area: QRect, initial: str) -> None:
    """Paint the round mark with the first letter of a name, a person's without one."""
    now, c = theme(), theme().colours
    fill_round(painter, area, area.width() / 2, c.primarysoft)
    if initial.strip("*"):
        used = free_font(now, area.height() / now.px(100) * 45, BOLD)
        draw_text(painter, area, initial, (used, c.primaryink), CENTER)
        return
    pad = area.width() // 4
    draw_icon(painter, "user", c.primaryink, area.adjusted(pad, pad, -pad, -pad))


def paint_marks(painter: QPainter, row: QRect, marks: tuple[MarkView, ...]) -> int:
    """Paint marks from the left; one without room shows its icon, or is left out.

    Returns:
        Where they end.
    """
    now, left = theme(), row.x()
    used = free_font(now, 14, SEMIBOLD)
    high = now.px(24)
    top = row.y() + (row.height() - high) // 2
    for mark in marks:
        fill, ink = _colours(mark.kind)
        edge = now.px(20) if mark.icon else 0
        wide = text_width(mark.text, used) + edge + now.px(16)
        shows_words = left + wide <= row.right()
        if not shows_words:
            wide = edge + now.px(12)
        if left + wide > row.right() or not (shows_words or edge):
            return left
        place = QRect(left, top, wide, high)
        fill_round(painter, place, now.radius("chip"), fill)
        icon = QRect(left + now.px(8 if shows_words else 6), top, now.px(16), high)
        draw_icon(painter, mark.icon, ink, icon)
        if shows_words:
            words = place.adjusted(now.px(8) + edge, 0, 0, 0)
            draw_text(painter, words, mark.text, (used, ink))
        left += wide + now.px(8)
    return left


def _colours(kind: MarkKind) -> tuple[str, str]:
    """Return fill and ink."""
    c = theme().colours
    return {
        MarkKind.TIER: (c.gold, c.goldink),
        MarkKind.OCCASION: (c.savesoft, c.save),
        MarkKind.PLAIN: (c.sunken, c.ink2),
    }[kind]
