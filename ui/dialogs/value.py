"""Stored value: figures, keys, one entry; the pad in the pay column types into it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.dialogs.dialog import Dialog, DialogText
from ui.presenters.pad_key import PadKey
from ui.presenters.value_state import ValueState
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.button_grid import ButtonGrid, GridButton
from ui.widgets.entry_line import EntryFace, EntryLine
from ui.widgets.sum_rows import SumRows

_PAD = {*"0123456789", PadKey.D00, PadKey.POINT, PadKey.BACKSPACE, PadKey.CLEAR}
_NAMED = {
    Qt.Key.Key_Backspace: PadKey.BACKSPACE,
    Qt.Key.Key_Delete: PadKey.CLEAR,
    Qt.Key.Key_Return: PadKey.ENTER,
    Qt.Key.Key_Enter: PadKey.ENTER,
}
_EXTRA_KEYS = 2


class ValueDialog(Dialog):
    """Tops up, sells gift cards, shows balances and pays back, step by step."""

    pad_pressed = Signal(str)
    """A key of the pad; the value of its `PadKey`."""
    text_typed = Signal(str)
    """A character of a keyboard that the pad does not have."""
    choice_pressed = Signal(str)
    """A key of the body."""
    key_pressed = Signal(str)
    """A key beside the main one."""
    taken = Signal()
    """The main key."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "valueDialog", "wallet", width=720)
        self.facts = SumRows("valueFacts")
        self.choices_title = DialogText("valueChoicesTitle", "cap", "dim")
        self.choices = ButtonGrid("valueChoice", columns=3, height=56)
        self.entry = EntryLine("valueEntry")
        self.note = DialogText("valueNote", "cap", "dim")
        for part in (
            self.facts,
            self.choices_title,
            self.choices,
            self.entry,
            self.note,
        ):
            self.body.addWidget(part)
        row = Arrangement.ROW
        self.extra = tuple(
            ActionButton(f"valueKey{number}", ButtonFace(arrangement=row))
            for number in range(_EXTRA_KEYS)
        )
        self._extra_keys: tuple[str, ...] = ()
        self.take = ActionButton(
            "valueTake",
            ButtonFace(icon="check", kind=Kind.PRIMARY, arrangement=row, hint="Enter"),
        )
        for key in self.extra:
            self.key_row.addWidget(key, 2)
        self.key_row.addWidget(self.take, 3)
        for number, key in enumerate(self.extra):
            key.set_size(64)
            key.clicked.connect(lambda at=number: self._on_extra(at))
        self.take.set_size(64)
        self.choices.pressed.connect(self.choice_pressed)
        self.take.clicked.connect(self._on_take)

    def show_state(self, state: ValueState) -> None:
        """Show a step."""
        self._icon = state.icon
        self.title.setText(state.title)
        self.facts.show_rows(tuple((x.title, x.value) for x in state.facts))
        self.choices_title.setText(state.choices_title)
        self.choices_title.setVisible(bool(state.choices_title and state.choices))
        self.choices.setVisible(bool(state.choices))
        self.choices.show_buttons(
            tuple(
                GridButton(
                    one.key,
                    ButtonFace(one.title, one.detail, one.icon),
                    is_selected=one.is_selected,
                )
                for one in state.choices
            )
        )
        self.entry.setVisible(state.has_entry)
        face = EntryFace(
            state.entry_hint, state.entry_text, problem=state.problem, is_active=True
        )
        self.entry.show_entry(face)
        self.note.setText(state.note)
        self.note.setVisible(bool(state.note))
        self._show_keys(state)
        self.take_sizes()

    def _show_keys(self, state: ValueState) -> None:
        self._extra_keys = tuple(key.key for key in state.keys)
        for number, button in enumerate(self.extra):
            is_there = number < len(state.keys)
            button.setVisible(is_there)
            if is_there:
                one = state.keys[number]
                row = Arrangement.ROW
                button.set_face(ButtonFace(one.title, icon=one.icon, arrangement=row))
        self.take.setVisible(bool(state.take))
        self.take.retitle(state.take)
        self.take.set_available(not state.blocked, state.blocked)

    def _on_extra(self, number: int) -> None:
        if number < len(self._extra_keys):
            self.key_pressed.emit(self._extra_keys[number])

    @override
    def press(self, key: str) -> None:
        """Take a key of the pad."""
        if key == PadKey.ENTER:
            self._on_take()
        elif key in _PAD:
            self.pad_pressed.emit(key)

    def _on_take(self) -> None:
        if self.take.isVisible() and self.take.isEnabled():
            self.taken.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what is typed on a keyboard: amounts, and codes with letters."""
        for key, pad_key in _NAMED.items():
            if event.key() == key:
                self.press(pad_key.value)
                return
        text = event.text()
        if text and text in "0123456789.":
            self.press(text)
        elif text and text.isprintable() and text.isascii():
            self.text_typed.emit(text)
        else:
            super().keyPressEvent(event)
