"""A PIN typed on a pad of the dialog's own: the old one, a new one, the new again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pos_app.domain.pin_rule import PIN_DIGITS
from ui.dialogs.dialog import Dialog, DialogText
from ui.presenters.pad_key import PadKey
from ui.screens.sign_on_pad import PinDisplay, PinFace, PinPad
from ui.theme.host import theme


class PinDialog(Dialog):
    """Asks for one PIN after the other; never shows a digit."""

    typed = Signal(str)
    """A PIN was typed in full."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "pinDialog", "lock-key", width=480)
        self.cover_all()
        self.text = DialogText("pinText")
        self.display, self.pad = PinDisplay(), PinPad("newPin")
        self.body.addWidget(self.display)
        self.body.addWidget(self.text)
        self.body.addWidget(self.pad, 1)
        self.pad.pressed.connect(self.press)
        self._digits, self._label, self._name = "", "", ""
        self._is_busy = False

    def ask(
        self, title: str, name: str, label: str, text: str, *, is_problem: bool = False
    ) -> None:
        """Ask for a PIN, anew or for the next one.

        Args:
            title: of the dialog.
            name: whose PIN it is.
            label: which one: "New PIN".
            text: the rule, or what was wrong.
            is_problem: whether `text` is what was wrong.
        """
        self._digits, self._label, self._name = "", label, name
        self._is_busy = False
        self.title.setText(title)
        self.text.setText(f"⊘ {text}" if is_problem else text)
        self.text.setProperty("tone", "danger" if is_problem else "")
        self.text.style().polish(self.text)
        self.pad.retranslate()
        self._show()
        if not self.isVisible():
            self.open()

    @property
    def is_busy(self) -> bool:
        """Tell whether what was typed is being checked."""
        return self._is_busy

    def wait(self) -> None:
        """What was typed is being checked."""
        self._is_busy = True
        self._show()

    @override
    def press(self, key: str) -> None:
        """Take a key of the pad."""
        if self._is_busy:
            return
        if key == PadKey.ENTER:
            self._on_take()
            return
        if key == PadKey.CLEAR:
            self._digits = ""
        elif key == PadKey.BACKSPACE:
            self._digits = self._digits[:-1]
        elif key in {*"0123456789"} and len(self._digits) < PIN_DIGITS[1]:
            self._digits += key
        self._show()

    @override
    def leave(self) -> None:
        """Close without an answer, and forget what was typed."""
        self._digits = ""
        super().leave()

    def _show(self) -> None:
        face = PinFace(
            self._label, self._name, typed=len(self._digits), most=PIN_DIGITS[1]
        )
        self.display.show_face(face)
        self.pad.set_available(not self._is_busy)

    def _on_take(self) -> None:
        if len(self._digits) < PIN_DIGITS[0] or self._is_busy:
            return
        digits, self._digits = self._digits, ""
        self._show()
        self.typed.emit(digits)

    @override
    def take_sizes(self) -> None:
        """Give the pad its height."""
        super().take_sizes()
        self.pad.setMinimumHeight(theme().px(264))

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
