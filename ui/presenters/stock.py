"""The stock part of the back office: what is there, and what moves it without a sale."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from typing_extensions import override

from pos_app.domain.stock_document import StockDocument, StockKind
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _
from ui import tasks
from ui.keymap import Action
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.stock_document import StockDocumentPaper
from ui.presenters.stock_history import StockDocuments, StockHistory
from ui.presenters.stock_list import MORE, StockList
from ui.presenters.stock_state import StockPage, StockState
from ui.presenters.stock_words import KIND_NAMES, lines_words
from ui.presenters.stock_writing import StockWriting


class StockPart(BackOfficePart):
    """Leads through list, history, documents and the document being written."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self.page = StockPage.LIST
        self._way: list[StockPage] = []
        self.list = StockList(place, self.changed.emit)
        self.history = StockHistory(place, self.changed.emit)
        self.documents = StockDocuments(place)
        self.paper = StockDocumentPaper(place, self.changed.emit)
        self.writing = StockWriting(place)

    @property
    @override
    def state(self) -> StockState:
        """Return everything the page shows."""
        page = self.page
        return StockState(
            page=page,
            is_working=self.is_working,
            list=self.list.view() if page is StockPage.LIST else None,
            history=self.history.view() if page is StockPage.HISTORY else None,
            documents=self.documents.view() if page is StockPage.DOCUMENTS else None,
            document=self.paper.view() if page is StockPage.DOCUMENT else None,
            writing=self.writing.view() if page is StockPage.WRITING else None,
        )

    @override
    def begin(self, subject: str = "") -> None:
        """Open the part where it was left, or an item's history."""
        if subject:
            self._way = []
            self.page = StockPage.LIST
            self.open_item(subject)
        elif self.page is StockPage.WRITING:
            self.writing.begin(self.writing.kind)
        if self.page is StockPage.LIST:
            self.list.begin()

    # ------------------------------------------------------------------ the pages

    def open_item(self, item_id: str) -> None:
        """Show an item's history."""
        if item_id == MORE:
            self.list.more()
        elif self.history.begin(item_id):
            self._go(StockPage.HISTORY)
        self.changed.emit()

    def open_move(self, key: str) -> None:
        """Show the document behind a move of the history."""
        if key == MORE:
            self.history.more()
            return
        self.open_document(key.partition("/")[2])

    def open_document(self, key: str) -> None:
        """Show a document."""
        if key == MORE:
            self.documents.more()
        elif self.paper.begin(key):
            self._go(StockPage.DOCUMENT)
        self.changed.emit()

    def choose_documents(self, kind: str) -> None:
        """Show the documents of a kind only."""
        self.documents.choose_kind(kind)
        self.changed.emit()

    def open_documents(self) -> None:
        """Show the list of documents."""
        self.documents.begin()
        self._go(StockPage.DOCUMENTS)
        self.changed.emit()

    def write(self, kind: str) -> None:
        """Write a document; from an item's history, with that item in it."""
        from_history = self.page is StockPage.HISTORY
        self.writing.begin(StockKind(kind))
        self._go(StockPage.WRITING)
        if from_history:
            desk = self.work.counter.desk
            unit = desk.catalog.unit(self.history.unit_id, desk.clock.now())
            if unit is not None:
                self._try(lambda: self.writing.add_unit(unit))
        self.changed.emit()

    def back(self) -> None:
        """Go back to the page before."""
        self.paper.is_asking = False
        self.page = self._way.pop() if self._way else StockPage.LIST
        if self.page is StockPage.LIST:
            self.list.begin()
        elif self.page is StockPage.HISTORY:
            self.history.renew()
        elif self.page is StockPage.DOCUMENTS:
            self.documents.begin()
        self.changed.emit()

    def _go(self, page: StockPage) -> None:
        if page is not self.page:
            self._way.append(self.page)
            self.page = page

    # ------------------------------------------------------------------- booking

    def book(self) -> None:
        """Book what is written."""
        if not self.is_working:
            self.frame.attempt(self._book)

    def _book(self) -> None:
        kind = self.writing.kind
        future = self.work.counter.stock.book(kind, print_slip=self.writing.prints)
        self._wait(future, self._on_booked)

    def _on_booked(self, document: StockDocument) -> None:
        self.is_working = False
        self.work.counter.stock_drafts.ended(document.kind)
        self._way = [page for page in self._way if page is not StockPage.WRITING]
        self._show_booked(document)

    def undo(self) -> None:
        """Undo the document on show: asked once, done when pressed again."""
        if not self.paper.is_asking:
            self.paper.is_asking = True
            self.changed.emit()
        elif not self.is_working:
            self.frame.attempt(self._undo)

    def _undo(self) -> None:
        wrong = self.paper.document
        assert wrong is not None
        future = self.work.counter.stock.mirror(
            wrong.document_id, print_slip=self.writing.prints
        )
        self._wait(future, self._on_undone)

    def _on_undone(self, document: StockDocument) -> None:
        self.is_working = False
        self._show_booked(document)

    def _show_booked(self, document: StockDocument) -> None:
        self.frame.say(
            _(
                "{what} {number}: {lines}",
                what=_(KIND_NAMES[document.kind]),
                number=document.number,
                lines=lines_words(len(document.lines)),
            )
        )
        self.frame.look_at_print_jobs()
        if any(line.cost_minor is not None for line in document.lines):
            self.place.runner.run(self.work.upkeep.take_costs).otherwise(
                self.on_refused
            )
        self.page = StockPage.LIST if self.page is StockPage.WRITING else self.page
        if not self._way:
            self.page = StockPage.LIST
        self.paper.begin(document.document_id)
        self._go(StockPage.DOCUMENT)
        self.changed.emit()

    def print_labels(self) -> None:
        """Print labels of the goods that came in by the document on show."""
        if self.paper.document is not None:
            self.left.emit(f"labels:document:{self.paper.document.document_id}")

    def print_again(self) -> None:
        """Print a copy of the document on show."""
        self.frame.attempt(self._print_again)

    def _print_again(self) -> None:
        assert self.paper.document is not None
        future = self.work.counter.stock.print_again(self.paper.document.document_id)
        tasks.watch(future).then(self._on_queued).otherwise(self.on_refused)

    def _on_queued(self, _job: object) -> None:
        self.frame.say(_("A copy is being printed"))
        self.frame.look_at_print_jobs()

    def _wait(
        self, future: Future[StockDocument], then: Callable[[StockDocument], None]
    ) -> None:
        self.is_working = True
        self.changed.emit()
        task = tasks.watch(future)
        task.then(then).otherwise(self.on_refused).after_bug(self.on_stopped)

    # ------------------------------------------------------------ what is written

    def change(self, action: Callable[[], None]) -> None:
        """Do something on the writing page, and say why not."""
        self._try(action)
        self.changed.emit()

    def register(self) -> None:
        """Register the chosen red line's code among the goods, and come back."""
        code = self.writing.unknown_code
        if code and not self.is_working:
            self.left.emit(f"items:code:{code}")

    def give_up(self) -> None:
        """Throw away what is written, asked once more."""
        if self.writing.give_up():
            self.back()
        self.changed.emit()

    def _try(self, action: Callable[[], None]) -> None:
        try:
            action()
        except GuitaiError as error:
            self.frame.refuse(error)

    # -------------------------------------------------------------- what is asked

    @override
    def takes_scan(self, code: str) -> bool:
        """Add to what is written; elsewhere show the item's history."""
        if self.is_working:
            return True
        if self.page is StockPage.WRITING:
            self.change(lambda: self.writing.scan(code))
            return True
        item_id = self.work.counter.desk.catalog.listing.id_of_code(code)
        if item_id is None:
            self.frame.refuse(UserError("stock_code_unknown"))
            return True
        self.open_item(item_id)
        return True

    @override
    def takes_pad(self, value: str) -> bool:
        """Type a quantity or a cost."""
        if self.page is not StockPage.WRITING:
            return False
        if not self.is_working:
            self.writing.press(value)
            self.changed.emit()
        return True

    @override
    def takes_action(self, action: Action) -> bool:
        """Esc goes back a page; F12 books."""
        is_writing = self.page is StockPage.WRITING
        if action is Action.ESCAPE:
            return self._escape()
        if action is Action.PAY and is_writing:
            self.book()
        elif action is Action.DELETE and is_writing:
            self.change(self.writing.remove)
        else:
            return False
        return True

    def _escape(self) -> bool:
        if self.page is StockPage.LIST:
            return False
        if self.page is StockPage.WRITING and self.writing.escape():
            self.changed.emit()
        else:
            self.back()
        return True
