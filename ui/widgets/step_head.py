"""The strip above a shift page: what is done, whose shift, and the steps."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from typing_extensions import override

from ui.presenters.shift_state import HeadView
from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.drawing import (
    CENTER,
    brush,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    hairline,
    text_width,
)
from ui.widgets.themed import ThemedWidget


class StepHead(ThemedWidget):
    """Title and detail on the left, numbered steps on the right."""

    def __init__(self, object_name: str = "stepHead") -> None:
        super().__init__(object_name)
        self._view = HeadView("")

    def show_head(self, view: HeadView) -> None:
        """Show another title or step."""
        if view == self._view:
            return
        self._view = view
        now = view.steps[view.step] if view.steps else ""
        words = (view.title, view.detail, now)
        self.setAccessibleName(", ".join(x for x in words if x))
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of the strip."""
        return 64

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title, detail and steps."""
        del event
        now, c, view = theme(), theme().colours, self._view
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), brush(c.surface))
            hairline(painter, QRect(0, self.height() - 1, self.width(), 1), c.line)
            right = self._paint_steps(painter)
            big, plain = font(now, "h1", BOLD), font(now, "body")
            left = now.px(20)
            area = QRect(left, 0, right - left, self.height())
            draw_text(
                painter, area, elided(view.title, big, area.width()), (big, c.ink)
            )
            left += text_width(view.title, big) + now.px(22)
            room = right - left - now.px(12)
            used = plain
            for size in (15, 14, 13, 12, 11):
                if text_width(view.detail, used) > room:
                    used = free_font(now, size)
            detail = elided(view.detail, used, room) if room > now.px(60) else ""
            draw_text(
                painter, area.adjusted(left - area.x(), 0, 0, 0), detail, (used, c.ink2)
            )

    def _paint_steps(self, painter: QPainter) -> int:
        """Paint the steps from the right; return where they begin."""
        now, view = theme(), self._view
        left = self.width() - now.px(20)
        for number in reversed(range(len(view.steps))):
            is_now = number == view.step
            used = self._step_font(is_now=is_now)
            words = view.steps[number] if self._names(number) else ""
            width = text_width(words, used) + (now.px(10) if words else 0)
            left -= width + now.px(30)
            self._paint_step(painter, left, number, (words, used))
            left -= now.px(22 if self._is_wide() else 14)
        return left

    def _is_wide(self) -> bool:
        """Tell whether all steps can be named beside title and detail."""
        now, view = theme(), self._view
        used = self._step_font(is_now=True)
        steps = sum(text_width(one, used) + now.px(62) for one in view.steps)
        title = text_width(view.title, font(now, "h1", BOLD)) + now.px(54)
        detail = text_width(view.detail, free_font(now, 14))
        return steps + title + detail <= self.width() - now.px(20)

    def _names(self, number: int) -> bool:
        return number == self._view.step or self._is_wide()

    def _step_font(self, *, is_now: bool) -> QFont:
        weight = SEMIBOLD if is_now else REGULAR
        return free_font(theme(), 17, weight)

    def _paint_step(
        self, painter: QPainter, left: int, number: int, words: tuple[str, QFont]
    ) -> None:
        now, c, view = theme(), theme().colours, self._view
        edge = now.px(30)
        circle = QRect(left, (self.height() - edge) // 2, edge, edge)
        is_now, is_done = number == view.step, number < view.step
        ink = c.ink2
        if is_now or is_done:
            fill_round(painter, circle, edge / 2, c.primary)
            ink = c.onprimary
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(brush(c.linestrong), now.px(1)))
            painter.setBrush(brush(c.surface))
            painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        if is_done:
            pad = now.px(7)
            draw_icon(painter, "check", ink, circle.adjusted(pad, pad, -pad, -pad))
        else:
            style = (free_font(now, 16, BOLD), ink)
            draw_text(painter, circle, str(number + 1), style, CENTER)
        text, used = words
        room = QRect(left + edge + now.px(10), 0, self.width(), self.height())
        draw_text(painter, room, text, (used, c.primaryink if is_now else c.ink))
