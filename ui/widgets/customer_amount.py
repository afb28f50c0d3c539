"""The dark part of the customer's screen: what it comes to, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.presenters.customer_state import (
    CustomerMember,
    CustomerMode,
    CustomerState,
    CustomerSum,
    CustomerTone,
)
from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD, metrics, sized_font
from ui.theme.palette import qcolor
from ui.widgets.customer_part import CustomerPart, draw_fitted
from ui.widgets.drawing import (
    RIGHT,
    draw_icon,
    draw_text,
    fill_round,
    hairline,
    text_width,
)

_EDGE, _ROW = 28, 34
#: A little light on the dark ground; no colour of the theme's own lies so near.
_CARD, _LINE = "#1FFFFFFF", "#38FFFFFF"


class CustomerAmount(CustomerPart):
    """Label, the large figure, what was saved, the sums, and a hint at the foot."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("customerAmount", parent)

    @override
    def on_state(self, before: CustomerState) -> None:
        """Repaint when what stands here differs; a clock or a line does not."""
        if _face(before) != _face(self.state):
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the top down; the foot first takes its room."""
        del event
        look, state, c = self.look, self.state, self.look.theme.colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), qcolor(c.display))
            edge = look.px(_EDGE)
            inner = self.rect().adjusted(edge, look.px(24), -edge, -look.px(24))
            foot = self._paint_hint(painter, inner)
            foot = self._paint_points(painter, inner, foot)
            top = inner.y()
            if state.member is not None:
                top = self._paint_member(painter, inner, state.member)
            is_first = state.mode is CustomerMode.BASKET and not look.is_portrait
            if is_first:  # as in the drawing: the eye finds it in the middle
                top = max(top, inner.y() + (foot - inner.y()) // 4)
            top = self._paint_amount(painter, inner, top)
            self._paint_sums(painter, QRect(inner.x(), top, inner.width(), foot - top))

    def _paint_amount(self, painter: QPainter, inner: QRect, top: int) -> int:
        """Paint label, sign, figure and what was saved; return where they end."""
        look, state, c = self.look, self.state, self.look.theme.colours
        label = look.shrunk(state.label, 22, REGULAR, inner.width())
        row = QRect(inner.x(), top, inner.width(), look.px(30))
        draw_text(painter, row, state.label, (label, c.displaydim))
        pixels = self._fitting(inner.width())
        big = sized_font(look.theme.language, pixels, BOLD)
        small = sized_font(look.theme.language, round(pixels * 0.5), SEMIBOLD)
        baseline = row.bottom() + look.px(12) + metrics(big).capHeight()
        tone = c.mint if state.is_back else c.displayink
        painter.setFont(small)
        painter.setPen(qcolor(c.mint if state.is_back else c.displaydim))
        painter.drawText(inner.x(), baseline, state.symbol)
        painter.setFont(big)
        painter.setPen(qcolor(tone))
        left = inner.x() + text_width(state.symbol, small) + look.px(4)
        painter.drawText(left, baseline, state.amount)
        below = baseline + look.px(20)
        if not state.saved:
            return below
        used = look.shrunk(state.saved, 24, BOLD, inner.width())
        saved = QRect(inner.x(), below, inner.width(), look.px(34))
        draw_fitted(painter, saved, state.saved, (used, c.displayamber))
        return saved.bottom() + look.px(6)

    def _fitting(self, room: int) -> int:
        """Return the largest size, 80 at most, in which sign and figure fit."""
        look, state = self.look, self.state
        pixels = look.px(80)
        while pixels > look.px(24):
            big = sized_font(look.theme.language, pixels, BOLD)
            small = sized_font(look.theme.language, round(pixels * 0.5), SEMIBOLD)
            sign = text_width(state.symbol, small) + look.px(4)
            if text_width(state.amount, big) + sign <= room:
                break
            pixels -= 2
        return pixels

    def _paint_sums(self, painter: QPainter, room: QRect) -> None:
        """Paint the sums; of many the first and the last ones that fit."""
        look, rows = self.look, self.state.sums
        height = look.px(_ROW)
        most = max(1, (room.height() - look.px(8)) // height)
        if len(rows) > most:
            rows = (*rows[:1], *rows[len(rows) - most + 1 :]) if most > 1 else rows[:1]
        top = room.y() + look.px(8)
        for row in rows:
            self._paint_sum(painter, QRect(room.x(), top, room.width(), height), row)
            top += height

    def _paint_sum(self, painter: QPainter, row: QRect, shown: CustomerSum) -> None:
        look, c = self.look, self.look.theme.colours
        tone = {
            CustomerTone.PLAIN: c.displayink,
            CustomerTone.SAVING: c.displayamber,
            CustomerTone.PAID: c.mint,
        }[shown.tone]
        value = look.shrunk(shown.value, 20, SEMIBOLD, row.width() * 6 // 10)
        draw_text(painter, row, shown.value, (value, tone), RIGHT)
        room = row.width() - text_width(shown.value, value) - look.px(12)
        label = look.shrunk(shown.label, 19, REGULAR, room)
        place = QRect(row.x(), row.y(), room, row.height())
        draw_fitted(painter, place, shown.label, (label, c.displaydim))

    def _paint_hint(self, painter: QPainter, inner: QRect) -> int:
        """Paint what to do now, at the foot; return where the room above ends."""
        look, state, c = self.look, self.state, self.look.theme.colours
        if not state.hint:
            return inner.bottom()
        card = QRect(inner.x(), 0, inner.width(), look.px(60))
        card.moveBottom(inner.bottom())
        fill_round(painter, card, look.px(12), _CARD)
        left = card.x() + look.px(20)
        icon = QRect(left, card.y(), look.px(24), card.height())
        draw_icon(painter, state.hint_icon, c.mint, icon)
        left = icon.right() + look.px(14)
        room = card.right() - look.px(14) - left
        words = look.shrunk(state.hint, 20, SEMIBOLD, room)
        place = QRect(left, card.y(), room, card.height())
        draw_fitted(painter, place, state.hint, (words, c.displayink))
        return card.y() - look.px(10)

    def _paint_member(
        self, painter: QPainter, inner: QRect, member: CustomerMember
    ) -> int:
        """Paint badge and greeting; return where they end."""
        look, c = self.look, self.look.theme.colours
        height = look.px(34)
        left = inner.x()
        if member.tier:
            left = self._paint_badge(painter, inner, member.tier) + look.px(10)
        room = inner.right() - left
        used = look.shrunk(member.greeting, 20, REGULAR, room)
        place = QRect(left, inner.y(), room, height)
        draw_fitted(painter, place, member.greeting, (used, c.displayink))
        return place.bottom() + look.px(16)

    def _paint_badge(self, painter: QPainter, inner: QRect, tier: str) -> int:
        """Paint the tier's badge; return where it ends."""
        look, c = self.look, self.look.theme.colours
        used = look.font(18, BOLD)
        width = text_width(tier, used) + look.px(50)
        badge = QRect(inner.x(), inner.y(), width, look.px(34))
        fill_round(painter, badge, look.px(6), c.gold)
        icon = QRect(badge.x() + look.px(12), badge.y(), look.px(20), badge.height())
        draw_icon(painter, "crown", c.goldink, icon)
        words = badge.adjusted(look.px(38), 0, 0, 0)
        draw_text(painter, words, tier, (used, c.goldink))
        return badge.right()

    def _paint_points(self, painter: QPainter, inner: QRect, foot: int) -> int:
        """Paint the points of a member above the hint; return where the room ends."""
        look, member, c = self.look, self.state.member, self.look.theme.colours
        if member is None or not (member.earns or member.balance):
            return foot
        top = foot - look.px(76)
        hairline(painter, QRect(inner.x(), top, inner.width(), 1), _LINE)
        half = inner.width() // 2
        for number, (label, value, ink) in enumerate(
            (
                (member.earns_label, member.earns, c.mint),
                (member.balance_label, member.balance, c.displayink),
            )
        ):
            row = QRect(inner.x() + number * half, top + look.px(10), half, 0)
            row.setHeight(look.px(26))
            used = look.shrunk(label, 18, REGULAR, half - look.px(8))
            if value:
                draw_text(painter, row, label, (used, c.displaydim))
            row.translate(0, look.px(28))
            row.setHeight(look.px(34))
            draw_text(painter, row, value, (look.font(25, BOLD), ink))
        return top - look.px(8)


def _face(state: CustomerState) -> tuple[object, ...]:
    """Return what this part shows of a state."""
    figures = (state.mode, state.label, state.symbol, state.amount, state.is_back)
    words = (state.saved, state.sums, state.hint, state.language)
    return (*figures, *words, state.member)
