"""The recovery code, typed back from the paper, or made anew and typed back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.screens.settings_fields import TextField
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.code_groups import CodeGroups

_LIMIT = 60


class RecoveryCodeDialog(Dialog):
    """One line to type; another code for whoever lost the paper."""

    confirmed = Signal(str)
    """What was typed back."""
    renew_pressed = Signal()
    """The paper is lost: another code is wanted."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "recoveryDialog", "lock-key", width=720)
        self.cover_all()
        self.what = DialogText("recoveryWhat")
        self.groups = CodeGroups("recoveryGroups")
        self.field = TextField("recovery_typed", _LIMIT)
        row = Arrangement.ROW
        self.renew = ActionButton("recoveryRenew", ButtonFace(arrangement=row))
        face = ButtonFace(kind=Kind.PRIMARY, arrangement=row, hint="Enter")
        self.take = ActionButton("recoveryTake", face)
        for key in (self.renew, self.take):
            key.set_size(64)
            self.key_row.addWidget(key)
        for part in (self.what, self.groups, self.field):
            self.body.addWidget(part)
        self.renew.clicked.connect(self.renew_pressed)
        self.take.clicked.connect(self._on_take)
        self._wanted = ""

    def ask(self) -> None:
        """Ask for the whole code that was shown when the shop was set up."""
        self._wanted = ""
        self.groups.hide()
        self.title.setText(_("Is the recovery code in a safe place?"))
        self.what.setText(
            _("Type it from the paper. If there is none, make another code now.")
        )
        self._show(_("Recovery code, eight groups"))
        self.renew.show()
        self.open()
        self.field.edit.setFocus()

    def show_new(self, groups: tuple[str, ...], asked: tuple[int, int]) -> None:
        """Show another code and ask for two of its groups."""
        self._wanted = "".join(groups[number - 1] for number in asked)
        self.groups.show_groups(groups)
        self.groups.show()
        self.title.setText(_("Write this code down now"))
        self.what.setText(
            _("It opens every backup from now on; older backups keep the old code.")
        )
        first, second = asked
        self._show(
            _("Type back groups {first} and {second}", first=first, second=second)
        )
        self.renew.hide()
        self.take_sizes()
        self.field.edit.setFocus()

    def is_asked_for(self, text: str) -> bool:
        """Tell whether a text is the two groups asked for."""
        kept = "".join(sign for sign in text.upper() if sign.isalnum())
        return kept.translate(str.maketrans("OIL", "011")) == self._wanted

    def refuse(self, words: str) -> None:
        """Say why what was typed is not it."""
        self.field.show_problem(words)
        self.take_sizes()

    def _show(self, label: str) -> None:
        self.field.retitle(label)
        self.field.edit.clear()
        self.field.show_problem("")
        self.renew.retitle(_("Make another code"))
        self.take.retitle(_("Check the code"))

    def _on_take(self) -> None:
        self.confirmed.emit(self.field.edit.text())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_take()
            return
        super().keyPressEvent(event)
