"""Paints one ticket line: number, name, reason, quantity, price, total."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.format import amount
from ui.presenters.ticket_state import DetailKind, LineView
from ui.theme.fonts import SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.theme.theme import Theme
from ui.widgets.drawing import (
    CENTER,
    RIGHT,
    brush,
    draw_icon,
    draw_text,
    elided,
    elided_goods,
    hairline,
    text_width,
)
from ui.widgets.row_pictures import RowPictures
from ui.widgets.ticket_columns import TicketColumns, ticket_columns
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex

#: Before anything is known: an em dash, as long as a price.
DASH = "\u2014"
_DETAIL_ICONS = {
    DetailKind.SAVING: "tag",
    DetailKind.NOTE: "note-pencil",
    DetailKind.WEIGHT: "scales",
}


@dataclass(frozen=True, slots=True)
class LineFonts:
    """The fonts of a line, looked up once per paint."""

    name: QFont
    number: QFont
    price: QFont
    detail: QFont
    saving: QFont
    small: QFont

    @classmethod
    def of(cls, now: Theme) -> LineFonts:
        """Return the fonts of a theme."""
        return cls(
            font(now, "name"),
            font(now, "num"),
            font(now, "body"),
            font(now, "cap"),
            font(now, "cap", SEMIBOLD),
            free_font(now, 14),
        )


class TicketDelegate(QStyledItemDelegate):
    """Paints lines; which one is selected or just came, the view says."""

    def __init__(self) -> None:
        super().__init__()
        self.currency = "CNY"
        self.full_width = 0
        self.selected_row = -1
        self.fresh_row = -1
        self._pictures = RowPictures()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return the row height of the profile."""
        del index
        now = theme()
        return QSize(option.rect.width(), now.px(now.profile.row))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex
    ) -> None:
        """Paint a line."""
        line: LineView = index.data(LINE_ROLE)
        number = index.row()
        key = (
            line,
            number == self.selected_row,
            number == self.fresh_row,
            self.full_width,
            self.currency,
        )

        def paint(on: QPainter, row: QRect) -> None:
            self._paint_line(on, row, line, number)

        self._pictures.draw(painter, option.rect, key, paint, self.full_width)

    def _paint_line(
        self, painter: QPainter, row: QRect, line: LineView, at: int
    ) -> None:
        now = theme()
        # The scroll bar lies in the right margin: columns keep under their titles.
        columns = ticket_columns(now, self.full_width or row.width())
        fonts = LineFonts.of(now)
        self._paint_ground(painter, row, line, at)
        left_edge = self._paint_figures(painter, row, (line, columns, fonts))
        c = now.colours
        number = QRect(row.x(), row.y(), 2 * columns.index_center, row.height())
        draw_text(painter, number, str(line.position), (fonts.detail, c.ink2), CENTER)
        room = left_edge - columns.name_left - now.px(10)
        words = QRect(row.x() + columns.name_left, row.y(), room, row.height())
        _paint_words(painter, words, line, fonts)

    def _paint_ground(
        self, painter: QPainter, row: QRect, line: LineView, number: int
    ) -> None:
        now, c = theme(), theme().colours
        is_selected = number == self.selected_row
        fill = c.sel if is_selected else c.surface
        fill = c.primarysoft if number == self.fresh_row else fill
        fill = c.dangersoft if line.is_unknown else fill
        painter.fillRect(row, brush(fill))
        hairline(painter, QRect(row.x(), row.bottom(), row.width(), 1), c.line)
        if is_selected:
            painter.fillRect(
                row.x(), row.y(), now.px(5), row.height(), brush(c.primary)
            )

    def _paint_figures(
        self,
        painter: QPainter,
        row: QRect,
        what: tuple[LineView, TicketColumns, LineFonts],
    ) -> int:
        """Paint quantity, price and total; return where the names must end."""
        line, columns, fonts = what
        c = theme().colours
        edge = columns.total_right - self._paint_total(painter, row, what)
        if columns.price_right is not None:
            price = self._written(line.unit_price_minor)
            area = QRect(row.x(), row.y(), columns.price_right, row.height())
            draw_text(painter, area, price, (fonts.price, c.ink2), RIGHT)
            edge = min(edge, columns.price_right - text_width(price, fonts.price))
        if columns.quantity_right is not None:
            right = min(columns.quantity_right, edge - theme().px(10))
            area = QRect(row.x(), row.y(), right, row.height())
            ink = c.danger if line.is_returned else c.ink
            draw_text(painter, area, line.quantity, (fonts.number, ink), RIGHT)
            edge = right - text_width(line.quantity, fonts.number)
        return edge

    def _paint_total(
        self,
        painter: QPainter,
        row: QRect,
        what: tuple[LineView, TicketColumns, LineFonts],
    ) -> int:
        """Paint the total over the struck list total; return its width."""
        line, columns, fonts = what
        now, c = theme(), theme().colours
        total = self._written(line.total_minor)
        ink = c.danger if line.is_returned else c.ink
        area = QRect(row.x(), row.y(), columns.total_right, row.height())
        struck = line.list_total_minor
        if struck is None or struck == line.total_minor:
            draw_text(painter, area, total, (fonts.number, ink), RIGHT)
            return text_width(total, fonts.number)
        upper, lower = _two_rows(row, area)
        draw_text(painter, upper, total, (fonts.number, ink), RIGHT)
        before = self._written(struck)
        draw_text(painter, lower, before, (fonts.small, c.ink3), RIGHT)
        width = text_width(before, fonts.small)
        middle = lower.center().y() + 1
        hairline(
            painter, QRect(area.right() - width + 1, middle, width, now.px(1)), c.ink3
        )
        return max(width, text_width(total, fonts.number))

    def _written(self, minor: int | None) -> str:
        return DASH if minor is None else amount(minor, self.currency)


def _two_rows(row: QRect, area: QRect) -> tuple[QRect, QRect]:
    """Return the upper and the lower text row of a line."""
    now = theme()
    upper, lower = now.px(24), now.px(20)
    top = row.y() + (row.height() - upper - lower) // 2
    return (
        QRect(area.x(), top, area.width(), upper),
        QRect(area.x(), top + upper, area.width(), lower),
    )


def _paint_words(
    painter: QPainter, words: QRect, line: LineView, fonts: LineFonts
) -> None:
    now, c = theme(), theme().colours
    upper, lower = _two_rows(words, words) if line.detail else (words, words)
    ink = c.ink
    if line.is_unknown:
        ink = c.danger
        edge = now.px(18)
        draw_icon(
            painter,
            "x-circle-fill",
            ink,
            QRect(upper.x(), upper.y(), edge, upper.height()),
        )
        upper = upper.adjusted(edge + now.px(5), 0, 0, 0)
    name = elided_goods(line.name, line.variant, fonts.name, upper.width())
    draw_text(painter, upper, name, (fonts.name, ink))
    if line.detail:
        _paint_detail(painter, lower, line, fonts)


def _paint_detail(
    painter: QPainter, area: QRect, line: LineView, fonts: LineFonts
) -> None:
    now, c = theme(), theme().colours
    is_saving = line.detail_kind is DetailKind.SAVING
    ink = c.save if is_saving else c.ink2
    icon = _DETAIL_ICONS.get(line.detail_kind)
    if icon:
        edge = now.px(17)
        draw_icon(painter, icon, ink, QRect(area.x(), area.y(), edge, area.height()))
        area = area.adjusted(edge + now.px(3), 0, 0, 0)
    used = fonts.saving if is_saving else fonts.detail
    draw_text(painter, area, _fitting(line, used, area.width()), (used, ink))


def _fitting(line: LineView, used: QFont, room: int) -> str:
    """Return the longest form that fits; what a line saves is never cut off."""
    for form in (line.detail, *line.detail_forms):
        if text_width(form, used) <= room:
            return form
    last = line.detail_forms[-1] if line.detail_forms else line.detail
    head = last.removesuffix(line.detail_tail).rstrip()
    if not line.detail_tail or head == last:
        return elided(line.detail, used, room)
    tail = f" {line.detail_tail}"
    return elided(head, used, room - text_width(tail, used)) + tail
