"""The reference of a refund that was made on a terminal or a phone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.presenters.pad_key import PadKey
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.entry_line import EntryFace, EntryLine

#: No card number fits, which the till must not hold (PCI DSS 3.5).
_LIMIT = 8


class ReferenceDialog(Dialog):
    """Digits typed on the pad."""

    given = Signal(str)
    """The reference."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "referenceDialog", "credit-card", width=560)
        self.what = DialogText("referenceWhat")
        self.entry = EntryLine("referenceEntry")
        face = ButtonFace(
            icon="check", kind=Kind.PRIMARY, arrangement=Arrangement.ROW, hint="Enter"
        )
        self.take = ActionButton("referenceTake", face)
        self.take.set_size(68)
        self.body.addWidget(self.what)
        self.body.addWidget(self.entry)
        self.key_row.addWidget(self.take)
        self.take.clicked.connect(self._on_take)
        self._text = ""

    def ask(self, tender: str, total: str) -> None:
        """Open for a tender and the amount that goes back with it, in words."""
        self._text = ""
        self.title.setText(
            _("Refund {amount} by {tender}", amount=total, tender=tender)
        )
        self.what.setText(_("Make the refund there, then note its last four digits."))
        self._show()
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
        elif key in {*"0123456789", PadKey.D00}:
            self._text = (self._text + key)[:_LIMIT]
        self._show()

    def _show(self) -> None:
        self.entry.show_entry(EntryFace(_("Last four"), self._text, is_active=True))
        self.take.retitle(_("Note the refund"))
        self.take.set_available(bool(self._text))

    def _on_take(self) -> None:
        if self._text:
            self.hide()
            self.given.emit(self._text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, Backspace and Enter of a keyboard."""
        named = {
            Qt.Key.Key_Backspace: PadKey.BACKSPACE,
            Qt.Key.Key_Delete: PadKey.CLEAR,
            Qt.Key.Key_Return: PadKey.ENTER,
            Qt.Key.Key_Enter: PadKey.ENTER,
        }
        for key, pad_key in named.items():
            if event.key() == key:
                self.press(pad_key)
                return
        if event.text() and event.text() in "0123456789":
            self.press(event.text())
            return
        super().keyPressEvent(event)
