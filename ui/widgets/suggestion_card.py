"""Goods that the shop's own baskets suggest: name, why, price, and a plus."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.member_state import SuggestionView
from ui.theme.fonts import BOLD, REGULAR, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import Box, draw_box, draw_icon, draw_text, elided, fill_round
from ui.widgets.ringed_button import RingedButton
from ui.widgets.shrunk_text import shrunk
from ui.widgets.text_fit import fit_label, line_height


class SuggestionCard(RingedButton):
    """All of it is one target that lays one of the goods into the basket."""

    wanted = Signal(str)
    """It was touched; the selling unit's key."""

    def __init__(self, view: SuggestionView) -> None:
        super().__init__()
        self._view = view
        self.setObjectName(f"suggestion-{view.key}")
        self.setFocusPolicy(self.focusPolicy().TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(view.name)
        name = _("Add {goods}", goods=view.name)
        self.setAccessibleName(f"{name}, {view.price}, {view.reason}")
        self.clicked.connect(self._on_clicked)
        theme_host().changed.connect(self.updateGeometry)

    def _on_clicked(self) -> None:
        self.wanted.emit(self._view.key)

    @override
    def sizeHint(self) -> QSize:
        """Return the size the design gives it."""
        return QSize(theme().px(110), theme().px(98))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(theme().px(90), theme().px(98))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, words, price and plus."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            fill = c.keydown if self.isDown() else c.key
            box = Box(fill, c.line, c.keyedge, now.radius("button"), now.px(2))
            draw_box(painter, self.rect(), box)
            self._paint_words(painter)
            self._paint_foot(painter)

    def _paint_words(self, painter: QPainter) -> None:
        now, c, view = theme(), theme().colours, self._view
        pad, top = now.px(10), now.px(7)
        room = self.width() - 2 * pad
        size = (room, room, now.px(40))
        fit = fit_label(now, view.name, now.text_size(15), BOLD, size)
        line = line_height(fit.font)
        for words in fit.lines:
            row = QRect(pad, top, room, line)
            shown = elided(words, fit.font, room)
            draw_text(painter, row, shown, (fit.font, c.ink))
            top += line
        used = shrunk(view.reason, free_font(now, 13), REGULAR, room, least=10)
        row = QRect(pad, now.px(46), room, now.px(18))
        draw_text(painter, row, elided(view.reason, used, room), (used, c.ink2))

    def _paint_foot(self, painter: QPainter) -> None:
        now, c, view = theme(), theme().colours, self._view
        pad, edge, inset = now.px(10), now.px(28), now.px(7)
        plus = QRect(0, 0, edge, edge)
        plus.moveTo(self.width() - pad - edge, self.height() - edge - now.px(6))
        fill_round(painter, plus, edge / 2, c.primary)
        inner = plus.adjusted(inset, inset, -inset, -inset)
        draw_icon(painter, "plus", c.onprimary, inner)
        price = QRect(pad, plus.y(), plus.x() - pad, edge)
        room = price.width() - now.px(4)
        money = shrunk(view.price, free_font(now, 17, BOLD), BOLD, room)
        draw_text(painter, price, view.price, (money, c.ink))
