"""Puts the bulk part of the back office together: presenter, page, file dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.dialogs.item_files import ItemFiles
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.bulk import BulkPart
from ui.screens.office_bulk import BulkOfficePage

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


def make_bulk(
    flow: CounterFlow, place: BackOfficePlace
) -> tuple[BulkPart, BulkOfficePage]:
    """Return the part and its page, connected."""
    part = BulkPart(place)
    page = BulkOfficePage(part)
    BulkFiles(flow, part, page)
    return part, page


class BulkFiles(QObject):
    """Asks for files; lives with its page."""

    def __init__(self, flow: CounterFlow, part: BulkPart, page: BulkOfficePage) -> None:
        super().__init__(page)
        self._window, self._part = flow.window, part
        part.file_wanted.connect(self._ask)

    def _ask(self, is_to_write: bool) -> None:
        dialog = ItemFiles(self._window)
        if is_to_write:
            dialog.fileSelected.connect(self._part.write_file)
            dialog.ask_where()
        else:
            dialog.fileSelected.connect(self._part.read_file)
            dialog.ask_which()
