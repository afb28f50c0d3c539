"""The doctor at the counter: a page of the settings, and the ways to what mends it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.ports.health import Action
from pos_app.ports.printing import PrintJobState
from ui.feature import Feature

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.presenters.doctor import DoctorPresenter
    from ui.screens.settings import SettingsScreen
    from ui.screens.settings_doctor import DoctorPage

#: Pages of the manual that say what only a person can do.
_PAGES = {
    Action.RESTORE_BACKUP: "restore",
    Action.UPDATE_PROGRAM: "update",
    Action.PROTECT_MACHINE: "safety",
}


class DoctorFlow(Feature):
    """Connects the page with its presenter when the settings are first opened."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._page: DoctorPage | None = None
        flow.screens.when_settings_made(self._hear_settings)

    @cached_property
    def presenter(self) -> DoctorPresenter:
        """What examines; made once."""
        from ui.presenters.doctor import DoctorPresenter

        made = DoctorPresenter(self.flow.work, self.flow.frame, self.flow.runner)
        made.state_changed.connect(self._show_page)
        made.elsewhere.connect(self._go_elsewhere)
        return made

    def _hear_settings(self, settings: SettingsScreen) -> None:
        page, presenter = settings.doctor, self.presenter
        self._page = page
        page.opened.connect(presenter.begin)
        page.examine_asked.connect(presenter.on_examine)
        page.bundle_asked.connect(presenter.on_bundle)
        page.action_pressed.connect(presenter.on_action)

    def _show_page(self) -> None:
        if self._page is not None:
            self._page.show_doctor(self.presenter.state)

    @override
    def retranslate(self) -> None:
        self._show_page()

    def _go_elsewhere(self, value: str) -> None:
        """Lead to where the action is done."""
        action, flow = Action(value), self.flow
        if action in _PAGES:
            flow.features.manual.open_page(_PAGES[action])
        elif action is Action.SET_CLOCK and flow.work.counter.desk.clock.is_suspect:
            flow.dialogs.ask_clock()
        elif action is Action.SET_CLOCK:
            self.presenter.begin()
        elif action is Action.LOOK_AT_PRINTER:
            self._look_at_printer()
        elif action is Action.LOOK_AT_DEVICES:
            flow.features.hardware.open_troubled()
        else:
            flow.features.takes_function(action.value)

    def _look_at_printer(self) -> None:
        """Ask about a slip whose end nobody saw; else show the printer's page."""
        jobs = self.flow.work.counter.desk.ledger.open_print_jobs()
        if any(job.state is PrintJobState.UNKNOWN for job in jobs):
            self.flow.dialogs.ask_unknown_job()
        else:
            self.flow.features.hardware.open_page()
