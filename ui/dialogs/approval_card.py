"""The parts of the approval dialog's card: what is asked, and whose badge."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import DialogText
from ui.presenters.approval_state import AskedView
from ui.presenters.frame_state import Tone
from ui.theme.fonts import BOLD, font, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.chip import Chip
from ui.widgets.drawing import (
    LEFT,
    RIGHT,
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    text_width,
)
from ui.widgets.shrunk_text import shrunk
from ui.widgets.themed import ThemedWidget


class AmountsRow(ThemedWidget):
    """What it is now -> what it becomes."""

    def __init__(self) -> None:
        super().__init__("askedAmounts")
        self._before, self._after = "", ""

    def show_amounts(self, before: str, after: str) -> None:
        """Show both, or hide where there are none."""
        self._before, self._after = before, after
        self.setVisible(bool(before or after))
        self.setAccessibleName(f"{before} → {after}")
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of a caption and an amount below it."""
        return 62

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint captions, amounts and the arrow between them."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            caption, small, large = (
                font(now, "cap"),
                free_font(now, 27, BOLD),
                free_font(now, 35, BOLD),
            )
            low = QRect(0, now.px(22), self.width(), now.px(40))
            draw_text(
                painter,
                QRect(0, 0, self.width(), now.px(20)),
                _("Now"),
                (caption, c.ink2),
            )
            draw_text(painter, low, self._before, (small, c.ink))
            left = max(text_width(self._before, small), text_width(_("Now"), caption))
            left += now.px(14)
            edge = now.px(24)
            draw_icon(
                painter, "arrow-right", c.ink2, QRect(left, low.y(), edge, low.height())
            )
            left += edge + now.px(14)
            room = self.width() - left
            top = QRect(left, 0, room, now.px(20))
            draw_text(painter, top, _("Becomes"), (caption, c.ink2))
            after = QRect(left, low.y(), room, low.height())
            draw_text(painter, after, elided(self._after, large, room), (large, c.ink))


class AskedCard(QWidget):
    """The action's badge, its subject, the amounts and why it needs somebody."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("askedCard")
        self.badge = Chip("askedBadge")
        self.subject = DialogText("askedSubject", "name")
        self.amounts = AmountsRow()
        self.note = Chip("askedNote")
        self.detail = DialogText("askedDetail", "cap", "dim")
        self._head, self._row = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.badge)
        self._head.addWidget(self.subject, 1)
        self._why = QVBoxLayout()
        self._why.addWidget(self.note)
        self._why.addWidget(self.detail)
        self._row.addWidget(self.amounts, 1)
        self._row.addLayout(self._why)
        self._stack = QVBoxLayout(self)
        self._stack.addLayout(self._head)
        self._stack.addLayout(self._row)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_asked(self, asked: AskedView) -> None:
        """Show what is asked."""
        self.badge.show_chip(asked.badge, Tone.INFO, asked.icon)
        self.subject.setText("" if asked.title == asked.badge else asked.title)
        self.amounts.show_amounts(asked.before, asked.after)
        self.note.show_chip(asked.note, Tone.WARN)
        self.note.setVisible(bool(asked.note))
        self.detail.setText(asked.detail)
        self.detail.setVisible(bool(asked.detail))
        has_amounts = bool(asked.before or asked.after)
        self._row.setStretch(1, 0 if has_amounts else 1)
        side = RIGHT if has_amounts else LEFT
        self._why.setAlignment(self.note, side)
        self.detail.setAlignment(side)
        self.detail.setWordWrap(not has_amounts)

    def _take_sizes(self) -> None:
        now = theme()
        side = now.px(18)
        self._stack.setContentsMargins(side, now.px(12), side, now.px(14))
        self._stack.setSpacing(now.px(8))
        self._head.setSpacing(now.px(8))
        self._row.setSpacing(now.px(12))
        self._why.setSpacing(now.px(4))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sunken ground."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            box = Box(c.sunken, c.line, c.line, now.radius("card"), 1)
            draw_box(painter, self.rect(), box)


class BadgeStrip(ThemedWidget):
    """Says how to approve; or, crimson, what was wrong."""

    def __init__(self) -> None:
        super().__init__("approvalStrip")
        self._title, self._detail, self._is_bad = "", "", False

    def show_words(self, title: str, detail: str = "", *, is_bad: bool = False) -> None:
        """Show other words."""
        self._title, self._detail, self._is_bad = title, detail, is_bad
        self.setAccessibleName(f"{title} {detail}".strip())
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of a strip with two lines."""
        return 72

    @override
    def sizeHint(self) -> QSize:
        """Return the height; the width is the card's."""
        return QSize(theme().px(240), theme().px(self.design_height()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon and words."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            fill, ink = c.primarysoft, c.primaryink
            icon = "identification-badge"
            if self._is_bad:
                fill, ink, icon = c.dangersoft, c.danger, "warning-circle"
            fill_round(painter, self.rect(), now.radius("card"), fill)
            edge = now.px(36)
            draw_icon(painter, icon, ink, QRect(now.px(18), 0, edge, self.height()))
            left = now.px(18) + edge + now.px(16)
            room = self.width() - left - now.px(14)
            large, small = free_font(now, 19, BOLD), font(now, "cap")
            large = shrunk(self._title, large, BOLD, room)
            half = self.height() // 2
            top = QRect(left, now.px(8), room, half - now.px(6))
            if not self._detail:
                top = QRect(left, 0, room, self.height())
            draw_text(
                painter, top, elided(self._title, large, room), (large, ink), LEFT
            )
            below = QRect(left, half + now.px(2), room, half - now.px(10))
            draw_text(
                painter, below, elided(self._detail, small, room), (small, ink), LEFT
            )
