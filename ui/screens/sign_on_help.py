"""Below the PIN: another PIN for whoever is chosen, and what if it is forgotten."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.i18n import _
from ui.presenters.sign_on_state import StaffView
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace, Kind


class PinHelp(QWidget):
    """Two keys of words only; there for somebody who is chosen."""

    change_wanted = Signal(str)
    """Whoever is chosen wants another PIN; the staff id."""
    recovery_wanted = Signal(str)
    """Whoever is chosen forgot the PIN and has the recovery code; the staff id."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pinHelp")
        self._staff_id = ""
        self.change = ActionButton("pinChange", ButtonFace(kind=Kind.LINK))
        self.forgotten = ActionButton("pinForgotten", ButtonFace(kind=Kind.LINK))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for key in (self.change, self.forgotten):
            key.set_size(48)
            row.addWidget(key)
        self.change.clicked.connect(self._on_change)
        self.forgotten.clicked.connect(self._on_forgotten)
        self.hide()

    def show_person(self, chosen: StaffView | None, *, is_checking: bool) -> None:
        """Show what somebody may do about their PIN; nothing for nobody."""
        self._staff_id = chosen.staff_id if chosen else ""
        self.change.retitle(_("Change my PIN"))
        self.forgotten.retitle(_("PIN forgotten"))
        self.forgotten.setVisible(chosen is not None and chosen.may_recover)
        for key in (self.change, self.forgotten):
            key.set_available(not is_checking)
        self.setVisible(chosen is not None)

    def _on_change(self) -> None:
        self.change_wanted.emit(self._staff_id)

    def _on_forgotten(self) -> None:
        self.recovery_wanted.emit(self._staff_id)
