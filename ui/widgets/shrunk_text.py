"""Makes a text's font smaller where its words would not fit."""

from __future__ import annotations

from PySide6.QtGui import QFont

from ui.theme.fonts import sized_font
from ui.theme.host import theme
from ui.widgets.drawing import text_width


def shrunk(words: str, used: QFont, weight: int, room: int, least: int = 12) -> QFont:
    """Return the font, or a smaller one in which the words fit.

    Args:
        words: one line.
        used: the font to try first.
        weight: its weight.
        room: width in pixels.
        least: where shrinking ends, in 1366x768 pixels.
    """
    while text_width(words, used) > room and used.pixelSize() > theme().px(least):
        used = sized_font(theme().language, used.pixelSize() - 1, weight)
    return used
