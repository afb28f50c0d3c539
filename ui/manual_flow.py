"""The manual at the counter: F1, and F1 again, helps with what is on the screen."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.i18n import _
from ui.feature import Feature
from ui.keymap import Action
from ui.presenters.frame_state import KeyHint

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget  # noqa: TID251 - a type only

    from ui.presenters.manual import ManualPresenter
    from ui.screens.manual import ManualScreen

_MOVED = {Action.UP: -1, Action.DOWN: 1}
#: Names of the screens, as the pages of the manual call them.
SCREENS = {
    "signOnScreen": "sign_on",
    "saleScreen": "sale",
    "paymentScreen": "payment",
    "paymentDoneScreen": "done",
    "settingsScreen": "settings",
    "shiftScreen": "shift",
    "reportScreen": "reports",
    "blackBoxScreen": "black_box",
    "backOfficeScreen": "office",
}


class ManualFlow(Feature):
    """Remembers where one came from and goes back there."""

    came_from: QWidget | None = None

    @cached_property
    def presenter(self) -> ManualPresenter:
        """What reads and finds; made once."""
        from ui.presenters.manual import ManualPresenter

        made = ManualPresenter()
        made.changed.connect(self.flow.render)
        return made

    @cached_property
    def screen(self) -> ManualScreen:
        """The screen; made once, when somebody first asks for help."""
        from ui.screens.manual import ManualScreen

        made, presenter = ManualScreen(), self.presenter
        self.flow.window.add(made)
        made.typed.connect(presenter.on_typed)
        made.search_left.connect(self._on_search_left)
        made.moved.connect(presenter.on_moved)
        made.linked.connect(presenter.on_chosen)
        made.list.chosen.connect(presenter.on_chosen)
        made.closed.connect(self.go_back)
        made.top_bar.tab_selected.connect(self.flow.features.on_tab)
        made.top_bar.lock_pressed.connect(self.flow.lock)
        made.top_bar.cashier_pressed.connect(self.flow.lock)
        made.status_bar.chip_pressed.connect(self.flow.on_chip)
        return made

    @property
    @override
    def is_shown(self) -> bool:
        shown = self.flow.window.screen_shown
        return self.has_made("screen") and shown is self.screen

    def open_for_screen(self) -> None:
        """Show the page that helps with what is on the screen."""
        if self.is_shown or self.flow.payment.is_waiting:
            return
        name = self.name_of_screen()
        self.came_from = self.flow.window.screen_shown
        self.flow.window.show_screen(self.screen)
        self.presenter.begin(name)
        self.screen.search.show_text("")

    def open_page(self, key: str) -> None:
        """Show a page by its key."""
        self.open_for_screen()
        self.presenter.on_chosen(key)

    def name_of_screen(self) -> str:
        """Return what the pages call what is on the screen."""
        flow = self.flow
        for feature in flow.features.all:
            if feature.is_shown and feature.manual_name():
                return feature.manual_name()
        shown = flow.window.screen_shown
        name = shown.objectName() if shown is not None else ""
        if flow.screens.are_settings_shown:
            return f"settings_{flow.screens.settings.page_shown.value}"
        return SCREENS.get(name, name)

    def go_back(self) -> None:
        """Return to where one came from; what was typed there is still there."""
        to, self.came_from = self.came_from, None
        if to is None or self.flow.work.counter.desk.session.staff is None:
            self.flow.go_to_sale()
            return
        self.flow.window.show_screen(to)
        self.flow.render()

    @override
    def leave(self) -> None:
        if self.is_shown:
            self.go_back()

    @override
    def show(self) -> None:
        frame = self.flow.frame.state((KeyHint("Esc", _("Back")),), tab="")
        self.screen.show_state(frame, self.presenter.state)

    @override
    def retranslate(self) -> None:
        if self.has_made("screen"):
            self.presenter.retranslate()
            self.screen.retranslate()

    def _on_search_left(self) -> None:
        if not self.presenter.on_left():
            self.go_back()
        else:
            self.screen.setFocus()

    @override
    def takes_action(self, action: Action) -> bool:
        if not self.is_shown:
            return False
        if action is Action.ESCAPE:
            self._on_search_left()
        elif action is Action.FIND:
            self.screen.search.start()
        elif action in _MOVED:
            self.presenter.on_moved(_MOVED[action])
        else:
            return False
        return True
