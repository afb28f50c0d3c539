"""The recovery code, typed from the paper that the owner keeps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.theme.fonts import font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind

_LIMIT = 60


class PinRecoveryDialog(Dialog):
    """Eight groups of four; spaces, small letters and hyphens do not matter."""

    typed = Signal(str)
    """The code as typed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "pinRecoveryDialog", "lock-key", width=680)
        self.cover_all()
        self.text = DialogText("pinRecoveryText")
        self.edit = QLineEdit()
        self.edit.setObjectName("pinRecoveryCode")
        self.edit.setMaxLength(_LIMIT)
        self.problem = DialogText("pinRecoveryProblem", tone="danger")
        face = ButtonFace(
            icon="check", kind=Kind.PRIMARY, arrangement=Arrangement.ROW, hint="Enter"
        )
        self.take = ActionButton("pinRecoveryTake", face)
        self.take.set_size(64)
        for widget in (self.text, self.edit, self.problem):
            self.body.addWidget(widget)
        self.key_row.addWidget(self.take)
        self.take.clicked.connect(self._on_take)
        self.edit.returnPressed.connect(self._on_take)
        self.edit.textChanged.connect(self._on_changed)
        self._is_busy = False

    def ask(self, name: str) -> None:
        """Ask for the code so that somebody gets a new PIN."""
        self._is_busy = False
        self.edit.clear()
        self.title.setText(_("New PIN for {name}", name=name))
        self.text.setText(
            _(
                "Type the recovery code from the paper of the day this shop was set up: "
                "eight groups of four letters and digits."
            )
        )
        self.edit.setAccessibleName(_("Recovery code"))
        self.edit.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self._show("")
        self.open()
        self.edit.setFocus()

    def show_problem(self, words: str) -> None:
        """Say why the code was refused; what was typed stays to be put right."""
        self._is_busy = False
        self._show(words)
        self.edit.setFocus()

    def wait(self) -> None:
        """The code is being checked."""
        self._is_busy = True
        self._show("")

    @override
    def leave(self) -> None:
        """Close without an answer, and forget what was typed."""
        self.edit.clear()
        super().leave()

    def _show(self, problem: str) -> None:
        self.problem.setText(f"⊘ {problem}" if problem else "")
        self.problem.setVisible(bool(problem))
        self.take.retitle(_("Checking …") if self._is_busy else _("Check the code"))
        self._on_changed()

    def _on_changed(self) -> None:
        self.take.set_available(bool(self.edit.text().strip()) and not self._is_busy)

    def _on_take(self) -> None:
        if self.edit.text().strip() and not self._is_busy:
            self.typed.emit(self.edit.text())

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        super().take_sizes()
        self.edit.setFont(font(theme(), "num"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter checks the code wherever the keyboard is."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_take()
            event.accept()
            return
        super().keyPressEvent(event)
