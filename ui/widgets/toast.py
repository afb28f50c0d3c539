"""Says what happened and offers to undo it for some seconds."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.presenters.frame_state import ToastView
from ui.theme.fonts import BOLD, font
from ui.theme.host import theme
from ui.widgets.drawing import (
    RIGHT,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    text_width,
)


class Toast(QWidget):
    """Lies over the ticket; the owner places it with `place`."""

    undo_pressed = Signal()
    """The undo key of the toast was pressed."""

    def __init__(self, parent: QWidget, object_name: str = "toast") -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view: ToastView | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def show_toast(self, view: ToastView | None) -> None:
        """Show a toast; the same one is shown once, None takes it away."""
        if view is None:
            self._view = None
            self._timer.stop()
            self.hide()
            return
        if self._view is not None and view.serial == self._view.serial:
            return
        self._view = view
        self.setAccessibleName(view.text)
        self._timer.start(view.seconds * 1000)
        self.show()
        self.raise_()
        self.update()

    def place(self, left: int, bottom: int, width: int) -> None:
        """Stand on `bottom`, `width` pixels wide, at `left` of the parent."""
        height = theme().px(52)
        self.setGeometry(left, bottom - height, width, height)

    def undo_area(self) -> QRect:
        """Return where a touch undoes: the right end, as high as the toast."""
        view = self._view
        if view is None or not view.action:
            return QRect()
        width = text_width(self._undo_words(view), font(theme(), "label", BOLD))
        width += theme().px(32)
        return QRect(self.width() - width, 0, width, self.height())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Undo, when the touch was on the undo words."""
        if self.undo_area().contains(event.position().toPoint()):
            self.hide()
            self.undo_pressed.emit()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the touch from what lies below."""
        event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dark bar, the words and the undo."""
        del event
        view = self._view
        if view is None:
            return
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            fill_round(painter, self.rect(), now.radius("card"), c.notice)
            edge = now.px(22)
            mark = QRect(now.px(16), 0, edge, self.height())
            draw_icon(painter, "check-circle-fill", c.onnotice, mark)
            undo = self.undo_area()
            words = QRect(
                now.px(48), 0, self.width() - undo.width() - now.px(56), self.height()
            )
            used = font(now, "body")
            shown = elided(view.text, used, words.width())
            draw_text(painter, words, shown, (used, c.onnotice))
            if view.action:
                strong = (font(now, "label", BOLD), c.onnoticeaction)
                area = undo.adjusted(0, 0, -now.px(16), 0)
                draw_text(painter, area, self._undo_words(view), strong, RIGHT)

    def _undo_words(self, view: ToastView) -> str:
        return f"{view.action} {view.key}".strip()
