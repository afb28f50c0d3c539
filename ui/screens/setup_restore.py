"""The wizard's page of a shop brought back: what from, and its recovery code."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.setup_state import WizardState
from ui.screens.settings_fields import Note
from ui.screens.setup_page import LiveField, SetupPage, card, scrolling
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.choice_card import ChoiceCard

_SOURCES = 8
_CODE_LIMIT = 60


class RestorePage(SetupPage):
    """What to restore from, and the recovery code."""

    folder_chosen = Signal(str)
    """Look into this folder for tills and backups."""

    def __init__(self) -> None:
        super().__init__("restore")
        self.sources = [
            ChoiceCard(f"source-{at}", "clock-clockwise", 72) for at in range(_SOURCES)
        ]
        self._keys: list[str] = []
        self.note = Note("restoreNote")
        self.file = LiveField("restore_source", 500)
        row = Arrangement.ROW
        face = ButtonFace(icon="file-text", arrangement=row)
        self.choose = ActionButton("chooseBackup", face)
        face = ButtonFace(icon="usb", arrangement=row)
        self.choose_folder = ActionButton("chooseFolder", face)
        self.code = LiveField("restore_code", _CODE_LIMIT)
        for field in (self.file, self.code):
            field.changed.connect(self.typed)
        for source in self.sources:
            source.clicked.connect(self._on_source)
        self.choose.clicked.connect(self._on_choose)
        self.choose_folder.clicked.connect(self._on_choose_folder)
        self._lay_out()
        self.take_sizes()

    def _lay_out(self) -> None:
        self._pick = QHBoxLayout()
        self._pick.addWidget(self.choose)
        self._pick.addWidget(self.choose_folder)
        self._inside = QVBoxLayout()
        self._inside.addWidget(self.note)
        for source in self.sources:
            self._inside.addWidget(source)
        self._inside.addWidget(self.file)
        self._inside.addLayout(self._pick)
        self._inside.addWidget(self.code)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card(self._inside))
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))

    @override
    def show_state(self, state: WizardState) -> None:
        """Show what was found."""
        found = state.sources
        self._keys = [source.key for source in (found or ())[:_SOURCES]]
        chosen = state.source.strip()
        self.file.show_text(chosen)
        for at, choice in enumerate(self.sources):
            choice.setVisible(at < len(self._keys))
            if found and at < len(self._keys):
                source = found[at]
                choice.show_choice(
                    source.title, source.detail, is_chosen=source.key == chosen
                )
        words = _("Looking for backups on this machine and on sticks")
        if found is not None:
            words = (
                _("Found these; or choose a file or a folder.")
                if found
                else _("Nothing was found. Plug in the stick and choose its folder.")
            )
        self.note.setText(words)
        self.file.retitle(_("Second place or backup"))
        self.choose.retitle(_("Choose a file"))
        self.choose_folder.retitle(_("Choose a folder"))
        self.code.retitle(_("Recovery code, eight groups"))
        for field in (self.file, self.code):
            field.show_problem(state.problem_of(field.key))

    def _take(self, path: str) -> None:
        self.file.edit.setText(path)
        self.typed.emit("restore_source", path)
        for key, choice in zip(self._keys, self.sources, strict=False):
            choice.show_choice(choice.text(), choice.detail, is_chosen=key == path)

    def _on_source(self) -> None:
        sender = self.sender()
        for key, choice in zip(self._keys, self.sources, strict=False):
            if choice is sender:
                self._take(key)

    def _on_choose(self) -> None:
        asked = QFileDialog(self.window(), _("Choose a file"))
        asked.setFileMode(QFileDialog.FileMode.ExistingFile)
        asked.setNameFilter(_("Backups (*.guitai)"))
        asked.fileSelected.connect(self._take)
        asked.finished.connect(asked.deleteLater)
        asked.open()

    def _on_choose_folder(self) -> None:
        asked = QFileDialog(self.window(), _("Choose a folder"))
        asked.setFileMode(QFileDialog.FileMode.Directory)
        asked.setOption(QFileDialog.Option.ShowDirsOnly)
        asked.fileSelected.connect(self.folder_chosen)
        asked.finished.connect(asked.deleteLater)
        asked.open()

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        now = theme()
        edge = now.px(18)
        self._inside.setContentsMargins(edge, edge, edge, edge)
        self._inside.setSpacing(now.px(12))
        self._pick.setSpacing(now.px(12))
        self.choose.set_size(56)
        self.choose_folder.set_size(56)
