"""The dialog that finds a picture file; the same on every system."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QWidget

from pos_app.i18n import _


class PictureFiles(QFileDialog):
    """Offers PNG and JPEG files; `fileSelected` says which one."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("pictureFiles")
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setFileMode(QFileDialog.FileMode.ExistingFile)

    def ask(self) -> None:
        """Open over the window."""
        self.setWindowTitle(_("Choose a picture"))
        self.setNameFilter(_("Pictures") + " (*.png *.jpg *.jpeg)")
        self.open()
