"""A frame that is made as large as a bank card held against the screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.theme.fonts import BOLD, font
from ui.theme.host import theme, theme_host
from ui.theme.theme import NARROWEST_UM, WIDEST_UM
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.drawing import CENTER, Box, draw_box, draw_icon, draw_text, fill_round

#: ISO/IEC 7810 ID-1: 85.60 x 53.98 mm.
CARD_WIDE_UM, CARD_HIGH_UM = 85_600, 53_980
#: A tap on + or - changes the width by about as much as one sees.
STEP_PX = 1
_GRIP = 56


class CardMeasure(QWidget):
    """Drag the corner, or press + and -; says how wide a pixel is."""

    measured = Signal(int)
    """Somebody changed the frame: micrometres of a pixel."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cardMeasure")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(10, 10)
        self._width_px = 338
        self._grip_at: QPoint | None = None
        self._is_dragging = False
        row = Arrangement.ROW
        self.smaller = ActionButton(
            "cardSmaller", ButtonFace(icon="minus", arrangement=row), self
        )
        self.larger = ActionButton(
            "cardLarger", ButtonFace(icon="plus", arrangement=row), self
        )
        for key, step in ((self.smaller, -STEP_PX), (self.larger, STEP_PX)):
            key.setAutoRepeat(True)
            key.setProperty("step", step)
            key.clicked.connect(self._on_key)
        theme_host().changed.connect(self._arrange)

    @property
    def um_per_px(self) -> int:
        """How wide a pixel is by the frame, micrometres."""
        return round(CARD_WIDE_UM / self._width_px)

    def show_measure(self, um_per_px: int) -> None:
        """Show the frame of a measure, unless somebody is dragging it."""
        self.smaller.setAccessibleName(_("Smaller"))
        self.larger.setAccessibleName(_("Larger"))
        self.setAccessibleName(_("Frame of a bank card"))
        if not self._is_dragging and um_per_px and um_per_px != self.um_per_px:
            self._width_px = round(CARD_WIDE_UM / um_per_px)
            self.update()

    def frame(self) -> QRect:
        """Return the frame, in the middle above the keys."""
        wide = self._width_px
        high = round(wide * CARD_HIGH_UM / CARD_WIDE_UM)
        room = self.height() - theme().px(76)
        left, top = (self.width() - wide) // 2, (room - high) // 2
        return QRect(left, max(top, theme().px(8)), wide, high)

    def _resize(self, wide: int) -> None:
        most = min(self.width() - theme().px(24), CARD_WIDE_UM // NARROWEST_UM)
        room = self.height() - theme().px(84)
        most = min(most, max(200, room * CARD_WIDE_UM // CARD_HIGH_UM))
        least = -(-CARD_WIDE_UM // WIDEST_UM)
        kept = max(least, min(wide, most))
        if kept != self._width_px:
            self._width_px = kept
            self.measured.emit(self.um_per_px)
            self.update()

    def _on_key(self) -> None:
        sender = self.sender()
        assert isinstance(sender, ActionButton)
        self._resize(self._width_px + int(sender.property("step")))

    def _grip(self) -> QRect:
        edge = theme().px(_GRIP)
        grip = QRect(0, 0, edge, edge)
        grip.moveCenter(self.frame().bottomRight())
        return grip

    def _arrange(self) -> None:
        edge, gap = theme().px(52), theme().px(12)
        top = self.height() - edge - theme().px(16)
        middle = self.width() // 2
        self.smaller.setGeometry(middle - edge - gap // 2, top, edge, edge)
        self.larger.setGeometry(middle + gap // 2, top, edge, edge)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return room for the card of an ordinary screen."""
        return QSize(theme().px(460), theme().px(420))

    @override
    def resizeEvent(self, event: object) -> None:
        """Keep the keys at the bottom."""
        del event
        self._arrange()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the corner; anywhere near it will do."""
        reach = self._grip().adjusted(-16, -16, 16, 16)
        self._is_dragging = reach.contains(event.position().toPoint())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the frame follow; it grows from its middle to both sides."""
        if self._is_dragging:
            self._resize(2 * (round(event.position().x()) - self.width() // 2))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the corner go."""
        del event
        self._is_dragging = False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the frame with + and - or the arrows."""
        grows = {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Right, Qt.Key.Key_Up}
        shrinks = {Qt.Key.Key_Minus, Qt.Key.Key_Left, Qt.Key.Key_Down}
        if event.key() in grows:
            self._resize(self._width_px + STEP_PX)
        elif event.key() in shrinks:
            self._resize(self._width_px - STEP_PX)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, its size, and the corner to drag."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            draw_box(
                painter,
                self.rect(),
                Box(c.sunken, c.line, c.line, now.radius("card"), 1),
            )
            frame, wide = self.frame(), now.px(3)
            card = Box(
                c.primarysoft, c.primary, c.primary, now.radius("card"), wide, wide
            )
            draw_box(painter, frame, card)
            high = now.px(60)
            block = QRect(frame.x(), frame.center().y() - high, frame.width(), high)
            draw_icon(painter, "credit-card", c.primaryink, block)
            words = QRect(
                frame.x(), frame.center().y() + now.px(8), frame.width(), now.px(30)
            )
            text = _("85.6 × 54.0 mm")
            draw_text(
                painter, words, text, (font(now, "name", BOLD), c.primaryink), CENTER
            )
            grip = self._grip()
            fill_round(painter, grip, grip.width() / 2, c.primary)
            pad = now.px(16)
            draw_icon(
                painter, "arrows-out", c.onprimary, grip.adjusted(pad, pad, -pad, -pad)
            )
