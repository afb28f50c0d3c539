"""The dialog that names a spreadsheet of items; the same on every system."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QWidget

from pos_app.i18n import _


class ItemFiles(QFileDialog):
    """Names a file to write or to read; `fileSelected` says which one."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("itemFiles")
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.finished.connect(self.deleteLater)

    def ask_where(self) -> None:
        """Ask where to write."""
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setWindowTitle(_("Write items into a spreadsheet"))
        self.setNameFilter(_("Spreadsheets") + " (*.xlsx)")
        self.setDefaultSuffix("xlsx")
        self.selectFile("items.xlsx")
        self.open()

    def ask_which(self) -> None:
        """Ask what to read."""
        self.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.setWindowTitle(_("Choose a spreadsheet"))
        kinds = " (*.xlsx *.xlsm *.csv *.txt *.tsv)"
        self.setNameFilter(_("Spreadsheets") + kinds)
        self.open()
