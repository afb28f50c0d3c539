"""Paints a row in two lines: a title over a detail, an amount and a mark."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from ui.presenters.two_line import TwoLineRow
from ui.theme.fonts import BOLD, SEMIBOLD, free_font
from ui.theme.host import theme
from ui.widgets.chip import chip_colours
from ui.widgets.drawing import (
    CENTER,
    LEFT,
    RIGHT,
    brush,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    hairline,
    text_width,
)
from ui.widgets.shrunk_text import shrunk
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex

#: Of a row that needs one line for its title and one for its detail.
ROW_HEIGHT = 62
_ICON, _GAP = 22, 10
_MARK = (13, SEMIBOLD)


class TwoLineDelegate(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return a height that a finger hits."""
        del option, index
        return QSize(10, theme().px(ROW_HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex
    ) -> None:
        """Paint ground, words, value and mark."""
        now, c = theme(), theme().colours
        row: TwoLineRow = index.data(LINE_ROLE)
        area: QRect = option.rect
        if row.key and row.key == self.chosen:
            painter.fillRect(area, brush(c.sel))
            bar = QRect(area.x(), area.y(), now.px(5), area.height())
            painter.fillRect(bar, brush(c.primary))
        if row.stripe:
            place = QRect(area.x() + now.px(8), area.y(), now.px(6), area.height())
            inner = place.adjusted(0, now.px(10), 0, -now.px(10))
            fill_round(painter, inner, now.px(3), row.stripe)
        inner = words_area(area, row)
        if row.icon:
            edge = now.px(_ICON)
            left = inner.x() - edge - now.px(_GAP)
            square = QRect(left, inner.y(), edge, inner.height())
            draw_icon(painter, row.icon, c.ink2, square)
        self.paint_words(painter, inner, row, _limit(option))
        hairline(painter, QRect(area.x(), area.bottom(), area.width(), 1), c.line)

    def paint_words(
        self, painter: QPainter, inner: QRect, row: TwoLineRow, limit: int | None
    ) -> None:
        """Paint all words of a row.

        Args:
            painter: of the list.
            inner: where they stand.
            row: the row.
            limit: where the list ends; None for nowhere.
        """
        if limit is not None and inner.center().y() > limit:
            return
        now, c = theme(), theme().colours
        strong, small = free_font(now, 16, BOLD), free_font(now, 14)
        ink = c.ink3 if row.is_dim else c.ink
        half = inner.height() // 2 + now.px(1)
        upper = QRect(inner.x(), inner.y(), inner.width(), half)
        lower = QRect(inner.x(), upper.bottom(), inner.width(), inner.height() - half)
        if not row.detail:
            upper = lower = inner
        marked = upper if not row.value else lower
        taken = self.paint_mark(painter, marked, row)
        value = text_width(row.value, strong) + now.px(10) if row.value else taken
        draw_text(painter, upper, row.value, (strong, ink), RIGHT)
        self._paint_title(painter, upper.adjusted(0, 0, -value, 0), row)
        if limit is not None and lower.bottom() > limit:
            return  # half a line says nothing
        room = inner.width() - (taken if marked is lower else 0)
        words = elided(row.detail, small, room)
        ink = c.ink3 if row.is_dim else c.ink2
        draw_text(painter, lower, words, (small, ink), LEFT)

    def _paint_title(self, painter: QPainter, upper: QRect, row: TwoLineRow) -> None:
        now, c = theme(), theme().colours
        strong, small = free_font(now, 16, BOLD), free_font(now, 14)
        ink = c.ink3 if row.is_dim else c.ink
        strong = shrunk(row.title, strong, BOLD, upper.width(), least=14)
        title = elided(row.title, strong, upper.width())
        draw_text(painter, upper, title, (strong, ink), LEFT)
        left = text_width(title, strong) + now.px(10)
        rest = upper.adjusted(left, 0, 0, 0)
        words = elided(row.subtitle, small, rest.width())
        draw_text(painter, rest, words, (small, c.ink3), LEFT)

    def paint_mark(self, painter: QPainter, area: QRect, row: TwoLineRow) -> int:
        """Paint the chip on the right; return the room it takes."""
        if not row.mark:
            return 0
        now = theme()
        used, wide = free_font(now, *_MARK), mark_width(row) - now.px(8)
        high = now.px(22)
        place = QRect(
            area.right() - wide + 1, area.center().y() - high // 2, wide, high
        )
        fill, ink = chip_colours(now, row.tone)
        fill_round(painter, place, now.radius("chip"), fill)
        draw_text(painter, place, row.mark, (used, ink), CENTER)
        return mark_width(row)


def mark_width(row: TwoLineRow) -> int:
    """Return the room that the chip takes, with the gap before it."""
    if not row.mark:
        return 0
    return text_width(row.mark, free_font(theme(), *_MARK)) + theme().px(24)


def words_area(area: QRect, row: TwoLineRow) -> QRect:
    """Return where the words of a row stand: beside its icon, within its edges."""
    now = theme()
    left = now.px(16 + 22 * row.indent + (8 if row.stripe else 0))
    if row.icon:
        left += now.px(_ICON) + now.px(_GAP)
    return area.adjusted(left, now.px(6), -now.px(14), -now.px(7))


def _limit(option: QStyleOptionViewItem) -> int | None:
    """Return where the list ends: words below it would be cut in two."""
    view = option.widget
    if isinstance(view, QAbstractItemView):
        return view.viewport().height()
    return None
