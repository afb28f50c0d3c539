"""The card of a paid sale: a green head, the slip, what became of it."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.done_state import OutcomeView
from ui.presenters.frame_state import Tone
from ui.theme.fonts import SEMIBOLD, font
from ui.theme.host import theme, theme_host
from ui.theme.theme import Theme
from ui.widgets.drawing import (
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    text_width,
)
from ui.widgets.slip_preview import SlipPreview


class DoneCard(QWidget):
    """Paints head and foot; the slip stands between."""

    def __init__(self, object_name: str = "doneCard") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.slip = SlipPreview()
        self._title, self._detail = "", ""
        self._outcomes: tuple[OutcomeView, ...] = ()
        self._stack = QVBoxLayout(self)
        self._stack.addWidget(self.slip, 1)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_done(
        self, title: str, detail: str, outcomes: tuple[OutcomeView, ...]
    ) -> None:
        """Show what was done and what became of slip and drawer."""
        self._title, self._detail, self._outcomes = title, detail, outcomes
        self.setAccessibleName(
            ", ".join([title, detail, *(one.text for one in outcomes)])
        )
        self._take_sizes()
        self.update()

    def _head(self) -> int:
        return theme().px(66)

    def _row(self) -> int:
        return theme().px(30)

    def _foot(self) -> int:
        """Return the height for the outcomes: one row when they fit, else one each."""
        return self._row() * self._rows() + theme().px(10)

    def _rows(self) -> int:
        now = theme()
        used = font(now, "body")
        total = sum(text_width(one.text, used) + now.px(52) for one in self._outcomes)
        is_single = total <= self.width() - now.px(20) and len(self._outcomes) <= 2
        return 1 if is_single else max(1, len(self._outcomes))

    def _take_sizes(self) -> None:
        pad = theme().px(12)
        self._stack.setContentsMargins(pad, self._head() + pad, pad, self._foot())
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, head and outcomes."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            round_by = now.radius("card")
            draw_box(painter, self.rect(), Box(c.sunken, c.line, c.line, round_by, 1))
            head = QRect(1, 1, self.width() - 2, self._head())
            painter.save()
            painter.setClipRect(head)
            fill_round(
                painter, head.adjusted(0, 0, 0, round_by), round_by - 1, c.primarysoft
            )
            painter.restore()
            edge = now.px(34)
            mark = QRect(now.px(16), 0, edge, self._head())
            draw_icon(painter, "check-circle-fill", c.primaryink, mark)
            left, room = now.px(58), self.width() - now.px(70)
            upper = QRect(left, now.px(9), room, now.px(28))
            title, small = font(now, "h2"), font(now, "cap", SEMIBOLD)
            draw_text(
                painter, upper, elided(self._title, title, room), (title, c.primaryink)
            )
            lower = QRect(left, now.px(37), room, now.px(20))
            draw_text(
                painter, lower, elided(self._detail, small, room), (small, c.primaryink)
            )
            self._paint_outcomes(painter)

    def _paint_outcomes(self, painter: QPainter) -> None:
        now = theme()
        used = font(now, "body")
        top = self.height() - self._foot() + now.px(2)
        right = self.width() - now.px(16)
        is_single = self._rows() == 1
        for number, one in enumerate(self._outcomes):
            ink = _ink(now, one.tone)
            width = text_width(one.text, used) + now.px(28)
            left = now.px(16)
            if is_single and number and number == len(self._outcomes) - 1:
                left = right - width
            row = QRect(
                left,
                top if is_single else top + number * self._row(),
                width,
                self._row(),
            )
            edge = now.px(20)
            draw_icon(
                painter, one.icon, ink, QRect(row.x(), row.y(), edge, row.height())
            )
            words = elided(one.text, used, self.width() - now.px(60))
            draw_text(painter, row.adjusted(now.px(28), 0, 0, 0), words, (used, ink))


def _ink(now: Theme, tone: Tone) -> str:
    c = now.colours
    return {Tone.WARN: c.warnicon, Tone.BAD: c.danger}.get(tone, c.primaryink)
