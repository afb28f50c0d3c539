"""Dialogs in which something is entered: a weight on the pad, a note by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.presenters.pad_key import PadKey
from ui.theme.fonts import font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.entry_line import EntryFace, EntryLine

#: Kilograms to the gram: three decimals (the quantity's own limit).
_DECIMALS, _WHOLE = 3, 4
NOTE_LIMIT = 60


def _save_key(name: str) -> ActionButton:
    face = ButtonFace(
        icon="check", kind=Kind.PRIMARY, arrangement=Arrangement.ROW, hint="Enter"
    )
    key = ActionButton(name, face)
    key.set_size(68)
    return key


class WeightDialog(Dialog):
    """The weight of goods without a label, typed on the pad."""

    weighed = Signal(str)
    """The weight in kilograms, as typed: "0.382"."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "weightDialog", "scales", width=560)
        self.what = DialogText("weightWhat")
        self.entry = EntryLine("weightEntry")
        self.take = _save_key("weightTake")
        self.body.addWidget(self.what)
        self.body.addWidget(self.entry)
        self.key_row.addWidget(self.take)
        self.take.clicked.connect(self._on_take)
        self._text = ""

    def ask(self, name: str, price: str) -> None:
        """Open for an item; `price` is what a kilogram costs, in words."""
        self._text = ""
        self.title.setText(_("How heavy?"))
        self.what.setText(_("{name} · {price} per kg", name=name, price=price))
        self._show()
        self.open()

    def show_problem(self, words: str) -> None:
        """Say why the weight was refused, and open again."""
        self._show(words)
        self.open()

    @override
    def press(self, key: str) -> None:
        """Take a key of the pad."""
        if key == PadKey.ENTER:
            self._on_take()
        elif key == PadKey.BACKSPACE:
            self._text = self._text[:-1]
        elif key == PadKey.CLEAR:
            self._text = ""
        elif key in {*"0123456789", PadKey.D00, PadKey.POINT}:
            self._type(key)
        self._show()

    def _type(self, key: str) -> None:
        text = self._text + key
        text = f"0{text}" if text.startswith(".") else text
        whole, _point, decimals = text.partition(".")
        fits = len(whole) <= _WHOLE and len(decimals) <= _DECIMALS
        if fits and "." not in decimals:
            self._text = text

    def _show(self, problem: str = "") -> None:
        self.entry.show_entry(
            EntryFace(_("Kilograms"), self._text, problem=problem, is_active=True)
        )
        words = _("Take {weight} kg", weight=self._text or "–")
        self.take.retitle(words)
        self.take.set_available(self._text.strip("0.") != "")

    def _on_take(self) -> None:
        if self._text.strip("0."):
            self.hide()
            self.weighed.emit(self._text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, point, Backspace and Enter of a keyboard."""
        named = {
            Qt.Key.Key_Backspace: PadKey.BACKSPACE,
            Qt.Key.Key_Delete: PadKey.CLEAR,
            Qt.Key.Key_Return: PadKey.ENTER,
            Qt.Key.Key_Enter: PadKey.ENTER,
            Qt.Key.Key_Comma: PadKey.POINT,
        }
        for key, pad_key in named.items():
            if event.key() == key:
                self.press(pad_key)
                return
        if event.text() and event.text() in "0123456789.":
            self.press(event.text())
            return
        super().keyPressEvent(event)


class NoteDialog(Dialog):
    """A note on a line: gift, engraving, allergy."""

    noted = Signal(str)
    """The note; "" takes it away."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "noteDialog", "note-pencil", width=620)
        self.what = DialogText("noteWhat")
        self.edit = QLineEdit()
        self.edit.setObjectName("noteEdit")
        self.edit.setMaxLength(NOTE_LIMIT)
        self.save = _save_key("noteSave")
        self.body.addWidget(self.what)
        self.body.addWidget(self.edit)
        self.key_row.addWidget(self.save)
        self.save.clicked.connect(self._on_save)
        self.edit.returnPressed.connect(self._on_save)

    def ask(self, name: str, note: str) -> None:
        """Open for a line with the note it has."""
        self.title.setText(_("Note on the line"))
        self.edit.setAccessibleName(_("Note on the line"))
        self.what.setText(_("{name} · the note is printed on the slip", name=name))
        self.edit.setText(note)
        self.edit.setPlaceholderText(_("Up to {count} characters", count=NOTE_LIMIT))
        self.save.retitle(_("Save the note"))
        self.open()
        self.edit.setFocus()
        self.edit.selectAll()

    def _on_save(self) -> None:
        self.hide()
        self.noted.emit(self.edit.text().strip())

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        super().take_sizes()
        self.edit.setFont(font(theme(), "body"))
