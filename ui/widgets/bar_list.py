"""A card with a few rows, each a name, a bar and an amount."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.presenters.report_state import BarListView, ListBarView
from ui.theme.fonts import BOLD, SEMIBOLD, free_font
from ui.theme.host import theme
from ui.widgets.drawing import (
    CENTER,
    RIGHT,
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    text_width,
)
from ui.widgets.themed import ThemedWidget

_HEAD = 44
#: The least length of a full bar.
_STUB = 20


class BarList(ThemedWidget):
    """Its head opens the whole page, its rows the documents behind them."""

    chosen = Signal(str)
    """A row was tapped; its key."""
    opened = Signal(str)
    """The head was tapped; the page's key."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._view: BarListView | None = None

    def show_list(self, view: BarListView) -> None:
        """Show other rows."""
        if view == self._view:
            return
        self._view = view
        self.setAccessibleName(f"{view.title} {view.note}".strip())
        words = "; ".join(f"{row.name} {row.text}" for row in view.rows)
        self.setAccessibleDescription(words or view.empty)
        self.update()

    @override
    def design_height(self) -> float:
        """Return the least height."""
        return 150

    def row_area(self, key: str) -> QRect:
        """Return where a row can be tapped."""
        rows = self._rows()
        return self._row([row.key for row in rows].index(key))

    def words_of(self, key: str) -> str:
        """Return the name of a row."""
        return next(row.name for row in self._rows() if row.key == key)

    def _rows(self) -> tuple[ListBarView, ...]:
        """Return the rows that there is room for."""
        rows = self._view.rows if self._view else ()
        room = self.height() - theme().px(_HEAD + 8)
        return rows[: max(1, room // theme().px(33))]

    def _row(self, at: int) -> QRect:
        now = theme()
        room = self.height() - now.px(_HEAD + 8)
        height = min(now.px(40), room // max(1, len(self._rows())))
        return QRect(0, now.px(_HEAD) + at * height, self.width(), height)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what is under the finger."""
        if self._view is None:
            return
        place = event.position().toPoint()
        if place.y() < theme().px(_HEAD):
            self.opened.emit(self._view.page.value)
            return
        for at, row in enumerate(self._rows()):
            if self._row(at).contains(place):
                self.chosen.emit(row.key)
                return

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, head and rows."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            box = Box(c.surface, c.line, c.line, now.radius("card"), 1)
            draw_box(painter, self.rect(), box)
            if self._view is not None:
                self._paint_head(painter, self._view)
                rows = self._rows()
                widest = max(
                    (text_width(x.text, free_font(now, 16, BOLD)) for x in rows),
                    default=0,
                )
                for at, row in enumerate(rows):
                    self._paint_row(painter, self._row(at), row, widest)
                if not rows:
                    used = free_font(now, 15)
                    area = self.rect().adjusted(
                        now.px(12), now.px(_HEAD), -now.px(12), 0
                    )
                    words = elided(self._view.empty, used, area.width())
                    draw_text(painter, area, words, (used, c.ink3), CENTER)

    def _paint_head(self, painter: QPainter, view: BarListView) -> None:
        now, c = theme(), theme().colours
        edge = now.px(18)
        head = QRect(now.px(16), 0, self.width() - now.px(32), now.px(_HEAD))
        mark = QRect(head.right() - edge, 0, edge, head.height())
        draw_icon(painter, "caret-right", c.ink2, mark)
        title, small = free_font(now, 17, BOLD), free_font(now, 15)
        room = head.width() - edge - now.px(8)
        shown = elided(view.title, title, room)
        draw_text(painter, head, shown, (title, c.ink))
        left = room - text_width(shown, title) - now.px(12)
        if view.note and text_width(view.note, small) <= left:
            area = head.adjusted(0, 0, -edge - now.px(6), 0)
            draw_text(painter, area, view.note, (small, c.ink2), RIGHT)

    def _paint_row(
        self, painter: QPainter, area: QRect, row: ListBarView, widest: int
    ) -> None:
        now, c = theme(), theme().colours
        inner = area.adjusted(now.px(16), 0, -now.px(16), 0)
        bold, plain = free_font(now, 16, BOLD), free_font(now, 16, SEMIBOLD)
        draw_text(painter, inner, row.text, (bold, c.ink), RIGHT)
        bar = min(now.px(120), max(0, inner.width() - widest) * 2 // 5)
        # A name is read, a bar only compared: it gives way, to nothing in the end.
        spare = inner.width() - widest - now.px(22) - bar
        missing = max(text_width(each.name, plain) for each in self._rows()) - spare
        bar -= max(0, missing)
        bar = bar if bar >= now.px(_STUB) else 0
        left = inner.right() - widest - now.px(12) - bar
        track = QRect(left, inner.center().y() - now.px(4), bar, now.px(9))
        if bar:
            fill_round(painter, track, track.height() / 2, c.line)
        if bar and row.permille > 0:
            length = max(track.height(), bar * min(1000, row.permille) // 1000)
            filled = QRect(track.x(), track.y(), length, track.height())
            fill_round(painter, filled, track.height() / 2, c.primary)
        name = elided(row.name, plain, left - inner.x() - now.px(10))
        draw_text(painter, inner, name, (plain, c.ink))
