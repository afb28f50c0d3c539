"""The black box at the counter: reached from the settings by whoever may."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.domain.permission import Permission
from ui.feature import Feature
from ui.keymap import Action

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.presenters.black_box import BlackBoxPresenter
    from ui.screens.black_box import BlackBoxScreen
    from ui.screens.settings import SettingsScreen

_MOVED = {Action.UP: -1, Action.DOWN: 1}


class BlackBoxFlow(Feature):
    """Shows the screen and carries what is asked there."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        flow.screens.when_settings_made(self._hear_settings)

    def _hear_settings(self, settings: SettingsScreen) -> None:
        settings.black_box_pressed.connect(self.open)

    @cached_property
    def presenter(self) -> BlackBoxPresenter:
        """What searches and replays; made once."""
        from ui.presenters.black_box import BlackBoxPresenter

        flow = self.flow
        made = BlackBoxPresenter(
            flow.work, flow.frame, flow.runner, flow.sale.view.ticket
        )
        made.state_changed.connect(flow.render)
        return made

    @cached_property
    def screen(self) -> BlackBoxScreen:
        """The screen; made once, when the black box is first opened."""
        from ui.screens.black_box import BlackBoxScreen

        made = BlackBoxScreen()
        self.flow.window.add(made)
        self._connect(made)
        return made

    def _connect(self, view: BlackBoxScreen) -> None:
        presenter = self.presenter
        view.period_chosen.connect(presenter.on_period_chosen)
        view.group_chosen.connect(presenter.on_group_chosen)
        view.person_chosen.connect(presenter.on_person_chosen)
        view.text_edited.connect(presenter.on_text_edited)
        view.entry_picked.connect(presenter.on_selected)
        view.entry_moved.connect(presenter.on_moved)
        view.more_wanted.connect(presenter.on_more)
        view.replay.stepped.connect(presenter.on_step)
        view.replay.export_pressed.connect(presenter.on_export)
        view.top_tab_selected.connect(self._on_tab)
        view.closed.connect(self.flow.go_to_settings)
        view.status_bar.chip_pressed.connect(self.flow.on_chip)
        view.top_bar.lock_pressed.connect(self.flow.lock)

    def _on_tab(self, key: str) -> None:
        self.flow.features.on_tab(key)

    @property
    @override
    def is_shown(self) -> bool:
        shown = self.flow.window.screen_shown
        return self.has_made("screen") and shown is self.screen

    @override
    def open(self) -> None:
        staff = self.flow.work.counter.desk.session.staff
        if staff is None or not staff.may(Permission.BLACK_BOX):
            return
        self.flow.window.show_screen(self.screen)
        self.screen.setFocus()
        self.presenter.begin()

    @override
    def show(self) -> None:
        self.screen.show_state(self.presenter.state)

    @override
    def takes_action(self, action: Action) -> bool:
        if not self.is_shown:
            return False
        if action is Action.ESCAPE:
            self.flow.go_to_settings()
            return True
        if action in _MOVED:
            self.presenter.on_moved(_MOVED[action])
            return True
        return False
