"""A denomination being counted: its name, − n +, and what it makes."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.shift_state import PieceView
from ui.theme.fonts import BOLD, SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace, Kind
from ui.widgets.drawing import (
    CENTER,
    RIGHT,
    Box,
    brush,
    draw_box,
    draw_text,
    hairline,
    text_width,
)
from ui.widgets.themed import ThemedWidget


class PieceRow(ThemedWidget):
    """A touch anywhere gives the pad to this denomination."""

    picked = Signal(str)
    """The pad shall type here; the denomination's key."""
    stepped = Signal(str, int)
    """One piece more or less; the denomination's key and the step."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(f"piece_{key}", parent)
        self._view = PieceView(key, "", 0, "")
        self._height = 62.0
        less = ButtonFace(icon="minus", kind=Kind.GHOST)
        more = ButtonFace(icon="plus", kind=Kind.GHOST)
        self.less = ActionButton(f"less_{key}", less, self)
        self.more = ActionButton(f"more_{key}", more, self)
        self.less.setAutoRepeat(True)
        self.more.setAutoRepeat(True)
        self.less.clicked.connect(self._on_less)
        self.more.clicked.connect(self._on_more)

    @property
    def view(self) -> PieceView:
        """What is shown."""
        return self._view

    def show_piece(self, view: PieceView) -> None:
        """Show another number or selection."""
        if view == self._view:
            return
        self._view = view
        self.setAccessibleName(f"{view.name} × {view.count} = {view.amount}")
        less, more = _("One less"), _("One more")
        self.less.setAccessibleName(f"{view.name}: {less}")
        self.more.setAccessibleName(f"{view.name}: {more}")
        self.less.set_available(view.count > 0)
        self.update()

    def set_height(self, height: float) -> None:
        """Be as high as this, in 1366x768 pixels; at least a finger."""
        self._height = height
        self.updateGeometry()

    @override
    def design_height(self) -> float:
        """Return the height that the card gave it."""
        return self._height

    def _name_box(self) -> QRect:
        now = theme()
        width = now.px(60 if now.profile.name == "compact" else 86)
        height = min(now.px(40), self.height() - now.px(12))
        return QRect(now.px(12), (self.height() - height) // 2, width, height)

    def _stepper(self) -> QRect:
        """Return the box of − n +; its keys are as high as a finger."""
        now = theme()
        is_compact = now.profile.name == "compact"
        left = self._name_box().right() + now.px(8 if is_compact else 11)
        width = now.px(148 if is_compact else 184)
        height = min(now.px(50), self.height() - now.px(6))
        return QRect(left, (self.height() - height) // 2, width, height)

    def _side(self) -> int:
        return theme().px(48 if theme().profile.name == "compact" else 57)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep both keys in the box."""
        super().resizeEvent(event)
        self._arrange()

    @override
    def on_theme_changed(self) -> None:
        """Arrange anew at other sizes."""
        super().on_theme_changed()
        self._arrange()

    def _arrange(self) -> None:
        box, side = self._stepper(), self._side()
        high = QRect(box.x(), 0, side, self.height())
        self.less.setGeometry(high)
        self.more.setGeometry(high.translated(box.width() - side, 0))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give the pad to this denomination."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.picked.emit(self._view.key)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint name, stepper and amount."""
        del event
        now, c, view = theme(), theme().colours, self._view
        with QPainter(self) as painter:
            if view.is_selected:
                painter.fillRect(self.rect(), brush(c.sel))
            hairline(painter, QRect(0, self.height() - 1, self.width(), 1), c.line)
            name = self._name_box()
            draw_box(
                painter, name, Box(c.sunken, c.line, c.line, now.radius("chip"), 1)
            )
            style = (_fitted(view.name, 18, name.width() - now.px(8)), c.ink)
            draw_text(painter, name, view.name, style, CENTER)
            self._paint_stepper(painter)
            left = self._stepper().right() + now.px(8)
            area = QRect(left, 0, self.width() - left - now.px(12), self.height())
            used = _fitted(view.amount, 19, area.width())
            ink = c.ink if view.count else c.ink3
            draw_text(painter, area, view.amount, (used, ink), RIGHT)

    def _paint_stepper(self, painter: QPainter) -> None:
        now, c = theme(), theme().colours
        box, side = self._stepper(), self._side()
        draw_box(painter, box, Box(c.surface, c.line, c.line, now.radius("button"), 1))
        for left in (box.x() + side, box.right() - side):
            hairline(painter, QRect(left, box.y(), 1, box.height()), c.line)
        middle = QRect(box.x() + side, box.y(), box.width() - 2 * side, box.height())
        text = str(self._view.count)
        used = font(now, "num", BOLD)
        if text_width(text, used) > middle.width() - now.px(4):
            used = _fitted(text, 15, middle.width() - now.px(4))
        draw_text(painter, middle, text, (used, c.ink), CENTER)

    def _on_less(self) -> None:
        self.stepped.emit(self._view.key, -1)

    def _on_more(self) -> None:
        self.stepped.emit(self._view.key, 1)


def _fitted(text: str, size: float, room: int) -> QFont:
    """Return the font in which a number fits into its place."""
    steps = [free_font(theme(), size * part, SEMIBOLD) for part in (1, 0.85, 0.72)]
    steps[0] = free_font(theme(), size, BOLD)
    fits = [used for used in steps if text_width(text, used) <= room]
    return fits[0] if fits else steps[-1]
