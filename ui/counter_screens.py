"""The screens of the counter, made once and kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from ui.main_window import MainWindow
from ui.screens.payment import PaymentScreen
from ui.screens.payment_done import PaymentDoneScreen
from ui.screens.sale import SaleScreen
from ui.screens.sign_on import SignOnScreen

if TYPE_CHECKING:
    from ui.screens.settings import SettingsScreen


class CounterScreens:
    """Holds the screens and puts them into the window's stack."""

    def __init__(self, window: MainWindow) -> None:
        self.sign_on = SignOnScreen()
        self.sale = SaleScreen()
        self.payment = PaymentScreen()
        self.done = PaymentDoneScreen()
        self._window = window
        self._on_settings: list[Callable[[SettingsScreen], None]] = []
        for screen in (
            self.sign_on,
            self.sale,
            self.payment,
            self.done,
        ):
            window.add(screen)

    @cached_property
    def settings(self) -> SettingsScreen:
        """The settings; imported and made when somebody first opens them."""
        from ui.screens.settings import SettingsScreen

        made = SettingsScreen()
        self._window.add(made)
        for connect in self._on_settings:
            connect(made)
        return made

    def when_settings_made(self, connect: Callable[[SettingsScreen], None]) -> None:
        """Hear what is pressed in the settings, once they are made."""
        self._on_settings.append(connect)

    @property
    def are_settings_shown(self) -> bool:
        """Tell whether the settings are on show."""
        shown = self._window.screen_shown
        return "settings" in self.__dict__ and shown is self.settings

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
