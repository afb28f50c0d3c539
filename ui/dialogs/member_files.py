"""The dialog that names a file of members, or of one person's data."""

from __future__ import annotations

from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.item_files import ItemFiles


class MemberFiles(ItemFiles):
    """Names a file to read members from, or to write one person's data into."""

    @override
    def ask_where(self) -> None:
        """Ask where a person's data go."""
        self.setObjectName("memberFiles")
        self.setAcceptMode(self.AcceptMode.AcceptSave)
        self.setWindowTitle(_("Hand a person's data out"))
        self.setNameFilter(_("Pages") + " (*.html)")
        self.setDefaultSuffix("html")
        self.selectFile("person.html")
        self.open()
