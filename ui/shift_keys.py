"""What is pressed on the shift screen goes to the part that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.keymap import Action
from ui.presenters.pad_key import PadKey
from ui.presenters.shift_result import RECOUNT

if TYPE_CHECKING:
    from ui.presenters.shift_part import ShiftPart
    from ui.screens.shift import ShiftScreen
    from ui.shift_parts import ShiftParts

_TYPED = {Action.ENTER: PadKey.ENTER.value, Action.DELETE: PadKey.CLEAR.value}
_MOVED = {Action.UP: -1, Action.DOWN: 1}


class ShiftKeys(QObject):
    """Listens to the screen; the parts come and go."""

    def __init__(self, shift: ShiftParts) -> None:
        super().__init__(shift)
        self._shift = shift

    def listen(self, screen: ShiftScreen) -> None:
        """Hear what is pressed on the screen."""
        flow = self._shift.flow
        screen.pad_pressed.connect(flow.on_pad)
        screen.main_pressed.connect(self._on_main)
        screen.first_pressed.connect(self._on_first)
        screen.second_pressed.connect(self._on_second)
        screen.entry_pressed.connect(self._on_entry)
        screen.count.picked.connect(self._on_picked)
        screen.count.stepped.connect(self._on_stepped)
        screen.outcome.recount_pressed.connect(self._on_recount)
        screen.outcome.bag_pressed.connect(self._on_field)
        screen.move_page.reference_pressed.connect(self._on_field)
        for source in (
            screen.count.check_pressed,
            screen.menu.pressed,
            screen.move_page.reason_pressed,
            screen.list.pressed,
        ):
            source.connect(self._on_key)
        screen.lock_pressed.connect(flow.lock)
        screen.chip_pressed.connect(flow.on_chip)
        screen.top_tab_selected.connect(self._on_tab)

    @property
    def _part(self) -> ShiftPart:
        return self._shift.part

    def take(self, action: Action) -> bool:
        """Serve a key of the keyboard map; whether it means something here."""
        if action is Action.ESCAPE:
            return self._part.on_escape()
        if action is Action.PAY:
            self._part.on_main()
        elif action in _TYPED:
            self._part.on_pad(_TYPED[action])
        elif action in _MOVED:
            self._part.on_moved(_MOVED[action])
        else:
            return False
        return True

    def _on_tab(self, key: str) -> None:
        self._shift.flow.features.on_tab(key)

    def _on_main(self) -> None:
        self._part.on_main()

    def _on_first(self) -> None:
        self._part.on_first()

    def _on_second(self) -> None:
        self._part.on_second()

    def _on_recount(self) -> None:
        self._part.on_key(RECOUNT)

    def _on_entry(self) -> None:
        self._part.on_entry()

    def _on_field(self) -> None:
        self._part.on_field()

    def _on_key(self, key: str) -> None:
        self._part.on_key(key)

    def _on_picked(self, key: str) -> None:
        self._part.on_picked(key)

    def _on_stepped(self, key: str, step: int) -> None:
        self._part.on_stepped(key, step)
