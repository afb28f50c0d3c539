"""Shows what the pad has typed so far. Not a text field: it takes no focus."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from typing_extensions import override

from pos_app.i18n import _
from ui.theme.fonts import BOLD, REGULAR, free_font, metrics
from ui.theme.host import theme
from ui.widgets.drawing import (
    RIGHT,
    Box,
    brush,
    draw_box,
    draw_text,
    elided,
    text_width,
)
from ui.widgets.text_fit import fit_label, line_height
from ui.widgets.themed import ThemedWidget


@dataclass(frozen=True, slots=True)
class EntryFace:
    """What the entry line shows.

    Attributes:
        hint: what may be typed ("数量 × 条码 / 货号").
        text: what was typed ("3 ×").
        is_masked: shows dots, for a PIN.
        problem: one sentence that takes the hint's place; "" for none.
        is_active: shows the caret even while empty.
        is_resting: the pad types elsewhere: no caret, a calm border.
    """

    hint: str = ""
    text: str = ""
    is_masked: bool = False
    problem: str = ""
    is_active: bool = False
    is_resting: bool = False


class EntryLine(ThemedWidget):
    """Hint on the left, entry on the right, a caret while something is typed."""

    pressed = Signal()
    """Somebody touched the entry line."""

    def __init__(self, object_name: str = "entryLine") -> None:
        super().__init__(object_name)
        self._face = EntryFace()

    @property
    def face(self) -> EntryFace:
        """What is shown."""
        return self._face

    def show_entry(self, face: EntryFace) -> None:
        """Show another entry."""
        self.setAccessibleName(face.problem or face.hint or _("What is typed"))
        if face != self._face:
            self._face = face
            typed = "•" * len(face.text) if face.is_masked else face.text
            self.setAccessibleDescription(typed)
            self.update()

    @override
    def design_height(self) -> float:
        """Return the profile's height of the entry line."""
        return theme().profile.entry_height

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, hint, entry and caret."""
        del event
        now, c, face = theme(), theme().colours, self._face
        with QPainter(self) as painter:
            is_typing = face.is_active or bool(face.text and not face.is_resting)
            border = c.primary if is_typing else c.linestrong
            border = c.danger if face.problem else border
            width = 2 if is_typing or face.problem else 1
            box = Box(
                c.surface,
                border,
                border,
                now.radius("button"),
                now.px(width),
                now.px(width),
            )
            draw_box(painter, self.rect(), box)
            inner = self.rect().adjusted(now.px(16), 0, -now.px(14), 0)
            room = self._paint_text(painter, inner)
            self._paint_hint(painter, QRect(inner.x(), 0, room, self.height()))

    def _paint_hint(self, painter: QPainter, area: QRect) -> None:
        """Paint what is wanted or wrong; in two lines where one is too long."""
        now, c, face = theme(), theme().colours, self._face
        words, ink = face.problem or face.hint, c.danger if face.problem else c.ink3
        room = (area.width(), area.width(), area.height() - now.px(6))
        fit = fit_label(now, words, now.text_px("cap"), REGULAR, room)
        line = line_height(fit.font)
        top = (area.height() - fit.height) // 2
        for index, part in enumerate(fit.lines):
            row = QRect(area.x(), top + index * line, area.width(), line)
            shown = elided(part, fit.font, area.width())
            draw_text(painter, row, shown, (fit.font, ink))

    def _paint_text(self, painter: QPainter, inner: QRect) -> int:
        """Paint entry and caret; return the width left for the hint."""
        now, c, face = theme(), theme().colours, self._face
        used = free_font(now, 22, BOLD)
        text = "●" * len(face.text) if face.is_masked else face.text
        caret = now.px(4)
        if face.is_active or (text and not face.is_resting):
            height = metrics(used).height()
            top = inner.center().y() - height // 2
            painter.fillRect(
                inner.right(), top, max(2, now.px(2)), height, brush(c.primary)
            )
        area = inner.adjusted(0, 0, -caret, 0)
        while text and text_width(text, used) > area.width():
            text = text[1:]
        draw_text(painter, area, text, (used, c.ink), RIGHT)
        return inner.width() - text_width(text, used) - now.px(20)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say that the line was touched."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()
