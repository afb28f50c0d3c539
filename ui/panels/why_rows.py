"""The rows of "why this price?": a step with its bar, an offer that was not used."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.why_price_state import (
    RefusedView,
    StepTone,
    StepView,
    WhyPriceState,
)
from ui.theme.fonts import BOLD, REGULAR, font, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace
from ui.widgets.drawing import (
    LEFT,
    RIGHT,
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    elided_goods,
    fill_round,
    hairline,
    text_width,
)
from ui.widgets.shrunk_text import shrunk
from ui.widgets.text_fit import fit_label
from ui.widgets.themed import ThemedWidget


class WhyTitle(ThemedWidget):
    """Number, goods and quantity of the line; the name gives way, never the rest."""

    def __init__(self) -> None:
        super().__init__("whyTitle")
        self._state = WhyPriceState()

    def show_state(self, state: WhyPriceState) -> None:
        """Show another line."""
        self._state = state
        goods = f"{state.name} {state.variant}".rstrip()
        self.setAccessibleName(f"{state.position} {goods} {state.quantity}")
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of the row."""
        return 34

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        del event
        now, c, state = theme(), theme().colours, self._state
        with QPainter(self) as painter:
            used, light = font(now, "name"), font(now, "body")
            draw_text(painter, self.rect(), state.position, (used, c.ink), LEFT)
            left = text_width(state.position, used) + now.px(16)
            tail = text_width(state.quantity, light) + now.px(8)
            room = self.width() - left - tail
            name = elided_goods(state.name, state.variant, used, room)
            draw_text(
                painter, self.rect().adjusted(left, 0, 0, 0), name, (used, c.ink), LEFT
            )
            left += text_width(name, used) + now.px(8)
            area = self.rect().adjusted(left, 0, 0, 0)
            draw_text(painter, area, state.quantity, (light, c.ink2), LEFT)


class WhyStep(ThemedWidget):
    """One step: its name, its arithmetic, who gave it, its amount, its bar."""

    def __init__(self, step: StepView) -> None:
        super().__init__("whyStep")
        self._step = step
        words = (step.title, step.working, step.who, *step.notes, step.amount)
        self.setAccessibleName(" ".join(x for x in words if x))

    @property
    def _below(self) -> tuple[str, ...]:
        """What stands below the arithmetic, a line each."""
        return tuple(x for x in (self._step.who, *self._step.notes) if x)

    @override
    def design_height(self) -> float:
        """Return the height of the row: a line more for who gave it, and each note."""
        return 68 + 19 * len(self._below) - (1 if self._below else 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        del event
        now, c, step = theme(), theme().colours, self._step
        with QPainter(self) as painter:
            is_paid = step.tone is StepTone.PAID
            if step.tone is not StepTone.LIST:
                line = now.px(2) if is_paid else 1
                ink = c.ink if is_paid else c.line
                hairline(painter, QRect(0, 0, self.width(), line), ink)
            ink = {StepTone.SAVING: c.save, StepTone.ADDED: c.info}.get(
                step.tone, c.ink
            )
            big = free_font(now, 25 if is_paid else 22, BOLD)
            room = self.width() - text_width(step.amount, big) - now.px(14)
            small = font(now, "cap")
            # Long arithmetic takes the whole width, and the amount the row above it.
            is_long = text_width(step.working, small) > room
            height = now.px(24 if is_long else 44)
            area = QRect(0, now.px(6), self.width(), height)
            draw_text(painter, area, step.amount, (big, ink), RIGHT)
            self._paint_title(painter, room, ink)
            room = self.width() if is_long else room
            for number, words in enumerate((step.working, *self._below)):
                used = shrunk(words, small, REGULAR, room)
                row = QRect(0, now.px(29 + 19 * number), room, now.px(20))
                draw_text(painter, row, words, (used, c.ink2), LEFT)
                room = self.width()
            self._paint_bar(painter)

    def _paint_title(self, painter: QPainter, room: int, ink: str) -> None:
        now, step = theme(), self._step
        row = QRect(0, now.px(6), room, now.px(24))
        if step.icon:
            edge = now.px(20)
            square = QRect(0, row.y(), edge, row.height())
            draw_icon(painter, step.icon, ink, square)
            row = row.adjusted(edge + now.px(5), 0, 0, 0)
        bold = shrunk(step.title, font(now, "label", BOLD), BOLD, row.width())
        draw_text(painter, row, step.title, (bold, ink), LEFT)

    def _paint_bar(self, painter: QPainter) -> None:
        now, c, step = theme(), theme().colours, self._step
        height = now.px(8)
        top = self.height() - height - now.px(6)
        whole = QRect(0, top, self.width(), height)
        fill_round(painter, whole, height / 2, c.sunken)
        start = self.width() * step.bar_start // 1000
        length = max(now.px(3), self.width() * step.bar_length // 1000)
        start = min(start, self.width() - length)
        ink = {
            StepTone.LIST: c.ink3,
            StepTone.SAVING: c.save,
            StepTone.ADDED: c.info,
            StepTone.PAID: c.primary,
        }[step.tone]
        fill_round(painter, QRect(start, top, length, height), height / 2, ink)


class RefusedRow(ThemedWidget):
    """An offer that was not used, and why; one that was taken away may come back."""

    restored = Signal(str)
    """Use the offer again; its promotion's id."""

    def __init__(self, offer: RefusedView) -> None:
        super().__init__("whyRefused")
        self._offer = offer
        self.setAccessibleName(f"{offer.title} {offer.reason} {offer.amount}".strip())
        self._key: ActionButton | None = None
        if offer.restore:
            face = ButtonFace(_("Use it again"))
            self._key = ActionButton(f"whyRestore_{offer.restore}", face, self)
            self._key.clicked.connect(self._on_restore)

    def _on_restore(self) -> None:
        self.restored.emit(self._offer.restore)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key at the right."""
        del event
        if self._key is not None:
            wide = theme().px(118)
            gap = theme().px(7)
            left = self.width() - wide - gap
            self._key.setGeometry(left, gap, wide, self.height() - 2 * gap)

    @override
    def design_height(self) -> float:
        """Return the height of the row: two lines of words where it is narrow."""
        return 82 if theme().profile.name == "compact" else 64

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        del event
        now, c, offer = theme(), theme().colours, self._offer
        with QPainter(self) as painter:
            box = Box(c.sunken, c.line, c.line, now.radius("button"), 1)
            draw_box(painter, self.rect(), box)
            pad, edge = now.px(14), now.px(22)
            draw_icon(painter, "prohibit", c.ink2, QRect(pad, now.px(10), edge, edge))
            inner = self.rect().adjusted(2 * pad + edge, now.px(8), -pad, -now.px(8))
            figure, used_up = font(now, "body"), 0
            if self._key is not None:
                used_up = self._key.width() + pad
                inner.setWidth(inner.width() - used_up)
            elif offer.amount:
                used_up = text_width(offer.amount, figure) + pad
            row = QRect(inner.x(), inner.y(), inner.width(), now.px(24))
            if self._key is None:
                draw_text(painter, row, offer.amount, (figure, c.ink2), RIGHT)
                row.setWidth(row.width() - used_up)
            used = shrunk(offer.title, font(now, "label", BOLD), BOLD, row.width())
            title = elided(offer.title, used, row.width())
            draw_text(painter, row, title, (used, c.ink), LEFT)
            self._paint_reason(painter, inner.adjusted(0, now.px(24), 0, 0))

    def _paint_reason(self, painter: QPainter, area: QRect) -> None:
        """Paint why it was not used, over two lines where there is little room."""
        now, c = theme(), theme().colours
        pixels = font(now, "cap").pixelSize()
        room = (area.width(), area.width(), area.height())
        fit = fit_label(now, self._offer.reason, pixels, REGULAR, room)
        line = fit.height // len(fit.lines)
        for number, words in enumerate(fit.lines):
            row = QRect(area.x(), area.y() + number * line, area.width(), line)
            draw_text(painter, row, words, (fit.font, c.ink2), LEFT)
