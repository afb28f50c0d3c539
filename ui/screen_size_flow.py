"""The size of the screen in the settings: measured with a card, or forgotten."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ui.feature import Feature

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.dialogs.screen_measure import ScreenMeasureDialog
    from ui.screens.settings import SettingsScreen

_SETTING = "screen_um_per_px"


class ScreenSizeFlow(Feature):
    """Connects the page of the look with the dialog of the card."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        flow.screens.when_settings_made(self._hear_settings)

    @cached_property
    def dialog(self) -> ScreenMeasureDialog:
        """The dialog, made when it is first asked for."""
        from ui.dialogs.screen_measure import ScreenMeasureDialog

        made = ScreenMeasureDialog(self.flow.window)
        made.taken.connect(self._on_taken)
        self.flow.dialogs.own(made)
        return made

    def _hear_settings(self, settings: SettingsScreen) -> None:
        settings.look.measure_pressed.connect(self._on_measure)
        settings.look.forget_pressed.connect(self._on_forget)

    def _on_measure(self) -> None:
        now = self.flow.work.counter.desk.settings.current
        self.dialog.ask(now.screen_um_per_px)

    def _on_taken(self, um: int) -> None:
        self.flow.settings.on_setting_changed(_SETTING, um)

    def _on_forget(self) -> None:
        self.flow.settings.on_setting_changed(_SETTING, 0)
