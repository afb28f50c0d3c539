"""The offer that a little more would reach; all of it is one target."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.presenters.why_price_state import NearlyView
from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD, font, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import (
    CENTER,
    LEFT,
    Box,
    brush,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    text_width,
)
from ui.widgets.ringed_button import RingedButton
from ui.widgets.shrunk_text import shrunk
from ui.widgets.text_fit import two_lines

#: Height of a line of words, 1366x768 pixels.
_LINE = 21


class NearlyStrip(RingedButton):
    """Stands in a place of its own, empty while nothing is nearly reached.

    Args:
        object_name: for tests. side: free room left and right, 1366x768 pixels;
            where there is none it may grow higher, for words of two lines.
    """

    wanted = Signal(object)
    """It was touched; the `NearlyView` that is shown."""

    def __init__(self, object_name: str, side: int = 12) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._side = side
        self._view: NearlyView | None = None
        self.setEnabled(False)
        self.clicked.connect(self._on_clicked)
        theme_host().changed.connect(self.updateGeometry)

    @property
    def view(self) -> NearlyView | None:
        """What is shown."""
        return self._view

    def show_nearly(self, view: NearlyView | None) -> None:
        """Show another offer, or nothing; the place stays."""
        if view == self._view:
            return
        self._view = view
        self.setEnabled(view is not None)
        words = (view.title, view.detail, view.key) if view else ()
        self.setText(view.title if view else "")
        self.setAccessibleName(". ".join(x for x in words if x))
        self.update()

    def _on_clicked(self) -> None:
        if self._view is not None:
            self.wanted.emit(self._view)

    @override
    def sizeHint(self) -> QSize:
        """Return the height the design gives it, or one for longer words."""
        return QSize(theme().px(240), self._height())

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(theme().px(120), self._height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    def _height(self) -> int:
        now, lines = theme(), 2
        if self._view is not None and not self._side and self.width() > now.px(120):
            place = self._places(self._card(), self._view)[0]
            lines = max(2, len(self._rows(self._view, place.width())))
        return now.px(60 + _LINE * (lines - 2))

    def _card(self) -> QRect:
        now, side = theme(), theme().px(self._side)
        return self.rect().adjusted(side, now.px(3), -side, -now.px(5))

    def _places(self, card: QRect, view: NearlyView) -> tuple[QRect, QRect, str]:
        """Return where the words stand, where the key, and what is on the key."""
        now = theme()
        left, right = card.x() + now.px(44), card.right() - now.px(10)
        if not view.key:
            return QRect(left, card.y(), right - left, card.height()), QRect(), ""
        words = self._key_words(view, right - left)
        wide = text_width(words, free_font(now, 15, SEMIBOLD)) + now.px(28)
        high = card.height() - now.px(10)
        key = QRect(card.right() - wide - now.px(6), card.y() + now.px(5), wide, high)
        right = key.x() - now.px(10)
        return QRect(left, card.y(), right - left, card.height()), key, words

    def _rows(self, view: NearlyView, room: int) -> list[tuple[str, QFont, bool]]:
        """Return the lines of words, their fonts, and which belong to the title."""
        now = theme()
        rows: list[tuple[str, QFont, bool]] = []
        for words, role, weight in (
            (view.title, "label", BOLD),
            (view.detail, "cap", REGULAR),
        ):
            if not words:
                continue
            used = shrunk(words, font(now, role, weight), weight, room, least=13)
            lines: tuple[str, ...] = (words,)
            if not self._side and text_width(words, used) > room:
                lines = two_lines(words, used, room) or lines
            rows += [(line, used, role == "label") for line in lines]
        return rows

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, its words and its key."""
        del event
        now, c, view = theme(), theme().colours, self._view
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), brush(c.surface))
            if view is None:
                return
            card = self._card()
            fill = c.keydown if self.isDown() else c.savesoft
            fill_round(painter, card, now.radius("card"), fill)
            edge = now.px(22)
            mark = QRect(card.x() + now.px(12), card.y(), edge, card.height())
            draw_icon(painter, view.icon, c.save, mark)
            place, key, words = self._places(card, view)
            if words:
                box = Box(c.key, c.save, c.save, now.radius("button"), 1)
                draw_box(painter, key, box)
                used = free_font(now, 15, SEMIBOLD)
                draw_text(painter, key, words, (used, c.save), CENTER)
            self._paint_words(painter, place, view)

    def _key_words(self, view: NearlyView, room: int) -> str:
        """Return the words of the key; a sign where they would cut the offer short."""
        now = theme()
        title = text_width(view.title, free_font(now, 13, BOLD))
        key = text_width(view.key, free_font(now, 15, SEMIBOLD)) + now.px(44)
        return view.key if title + key <= room else view.short_key

    def _paint_words(self, painter: QPainter, area: QRect, view: NearlyView) -> None:
        now, c = theme(), theme().colours
        rows = self._rows(view, area.width())
        high = now.px(_LINE)
        top = area.y() + (area.height() - high * len(rows)) // 2
        for number, (words, used, is_title) in enumerate(rows):
            row = QRect(area.x(), top + number * high, area.width(), high)
            shown = elided(words, used, area.width())
            draw_text(painter, row, shown, (used, c.save if is_title else c.ink2), LEFT)

    @override
    def ring_radius(self) -> int:
        """Return the radius of what is painted."""
        return theme().radius("card")
