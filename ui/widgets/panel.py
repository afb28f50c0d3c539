"""A panel: title, close, a body of the owner's making, actions below."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.theme.fonts import BOLD, font, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace, Kind
from ui.widgets.drawing import (
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    hairline,
    text_width,
)
from ui.widgets.text_fit import fit_label, line_height


class Panel(QWidget):
    """A card with a head; replaces column B, or stands in a dialog."""

    closed = Signal()
    """The close key was pressed."""

    def __init__(self, object_name: str, title: str = "", icon: str = "") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._title, self._icon, self._note = title, icon, ""
        self._below = ""
        self.body = QVBoxLayout()
        self.action_row = QHBoxLayout()
        face = ButtonFace(icon="x", kind=Kind.GHOST)
        self._close = ActionButton("panelClose", face, self)
        self._close.clicked.connect(self.closed)
        self._outer = QVBoxLayout(self)
        self._outer.addLayout(self.body, 1)
        self._outer.addLayout(self.action_row)
        self.set_title(title, icon)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def set_title(
        self, title: str, icon: str = "", note: str = "", below: str = ""
    ) -> None:
        """Show another title, icon, a note right of the title, and one below it."""
        self._title, self._icon, self._note = title, icon or self._icon, note
        self._below = below
        self.setAccessibleName(title)
        self._close.setAccessibleName(_("Close"))
        self.update()

    def title_end(self) -> int:
        """Return where the words of the title end, pixels from the left."""
        now = theme()
        icon = now.px(34) if self._icon and not self._below else 0
        used = font(now, "h2")
        return now.px(16) + icon + text_width(self._title, used)

    def set_closable(self, is_closable: bool) -> None:
        """Show or hide the close key."""
        self._close.setVisible(is_closable)

    def add_action(self, button: ActionButton, stretch: int = 1) -> None:
        """Put a button below the body."""
        self.action_row.addWidget(button, stretch)

    def _paint_note(self, painter: QPainter, area: QRect) -> None:
        """Paint the note if all of it fits before the close key."""
        small = font(theme(), "cap")
        room = self.width() - area.x() - self._head()
        if text_width(self._note, small) <= room:
            draw_text(painter, area, self._note, (small, theme().colours.ink3))

    def _paint_long_title(self, painter: QPainter, left: int) -> None:
        """Paint a title that is too long in smaller letters, over two lines at most."""
        now, head = theme(), self._head()
        has_close = self._close.isVisibleTo(self)
        room = self.width() - left - (head if has_close else now.px(12))
        pixels = free_font(now, 18, BOLD).pixelSize()
        fit = fit_label(now, self._title, pixels, BOLD, (room, room, head))
        line = line_height(fit.font)
        top = (head - line * len(fit.lines)) // 2
        for number, words in enumerate(fit.lines):
            place = QRect(left, top + number * line, room, line)
            shown = elided(words, fit.font, room)
            draw_text(painter, place, shown, (fit.font, now.colours.ink))

    def _paint_below(self, painter: QPainter, area: QRect) -> None:
        now = theme()
        sizes = (14, 13, 12, 11)
        fonts = [free_font(now, size) for size in sizes]
        fitting = [x for x in fonts if text_width(self._below, x) <= area.width()]
        used = fitting[0] if fitting else fonts[-1]
        words = elided(self._below, used, area.width())
        place = area.adjusted(0, 0, 0, -now.px(3))
        draw_text(painter, place, words, (used, now.colours.ink3))

    def _head(self) -> int:
        return theme().px(54)

    def _take_sizes(self) -> None:
        now = theme()
        pad = now.px(12)
        self._outer.setContentsMargins(pad, self._head() + pad, pad, pad)
        self._outer.setSpacing(pad)
        self.body.setSpacing(now.px(8))
        self.action_row.setSpacing(now.px(8))
        self._place_close()
        self.update()

    def _place_close(self) -> None:
        edge = self._head() - theme().px(4)
        self._close.setGeometry(
            self.width() - edge - theme().px(4), theme().px(2), edge, edge
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the close key in its corner."""
        del event
        self._place_close()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, title and the line below the head."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = Box(c.surface, c.line, c.line, now.radius("card"), 1)
            draw_box(painter, self.rect(), box)
            left, head = now.px(16), self._head()
            hairline(painter, QRect(1, head, self.width() - 2, 1), c.line)
            if self._icon and not self._below:
                edge = now.px(24)
                draw_icon(painter, self._icon, c.primaryink, QRect(left, 0, edge, head))
                left += edge + now.px(10)
            room = self.width() - left - head
            used = font(now, "h2")
            is_long = text_width(self._title, used) > room
            if is_long and not self._below and not self._note:
                self._paint_long_title(painter, left)
                return
            if self._below and is_long:
                used = free_font(now, 16, BOLD)
            title = elided(self._title, used, room)
            high = head * 3 // 5 if self._below else head
            place = QRect(left, now.px(2) if self._below else 0, room, high)
            draw_text(painter, place, title, (used, c.ink))
            if self._below:
                self._paint_below(painter, QRect(left, high, room, head - high))
            if self._note:
                left += text_width(title, used) + now.px(10)
                self._paint_note(painter, QRect(left, now.px(2), room, head))


def surface(widget: QWidget, kind: str) -> None:
    """Give a plain widget a background of the theme: "bg", "surface", "sunken"."""
    widget.setProperty("surface", kind)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
