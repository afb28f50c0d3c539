"""The settings page of the customer's display and the sounds, and what it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.i18n import _
from pos_app.ports.sounds import Sound
from ui.presenters.frame_state import Tone

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.customer_flow import CustomerFlow
    from ui.screens.settings import SettingsScreen
    from ui.screens.settings_customer import CustomerPage


class CustomerPageFlow(QObject):
    """Connects the page when the settings are first opened.

    Args:
        flow: the counter.
        display: the customer's display.
    """

    def __init__(self, flow: CounterFlow, display: CustomerFlow) -> None:
        super().__init__(flow)
        self._flow, self._display = flow, display
        self._page: CustomerPage | None = None
        flow.screens.when_settings_made(self._hear_settings)
        flow.features.hardware.use_display(display)

    def _hear_settings(self, settings: SettingsScreen) -> None:
        page = self._page = settings.customer
        page.identify_pressed.connect(self._on_identify)
        page.trial_pressed.connect(self._display.trial)
        page.sound_pressed.connect(self._on_sound)
        self._flow.rendered.connect(self._show)
        self._display.screens_changed.connect(self._show)

    def _show(self) -> None:
        if self._page is not None and self._flow.screens.are_settings_shown:
            folder = self._flow.work.customer_pictures
            self._page.show_display(
                self._display.status(),
                self._display.choices(),
                str(folder) if folder else "",
            )

    def _on_identify(self) -> None:
        if not self._display.identify():
            words = _("There is no second screen to show a number on")
            self._flow.frame.say(words, Tone.INFO)

    def _on_sound(self, value: str) -> None:
        if not self._flow.work.sounds.test(Sound(value)):
            words = _("This computer plays no sound files; a problem only beeps")
            self._flow.frame.say(words, Tone.INFO)
