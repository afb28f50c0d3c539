"""A line of a check: mark and words on the left, a note or a key on the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.presenters.frame_state import Tone
from ui.presenters.shift_state import CheckView
from ui.theme.fonts import REGULAR, SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.drawing import (
    RIGHT,
    draw_icon,
    draw_text,
    elided,
    hairline,
    text_width,
)
from ui.widgets.text_fit import fit_label, line_height
from ui.widgets.themed import ThemedWidget


class CheckRow(ThemedWidget):
    """Paints the line; its key is there only where something can be done."""

    pressed = Signal(str)
    """The key was pressed; the line's key."""

    def __init__(self, key: str, height: float, parent: QWidget | None = None) -> None:
        super().__init__(f"check_{key}", parent)
        self._key, self._height = key, height
        self._view = CheckView(key, "")
        face = ButtonFace(arrangement=Arrangement.ROW)
        self.action = ActionButton(f"checkAction_{key}", face, self)
        self.action.clicked.connect(self._on_clicked)
        self.action.hide()

    def show_check(self, view: CheckView) -> None:
        """Show other words."""
        if view == self._view:
            return
        self._view = view
        self.setAccessibleName(" ".join(x for x in (view.text, view.note) if x))
        self.action.retitle(view.action)
        self.action.setVisible(bool(view.action))
        self._arrange()
        self.updateGeometry()
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height; a key needs a finger's."""
        return max(self._height, 54) if self._view.action else self._height

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key at the right end."""
        super().resizeEvent(event)
        self._arrange()

    @override
    def on_theme_changed(self) -> None:
        """Arrange anew at other sizes."""
        super().on_theme_changed()
        self._arrange()

    def _action_width(self) -> int:
        if not self._view.action:
            return 0
        words = text_width(self._view.action, font(theme(), "label", SEMIBOLD))
        return min(words + theme().px(30), self.width() // 2)

    def _arrange(self) -> None:
        width, height = self._action_width(), theme().px(48)
        top = (self.height() - height) // 2
        self.action.setGeometry(self.width() - width, top, width, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark, words and note."""
        del event
        now, c, view = theme(), theme().colours, self._view
        with QPainter(self) as painter:
            hairline(painter, QRect(0, 0, self.width(), 1), c.line)
            inks = {Tone.GOOD: c.primaryink, Tone.WARN: c.warnicon, Tone.BAD: c.danger}
            edge = now.px(20)
            mark = QRect(0, 0, edge, self.height())
            draw_icon(painter, view.icon, inks.get(view.tone, c.ink), mark)
            left = now.px(30)
            right = self.width() - self._action_width()
            small = free_font(now, 15, REGULAR)
            plain = font(now, "body")
            words = text_width(view.text, plain)
            room = right - left - now.px(12)
            note = elided(view.note, small, max(room - words, room // 2))
            ink = c.ink2 if view.tone is Tone.GOOD else inks.get(view.tone, c.ink2)
            area = QRect(left, 0, right - left, self.height())
            draw_text(painter, area, note, (small, ink), RIGHT)
            if note:
                room -= text_width(note, small)
            self._paint_words(painter, QRect(left, 0, room, self.height()))

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        now, c = theme(), theme().colours
        room = (area.width(), area.width(), area.height())
        pixels = font(now, "body").pixelSize()
        fit = fit_label(now, self._view.text, pixels, REGULAR, room)
        line = line_height(fit.font)
        top = (area.height() - fit.height) // 2
        for number, part in enumerate(fit.lines):
            row = QRect(area.x(), top + number * line, area.width(), line)
            shown = elided(part, fit.font, area.width())
            draw_text(painter, row, shown, (fit.font, c.ink))

    def _on_clicked(self) -> None:
        self.pressed.emit(self._key)
