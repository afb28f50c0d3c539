"""The items with what is on hand, what was sold, and how long it lasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from pos_app.domain.stock_document import StockKind
from pos_app.i18n import _, current_language
from pos_app.ports.item_listing import ItemQuery, ItemRow
from pos_app.ports.stock import StockFigures
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.frame_state import Tone
from ui.presenters.report_state import ListRowView, ListTableView
from ui.presenters.stock_state import StockListView, WriteKey
from ui.presenters.stock_words import (
    ALL,
    KIND_ACTIONS,
    cover,
    day_words,
    lines_words,
    on_hand,
    sold,
)

MORE = "more"
BELOW = "below_zero"
_PAGE = 50
_HEADS = 7


class StockList:
    """Keeps the list; the figures of its rows are read behind the screen."""

    def __init__(self, place: BackOfficePlace, changed: Callable[[], None]) -> None:
        self._place, self._changed = place, changed
        self._words, self._scope = "", ALL
        self._rows: tuple[ItemRow, ...] = ()
        self._after: int | None = None
        self._figures: dict[str, StockFigures] = {}
        self._turn = 0

    def begin(self) -> None:
        """Read anew what is there now."""
        self._figures = {}
        self._load(None)

    def search(self, words: str) -> None:
        """Look for other items."""
        self._words = words
        self._load(None)

    def choose_scope(self, scope: str) -> None:
        """Show all items, or those below zero."""
        self._scope = scope
        self._load(None)

    def more(self) -> None:
        """Show further items."""
        self._load(self._after)

    @property
    def has_figures(self) -> bool:
        """Tell whether the figures of the rows have been read."""
        return bool(self._figures)

    def view(self) -> StockListView:
        """Return what the page shows."""
        return StockListView(
            search=self._words,
            scopes=((ALL, _("All items")), (BELOW, _("Below zero"))),
            scope=self._scope,
            table=self._table(),
            keys=write_keys(self._place),
        )

    # -------------------------------------------------------------------- inside

    def _load(self, after: int | None) -> None:
        self._turn += 1
        if self._scope == BELOW:
            self._load_below()
            return
        desk = self._place.work.counter.desk
        query = ItemQuery(words=self._words)
        page = desk.catalog.listing.page(query, desk.clock.now(), after, _PAGE)
        self._rows = page.rows if after is None else (*self._rows, *page.rows)
        self._after = page.after
        self._read_figures([row.item_id for row in page.rows])
        self._changed()

    def _load_below(self) -> None:
        turn, stock = self._turn, self._place.work.counter.desk.ledger.stock
        task = self._place.runner.run(lambda: (turn, stock.below_zero(_PAGE)))
        task.then(self._on_below)

    def _on_below(self, answer: tuple[int, Sequence[str]]) -> None:
        turn, item_ids = answer
        if turn != self._turn:
            return
        desk = self._place.work.counter.desk
        listing, now = desk.catalog.listing, desk.clock.now()
        found = []
        for item_id in item_ids:
            item = listing.item(item_id)
            if item is None:
                continue
            words = ItemQuery(words=item.sku or item.name)
            rows = listing.page(words, now, None, _PAGE).rows
            found += [row for row in rows if row.item_id == item_id]
        typed = self._words.strip().casefold()
        self._rows = tuple(
            x for x in found if typed in f"{_name(x)} {x.sku}".casefold()
        )
        self._after = None
        self._read_figures(item_ids)
        self._changed()

    def _read_figures(self, item_ids: Sequence[str]) -> None:
        stock = self._place.work.counter.desk.ledger.stock
        today = self._place.work.counter.desk.business_day()
        wanted = list(item_ids)
        if wanted:
            task = self._place.runner.run(lambda: stock.figures(wanted, today))
            task.then(self._on_figures)

    def _on_figures(self, figures: Mapping[str, StockFigures]) -> None:
        self._figures |= figures
        self._changed()

    def _table(self) -> ListTableView:
        today = self._place.work.counter.desk.business_day()
        rows = [self._row(row, today) for row in self._rows]
        if self._after is not None:
            rows.append(more_row(_HEADS))
        empty = _("Nothing is below zero") if self._scope == BELOW else _("No items")
        return ListTableView(
            title=_("Stock"),
            heads=(
                _("Item"),
                _("On hand"),
                _("Last in"),
                _("Last sold"),
                _("7 days"),
                _("28 days"),
                _("Lasts, days"),
            ),
            is_number=(False, True, True, True, True, True, True),
            weights=(46, 17, 13, 13, 12, 12, 15),
            rows=tuple(rows),
            empty=empty,
        )

    def _row(self, row: ItemRow, today: date) -> ListRowView:
        found = self._figures.get(row.item_id)
        if found is None:
            return ListRowView(row.item_id, (_name(row), *("" for _ in range(6))))
        tone = Tone.BAD if found.thousandths < 0 else Tone.PLAIN
        cells = (
            _name(row),
            on_hand(found.thousandths, row.unit_name),
            day_words(found.last_received, today),
            day_words(found.last_sold, today),
            sold(found.sold_week),
            sold(found.sold_month),
            cover(found),
        )
        return ListRowView(row.item_id, cells, (Tone.PLAIN, tone))


def _name(row: ItemRow) -> str:
    return f"{row.name_in(current_language())} {row.variant}".strip()


def more_row(columns: int) -> ListRowView:
    """Return the row that asks for further ones."""
    return ListRowView(MORE, (_("Show more"), *("" for _ in range(columns - 1))))


def write_keys(place: BackOfficePlace) -> tuple[WriteKey, ...]:
    """Return the keys that open a document being written, and what was begun."""
    drafts = place.work.counter.stock_drafts
    found = []
    for kind in StockKind:
        lines = len(drafts.of(kind).lines)
        note = _("Begun: {lines}", lines=lines_words(lines)) if lines else ""
        found.append(WriteKey(kind.value, _(KIND_ACTIONS[kind]), note))
    return tuple(found)
