"""The window on the customer's screen: no frame, no focus, no keyboard, no mouse keys.

It never becomes the active window, so scanner and keyboard stay the cashier's.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QImage, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.presenters.customer_state import CustomerMode, CustomerState
from ui.theme.host import theme_host
from ui.widgets.customer_amount import CustomerAmount
from ui.widgets.customer_basket import CustomerBasket
from ui.widgets.customer_cards import CustomerCode, CustomerThanks, CustomerTraining
from ui.widgets.customer_idle import CustomerIdle
from ui.widgets.customer_pad import CustomerPad
from ui.widgets.customer_part import CustomerLook, CustomerPart, look_of

_NAME = "customerWindow"
#: The least that one can read; a trial may be made smaller than any screen.
_SMALLEST = QSize(320, 240)


class CustomerWindow(QWidget):
    """Shows one `CustomerState` after the other.

    Args:
        title: for the task bar of a trial.
        is_framed: a trial on the cashier's own screen can be moved and closed.
    """

    closing = Signal()
    """The window is being closed."""

    def __init__(self, title: str, *, is_framed: bool = False) -> None:
        flags = Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus
        if not is_framed:
            flags |= Qt.WindowType.FramelessWindowHint
            flags |= Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags)
        self.setObjectName(_NAME)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # The program ends with the cashier's window.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(_SMALLEST)
        self.basket, self.amount = CustomerBasket(self), CustomerAmount(self)
        self.thanks, self.code = CustomerThanks(self), CustomerCode(self)
        self.idle, self.training = CustomerIdle(self), CustomerTraining(self)
        self.pad = CustomerPad(self)
        self.parts: tuple[CustomerPart, ...] = (
            self.basket,
            self.amount,
            self.thanks,
            self.code,
            self.idle,
            self.training,
            self.pad,
        )
        self.state = CustomerState(CustomerMode.IDLE, "", "en")
        self._look: CustomerLook | None = None
        self._divide()
        theme_host().changed.connect(self._divide)

    @property
    def device_size(self) -> QSize:
        """Return how many pixels of the screen the window has."""
        return self.size() * self.devicePixelRatio()

    def cover(self, area: QRect) -> None:
        """Fill a screen, whatever else is there."""
        screen = QGuiApplication.screenAt(area.center())
        if screen is not None:  # Wayland places a window by its screen alone
            self.setScreen(screen)
        self.setGeometry(area)
        # Not showFullScreen(): that asks for the focus.
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.setVisible(True)

    def show_state(self, state: CustomerState) -> None:
        """Show another state; nothing is painted where nothing differs."""
        if state == self.state:
            return
        before, self.state = self.state, state
        has_strip = bool(state.training)
        if before.language != state.language or bool(before.training) != has_strip:
            self._divide()
        for part in self.parts:
            part.show_state(state)
        self._choose()

    def show_picture(self, image: QImage) -> None:
        """Show an idle picture; a null one shows the shop's name again."""
        image.setDevicePixelRatio(self.devicePixelRatio())
        self.idle.show_picture(image)

    def _divide(self) -> None:
        """Give each part its place and its sizes."""
        has_strip = bool(self.state.training)
        look = look_of(self.size(), self.state.language, has_strip=has_strip)
        if look == self._look:
            return
        self._look = look
        whole = self.rect().adjusted(0, look.strip.height(), 0, 0)
        goods, amount = look.goods, look.amount
        places = (goods, amount, goods, goods, whole, look.strip, goods)
        for part, place in zip(self.parts, places, strict=True):
            part.setGeometry(place)
            part.take_look(look)
        self._choose()

    def _choose(self) -> None:
        """Show the parts that belong to what is going on."""
        mode = self.state.mode
        is_idle, is_done = mode is CustomerMode.IDLE, mode is CustomerMode.DONE
        asks = self.state.ask is not None
        has_code = not asks and not is_idle and self.state.qr is not None
        is_done = is_done and not has_code
        self.idle.setVisible(is_idle)
        self.amount.setVisible(not is_idle)
        self.thanks.setVisible(is_done and not asks)
        self.code.setVisible(has_code)
        is_basket = not (is_idle or is_done or has_code or asks)
        self.basket.setVisible(is_basket)
        self.pad.setVisible(asks)
        self.training.setVisible(bool(self.state.training))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the new size."""
        super().resizeEvent(event)
        self._divide()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so before the window goes."""
        self.closing.emit()
        super().closeEvent(event)
