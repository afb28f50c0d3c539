"""The stock part's page: one of its pages is shown; each is made when first used."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.stock import StockPart
from ui.presenters.stock_state import StockPage, StockState
from ui.presenters.stock_writing import StockWriting
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_stock_item import StockDocumentPage, StockHistoryPage
from ui.screens.office_stock_list import StockDocumentsPage, StockListPage
from ui.screens.office_stock_writing import StockWritingPage


class StockOfficePage(BackOfficePage):
    """Shows list, history, documents, a document, or the one being written."""

    def __init__(self, part: StockPart) -> None:
        super().__init__("stock")
        self._part = part
        self._stack = QStackedWidget()
        self._made: dict[StockPage, QWidget] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    @override
    def show_state(self, state: object) -> None:
        """Show the part's present state."""
        assert isinstance(state, StockState)
        page = self._page(state.page)
        if isinstance(page, StockListPage) and state.list:
            page.show_view(state.list)
        elif isinstance(page, StockHistoryPage) and state.history:
            page.show_view(state.history)
        elif isinstance(page, StockDocumentsPage) and state.documents:
            page.show_view(state.documents)
        elif isinstance(page, StockDocumentPage) and state.document:
            page.show_view(state.document, is_working=state.is_working)
        elif isinstance(page, StockWritingPage) and state.writing:
            page.show_view(state.writing, is_working=state.is_working)
        self._stack.setCurrentWidget(page)

    @override
    def retranslate(self) -> None:
        """Read all words anew."""
        for page in self._made.values():
            if isinstance(page, StockWritingPage):
                page.pad.retranslate()
                page.search.retranslate()
            elif isinstance(page, StockListPage):
                page.search.retranslate()

    def _page(self, key: StockPage) -> QWidget:
        if key not in self._made:
            make = {
                StockPage.LIST: self._make_list,
                StockPage.HISTORY: self._make_history,
                StockPage.DOCUMENTS: self._make_documents,
                StockPage.DOCUMENT: self._make_document,
                StockPage.WRITING: self._make_writing,
            }[key]
            self._made[key] = make()
            self._stack.addWidget(self._made[key])
        return self._made[key]

    def _make_list(self) -> QWidget:
        page, part = StockListPage(), self._part
        page.text_edited.connect(part.list.search)
        page.scope_chosen.connect(part.list.choose_scope)
        page.row_chosen.connect(part.open_item)
        page.write_pressed.connect(part.write)
        page.documents_pressed.connect(part.open_documents)
        return page

    def _make_history(self) -> QWidget:
        page, part = StockHistoryPage(), self._part
        page.kind_chosen.connect(part.history.choose_kind)
        page.row_chosen.connect(part.open_move)
        page.write_pressed.connect(part.write)
        page.closed.connect(part.back)
        return page

    def _make_documents(self) -> QWidget:
        page, part = StockDocumentsPage(), self._part
        page.kind_chosen.connect(part.choose_documents)
        page.row_chosen.connect(part.open_document)
        page.closed.connect(part.back)
        return page

    def _make_document(self) -> QWidget:
        page, part = StockDocumentPage(), self._part
        page.undo_pressed.connect(part.undo)
        page.print_pressed.connect(part.print_again)
        page.labels_pressed.connect(part.print_labels)
        page.closed.connect(part.back)
        return page

    def _make_writing(self) -> QWidget:
        page, part = StockWritingPage(), self._part
        writing = part.writing
        page.closed.connect(part.back)
        page.text_edited.connect(lambda x: part.change(lambda: writing.search(x)))
        page.search_submitted.connect(lambda: part.change(writing.submit_search))
        page.row_chosen.connect(lambda x: part.change(lambda: writing.choose(x)))
        page.delivery_changed.connect(
            lambda key, x: part.change(lambda: writing.set_delivery(key, str(x)))
        )
        page.scope_chosen.connect(
            lambda x: part.change(lambda: writing.choose_scope(x))
        )
        page.reason_chosen.connect(
            lambda x: part.change(lambda: writing.choose_reason(x))
        )
        page.field_chosen.connect(
            lambda x: part.change(lambda: writing.choose_field(x))
        )
        page.sign_chosen.connect(lambda x: part.change(lambda: writing.choose_sign(x)))
        page.pad_pressed.connect(part.takes_pad)
        page.action_pressed.connect(lambda x: self._on_action(writing, x))
        return page

    def _on_action(self, writing: StockWriting, action: str) -> None:
        part = self._part
        if action == "book":
            part.book()
        elif action == "give_up":
            part.give_up()
        elif action == "prints":
            part.change(writing.turn_printing)
        elif action == "register":
            part.register()
        elif action == "remove":
            part.change(writing.remove_or_bring_back)
