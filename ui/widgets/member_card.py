"""Who the member is, and how the member stands (picture 05)."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from ui.presenters.frame_state import Tone
from ui.presenters.member_state import FigureView, MemberCardView
from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.consent_card import wrapped
from ui.widgets.drawing import (
    CENTER,
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    hairline,
    text_width,
)
from ui.widgets.member_marks import paint_initial, paint_marks
from ui.widgets.shrunk_text import shrunk
from ui.widgets.themed import ThemedWidget


class MemberCard(ThemedWidget):
    """Initial, name, marks, a line about the member, and the way to the next tier."""

    def __init__(self) -> None:
        super().__init__("memberCard")
        self._view: MemberCardView | None = None

    def show_card(self, view: MemberCardView | None) -> None:
        """Show another member; None hides the card."""
        self.setVisible(view is not None)
        if view == self._view:
            return
        self._view = view
        if view is not None:
            marks = (mark.text for mark in view.marks)
            parts = (view.name, view.phone, *marks, view.about, view.next_words)
            self.setAccessibleName(", ".join(x for x in (*parts, view.needs) if x))
        self.updateGeometry()
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height: the bar and what points need take rows of their own."""
        view = self._view
        if view is None:
            return 60
        bar = 36 if view.reached is not None else 0
        more = 22 * (len(self._about_lines()) - 1)
        return 56 + more + bar + (_needs_high() + 4 if view.needs else 0)

    def _about_lines(self) -> list[str]:
        """Return the line about the member, in two where the column is narrow."""
        view, room = self._view, self.width() - theme().px(70)
        if view is None or not view.about or room < theme().px(100):
            return [""]
        used = font(theme(), "cap")
        lines = wrapped(view.about, room, used)
        if len(lines) < 2:
            return lines
        return [lines[0], elided(" ".join(lines[1:]), used, room)]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        del event
        now, view = theme(), self._view
        if view is None:
            return
        with QPainter(self) as painter:
            edge = now.px(56)
            paint_initial(painter, QRect(0, 0, edge, edge), view.initial)
            left = edge + now.px(14)
            room = self.width() - left
            self._paint_name(painter, QRect(left, now.px(2), room, now.px(27)))
            row = QRect(left, now.px(31), room, now.px(22))
            for words in self._about_lines():
                draw_text(painter, row, words, (font(now, "cap"), now.colours.ink2))
                row = row.translated(0, now.px(22))
            top = row.top() + now.px(5)
            if view.reached is not None:
                self._paint_bar(painter, QRect(left, top, room, now.px(10)))
                top += now.px(36)
            if view.needs:
                high = now.px(_needs_high())
                self._paint_needs(painter, QRect(0, top, self.width(), high))

    def _paint_name(self, painter: QPainter, row: QRect) -> None:
        now, c, view = theme(), theme().colours, self._view
        assert view is not None
        used, cap = font(now, "h2"), font(now, "cap")
        draw_text(painter, row, view.name, (used, c.ink))
        left = row.x() + text_width(view.name, used) + now.px(10)
        marks = sum(
            text_width(x.text, free_font(now, 14, SEMIBOLD)) + now.px(44)
            for x in view.marks
        )
        wide = text_width(view.phone, cap)
        if left + wide + now.px(10) + marks <= row.right():
            place = QRect(left, row.y(), wide, row.height())
            draw_text(painter, place, view.phone, (cap, c.ink2))
            left += wide + now.px(10)
        rest = QRect(left, row.y(), row.right() - left, row.height())
        paint_marks(painter, rest, view.marks)

    def _paint_bar(self, painter: QPainter, bar: QRect) -> None:
        now, c, view = theme(), theme().colours, self._view
        assert view is not None
        assert view.reached is not None
        round_ = bar.height() / 2
        fill_round(painter, bar, round_, c.disabledbg)
        wide = max(bar.height(), bar.width() * view.reached // 1000)
        fill_round(
            painter, QRect(bar.x(), bar.y(), wide, bar.height()), round_, c.primary
        )
        row = QRect(bar.x(), bar.bottom() + now.px(3), bar.width(), now.px(20))
        used = shrunk(view.next_words, free_font(now, 14), REGULAR, bar.width())
        draw_text(painter, row, view.next_words, (used, c.ink2))

    def _paint_needs(self, painter: QPainter, area: QRect) -> None:
        """Paint what using points asks for, in two lines where it is long."""
        now, c, view = theme(), theme().colours, self._view
        assert view is not None
        fill_round(painter, area, now.radius("chip"), c.infosoft)
        mark = QRect(area.x() + now.px(10), area.y(), now.px(20), area.height())
        draw_icon(painter, "info", c.info, mark)
        inner = area.adjusted(now.px(38), 0, -now.px(8), 0)
        size = 15.0
        lines = wrapped(view.needs, inner.width(), free_font(now, size))
        while size > 11 and len(lines) * now.text_size(size) * 1.25 > inner.height():
            size -= 0.5
            lines = wrapped(view.needs, inner.width(), free_font(now, size))
        used, line = free_font(now, size), round(now.text_size(size) * 1.25)
        top = inner.y() + (inner.height() - line * len(lines)) // 2
        for number, words in enumerate(lines):
            row = QRect(inner.x(), top + number * line, inner.width(), line)
            draw_text(painter, row, words, (used, c.ink))


def _needs_high() -> int:
    """Return how high the note is: three lines where the column is narrow."""
    return 62 if theme().profile.name == "compact" else 42


class FigureStrip(ThemedWidget):
    """Points, wallet, coupons and last visit beside each other."""

    def __init__(self) -> None:
        super().__init__("memberFigures")
        self._figures: tuple[FigureView, ...] = ()

    def show_figures(self, figures: tuple[FigureView, ...]) -> None:
        """Show other figures; none hide the strip."""
        self.setVisible(bool(figures))
        if figures == self._figures:
            return
        self._figures = figures
        self.setAccessibleName(", ".join(f"{x.label} {x.value}" for x in figures))
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of two rows."""
        return 58

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box, dividers, values and labels."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            box = Box(c.sunken, c.line, c.line, now.radius("button"), 1)
            draw_box(painter, self.rect(), box)
            count = max(1, len(self._figures))
            for number, figure in enumerate(self._figures):
                left = self.width() * number // count
                right = self.width() * (number + 1) // count
                cell = QRect(left, 0, right - left, self.height())
                if number:
                    line = QRect(left, now.px(1), 1, self.height() - now.px(2))
                    hairline(painter, line, c.line)
                self._paint_figure(painter, cell, figure)

    def _paint_figure(self, painter: QPainter, cell: QRect, figure: FigureView) -> None:
        now, c = theme(), theme().colours
        room = cell.width() - now.px(8)
        ink = c.danger if figure.tone is Tone.BAD else c.ink
        used = shrunk(figure.value, free_font(now, 19, BOLD), BOLD, room)
        upper = QRect(cell.x(), now.px(6), cell.width(), now.px(26))
        draw_text(painter, upper, figure.value, (used, ink), CENTER)
        small = shrunk(figure.label, free_font(now, 14), REGULAR, room, least=10)
        lower = QRect(cell.x(), now.px(31), cell.width(), now.px(20))
        warns = figure.tone in {Tone.WARN, Tone.BAD}
        draw_text(
            painter, lower, figure.label, (small, c.save if warns else c.ink2), CENTER
        )
