"""The stock list and the list of stock documents."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.stock_state import DocumentsView, StockListView, WriteKey
from ui.screens.segmented_choice import SegmentedChoice
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.page_head import PageHead
from ui.widgets.search_box import SearchBox
from ui.widgets.table_list import TableList

_ICONS = {"received": "tray-arrow-up", "wasted": "trash", "adjusted": "swap"}


class GoodsSearchBox(SearchBox):
    """The search box with the words of a back office."""

    @override
    def icon(self) -> str:
        return "magnifying-glass"

    @override
    def chip_words(self) -> str:
        return ""


class WriteKeys(QWidget):
    """The keys that open a document being written, in a row."""

    pressed = Signal(str)
    """A kind was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.keys: dict[str, ActionButton] = {}

    def show_keys(self, keys: tuple[WriteKey, ...]) -> None:
        """Show what can be written, and what was begun."""
        for key in keys:
            if key.kind not in self.keys:
                self._add(key.kind)
            self.keys[key.kind].retitle(key.words, key.note)
        self._row.setSpacing(theme().px(8))

    def _add(self, kind: str) -> None:
        face = ButtonFace(icon=_ICONS[kind], arrangement=Arrangement.ROW)
        button = ActionButton(f"stockWrite-{kind}", face)
        button.setProperty("kind", kind)
        button.set_size(56)
        button.clicked.connect(self._on_clicked)
        self.keys[kind] = button
        self._row.addWidget(button, 1)

    def _on_clicked(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.pressed.emit(str(sender.property("kind")))


class StockListPage(QWidget):
    """Search, which items, the table, and the keys below it."""

    text_edited = Signal(str)
    scope_chosen = Signal(str)
    row_chosen = Signal(str)
    write_pressed = Signal(str)
    documents_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = GoodsSearchBox("stockSearch", "stockSearch")
        self.scopes = SegmentedChoice("stockScopes")
        self.table = TableList("stockTable")
        self.write_keys = WriteKeys()
        self.papers = ActionButton(
            "stockDocuments",
            ButtonFace(icon="clipboard-text", arrangement=Arrangement.ROW),
        )
        self.papers.set_size(56)
        self._top, self._below = QHBoxLayout(), QHBoxLayout()
        self._top.addWidget(self.search, 1)
        self._top.addWidget(self.scopes)
        self._below.addWidget(self.write_keys, 3)
        self._below.addWidget(self.papers, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addWidget(self.table, 1)
        self._column.addLayout(self._below)
        self.search.text_edited.connect(self.text_edited)
        self.search.left.connect(self._on_left)
        self.scopes.chosen.connect(self.scope_chosen)
        self.table.chosen.connect(self.row_chosen)
        self.write_keys.pressed.connect(self.write_pressed)
        self.papers.clicked.connect(self.documents_pressed)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_view(self, view: StockListView) -> None:
        """Show the list."""
        self.search.show_text(view.search)
        self.scopes.set_choices([(key, words, "") for key, words in view.scopes])
        self.scopes.show_chosen(view.scope)
        self.table.show_table(view.table)
        self.write_keys.show_keys(view.keys)
        self.papers.retitle(_("Documents"))

    def _on_left(self) -> None:
        self.search.stop()
        self.text_edited.emit("")

    def _take_sizes(self) -> None:
        take_page_sizes(self._column)
        self._top.setSpacing(theme().px(12))
        self._below.setSpacing(theme().px(8))


class StockDocumentsPage(QWidget):
    """The documents, newest first."""

    kind_chosen = Signal(str)
    row_chosen = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.head = PageHead("stockDocumentsHead")
        self.kinds = SegmentedChoice("stockDocumentKinds")
        self.table = TableList("stockDocumentTable")
        self._column = QVBoxLayout(self)
        for part in (self.head, self.kinds):
            self._column.addWidget(part)
        self._column.addWidget(self.table, 1)
        self.head.closed.connect(self.closed)
        self.kinds.chosen.connect(self.kind_chosen)
        self.table.chosen.connect(self.row_chosen)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_view(self, view: DocumentsView) -> None:
        """Show the documents."""
        self.head.show_title(_("Stock documents"))
        self.kinds.set_choices([(key, words, "") for key, words in view.kinds])
        self.kinds.show_chosen(view.kind)
        self.table.show_table(view.table)

    def _take_sizes(self) -> None:
        take_page_sizes(self._column)


def take_page_sizes(column: QVBoxLayout) -> None:
    """Give a page of the part its edges."""
    edge = theme().px(12)
    column.setContentsMargins(edge, edge, edge, edge)
    column.setSpacing(edge)
