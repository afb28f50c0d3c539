"""The dark side of the sign-on screen: shop, clock, and what was checked."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.presenters.frame_state import Tone
from ui.presenters.sign_on_state import HealthView, SignOnState
from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD, font, free_font, metrics
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import (
    draw_icon,
    draw_text,
    elided,
    fill_round,
    text_width,
)
from ui.widgets.shrunk_text import shrunk


class BrandPane(QWidget):
    """Paints the dark side; nothing here can be touched."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("brandPane")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._state: SignOnState | None = None
        theme_host().changed.connect(self.update)

    def show_state(self, state: SignOnState) -> None:
        """Show another time, shop or health."""
        self._state = state
        health = [f"{x.title} {x.detail}".strip() for x in state.health]
        words = (state.shop_name, state.till_label, state.clock_text, state.date_text)
        self.setAccessibleName(", ".join([*words, *health]))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the ticket's column: it is the ticket that comes here."""
        return QSize(theme().px(theme().profile.column_a), theme().px(400))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint everything."""
        del event
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme().colours.display)
            if self._state is not None:
                self._paint_training(painter, self._state)
                self._paint_shop(painter, self._state)
                self._paint_clock(painter, self._state)
                self._paint_health(painter, self._state)

    def _left(self) -> int:
        return theme().px(44 if theme().profile.name != "compact" else 28)

    def _room(self) -> int:
        return self.width() - self._left() - theme().px(20)

    def _paint_training(self, painter: QPainter, state: SignOnState) -> None:
        """Paint the violet bar of training where its top bar stands elsewhere."""
        if not state.frame.is_training:
            return
        now, c = theme(), theme().colours
        bar = QRect(0, 0, self.width(), now.px(40))
        painter.fillRect(bar, c.train)
        edge = now.px(22)
        mark = QRect(self._left(), 0, edge, bar.height())
        draw_icon(painter, "graduation-cap", c.ontrain, mark)
        used = shrunk(
            state.frame.training[0], font(now, "label", BOLD), BOLD, self._room(), 12
        )
        words = bar.adjusted(self._left() + edge + now.px(10), 0, 0, 0)
        draw_text(painter, words, state.frame.training[0], (used, c.ontrain))

    def _paint_shop(self, painter: QPainter, state: SignOnState) -> None:
        now, c = theme(), theme().colours
        edge, left = now.px(52), self._left()
        square = QRect(left, now.px(45), edge, edge)
        fill_round(painter, square, now.radius("card"), c.primary)
        pad = now.px(11)
        mark = square.adjusted(pad, pad, -pad, -pad)
        draw_icon(painter, "storefront", c.onprimary, mark)
        words = left + edge + now.px(14)
        room = self.width() - words - now.px(16)
        title = shrunk(state.shop_name, free_font(now, 25, BOLD), BOLD, room, 15)
        small = font(now, "body")
        upper = QRect(words, now.px(43), room, now.px(32))
        name = elided(state.shop_name, title, room)
        draw_text(painter, upper, name, (title, c.displayink))
        lower = QRect(words, now.px(74), room, now.px(24))
        label = elided(state.till_label, small, room)
        draw_text(painter, lower, label, (small, c.displaydim))

    def _paint_clock(self, painter: QPainter, state: SignOnState) -> None:
        now, c = theme(), theme().colours
        top = round(self.height() * 0.275)
        size = 104 if now.profile.name != "compact" else 84
        big = free_font(now, size, BOLD)
        height = metrics(big).capHeight()
        baseline = top + now.px(28) + height
        painter.setFont(big)
        painter.setPen(c.displayink)
        painter.drawText(self._left() - now.px(4), baseline, state.clock_text)
        used = shrunk(state.date_text, free_font(now, 21), REGULAR, self._room())
        line = QRect(self._left(), baseline + now.px(22), self._room(), now.px(32))
        draw_text(painter, line, state.date_text, (used, c.displaydim))

    def _paint_health(self, painter: QPainter, state: SignOnState) -> None:
        row = theme().px(52)
        top = self.height() - theme().px(36) - row * len(state.health)
        for index, health in enumerate(state.health):
            area = QRect(self._left(), top + index * row, self._room(), row)
            self._paint_line(painter, area, health)

    def _paint_line(self, painter: QPainter, area: QRect, health: HealthView) -> None:
        now, c = theme(), theme().colours
        calm = health.tone in {Tone.GOOD, Tone.PLAIN, Tone.INFO}
        mark = c.mint if calm else c.displayamber
        edge = now.px(22)
        square = QRect(area.x(), area.y(), edge, area.height())
        draw_icon(painter, health.icon, mark, square)
        strong, plain = font(now, "body", SEMIBOLD), font(now, "body")
        left = area.x() + now.px(36)
        title = text_width(health.title, strong)
        ink = c.displayink if calm else c.displayamber
        words = QRect(left, area.y(), title, area.height())
        draw_text(painter, words, health.title, (strong, ink))
        left += title + now.px(17)
        room = area.right() - left
        if room > now.px(60):
            plain = shrunk(health.detail, plain, REGULAR, room, 14)
            detail = elided(health.detail, plain, room)
            rest = QRect(left, area.y(), room, area.height())
            draw_text(painter, rest, detail, (plain, c.displaydim))
