"""Bars over hours or days, and a dashed line of what they are compared with."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from pos_app.values.money import exponent_of
from ui.presenters.report_state import ChartView
from ui.theme.fonts import BOLD, REGULAR, free_font
from ui.theme.host import theme
from ui.theme.palette import qcolor
from ui.widgets.drawing import (
    CENTER,
    RIGHT,
    Box,
    draw_box,
    draw_text,
    elided,
    fill_round,
    hairline,
    text_width,
)
from ui.widgets.themed import ThemedWidget

_STEPS = (1, 2, 5)
_MOST_LINES = 5


def axis_step(top_minor: int, unit_minor: int) -> int:
    """Return the distance of the axis' lines: 1, 2 or 5 times a power of ten.

    Args:
        top_minor: the largest value, minor units.
        unit_minor: the smallest step: one unit of the currency.
    """
    step, at = unit_minor, 0
    while step * _MOST_LINES < top_minor:
        at += 1
        step = unit_minor * _STEPS[at % 3] * 10 ** (at // 3)
    return step


def axis_text(minor: int, currency: str) -> str:
    """Write a value of the axis: "0", "500", "2k", "1.5M"."""
    whole = minor // 10 ** exponent_of(currency)
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if whole >= size:
            text = f"{whole // size}"
            rest = whole % size * 10 // size
            return f"{text}.{rest}{letter}" if rest else f"{text}{letter}"
    return str(whole)


class BarChart(ThemedWidget):
    """A card; a tap on a bar says its key."""

    chosen = Signal(str)
    """A bar was tapped; its key."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._view: ChartView | None = None

    def show_chart(self, view: ChartView) -> None:
        """Show another chart."""
        if view == self._view:
            return
        self._view = view
        self.setAccessibleName(view.title)
        words = "; ".join(bar.words for bar in view.bars if bar.words)
        self.setAccessibleDescription(words)
        self.update()

    @override
    def design_height(self) -> float:
        """Return the least height."""
        return 150

    def bar_area(self, key: str) -> QRect:
        """Return where a bar can be tapped."""
        assert self._view is not None
        at = [bar.key for bar in self._view.bars].index(key)
        return self._column(at, len(self._view.bars))

    def words_of(self, key: str) -> str:
        """Return what a bar is called: the chart's title and the bar's label."""
        assert self._view is not None
        label = next(bar.label for bar in self._view.bars if bar.key == key)
        return f"{self._view.title} · {label}"

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the bar under the finger."""
        if self._view is None:
            return
        place = event.position().toPoint()
        for at, bar in enumerate(self._view.bars):
            if bar.key and self._column(at, len(self._view.bars)).contains(place):
                self.chosen.emit(bar.key)
                return

    def _plot(self) -> QRect:
        now = theme()
        return self.rect().adjusted(now.px(58), now.px(56), -now.px(16), -now.px(38))

    def _column(self, at: int, count: int) -> QRect:
        """Return a bar's column, its label included."""
        plot = self._plot()
        left = plot.x() + plot.width() * at // count
        right = plot.x() + plot.width() * (at + 1) // count
        return QRect(left, plot.y(), right - left, plot.height() + theme().px(30))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, legend, axis, bars and line."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            box = Box(c.surface, c.line, c.line, now.radius("card"), 1)
            draw_box(painter, self.rect(), box)
            view = self._view
            if view is not None and view.bars:
                self._paint_head(painter, view)
                tops = [x.value_minor for x in view.bars]
                tops += [x.before_minor or 0 for x in view.bars]
                unit = 10 ** exponent_of(view.currency)
                step = axis_step(max(1, *tops), unit)
                lines = max(1, -(-max(0, *tops) // step))
                self._paint_axis(painter, view, step, lines)
                self._paint_bars(painter, view, step * lines)
                self._paint_line(painter, view, step * lines)
                self._paint_peak(painter, view, step * lines)

    def _paint_head(self, painter: QPainter, view: ChartView) -> None:
        now, c = theme(), theme().colours
        head = QRect(now.px(16), now.px(10), self.width() - now.px(32), now.px(28))
        title = free_font(now, 17, BOLD)
        small = free_font(now, 15)
        right = head.right()
        for words, is_line in ((view.before_words, True), (view.now_words, False)):
            if not words:
                continue
            width = text_width(words, small)
            area = QRect(right - width, head.y(), width, head.height())
            draw_text(painter, area, words, (small, c.ink2), RIGHT)
            mark = QRect(area.x() - now.px(28), head.y(), now.px(20), head.height())
            self._paint_mark(painter, mark, is_line=is_line)
            right = mark.x() - now.px(16)
        shown = elided(view.title, title, right - head.x())
        draw_text(painter, head, shown, (title, c.ink))

    def _paint_mark(self, painter: QPainter, area: QRect, *, is_line: bool) -> None:
        now, c = theme(), theme().colours
        if is_line:
            painter.setPen(_dashes(c.ink2, now.px(2)))
            painter.drawLine(
                area.x(), area.center().y(), area.right(), area.center().y()
            )
            return
        edge = now.px(14)
        square = QRect(area.right() - edge, area.center().y() - edge // 2, edge, edge)
        fill_round(painter, square, now.px(4), c.primary)

    def _paint_axis(
        self, painter: QPainter, view: ChartView, step: int, lines: int
    ) -> None:
        now, c, plot = theme(), theme().colours, self._plot()
        small = free_font(now, 14)
        for number in range(lines + 1):
            y = plot.bottom() - plot.height() * number // lines
            hairline(painter, QRect(plot.x(), y, plot.width(), 1), c.line)
            words = axis_text(number * step, view.currency)
            area = QRect(0, y - now.px(10), plot.x() - now.px(8), now.px(20))
            draw_text(painter, area, words, (small, c.ink2), RIGHT)
        skip = self._label_skip(view)
        for at, bar in enumerate(view.bars):
            if at % skip and not bar.is_running:
                continue
            column = self._column(at, len(view.bars))
            area = QRect(
                column.x(), plot.bottom() + now.px(6), column.width(), now.px(22)
            )
            used = free_font(now, 14, BOLD if bar.is_running else REGULAR)
            ink = c.ink if bar.is_running else c.ink2
            draw_text(painter, area, bar.label, (used, ink), CENTER)

    def _label_skip(self, view: ChartView) -> int:
        """Return of how many labels one is written, so that none touch."""
        widest = max(text_width(x.label, free_font(theme(), 14)) for x in view.bars)
        room = self._plot().width() // len(view.bars)
        return -(-(widest + theme().px(6)) // max(1, room))

    def _top(self, value_minor: int, whole_minor: int) -> int:
        plot = self._plot()
        return plot.bottom() - plot.height() * max(0, value_minor) // whole_minor

    def _paint_bars(self, painter: QPainter, view: ChartView, whole: int) -> None:
        now, c, plot = theme(), theme().colours, self._plot()
        for at, bar in enumerate(view.bars):
            column = self._column(at, len(view.bars))
            width = min(now.px(40), column.width() * 7 // 10)
            top = self._top(bar.value_minor, whole)
            if top >= plot.bottom():
                continue
            left = column.center().x() - width // 2
            area = QRect(left, top, width, plot.bottom() - top + 1)
            painter.setOpacity(0.55 if bar.is_running else 1.0)
            fill_round(painter, area, now.px(4), c.primary)
            painter.setOpacity(1.0)

    def _paint_peak(self, painter: QPainter, view: ChartView, whole: int) -> None:
        if not view.peak:
            return
        now, c = theme(), theme().colours
        at = max(range(len(view.bars)), key=lambda x: view.bars[x].value_minor)
        top = self._top(view.bars[at].value_minor, whole)
        used = free_font(now, 14, BOLD)
        width = text_width(view.peak, used) + now.px(8)
        middle = self._column(at, len(view.bars)).center().x()
        most = self.width() - width - now.px(12)
        left = min(max(now.px(12), middle - width // 2), most)
        area = QRect(left, top - now.px(22), width, now.px(19))
        painter.fillRect(area, qcolor(c.surface))
        draw_text(painter, area, view.peak, (used, c.ink), CENTER)

    def _paint_line(self, painter: QPainter, view: ChartView, whole: int) -> None:
        now, c = theme(), theme().colours
        points = [
            QPointF(
                self._column(at, len(view.bars)).center().x(),
                self._top(bar.before_minor, whole),
            )
            for at, bar in enumerate(view.bars)
            if bar.before_minor is not None
        ]
        if len(points) > 1:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(_dashes(c.ink2, now.px(2)))
            painter.drawPolyline(points)


def _dashes(colour: str, width: int) -> QPen:
    made = QPen(qcolor(colour), width)
    made.setDashPattern([3.0, 2.5])
    return made
