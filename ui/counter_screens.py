"""The screens of the counter, made once and kept."""

from __future__ import annotations

from ui.main_window import MainWindow
from ui.screens.payment import PaymentScreen
from ui.screens.payment_done import PaymentDoneScreen
from ui.screens.sale import SaleScreen
from ui.screens.settings import SettingsScreen
from ui.screens.sign_on import SignOnScreen


class CounterScreens:
    """Holds the screens and puts them into the window's stack."""

    def __init__(self, window: MainWindow) -> None:
        self.sign_on = SignOnScreen()
        self.sale = SaleScreen()
        self.payment = PaymentScreen()
        self.done = PaymentDoneScreen()
        self.settings = SettingsScreen()
        for screen in (
            self.sign_on,
            self.sale,
            self.payment,
            self.done,
            self.settings,
        ):
            window.add(screen)

    def use_phone_order(self, *, is_on: bool) -> None:
        """Lay every pad out as a telephone's, or as a number pad."""
        for screen in (self.sale, self.payment, self.done):
            screen.pay.keypad.use_phone_order(is_on=is_on)

    def retranslate(self) -> None:
        """Read all words anew."""
        self.sign_on.retranslate()
        self.sale.retranslate()
        self.payment.retranslate()
        self.done.retranslate()
