"""The second place at the counter: a page of the settings, and a chip that warns."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.ports.health import Action
from ui.feature import Feature
from ui.presenters.frame_state import ChipView
from ui.presenters.place_state import PLACE_CHIP, place_chip

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.presenters.second_place import SecondPlacePresenter
    from ui.screens.settings import SettingsScreen
    from ui.screens.settings_place import PlacePage

_LEADS_HERE = {
    PLACE_CHIP,
    Action.CHOOSE_SECOND_PLACE.value,
    Action.LOOK_AT_SECOND_PLACE.value,
}


class PlaceFlow(Feature):
    """Connects the page with its presenter when the settings are first opened."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._page: PlacePage | None = None
        flow.screens.when_settings_made(self._hear_settings)

    @cached_property
    def presenter(self) -> SecondPlacePresenter:
        """What chooses; made once."""
        from ui.presenters.second_place import SecondPlacePresenter

        made = SecondPlacePresenter(self.flow.work, self.flow.frame, self.flow.runner)
        made.state_changed.connect(self._show_page)
        return made

    @override
    def chips(self) -> tuple[ChipView, ...]:
        chip = place_chip(self.flow.work.upkeep.second_place.report())
        return (chip,) if chip else ()

    @override
    def takes_function(self, key: str) -> bool:
        if key not in _LEADS_HERE:
            return False
        from ui.presenters.settings_state import SettingsPage

        if self.flow.work.counter.desk.session.staff is not None:
            self.flow.go_to_settings()
            self.flow.screens.settings.go_to(SettingsPage.PLACE)
        return True

    @override
    def retranslate(self) -> None:
        self._show_page()

    def _hear_settings(self, settings: SettingsScreen) -> None:
        page, presenter = settings.place, self.presenter
        self._page = page
        page.opened.connect(presenter.begin)
        page.chosen.connect(presenter.on_choose)
        page.stop_asked.connect(presenter.on_stop)
        # The clock of the frame goes on each second: so does the age.
        self.flow.frame.changed.connect(self._show_when_seen)

    def _show_when_seen(self) -> None:
        if self._page is not None and self._page.isVisible():
            self._show_page()

    def _show_page(self) -> None:
        if self._page is not None:
            self._page.show_place(self.presenter.state)
