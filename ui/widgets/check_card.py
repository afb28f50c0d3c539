"""The card beside a count: the float that was left, what is checked, what to know."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.frame_state import Tone
from ui.presenters.shift_state import CheckCardView, CheckView
from ui.theme.fonts import BOLD, SEMIBOLD, font, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.blue_note import BlueNote
from ui.widgets.check_row import CheckRow
from ui.widgets.drawing import (
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    hairline,
)
from ui.widgets.section_title import SectionTitle
from ui.widgets.themed import ThemedWidget

#: More lines than these stand closer: the coins above need their height.
_MOST_WIDE = 3


class FloatLead(ThemedWidget):
    """The float that the last shift left, and whether the count agrees."""

    def __init__(self) -> None:
        super().__init__("floatLead")
        self._view = CheckCardView("")

    def show_lead(self, view: CheckCardView) -> None:
        """Show another amount; hidden where there is nothing to say."""
        self.setVisible(bool(view.lead))
        self._view = view
        self.setAccessibleName(f"{view.lead} {view.lead_amount} {view.lead_note}")
        self.update()

    @override
    def design_height(self) -> float:
        """Return three lines."""
        return 116

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title, amount and the agreement."""
        del event
        now, c, view = theme(), theme().colours, self._view
        with QPainter(self) as painter:
            width = self.width()
            strong, big = font(now, "label", SEMIBOLD), free_font(now, 30, BOLD)
            title = elided(view.lead, strong, width)
            draw_text(painter, QRect(0, 0, width, now.px(26)), title, (strong, c.ink))
            amount = QRect(0, now.px(27), width, now.px(42))
            draw_text(painter, amount, view.lead_amount, (big, c.ink))
            inks = {Tone.GOOD: c.primaryink, Tone.WARN: c.warnink}
            ink = inks.get(view.lead_tone, c.ink2)
            icons = {Tone.GOOD: "check-circle-fill", Tone.WARN: "warning-fill"}
            row = QRect(0, now.px(72), width, now.px(28))
            edge = now.px(20)
            icon = icons.get(view.lead_tone, "hand-tap")
            draw_icon(painter, icon, ink, QRect(0, row.y(), edge, row.height()))
            words = row.adjusted(now.px(26), 0, 0, 0)
            note = elided(view.lead_note, strong, words.width())
            draw_text(painter, words, note, (strong, ink))
            hairline(painter, QRect(0, self.height() - 2, width, 1), c.line)


class CheckCard(QWidget):
    """Keeps its lines while their keys stay the same."""

    pressed = Signal(str)
    """The key of a line was pressed; the line's key."""

    def __init__(self, object_name: str = "checkCard") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.lead = FloatLead()
        self.title = SectionTitle("checkTitle")
        self.blind = BlueNote("blindNote", "eye-slash")
        self.rows: dict[str, CheckRow] = {}
        self._view = CheckCardView("")
        self.is_brief = False
        self._lines = QVBoxLayout()
        self._stack = QVBoxLayout(self)
        self._stack.addWidget(self.lead)
        self._stack.addWidget(self.title)
        self._stack.addLayout(self._lines)
        self._stack.addStretch(1)
        self._stack.addWidget(self.blind)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_card(self, view: CheckCardView) -> None:
        """Show float, lines and the blue note."""
        self._view = view
        # What goes makes room first: a widget that comes is laid out at once.
        self.be_brief(is_brief=self.is_brief)
        self.lead.show_lead(view)
        self.title.show_title(view.title, view.note)
        keys = [one.key for one in view.checks]
        if keys != list(self.rows):
            self.be_brief(is_brief=False)
            is_many = len(keys) > _MOST_WIDE
            self._build(view.checks, 34 if view.lead else 40 if is_many else 52)
        for one in view.checks:
            self.rows[one.key].show_check(one)

    def be_brief(self, *, is_brief: bool) -> None:
        """Leave the note's paragraph out where its room is needed for the coins."""
        self.is_brief = is_brief
        text = "" if is_brief else self._view.blind_text
        self.blind.show_note(self._view.blind_title, text)

    def _build(self, checks: tuple[CheckView, ...], height: float) -> None:
        for old in self.rows.values():
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = {}
        for one in checks:
            row = CheckRow(one.key, height)
            row.pressed.connect(self.pressed)
            self.rows[one.key] = row
            self._lines.addWidget(row)

    def _take_sizes(self) -> None:
        now = theme()
        side = now.px(16)
        self._stack.setContentsMargins(side, now.px(12), side, now.px(12))
        self._stack.setSpacing(now.px(6))
        self._lines.setSpacing(0)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            draw_box(
                painter,
                self.rect(),
                Box(c.surface, c.line, c.line, now.radius("card"), 1),
            )
