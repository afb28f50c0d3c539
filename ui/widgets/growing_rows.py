"""Rows that grow: a sentence takes as many lines as it needs, nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem
from typing_extensions import override

from ui.presenters.two_line import TwoLineRow
from ui.theme.fonts import BOLD, REGULAR, free_font
from ui.theme.host import theme
from ui.theme.theme import Theme
from ui.widgets.consent_card import wrapped
from ui.widgets.drawing import RIGHT, draw_text, elided, text_width
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex
from ui.widgets.two_line_delegate import (
    ROW_HEIGHT,
    TwoLineDelegate,
    mark_width,
    words_area,
)

_TITLE, _DETAIL = (16, BOLD), (14, REGULAR)
_LINE = 1.3  # of the letters (design 5)
_DOT = " \u00b7 "


class GrowingDelegate(TwoLineDelegate):
    """Paints title and detail over as many lines as they need.

    Value and mark stand at the right of the title; a subtitle is not painted.
    """

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return what the words need, and never less than a finger hits."""
        view = option.widget
        assert isinstance(view, QAbstractItemView)
        row: TwoLineRow = index.data(LINE_ROLE)
        area = QRect(0, 0, view.viewport().width(), theme().px(ROW_HEIGHT))
        inner = words_area(area, row)
        edges = area.height() - inner.height()
        return QSize(10, max(area.height(), edges + _height(row, inner.width())))

    @override
    def paint_words(
        self, painter: QPainter, inner: QRect, row: TwoLineRow, limit: int | None
    ) -> None:
        now, c = theme(), theme().colours
        top = inner.y() + (inner.height() - _height(row, inner.width())) // 2
        strong = free_font(now, *_TITLE)
        first = QRect(inner.x(), top, inner.width(), _line(strong))
        if limit is not None and first.bottom() > limit:
            return  # half a line says nothing
        plain, pale = (c.ink3, c.ink3) if row.is_dim else (c.ink, c.ink2)
        draw_text(painter, first, row.value, (strong, plain), RIGHT)
        self.paint_mark(painter, first.adjusted(0, 0, -_value(row), 0), row)
        for words, used, ink in _lines(row, inner.width(), plain, pale):
            line = QRect(inner.x(), top, inner.width(), _line(used))
            top += line.height()
            if limit is not None and line.bottom() > limit:
                return
            draw_text(painter, line, elided(words, used, line.width()), (used, ink))


def _lines(
    row: TwoLineRow, width: int, plain: str, pale: str
) -> Iterator[tuple[str, QFont, str]]:
    """Yield every line of a row with its font and its colour."""
    now = theme()
    beside = width - _value(row) - mark_width(row)
    for words in _broken(now, row.title, *_TITLE, beside):
        yield words, free_font(now, *_TITLE), plain
    for words in _broken(now, row.detail, *_DETAIL, width):
        yield words, free_font(now, *_DETAIL), pale


def _height(row: TwoLineRow, width: int) -> int:
    return sum(_line(used) for _words, used, _ink in _lines(row, width, "", ""))


def _line(used: QFont) -> int:
    return round(used.pixelSize() * _LINE)


def _value(row: TwoLineRow) -> int:
    """Return the room that the value takes beside the title."""
    now = theme()
    strong = free_font(now, *_TITLE)
    return text_width(row.value, strong) + now.px(10) if row.value else 0


@lru_cache(maxsize=4096)
def _broken(
    now: Theme, text: str, size: float, weight: int, width: int
) -> tuple[str, ...]:
    """Break a text between its parts where it can, else within them."""
    used = free_font(now, size, weight)
    lines: list[str] = []
    for part in text.split(_DOT):
        longer = f"{lines[-1]}{_DOT}{part}" if lines else part
        if lines and text_width(longer, used) <= width:
            lines[-1] = longer
        else:
            lines += wrapped(part, width, used)
    return tuple(lines)
