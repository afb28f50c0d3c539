"""One document behind a move or a list: its slip, its mirror, a copy of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pos_app.documents.layout import Layout
from pos_app.domain.sale import Sale
from pos_app.domain.stock_document import StockDocument, StockKind
from pos_app.i18n import _, current_language
from ui.format import money
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.stock_history import ReasonNames, person_words
from ui.presenters.stock_state import DocumentView
from ui.presenters.stock_words import KIND_NAMES, lines_words, when


class StockDocumentPaper:
    """Shows a stock document or a ticket as it was printed."""

    def __init__(self, place: BackOfficePlace, changed: Callable[[], None]) -> None:
        self._place, self._changed = place, changed
        self.document: StockDocument | None = None
        self._sale: Sale | None = None
        self._undone_by = ""
        self._png = b""
        self._turn = 0
        self.is_asking = False

    def begin(self, document_id: str) -> bool:
        """Show a document; tells whether there is one."""
        counter = self._place.work.counter
        ledger = counter.desk.ledger
        self.document = ledger.stock.document(document_id)
        self._sale = None if self.document else ledger.sale(document_id)
        self._png, self.is_asking = b"", False
        if self.document is not None:
            self._undone_by = ledger.stock.mirror_of(document_id)
            self._draw(counter.stock.layout(self.document))
            return True
        if self._sale is None:
            return False
        form = counter.slip.form(self._sale.language)
        self._draw(counter.slip.layout(self._sale, form))
        return True

    def view(self) -> DocumentView:
        """Return what the page shows."""
        if self.document is not None:
            return self._of_stock(self.document)
        assert self._sale is not None
        sale = self._sale
        moment = when(sale.ended_at.at(self._place.work.zone), self._today())
        return DocumentView(
            title=_("Ticket {number}", number=sale.number),
            facts=(
                (_("When"), moment),
                (_("By"), person_words(self._place, sale.cashier_name)),
            ),
            png=self._png,
            can_undo=False,
            undo_words="",
            is_asking=False,
            is_stock=False,
        )

    # -------------------------------------------------------------------- inside

    def _of_stock(self, document: StockDocument) -> DocumentView:
        can_undo = not (document.mirrors or self._undone_by)
        return DocumentView(
            title=f"{_(KIND_NAMES[document.kind])} {document.number}",
            facts=self._facts(document),
            png=self._png,
            can_undo=can_undo,
            undo_words=self._undo_words(document),
            is_asking=self.is_asking,
            is_stock=True,
            has_labels=document.kind is StockKind.RECEIVED and not document.mirrors,
        )

    def _undo_words(self, document: StockDocument) -> str:
        if document.mirrors:
            return _("This undoes {number}", number=document.mirrored_number)
        if self._undone_by:
            return _("Undone by {number}", number=self._undone_by)
        if self.is_asking:
            lines = lines_words(len(document.lines))
            return _("Press again: undo {lines}", lines=lines)
        return _("Undo by a new document")

    def _facts(self, document: StockDocument) -> tuple[tuple[str, str], ...]:
        work = self._place.work
        reason = ReasonNames(self._place).of(document.kind, document.reason)
        cost = ""
        if any(line.cost_minor is not None for line in document.lines):
            cost = money(document.cost_minor, work.currency)
        approver = self._name(document.approved_by)
        facts = (
            (_("When"), when(document.at.at(work.zone), self._today())),
            (_("By"), person_words(self._place, document.staff_name)),
            (_("Approved by"), approver),
            (_("Supplier"), document.supplier),
            (_("Delivery note"), document.delivery_note),
            (_("Reason"), reason),
            (_("Lines"), str(len(document.lines))),
            (_("Cost"), cost),
        )
        return tuple((title, value) for title, value in facts if value)

    def _name(self, staff_id: str) -> str:
        people = self._place.work.counter.desk.catalog.everybody() if staff_id else ()
        names = [
            x.name_in(current_language()) for x in people if x.staff_id == staff_id
        ]
        return names[0] if names else ""

    def _today(self) -> date:
        return self._place.work.counter.desk.business_day()

    def _draw(self, layout: Layout) -> None:
        self._turn += 1
        turn, draw = self._turn, self._place.work.upkeep.draw
        self._place.runner.run(lambda: (turn, draw(layout))).then(self._on_drawn)

    def _on_drawn(self, answer: tuple[int, bytes]) -> None:
        turn, png = answer
        if turn == self._turn:
            self._png = png
            self._changed()
