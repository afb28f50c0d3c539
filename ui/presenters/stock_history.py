"""One item's moves with their documents, and the documents themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from pos_app.domain.stock_document import StockKind
from pos_app.i18n import _, current_language
from pos_app.ports.stock import (
    MoveKind,
    MovePage,
    Place,
    StockFigures,
    StockMove,
    StockSummary,
)
from pos_app.services.stock_reasons import reason_words
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.frame_state import Tone
from ui.presenters.report_state import ListRowView, ListTableView
from ui.presenters.stock_list import more_row, write_keys
from ui.presenters.stock_state import DocumentsView, HistoryView
from ui.presenters.stock_words import (
    ALL,
    KIND_NAMES,
    cover,
    day_words,
    document_choices,
    lines_words,
    move_choices,
    move_words,
    on_hand,
    signed,
    sold,
    when,
)

_PAGE = 60


def person_words(place: BackOfficePlace, name: str) -> str:
    """Return somebody's name as the reader's language writes it."""
    people = place.work.counter.desk.catalog.everybody()
    found = [x.name_in(current_language()) for x in people if x.name == name]
    return found[0] if found else name


class ReasonNames:
    """What reasons are called, read once for all rows of a list."""

    def __init__(self, place: BackOfficePlace) -> None:
        self._desk = place.work.counter.desk
        self._known: dict[tuple[StockKind, str, str], str] = {}

    def of(self, kind: StockKind, key: str) -> str:
        """Return what a reason is called in the reader's language; "" for none."""
        asked = (kind, key, current_language())
        if key and asked not in self._known:
            self._known[asked] = reason_words(self._desk, *asked)
        return self._known.get(asked, "")


class PeopleNames:
    """What people are called, read once for all rows of a list."""

    def __init__(self, place: BackOfficePlace) -> None:
        self._place = place
        self._known: dict[tuple[str, str], str] = {}

    def of(self, name: str) -> str:
        """Return a name in the reader's language."""
        asked = (name, current_language())
        if asked not in self._known:
            self._known[asked] = person_words(self._place, name)
        return self._known[asked]


class StockHistory:
    """Keeps one item's history; pages are read behind the screen."""

    def __init__(self, place: BackOfficePlace, changed: Callable[[], None]) -> None:
        self._place, self._changed = place, changed
        self.item_id, self.unit_id = "", ""
        self._title = self._unit = ""
        self._kind = ALL
        self._moves: tuple[StockMove, ...] = ()
        self._next: Place | None = None
        self._figures = StockFigures()
        self._turn = 0
        self._names, self._people = ReasonNames(place), PeopleNames(place)

    def begin(self, item_id: str) -> bool:
        """Show an item; tells whether there is such an item."""
        item = self._place.work.counter.desk.catalog.listing.item(item_id)
        if item is None:
            return False
        names = dict(item.names)
        name = names.get(current_language(), item.name)
        self.item_id, self.unit_id = item_id, item.units[0].unit_id
        self._title = f"{name} {item.variant}".strip()
        self._unit = item.units[0].unit_name
        self._kind, self._figures = ALL, StockFigures()
        self._names = ReasonNames(self._place)
        self._load(None)
        return True

    def renew(self) -> None:
        """Read anew: something moved."""
        self._load(None)

    def choose_kind(self, kind: str) -> None:
        """Show the moves of a kind only."""
        self._kind = kind
        self._load(None)

    def more(self) -> None:
        """Show older moves."""
        if self._next is not None:
            self._load(self._next)

    def view(self) -> HistoryView:
        """Return what the page shows."""
        return HistoryView(
            title=self._title,
            facts=self._facts(),
            kinds=move_choices(),
            kind=self._kind,
            table=self._table(),
            keys=write_keys(self._place),
        )

    # -------------------------------------------------------------------- inside

    def _load(self, before: Place | None) -> None:
        self._turn += 1
        turn, item_id = self._turn, self.item_id
        kind = None if self._kind == ALL else MoveKind(self._kind)
        desk = self._place.work.counter.desk
        stock, today = desk.ledger.stock, desk.business_day()
        if before is None:
            self._moves, self._next = (), None

        def read() -> tuple[int, MovePage, Mapping[str, StockFigures]]:
            page = stock.moves(item_id, kind, before, _PAGE)
            return turn, page, stock.figures([item_id], today)

        self._place.runner.run(read).then(self._on_read)

    def _on_read(
        self, answer: tuple[int, MovePage, Mapping[str, StockFigures]]
    ) -> None:
        turn, page, figures = answer
        if turn != self._turn:
            return
        self._moves = (*self._moves, *page.moves)
        self._next = page.next
        self._figures = figures[self.item_id]
        self._changed()

    def _facts(self) -> tuple[tuple[str, str, str], ...]:
        today = self._place.work.counter.desk.business_day()
        now = self._figures
        return (
            ("on_hand", _("On hand"), on_hand(now.thousandths, self._unit)),
            ("received", _("Last in"), day_words(now.last_received, today)),
            ("sold", _("Last sold"), day_words(now.last_sold, today)),
            ("week", _("7 days"), sold(now.sold_week)),
            ("month", _("28 days"), sold(now.sold_month)),
            ("cover", _("Lasts, days"), cover(now)),
        )

    def _table(self) -> ListTableView:
        today = self._place.work.counter.desk.business_day()
        rows = [self._row(move, today) for move in self._moves]
        heads = (
            _("When"),
            _("What"),
            _("Number"),
            _("By"),
            _("Moved"),
            _("On hand"),
        )
        if self._next is not None:
            rows.append(more_row(len(heads)))
        return ListTableView(
            title=_("Moves"),
            heads=heads,
            is_number=(False, False, False, False, True, True),
            weights=(16, 24, 20, 17, 11, 12),
            rows=tuple(rows),
            empty=_("No moves yet"),
        )

    def _row(self, move: StockMove, today: date) -> ListRowView:
        words = move_words(move.kind, is_mirror=move.is_mirror)
        if move.reason:
            kind = StockKind(move.kind.value)
            words = f"{words} · {self._names.of(kind, move.reason)}"
        cells = (
            when(move.at.at(self._place.work.zone), today),
            words,
            move.number,
            self._people.of(move.who),
            signed(move.thousandths),
            on_hand(move.after_thousandths),
        )
        tone = Tone.BAD if move.after_thousandths < 0 else Tone.PLAIN
        plain = (Tone.PLAIN,) * 5
        return ListRowView(f"{move.place[0]}/{move.document_id}", cells, (*plain, tone))


class StockDocuments:
    """Keeps the list of documents."""

    def __init__(self, place: BackOfficePlace) -> None:
        self._place = place
        self._names, self._people = ReasonNames(place), PeopleNames(place)
        self._kind = ALL
        self._found: tuple[StockSummary, ...] = ()
        self._has_more = False

    def begin(self) -> None:
        """Show the newest again."""
        self._names = ReasonNames(self._place)
        self._found = ()
        self.more()

    def choose_kind(self, kind: str) -> None:
        """Show the documents of a kind only."""
        self._kind, self._found = kind, ()
        self.more()

    def more(self) -> None:
        """Show older ones."""
        kind = None if self._kind == ALL else StockKind(self._kind)
        before = self._found[-1].place if self._found else None
        stock = self._place.work.counter.desk.ledger.stock
        found = stock.documents(kind, before, _PAGE + 1)
        self._found = (*self._found, *found[:_PAGE])
        self._has_more = len(found) > _PAGE

    def view(self) -> DocumentsView:
        """Return what the page shows."""
        rows = [self._row(one) for one in self._found]
        if self._has_more:
            rows.append(more_row(6))
        return DocumentsView(document_choices(), self._kind, self._table(tuple(rows)))

    def _row(self, one: StockSummary) -> ListRowView:
        work = self._place.work
        what = _(KIND_NAMES[one.kind])
        if one.is_mirror:
            what = _("{what} (undoes another)", what=what)
        elif one.mirrored_by:
            what = _("{what} (undone)", what=what)
        reason = self._names.of(one.kind, one.reason)
        told = (one.supplier, one.delivery_note, reason)
        cells = (
            when(one.at.at(work.zone), work.counter.desk.business_day()),
            one.number,
            what,
            " · ".join(x for x in told if x),
            self._people.of(one.staff_name),
            lines_words(one.line_count),
        )
        return ListRowView(one.document_id, cells)

    def _table(self, rows: tuple[ListRowView, ...]) -> ListTableView:
        return ListTableView(
            title=_("Documents"),
            heads=(
                _("When"),
                _("Number"),
                _("What"),
                _("Supplier or reason"),
                _("By"),
                _("Lines"),
            ),
            is_number=(False, False, False, False, False, True),
            weights=(16, 19, 17, 21, 16, 11),
            rows=rows,
            empty=_("No documents yet"),
        )
