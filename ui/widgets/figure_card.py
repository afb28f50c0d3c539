"""A card with one figure, and how it compares."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.presenters.frame_state import Tone
from ui.presenters.report_state import FigureView
from ui.theme.fonts import BOLD, SEMIBOLD, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import (
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    text_width,
)
from ui.widgets.ringed_button import RingedButton


class FigureCard(RingedButton):
    """A tap opens the documents behind the figure."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.view = FigureView("", "", "", "")
        theme_host().changed.connect(self.updateGeometry)

    def show_figure(self, view: FigureView) -> None:
        """Show another figure."""
        if view != self.view:
            self.view = view
            self.setText(view.title)
            self.setAccessibleName(f"{view.title} {view.value}")
            self.setAccessibleDescription(view.note)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the height of the design."""
        return QSize(theme().px(150), theme().px(98))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(theme().px(90), theme().px(98))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, title, figure and note."""
        del event
        now, c, view = theme(), theme().colours, self.view
        with QPainter(self) as painter:
            fill = c.keydown if self.isDown() else c.surface
            draw_box(
                painter, self.rect(), Box(fill, c.line, c.line, now.radius("card"), 1)
            )
            inner = self.rect().adjusted(now.px(14), now.px(8), -now.px(12), -now.px(8))
            edge = now.px(19)
            mark = QRect(inner.x(), inner.y(), edge, now.px(24))
            draw_icon(painter, view.icon, c.ink2, mark)
            head = QRect(mark.right() + now.px(7), inner.y(), inner.width(), now.px(24))
            self._fitted(painter, head, view.title, (15, 400, c.ink2), inner.right())
            value = QRect(inner.x(), inner.y() + now.px(24), inner.width(), now.px(34))
            self._fitted(painter, value, view.value, (28, BOLD, c.ink), inner.right())
            self._paint_note(painter, inner)

    def _paint_note(self, painter: QPainter, inner: QRect) -> None:
        now, c, view = theme(), theme().colours, self.view
        ink = {Tone.GOOD: c.primaryink, Tone.BAD: c.danger}.get(view.tone, c.ink2)
        row = QRect(inner.x(), inner.y() + now.px(59), inner.width(), now.px(22))
        if view.trend:
            edge = now.px(15)
            mark = QRect(row.x(), row.y(), edge, row.height())
            painter.save()
            if view.trend < 0:  # the same arrow, upside down
                painter.translate(0, 2 * mark.y() + mark.height())
                painter.scale(1, -1)
            draw_icon(painter, "arrow-up-right", ink, mark)
            painter.restore()
            row.setLeft(row.x() + edge + now.px(6))
        weight = SEMIBOLD if view.trend else 400
        self._fitted(painter, row, view.note, (14.5, weight, ink), inner.right())

    def _fitted(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        style: tuple[float, int, str],
        right: int,
    ) -> None:
        """Paint a text, smaller where it is too wide."""
        size, weight, ink = style
        room = right - area.x()
        while size > 10 and text_width(text, free_font(theme(), size, weight)) > room:
            size -= 1
        used = free_font(theme(), size, weight)
        draw_text(painter, area, elided(text, used, room), (used, ink))

    @override
    def ring_radius(self) -> int:
        """Return the radius of what is painted."""
        return theme().radius("card")
