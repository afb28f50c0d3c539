"""The last page of the settings: version, data, backup, check."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.frame_state import Tone
from ui.presenters.settings_state import AboutView, SettingsState
from ui.screens.settings_fields import FactRows, Note
from ui.screens.settings_page import Page
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.chip import Chip


class AboutPage(Page):
    """The program and the safety of its data."""

    back_up_asked = Signal()
    """A backup was asked for."""
    check_asked = Signal()
    """A check of the database was asked for."""

    def __init__(self) -> None:
        super().__init__("about")
        self.facts = FactRows("aboutFacts")
        self.backup_note = Note("backupNote")
        self.add(self.facts)
        self.add(self.backup_note)
        row = Arrangement.ROW
        self.back_up = ActionButton(
            "backUp", ButtonFace(icon="tray-arrow-up", arrangement=row)
        )
        self.check = ActionButton(
            "checkDatabase", ButtonFace(icon="shield-check", arrangement=row)
        )
        self.left.add_action(self.back_up)
        self.left.add_action(self.check)
        self.chip = Chip("checkResult")
        self.findings = Note("checkFindings")
        line = QHBoxLayout()
        line.addWidget(self.chip)
        line.addStretch(1)
        self.right.body.addLayout(line)
        self.right.body.addWidget(self.findings)
        self.right.body.addStretch(1)
        self.back_up.clicked.connect(self.back_up_asked)
        self.check.clicked.connect(self.check_asked)

    @override
    def show_state(self, state: SettingsState) -> None:
        """Show version, data and the last check."""
        about = state.about
        self.left.set_title(_("About this till"), "info")
        self.right.set_title(_("Check of the database"))
        last = about.last_backup or _("No backup yet")
        rows = ((_("Version"), about.version), *about.facts, (_("Last backup"), last))
        self.facts.show_rows(rows)
        self.backup_note.setText(about.backup_note)
        self.backup_note.setVisible(bool(about.backup_note))
        self.back_up.retitle(_("Back up now"))
        self.back_up.set_available(
            not about.is_backing_up, _("Backing up"), icon="circle-notch"
        )
        self.check.retitle(_("Check database"))
        self.check.set_available(
            not about.is_checking, _("Checking"), icon="circle-notch"
        )
        self._show_check(about)

    def _show_check(self, about: AboutView) -> None:
        result = about.check
        self.chip.setVisible(result is not None)
        if result is None:
            self.findings.setText(
                _("Verifies every sale, every sum and the chain of the journal.")
            )
            return
        words = _("All is well") if result.is_sound else _("Needs attention")
        self.chip.show_chip(words, Tone.GOOD if result.is_sound else Tone.WARN)
        self.findings.setText("\n\n".join(result.lines))
