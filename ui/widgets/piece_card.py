"""A card of denominations: a head with the sum, a row for each, a hint below."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.shift_state import PiecesView
from ui.theme.fonts import SEMIBOLD, font
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import (
    RIGHT,
    Box,
    draw_box,
    draw_icon,
    draw_text,
    hairline,
    text_width,
)
from ui.widgets.kinetic import make_kinetic
from ui.widgets.piece_row import PieceRow
from ui.widgets.text_fit import fit_label, line_height

HEAD, FOOT = 48, 46


class PieceCard(QWidget):
    """Keeps its rows while the denominations stay the same."""

    picked = Signal(str)
    """The pad shall type here; the denomination's key."""
    stepped = Signal(str, int)
    """One piece more or less; the denomination's key and the step."""

    def __init__(self, object_name: str, row_height: float) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._row_height = row_height
        self._view = PiecesView("", "", "", ())
        self._hint = ""
        self.rows: dict[str, PieceRow] = {}
        self._body = QWidget()
        self._stack = QVBoxLayout(self._body)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(0)
        self._stack.addStretch(1)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._body)
        make_kinetic(self._area)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self._area)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_pieces(self, view: PiecesView, hint: str = "") -> None:
        """Show denominations, and below them how they are counted."""
        if [one.key for one in view.pieces] != list(self.rows):
            self._build(view)
        for one in view.pieces:
            self.rows[one.key].show_piece(one)
            if one.is_selected and not self._view_selects(one.key):
                self._area.ensureWidgetVisible(self.rows[one.key], 0, 0)
        if (view.title, view.total, hint) != (
            self._view.title,
            self._view.total,
            self._hint,
        ):
            self.setAccessibleName(f"{view.title} {view.total}")
            self.update()
        had_hint = bool(self._hint)
        self._view, self._hint = view, hint
        if had_hint != bool(hint):
            self._take_sizes()

    def whole_height(self) -> int:
        """Return how high the card is with all its rows, pixels."""
        rows = len(self.rows) * theme().px(self._row_height)
        return theme().px(HEAD) + rows + self._foot() + 2

    def _view_selects(self, key: str) -> bool:
        return any(one.is_selected and one.key == key for one in self._view.pieces)

    def _build(self, view: PiecesView) -> None:
        for old in self.rows.values():
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = {}
        for number, one in enumerate(view.pieces):
            row = PieceRow(one.key)
            row.set_height(self._row_height)
            row.picked.connect(self.picked)
            row.stepped.connect(self.stepped)
            self.rows[one.key] = row
            self._stack.insertWidget(number, row)

    def _foot(self) -> int:
        return theme().px(FOOT) if self._hint else 0

    def _take_sizes(self) -> None:
        self._outer.setContentsMargins(1, theme().px(HEAD), 1, 1 + self._foot())
        self.updateGeometry()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the row that is typed in sight."""
        super().resizeEvent(event)
        for one in self._view.pieces:
            if one.is_selected:
                self._area.ensureWidgetVisible(self.rows[one.key], 0, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, head and hint."""
        del event
        now, c, view = theme(), theme().colours, self._view
        with QPainter(self) as painter:
            draw_box(
                painter,
                self.rect(),
                Box(c.surface, c.line, c.line, now.radius("card"), 1),
            )
            edge, head = now.px(20), now.px(HEAD)
            draw_icon(painter, view.icon, c.ink, QRect(now.px(16), 0, edge, head))
            strong, plain = font(now, "body", SEMIBOLD), font(now, "body")
            words = QRect(now.px(46), 0, self.width() - now.px(62), head)
            draw_text(painter, words, view.title, (strong, c.ink))
            draw_text(painter, words, view.total, (plain, c.ink2), RIGHT)
            hairline(painter, QRect(1, head - 1, self.width() - 2, 1), c.line)
            if self._hint:
                self._paint_hint(painter)

    def _paint_hint(self, painter: QPainter) -> None:
        now, c = theme(), theme().colours
        foot = self._foot()
        top = self.height() - foot
        edge = now.px(20)
        draw_icon(painter, "hand-tap", c.ink2, QRect(now.px(14), top, edge, foot))
        left = now.px(44)
        room = self.width() - left - now.px(12)
        pixels = font(now, "cap").pixelSize()
        fit = fit_label(now, self._hint, pixels, 400, (room, room, foot))
        line = line_height(fit.font)
        start = top + (foot - fit.height) // 2
        for number, part in enumerate(fit.lines):
            area = QRect(left, start + number * line, text_width(part, fit.font), line)
            draw_text(painter, area, part, (fit.font, c.ink2))
