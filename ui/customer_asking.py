"""Asks the customer to type something on the customer's own screen.

What is typed is the customer's: the cashier's screen shows none of it, and a PIN is
hidden on both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.i18n import Words
from ui.member_proofs import Proof
from ui.presenters.customer_state import CustomerAsk
from ui.presenters.entry import Entry
from ui.presenters.pad_key import PadKey

if TYPE_CHECKING:
    from ui.screens.customer_window import CustomerWindow

#: Digits of a phone number and of a PIN: enough, and no more than these.
_LEAST = {Proof.PHONE: 7, Proof.PIN: 4}
_MOST = {Proof.PHONE: 15, Proof.PIN: 12}


class CustomerAsking(QObject):
    """Keeps what the customer types until it is answered or left."""

    changed = Signal()
    """The customer's screen must be shown anew."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._what: Proof | None = None
        self._answered: Callable[[str], None] | None = None
        self._entry = Entry(takes_times=False)

    def wire(self, window: CustomerWindow) -> None:
        """Hear the keys of a window that was opened."""
        window.pad.pressed.connect(self.press)
        window.pad.accepted.connect(self.accept)
        window.pad.left.connect(self.end)

    def begin(self, what: Proof, answered: Callable[[str], None]) -> None:
        """Ask for something; `answered` is given what was typed."""
        self._what, self._answered = what, answered
        self._entry = Entry(takes_times=False)
        self.changed.emit()

    def end(self) -> None:
        """Ask no more; what was typed is forgotten."""
        if self._what is not None:
            self._what = self._answered = None
            self._entry = Entry(takes_times=False)
            self.changed.emit()

    def press(self, value: str) -> None:
        """Take a key of the customer's pad."""
        if self._what is None:
            return
        entry = self._entry.press(PadKey(value))
        if len(entry.text) <= _MOST[self._what]:
            self._entry = entry
            self.changed.emit()

    def accept(self) -> None:
        """The customer has typed all of it."""
        what, answered, text = self._what, self._answered, self._entry.text
        if what is None or answered is None or len(text) < _LEAST[what]:
            return
        self.end()
        answered(text)

    def view(self, language: str) -> CustomerAsk | None:
        """Return what the customer's screen asks; None for nothing."""
        what, text = self._what, self._entry.text
        if what is None:
            return None
        words = Words(language)
        if what is Proof.PHONE:
            title = words("Your phone number, please")
            detail = words("With it your points can be used")
        else:
            title = words("Your PIN, please")
            detail = words("Nobody else sees it")
        return CustomerAsk(
            title=title,
            detail=detail,
            typed="●" * len(text) if what is Proof.PIN else text,
            accept=words("Done"),
            leave=words("No, thanks"),
            is_complete=len(text) >= _LEAST[what],
        )
