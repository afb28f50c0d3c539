"""A new price of one unit: how much, from when, until when."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.dialogs.period_fields import PeriodFields
from ui.dialogs.question import Answer, Question
from ui.presenters.new_price import NewPriceText
from ui.screens.settings_fields import TextField
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind

#: Says what a form means, and whether it can be stored.
Explain = Callable[[NewPriceText], tuple[str, bool]]


class NewPriceDialog(Dialog):
    """Says in words what will happen while it is typed."""

    confirmed = Signal(object)
    """The form, a `NewPriceText`."""

    def __init__(self, window: QWidget, explain: Explain) -> None:
        super().__init__(window, "newPriceDialog", "tag", width=620)
        self.cover_all()
        self._explain = explain
        self._kept: tuple[str, NewPriceText] | None = None
        self.what = DialogText("newPriceWhat")
        self.price = TextField("newPrice", 15)
        self.period = PeriodFields(("begins", "ends"), ("start", "end"), self._show)
        self.note = DialogText("newPriceNote", "cap", "dim")
        face = ButtonFace(
            icon="check", kind=Kind.PRIMARY, arrangement=Arrangement.ROW, hint="Enter"
        )
        self.save = ActionButton("newPriceSave", face)
        self.save.set_size(64)
        for part in (self.what, self.price, *self.period.rows, self.note):
            self.body.addWidget(part)
        self.key_row.addWidget(self.save)
        self.price.edit.textEdited.connect(self._show)
        self.save.clicked.connect(self._on_save)

    @property
    def text(self) -> NewPriceText:
        """The form as it stands."""
        return self.period.text(self.price.edit.text())

    def ask(self, what: str, symbol: str, text: NewPriceText) -> None:
        """Open; what was typed for the same goods and not stored is there again.

        Args:
            what: the goods and their price now.
            symbol: of the currency.
            text: what the form begins with.
        """
        if self._kept is not None and self._kept[0] == what:
            text = self._kept[1]
        self.title.setText(_("New shelf price"))
        self.what.setText(what)
        self.price.retitle(_("Price ({symbol})", symbol=symbol))
        self.price.edit.setText(text.price)
        self.period.show_text(text, _("Without an end"), _("Only for a while"))
        self.save.retitle(_("Store the price"))
        self._show()
        self.open()
        self.price.edit.setFocus()

    def show_problem(self, words: str) -> None:
        """Say why it was refused, and stay open with what was typed."""
        self._say(words, is_good=False)
        if not self.isVisible():
            self.open()

    def finish(self) -> None:
        """The price is stored: nothing is kept."""
        self._kept = None
        self.hide()

    @override
    def leave(self) -> None:
        """Close; what was typed waits until the same goods are opened again."""
        self._kept = (self.what.text(), self.text)
        super().leave()

    def _show(self, _what: object = None) -> None:
        self.period.show_moments()
        if not self.price.edit.text().strip():
            self._say(_("An open basket keeps the price it began with."), is_good=True)
            self.save.set_available(False)
            return
        words, can_store = self._explain(self.text)
        self._say(words, is_good=can_store)
        self.save.set_available(can_store)

    def _say(self, words: str, *, is_good: bool) -> None:
        self.note.setText(words if is_good else f"⊘ {words}")
        self.note.setProperty("tone", "dim" if is_good else "danger")
        self.note.style().polish(self.note)

    def _on_save(self) -> None:
        if self.save.isEnabled():
            self.confirmed.emit(self.text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Store with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_save()
            event.accept()
            return
        super().keyPressEvent(event)


def price_of_zero(name: str) -> Question:
    """Ask whether goods shall cost nothing; answers "free" or "retype"."""
    return Question(
        "warning",
        _("Shall {name} cost nothing?", name=name),
        _("Everybody could take it home for nothing until somebody changes the price."),
        (
            Answer("free", _("Yes, give it away"), "gift"),
            Answer("retype", _("Type it again"), "pencil-simple", True),
        ),
    )
