"""A key for what cannot be undone: hold it a second, or press it twice by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.theme.host import theme
from ui.theme.palette import qcolor
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.button_paint import paint_face

HOLD_MS = 1000
_TICK_MS = 30


class HoldButton(ActionButton):
    """Fills from the left while it is held; a short touch only says how."""

    held = Signal()
    """It was held to the end, or confirmed by the second key press."""

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        face = ButtonFace(
            icon="trash",
            kind=Kind.DANGER_SOLID,
            arrangement=Arrangement.ROW,
        )
        super().__init__(object_name, face, parent)
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._is_armed = False
        self.set_size(64)

    def offer(self, title: str) -> None:
        """Show what it will do, amount included."""
        self._is_armed = False
        self.retitle(title, _("Hold for 1 second"))

    def _on_tick(self) -> None:
        if self._since.elapsed() >= HOLD_MS:
            self._stop()
            self.held.emit()
        self.update()

    def _stop(self) -> None:
        self._timer.stop()
        self.setDown(False)
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to fill."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.isEnabled():
            self._since.start()
            self._timer.start()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Forget a touch that was too short."""
        super().mouseReleaseEvent(event)
        self._stop()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arm with the first press, confirm with the second."""
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if event.key() not in keys or event.isAutoRepeat():
            super().keyPressEvent(event)
            return
        if self._is_armed:
            self._is_armed = False
            self.held.emit()
            return
        self._is_armed = True
        self.retitle(self.face.title, _("Press again to confirm"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and over it how far the second has come."""
        super().paintEvent(event)
        if not self._timer.isActive():
            return
        shape = self.shape()
        part = min(self._since.elapsed(), HOLD_MS) * shape.width() // HOLD_MS
        with QPainter(self) as painter:
            clip = QPainterPath()
            radius = theme().radius("button")
            clip.addRoundedRect(shape, radius, radius)
            painter.setClipPath(clip)
            done = QRect(shape.x(), shape.y(), part, shape.height())
            painter.fillRect(done, qcolor(theme().colours.dangerdown))
            paint_face(painter, shape, self.shown_face(), self.colours())
