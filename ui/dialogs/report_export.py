"""Asks in which form a report is saved, and where."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.screens.segmented_choice import SegmentedChoice
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace, Kind

_KINDS = (("xlsx", "Excel (XLSX)"), ("csv", "CSV"), ("pdf", "PDF"))


class ReportExportDialog(Dialog):
    """The till's own folder is offered first; another one on demand."""

    confirmed = Signal(str)
    """The whole path of the file."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "reportExportDialog", "tray-arrow-up", width=640)
        self.cover_all()
        self._file = Path()
        choices = [(key, words, "") for key, words in _KINDS]
        self.kinds = SegmentedChoice("exportKinds", choices)
        self.where = DialogText("exportWhere")
        self.label = DialogText("exportLabel", "cap", "dim")
        for widget in (self.kinds, self.label, self.where):
            self.body.addWidget(widget)
        self.elsewhere = ActionButton("exportElsewhere", ButtonFace())
        self.save = ActionButton("exportSave", ButtonFace(kind=Kind.PRIMARY))
        self.key_row.addWidget(self.elsewhere)
        self.key_row.addWidget(self.save)
        self.kinds.chosen.connect(self._on_kind)
        self.save.clicked.connect(self._on_save)
        self.elsewhere.clicked.connect(self._on_elsewhere)

    def ask(self, file: Path) -> None:
        """Open.

        Args:
            file: where the till would save it, without the ending of a kind.
        """
        self._file = file
        self.title.setText(_("Save the report as a file"))
        self.label.setText(_("It is saved here"))
        self.elsewhere.retitle(_("Save elsewhere …"))
        self.save.retitle(_("Save"))
        self.kinds.show_chosen(self.kinds.chosen_key or "xlsx")
        self._on_kind(self.kinds.chosen_key)
        self.open()

    @property
    def file(self) -> Path:
        """The file as it would be saved now."""
        return self._file.with_suffix(f".{self.kinds.chosen_key}")

    def _on_kind(self, _key: str) -> None:
        self.where.setText(str(self.file))

    def _on_save(self) -> None:
        self.hide()
        self.confirmed.emit(str(self.file))

    def _on_elsewhere(self) -> None:
        asked = QFileDialog(self.window(), self.title.text())
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.setDefaultSuffix(self.kinds.chosen_key)
        asked.selectFile(str(self.file))
        asked.fileSelected.connect(self._on_elsewhere_chosen)
        asked.finished.connect(asked.deleteLater)
        asked.open()

    def _on_elsewhere_chosen(self, file: str) -> None:
        self.hide()
        self.confirmed.emit(file)
