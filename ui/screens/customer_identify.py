"""A screen's number, so large that it is seen from the other side of the counter."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.theme.fonts import BOLD, sized_font
from ui.theme.host import theme
from ui.theme.palette import qcolor
from ui.widgets.drawing import CENTER, draw_text


class IdentifyWindow(QWidget):
    """Shows one number on a whole screen; takes neither focus nor keys.

    Args:
        number: of the screen, from 1.
    """

    def __init__(self, number: int) -> None:
        super().__init__(
            None,
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.number = number
        self.setObjectName(f"customerIdentify{number}")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def cover(self, area: QRect) -> None:
        """Fill a screen."""
        screen = QGuiApplication.screenAt(area.center())
        if screen is not None:  # Wayland places a window by its screen alone
            self.setScreen(screen)
        self.setGeometry(area)
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.setVisible(True)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the number as high as half the screen."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), qcolor(c.primary))
            pixels = max(40, min(self.width(), self.height()) // 2)
            used = sized_font(now.language, pixels, BOLD)
            draw_text(
                painter, self.rect(), str(self.number), (used, c.onprimary), CENTER
            )
