"""The basket as the customer reads it: it scrolls by itself to what was scanned."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.presenters.customer_state import CustomerLine, CustomerState
from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD, metrics
from ui.theme.palette import qcolor
from ui.widgets.customer_part import CustomerLook, CustomerPart, draw_fitted
from ui.widgets.drawing import (
    RIGHT,
    draw_icon,
    draw_text,
    fill_round,
    hairline,
    text_width,
)

_HEADER, _ROW, _EDGE = 64, 70, 26
#: Of an explanation with many steps.
_LEAST_ROW = 48
#: Letters of the lowest rows: of a name, and of what one must read (design 5).
_LEAST_NAME, _LEAST_WORDS = 17, 14


class CustomerBasket(CustomerPart):
    """Shop's name and pieces above, whole rows below; the newest is always in view."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("customerBasket", parent)
        self._first = 0

    @property
    def first(self) -> int:
        """The index of the first line in view."""
        return self._first

    @property
    def rows(self) -> int:
        """How many whole lines there is room for."""
        return max(1, self._room // self._high)

    @property
    def lines(self) -> tuple[CustomerLine, ...]:
        """The lines to show: an explanation in as many rows as there is room for."""
        state = self.state
        most = max(1, self._room // self.look.px(_LEAST_ROW))
        told = (state.lines, *state.shorter)
        return next((x for x in told if len(x) <= most), told[-1])

    @property
    def _room(self) -> int:
        return self.height() - self.look.px(_HEADER)

    @property
    def _high(self) -> int:
        """Return the height of a row: an explanation is seen whole, if it can be."""
        usual = self.look.px(_ROW)
        if not self.state.is_explained or not self.state.lines:
            return usual
        least = self.look.px(_LEAST_ROW)
        return max(least, min(usual, self._room // len(self.lines)))

    def _sized(self, design: float, least: float = 0) -> float:
        """Return a size of the design for rows that may be lower than usual."""
        return max(least, design * self._high / self.look.px(_ROW))

    @override
    def take_look(self, look: CustomerLook) -> None:
        """Read the sizes anew; another number of lines may be in view."""
        super().take_look(look)
        self._scroll()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the newest line in view."""
        super().resizeEvent(event)
        self._scroll()

    @override
    def on_state(self, before: CustomerState) -> None:
        """Repaint the lines that changed; all when they moved."""
        was = self._first
        self._scroll()
        now = self.state
        if before.is_explained or now.is_explained:  # rows of another height
            self.update()
            return
        if was != self._first or before.language != now.language:
            self.update()
            return
        if (before.shop_name, before.count) != (now.shop_name, now.count):
            self.update(0, 0, self.width(), self.look.px(_HEADER))
        for index in range(self._first, self._first + self.rows):
            if _seen(before, index) != _seen(now, index):
                self.update(self._row(index))

    def _scroll(self) -> None:
        """Move as little as shows the newest line."""
        if self.state.is_explained:
            self._first = 0
            return
        lines, rows = self.state.lines, self.rows
        ids = [line.line_id for line in lines]
        newest = self.state.newest
        at = ids.index(newest) if newest in ids else len(lines) - 1
        first = min(self._first, at)
        first = max(first, at - rows + 1)
        self._first = max(0, min(first, len(lines) - rows))

    def _row(self, index: int) -> QRect:
        height = self._high
        top = self.look.px(_HEADER) + (index - self._first) * height
        return QRect(0, top, self.width(), height)

    # ------------------------------------------------------------------ painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the header and the lines that are touched."""
        c = self.look.theme.colours
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), qcolor(c.surface))
            header = QRect(0, 0, self.width(), self.look.px(_HEADER))
            if header.intersects(event.rect()):
                self._paint_header(painter, header)
            lines = self.lines
            for index in range(self._first, min(self._first + self.rows, len(lines))):
                row = self._row(index)
                if row.intersects(event.rect()):
                    self._paint_row(painter, row, lines[index])

    def _paint_header(self, painter: QPainter, header: QRect) -> None:
        look, c = self.look, self.look.theme.colours
        edge = look.px(_EDGE)
        mark = QRect(edge, 0, look.px(34), look.px(34))
        mark.moveTop((header.height() - mark.height()) // 2)
        fill_round(painter, mark, look.px(9), c.primary)
        inset = look.px(8)
        icon = mark.adjusted(inset, inset, -inset, -inset)
        draw_icon(painter, "storefront", c.onprimary, icon)
        count = look.font(18, REGULAR)
        used = text_width(self.state.count, count)
        right = header.adjusted(0, 0, -edge, 0)
        draw_text(painter, right, self.state.count, (count, c.ink2), RIGHT)
        left = mark.right() + look.px(12)
        room = header.width() - edge - used - look.px(16) - left
        place = QRect(left, 0, room, header.height())
        name = look.shrunk(self.state.shop_name, 21, BOLD, room)
        draw_fitted(painter, place, self.state.shop_name, (name, c.ink))
        line = QRect(0, header.bottom(), header.width(), 1)
        hairline(painter, line, c.line)

    def _paint_row(self, painter: QPainter, row: QRect, line: CustomerLine) -> None:
        look, c = self.look, self.look.theme.colours
        if line.line_id == self.state.newest:
            painter.fillRect(row, qcolor(c.sel))
        hairline(painter, QRect(0, row.bottom(), row.width(), 1), c.line)
        above = look.px(self._sized(7))
        inner = row.adjusted(look.px(_EDGE), above, -look.px(_EDGE), -above)
        has_second = bool(line.reason or line.detail or line.struck)
        half = inner.height() // 2
        upper = QRect(inner)
        upper.setHeight(half if has_second else inner.height())
        lower = QRect(inner.x(), inner.y() + half, inner.width(), half)
        money = inner.width() * 27 // 100
        total = look.shrunk(line.total, self._sized(24, 18), BOLD, money)
        ink = c.danger if line.is_returned else c.ink
        draw_text(painter, upper, line.total, (total, ink), RIGHT)
        self._paint_struck(painter, lower, line.struck)
        count = look.font(self._sized(20, 16), REGULAR)
        counted = QRect(inner.x(), inner.y(), inner.width() - money, inner.height())
        draw_text(painter, counted, line.quantity, (count, c.ink2), RIGHT)
        room = counted.width() - text_width(line.quantity, count) - look.px(14)
        upper.setWidth(room)
        if not self.state.is_explained or line.quantity:
            lower.setWidth(room)  # else nothing stands beside the arithmetic
        self._paint_goods(painter, upper, lower, line)

    def _paint_goods(
        self, painter: QPainter, upper: QRect, lower: QRect, line: CustomerLine
    ) -> None:
        """Paint the name, and below it why it costs less or what a unit costs."""
        look, c, room = self.look, self.look.theme.colours, upper.width()
        name = look.shrunk(line.name, self._sized(22, _LEAST_NAME), BOLD, room)
        least = self._sized(17, _LEAST_WORDS)
        if name.pixelSize() < look.px(least):  # its end is cut off rather than this
            name = look.font(least, BOLD)
        draw_fitted(painter, upper, line.name, (name, c.ink))
        below = line.reason or line.detail
        if below:
            weight = SEMIBOLD if line.reason else REGULAR
            tone = c.save if line.reason else c.ink2
            size = self._sized(16, _LEAST_WORDS)
            small = look.shrunk(below, size, weight, lower.width())
            draw_fitted(painter, lower, below, (small, tone))

    def _paint_struck(self, painter: QPainter, lower: QRect, struck: str) -> None:
        """Paint the list price with a line through it."""
        if not struck:
            return
        look, c = self.look, self.look.theme.colours
        used = look.font(16, REGULAR)
        draw_text(painter, lower, struck, (used, c.ink3), RIGHT)
        width = text_width(struck, used)
        middle = lower.center().y() + metrics(used).xHeight() // 8
        line = QRect(lower.right() - width, middle, width, max(1, look.px(1.5)))
        painter.fillRect(line, qcolor(c.ink3))


def _seen(state: CustomerState, index: int) -> tuple[CustomerLine | None, bool]:
    """Return what a row shows: its line, and whether it is the newest."""
    if index >= len(state.lines):
        return None, False
    line = state.lines[index]
    return line, line.line_id == state.newest
