"""What a customer agrees to before becoming a member: the words and three switches."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from pos_app.i18n import _
from ui.theme.fonts import free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.drawing import Box, draw_box, draw_text, text_width
from ui.widgets.text_fit import break_points
from ui.widgets.themed import ThemedWidget

#: Two rows of keys: what must be agreed to alone, the rest below it.
_KEYS = 2 * 56


class ConsentCard(ThemedWidget):
    """The words whole, and below them what is agreed to."""

    agreed = Signal()
    """The customer agrees, or not after all."""
    offers_agreed = Signal()
    """Offers may be sent, or not after all."""
    profile_refused = Signal()
    """No groups and suggestions by purchases, or yes after all."""

    def __init__(self) -> None:
        super().__init__("enrolConsent")
        self._text, self._is_wrong = "", False
        row = Arrangement.ROW
        self.agree = ActionButton("enrolAgree", ButtonFace(arrangement=row), self)
        self.offers = ActionButton("enrolOffers", ButtonFace(arrangement=row), self)
        self.profile = ActionButton("enrolProfile", ButtonFace(arrangement=row), self)
        self.agree.clicked.connect(self._on_agree)
        self.profile.clicked.connect(self._on_profile)
        self.offers.clicked.connect(self._on_offers)

    def show_consent(
        self, text: str, stands: tuple[bool, bool, bool], *, is_wrong: bool
    ) -> None:
        """Show the words and how the switches stand: agreed, offers, no profile."""
        self._text, self._is_wrong = text, is_wrong
        keys = (self.agree, self.offers, self.profile)
        said = (
            _("The customer agrees"),
            _("Offers may be sent"),
            _("Not by purchases"),
        )
        for key, words, is_on in zip(keys, said, stands, strict=True):
            icon = "check-circle-fill" if is_on else "check-circle"
            face = ButtonFace(words, icon=icon, arrangement=Arrangement.ROW)
            key.set_face(face)
            key.set_selected(is_on)
        self.setAccessibleName(text)
        self.update()

    def _on_agree(self) -> None:
        self.agree.set_selected(self.agree.isChecked())
        self.agreed.emit()

    def _on_offers(self) -> None:
        self.offers.set_selected(self.offers.isChecked())
        self.offers_agreed.emit()

    def _on_profile(self) -> None:
        self.profile.set_selected(self.profile.isChecked())
        self.profile_refused.emit()

    @override
    def design_height(self) -> float:
        """Return the height: four lines of words, more in a narrow column; the keys."""
        rows = 5 if theme().profile.name == "compact" else 4
        return rows * 20 + 20 + _KEYS

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the keys at the foot."""
        super().resizeEvent(event)
        now = theme()
        gap, high = now.px(8), now.px(48)
        wide = (self.width() - 3 * gap) // 2
        top = self.height() - high - gap
        self.agree.setGeometry(gap, top - high - gap, 2 * wide + gap, high)
        self.offers.setGeometry(gap, top, wide, high)
        self.profile.setGeometry(2 * gap + wide, top, wide, high)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and the words, as many lines as they need."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            border = c.danger if self._is_wrong else c.line
            width = now.px(2) if self._is_wrong else 1
            box = Box(c.sunken, border, border, now.radius("button"), width, width)
            draw_box(painter, self.rect(), box)
            pad = now.px(12)
            room = self.width() - 2 * pad
            high = self.height() - now.px(_KEYS) - pad
            size = 15.0
            used = free_font(now, size)
            lines = wrapped(self._text, room, used)
            while len(lines) * used.pixelSize() * 1.3 > high and size > 11:
                size -= 0.5
                used = free_font(now, size)
                lines = wrapped(self._text, room, used)
            line = round(used.pixelSize() * 1.3)
            for number, words in enumerate(lines):
                row = QRect(pad, now.px(8) + number * line, room, line)
                draw_text(painter, row, words, (used, c.ink))


def wrapped(text: str, room: int, used: QFont) -> list[str]:
    """Break a text into lines of `room` pixels, between words or Han."""
    lines: list[str] = []
    rest = text
    while rest and text_width(rest, used) > room:
        cuts = [at for at in break_points(rest) if text_width(rest[:at], used) <= room]
        cut = cuts[-1] if cuts else len(rest)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*lines, rest] if rest else lines
