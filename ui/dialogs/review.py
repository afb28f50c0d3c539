"""Accepting a difference of a closed shift, with a note on why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.dialogs.entry import NOTE_LIMIT
from ui.theme.fonts import font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind


class ReviewDialog(Dialog):
    """Shows what is accepted; the note may stay empty."""

    accepted = Signal(str, str)
    """The shift's id and the note."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "reviewDialog", "clock-user", width=620)
        self._shift_id = ""
        self.what = DialogText("reviewWhat")
        self.edit = QLineEdit()
        self.edit.setObjectName("reviewNote")
        self.edit.setMaxLength(NOTE_LIMIT)
        face = ButtonFace(
            icon="check", kind=Kind.PRIMARY, arrangement=Arrangement.ROW, hint="Enter"
        )
        self.save = ActionButton("reviewAccept", face)
        self.save.set_size(68)
        self.body.addWidget(self.what)
        self.body.addWidget(self.edit)
        self.key_row.addWidget(self.save)
        self.save.clicked.connect(self._on_save)
        self.edit.returnPressed.connect(self._on_save)

    def ask(self, shift_id: str, title: str, what: str) -> None:
        """Open for a close; `what` says its difference."""
        self._shift_id = shift_id
        self.title.setText(title)
        self.what.setText(what)
        self.edit.setText("")
        self.edit.setAccessibleName(_("What was found out (may stay empty)"))
        self.edit.setPlaceholderText(_("What was found out (may stay empty)"))
        self.save.retitle(_("Accept the difference"))
        self.open()
        self.edit.setFocus()

    def _on_save(self) -> None:
        self.hide()
        self.accepted.emit(self._shift_id, self.edit.text().strip())

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        super().take_sizes()
        self.edit.setFont(font(theme(), "body"))
