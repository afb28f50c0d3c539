"""What an empty list says: an icon and two lines in its middle."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter

from ui.theme.fonts import BOLD, free_font
from ui.theme.host import theme
from ui.widgets.consent_card import wrapped
from ui.widgets.drawing import CENTER, draw_icon, draw_text, text_width

#: What is longer takes another line rather than be smaller.
_LEAST = 14


def paint_empty(
    painter: QPainter, area: QRect, icon: str, words: tuple[str, str]
) -> None:
    """Paint icon, title and detail in the middle of an area.

    Args:
        painter: where to.
        area: the empty list.
        icon: an icon's name.
        words: title and detail, in the cashier's language.
    """
    now, c = theme(), theme().colours
    edge = now.px(36)
    top = area.center().y() - now.px(48)
    mark = QRect(area.center().x() - edge // 2, top, edge, edge)
    draw_icon(painter, icon, c.ink3, mark)
    row = QRect(area.x(), top + edge + now.px(6), area.width(), now.px(26))
    draw_text(
        painter, row, words[0], (_fitting(words[0], 16, area.width()), c.ink2), CENTER
    )
    used = _fitting(words[1], 15, area.width())
    for line in wrapped(words[1], area.width(), used):
        row = row.translated(0, now.px(25))
        draw_text(painter, row, line, (used, c.ink3), CENTER)


def _fitting(text: str, size: float, room: int) -> QFont:
    now = theme()
    weight = BOLD if size > 15 else 400
    while size > _LEAST and text_width(text, free_font(now, size, weight)) > room:
        size -= 1
    return free_font(now, size, weight)
