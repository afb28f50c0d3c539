"""The offer that a little more would reach; all of it is one target."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
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


class NearlyStrip(RingedButton):
    """Stands in a place of its own, empty while nothing is nearly reached.

    Args:
        object_name: for tests. side: free room left and right, 1366x768 pixels.
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
        """Return the height the design gives it."""
        return QSize(theme().px(240), theme().px(60))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(theme().px(120), theme().px(60))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, its words and its key."""
        del event
        now, c, view = theme(), theme().colours, self._view
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), brush(c.surface))
            if view is None:
                return
            side = now.px(self._side)
            card = self.rect().adjusted(side, now.px(3), -side, -now.px(5))
            fill = c.keydown if self.isDown() else c.savesoft
            fill_round(painter, card, now.radius("card"), fill)
            edge = now.px(22)
            mark = QRect(card.x() + now.px(12), card.y(), edge, card.height())
            draw_icon(painter, view.icon, c.save, mark)
            left, right = mark.right() + now.px(10), card.right() - now.px(10)
            if view.key:
                key = self._key_words(view, right - left)
                right = self._paint_key(painter, card, key) - now.px(10)
            self._paint_words(
                painter, QRect(left, card.y(), right - left, card.height())
            )

    def _key_words(self, view: NearlyView, room: int) -> str:
        """Return the words of the key; a sign where they would cut the offer short."""
        now = theme()
        title = text_width(view.title, free_font(now, 13, BOLD))
        key = text_width(view.key, free_font(now, 15, SEMIBOLD)) + now.px(44)
        return view.key if title + key <= room else view.short_key

    def _paint_key(self, painter: QPainter, card: QRect, words: str) -> int:
        """Paint the key at the right; return where it begins."""
        now, c = theme(), theme().colours
        used = free_font(now, 15, SEMIBOLD)
        wide = text_width(words, used) + now.px(28)
        key = QRect(card.right() - wide - now.px(6), card.y() + now.px(5), wide, 0)
        key.setHeight(card.height() - now.px(10))
        box = Box(c.key, c.save, c.save, now.radius("button"), 1)
        draw_box(painter, key, box)
        draw_text(painter, key, words, (used, c.save), CENTER)
        return key.x()

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        now, c, view = theme(), theme().colours, self._view
        assert view is not None
        rows = [(view.title, font(now, "label", BOLD), BOLD)]
        if view.detail:
            rows.append((view.detail, font(now, "cap"), REGULAR))
        high = now.px(21)
        top = area.y() + (area.height() - high * len(rows)) // 2
        for number, (words, plain, weight) in enumerate(rows):
            used = shrunk(words, plain, weight, area.width())
            if used.pixelSize() < now.px(13):  # its end goes rather than be tiny
                used = free_font(now, 13, weight)
            row = QRect(area.x(), top + number * high, area.width(), high)
            shown = elided(words, used, area.width())
            draw_text(
                painter, row, shown, (used, c.save if not number else c.ink2), LEFT
            )

    @override
    def ring_radius(self) -> int:
        """Return the radius of what is painted."""
        return theme().radius("card")
