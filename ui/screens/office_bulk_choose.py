"""Which items: found by words and shelf, ticked by a tap."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n import _
from ui.presenters.bulk_state import ChooseView
from ui.presenters.bulk_words import rows_words
from ui.presenters.sale_state import CategoryView
from ui.screens.office_stock_list import GoodsSearchBox, take_page_sizes
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.category_tabs import CategoryTabs
from ui.widgets.table_list import TableList

_ICONS = {
    "all": "check-circle",
    "none": "x-circle",
    "write": "file-xls",
    "read": "tray-arrow-up",
    "documents": "clipboard-text",
    "labels": "tag",
    "change": "pencil-simple",
}


class BulkChoosePage(QWidget):
    """Search, shelves, the table, and what can be done with the chosen ones."""

    text_edited = Signal(str)
    shelf_chosen = Signal(str)
    row_chosen = Signal(str)
    key_pressed = Signal(str)
    """all, none, write, read, documents, labels or change."""

    def __init__(self) -> None:
        super().__init__()
        self.search = GoodsSearchBox("bulkSearch", "bulkSearch")
        self.shelves = CategoryTabs("bulkShelves", "bulkShelf")
        self.table = TableList("bulkItems")
        self.keys = {key: self._key(key) for key in _ICONS}
        self._top, self._below = QHBoxLayout(), QHBoxLayout()
        self._top.addWidget(self.search, 1)
        self._top.addWidget(self.keys["all"])
        self._top.addWidget(self.keys["none"])
        for key in ("read", "write", "documents", "labels"):
            self._below.addWidget(self.keys[key], 2)
        self._below.addWidget(self.keys["change"], 3)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addWidget(self.shelves)
        self._column.addWidget(self.table, 1)
        self._column.addLayout(self._below)
        self.search.text_edited.connect(self.text_edited)
        self.search.left.connect(self._on_left)
        self.shelves.tab_selected.connect(self.shelf_chosen)
        self.table.chosen.connect(self.row_chosen)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _key(self, key: str) -> ActionButton:
        kind = Kind.PRIMARY if key == "change" else Kind.PLAIN
        hint = "F12" if key == "change" else ""
        face = ButtonFace(
            icon=_ICONS[key], kind=kind, arrangement=Arrangement.ROW, hint=hint
        )
        button = ActionButton(f"bulkKey-{key}", face)
        button.setProperty("key", key)
        button.set_size(56, 150 if key in {"all", "none"} else 48)
        button.clicked.connect(self._on_key)
        return button

    def show_view(self, view: ChooseView) -> None:
        """Show items and ticks."""
        self.search.show_text(view.search)
        tabs = tuple(CategoryView(key, words) for key, words in view.shelves)
        self.shelves.show_tabs(tabs, view.shelf)
        self.table.show_table(view.table)
        keys, has_some = self.keys, view.chosen > 0
        keys["all"].retitle(view.found_words)
        keys["none"].retitle(_("No ticks"))
        keys["none"].set_available(has_some)
        keys["read"].retitle(_("From spreadsheet"))
        keys["write"].retitle(_("To spreadsheet"))
        keys["write"].set_available(has_some)
        keys["documents"].retitle(_("Changes so far"))
        keys["labels"].retitle(_("Labels"))
        keys["labels"].set_available(has_some)
        keys["change"].retitle(_("Change {items}", items=rows_words(view.chosen)))
        keys["change"].set_available(has_some, _("Tick items first"), icon="info")

    def _on_left(self) -> None:
        self.search.stop()
        self.text_edited.emit("")

    def _on_key(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.key_pressed.emit(str(sender.property("key")))

    def _take_sizes(self) -> None:
        take_page_sizes(self._column)
        self._top.setSpacing(theme().px(8))
        self._below.setSpacing(theme().px(8))
