"""The doctor's page of the settings: what is wrong, and the one action that mends it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.doctor_state import DoctorState
from ui.presenters.settings_state import SettingsState
from ui.screens.settings_fields import Note
from ui.screens.settings_page import Page
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.chip import Chip
from ui.widgets.doctor_row import DoctorRowWidget


class DoctorPage(Page):
    """Areas on the left; the verdict and the long examination on the right."""

    opened = Signal()
    """The page is on show: look at what answers at once."""
    examine_asked = Signal()
    """Everything is to be looked at."""
    bundle_asked = Signal()
    """A diagnostics bundle is to be saved."""
    action_pressed = Signal(str)
    """The key beside an area was pressed; the area's key."""

    def __init__(self) -> None:
        super().__init__("doctor")
        self.rows: dict[str, DoctorRowWidget] = {}
        self.form.setSpacing(0)
        self.chip = Chip("doctorVerdict")
        self.about, self.note = Note("doctorAbout"), Note("doctorNote")
        self.bundle_note = Note("doctorBundleNote")
        line = QHBoxLayout()
        line.addWidget(self.chip)
        line.addStretch(1)
        self.right.body.addLayout(line)
        for words in (self.note, self.about, self.bundle_note):
            self.right.body.addWidget(words)
        self.right.body.addStretch(1)
        row = Arrangement.ROW
        self.examine = ActionButton(
            "doctorExamine", ButtonFace(icon="shield-check", arrangement=row)
        )
        self.bundle = ActionButton(
            "doctorBundle", ButtonFace(icon="first-aid-kit", arrangement=row)
        )
        self.right.add_action(self.bundle)
        self.right.add_action(self.examine)
        self.examine.clicked.connect(self.examine_asked)
        self.bundle.clicked.connect(self.bundle_asked)

    @override
    def show_state(self, state: SettingsState) -> None:
        """Show the words around; what was found comes by `show_doctor`."""
        del state
        self.left.set_title(_("What is wrong, and what to do"), "first-aid-kit")
        self.right.set_title(_("Doctor"), "shield-check")
        self.about.setText(
            _(
                "The first look takes a moment. The whole examination reads every page"
                " of the databases, adds up every sale and follows the journal from"
                " its first entry; selling goes on meanwhile."
            )
        )
        self.bundle_note.setText(
            _(
                "Diagnostics for the support hold findings, versions, sizes and the"
                " program's log, but no names, no goods, no amounts and no numbers of"
                " anybody."
            )
        )
        self.examine.retitle(_("Examine everything"))
        self.bundle.retitle(_("Save diagnostics"))

    def show_doctor(self, state: DoctorState) -> None:
        """Show what was found."""
        if [row.key for row in state.rows] != list(self.rows):
            self._build(state)
        is_free = not (state.is_working or state.is_examining)
        for row in state.rows:
            self.rows[row.key].show_row(row, is_free=is_free)
        self.chip.show_chip(state.verdict, state.tone)
        self.note.setText(state.note)
        self.note.setVisible(bool(state.note))
        self.examine.set_available(
            not state.is_examining, _("Examining"), icon="circle-notch"
        )
        self.bundle.set_available(is_free, _("Save diagnostics"))

    def _build(self, state: DoctorState) -> None:
        for old in self.rows.values():
            self.form.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = {}
        for row in state.rows:
            made = DoctorRowWidget(row.key)
            made.pressed.connect(self.action_pressed)
            self.rows[row.key] = made
            self.add(made)

    @override
    def _take_sizes(self) -> None:
        super()._take_sizes()
        self.form.setSpacing(0)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Look anew whenever the page is opened."""
        super().showEvent(event)
        self.opened.emit()
