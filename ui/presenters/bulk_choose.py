"""Which items are changed at once: found by words and shelf, ticked one by one."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.i18n import _, current_language
from pos_app.ports.item_listing import ItemQuery, ItemRow, Standing
from pos_app.services.bulk_plan import ids_of
from pos_app.services.label_changes import LIST_LIMIT
from ui.format import amount
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.bulk_state import ChooseView
from ui.presenters.report_state import ListRowView, ListTableView
from ui.presenters.stock_list import MORE, more_row

_PAGE = 50
EVERYWHERE = "everywhere"


class BulkChoice:
    """Keeps what is looked for and what is ticked."""

    def __init__(self, place: BackOfficePlace) -> None:
        self._place = place
        self.words, self.shelf = "", EVERYWHERE
        self.chosen: dict[str, None] = {}  # in the order of choosing
        self._rows: tuple[ItemRow, ...] = ()
        self._after: int | None = None

    def begin(self) -> None:
        """Read anew what there is."""
        self._load(None)

    def search(self, words: str) -> None:
        """Look for other items."""
        self.words = words
        self._load(None)

    def choose_shelf(self, key: str) -> None:
        """Show the items of a category."""
        self.shelf = key
        self._load(None)

    def touch(self, key: str) -> None:
        """Tick an item, or take its tick away."""
        if key == MORE:
            self._load(self._after)
        elif key in self.chosen:
            del self.chosen[key]
        else:
            self.chosen[key] = None

    def take(self, item_ids: tuple[str, ...]) -> None:
        """Tick many items."""
        self.chosen |= dict.fromkeys(item_ids)

    def clear(self) -> None:
        """Take all ticks away."""
        self.chosen = {}

    def query(self) -> ItemQuery:
        """Return what is looked for."""
        ids = None if self.shelf == EVERYWHERE else (self.shelf,)
        return ItemQuery(self.words, ids, Standing.ALL)

    def reading_found(self) -> Callable[[], tuple[str, ...]]:
        """Return what reads the ids of everything found, on any thread."""
        desk, query = self._place.work.counter.desk, self.query()
        now = desk.clock.now()

        def read() -> tuple[str, ...]:
            with desk.catalog.beside() as catalog:
                return ids_of(catalog, query, now)

        return read

    def reading_units(self) -> Callable[[], tuple[str, ...]]:
        """Return what reads the first unit of each ticked item, on any thread."""
        catalog = self._place.work.counter.desk.catalog
        item_ids = tuple(self.chosen)[:LIST_LIMIT]

        def read() -> tuple[str, ...]:
            with catalog.beside() as beside:
                items = (beside.listing.item(item_id) for item_id in item_ids)
                return tuple(x.units[0].unit_id for x in items if x is not None)

        return read

    def view(self) -> ChooseView:
        """Return what the page shows."""
        language = current_language()
        categories = self._place.work.counter.desk.catalog.categories()
        shelves = [(x.category_id, x.name_in(language)) for x in categories]
        is_whole = not self.words.strip() and self.shelf == EVERYWHERE
        return ChooseView(
            search=self.words,
            shelves=((EVERYWHERE, _("All categories")), *shelves),
            shelf=self.shelf,
            table=self._table(dict(shelves)),
            chosen=len(self.chosen),
            found_words=_("Tick all items") if is_whole else _("Tick all found"),
        )

    def _load(self, after: int | None) -> None:
        desk = self._place.work.counter.desk
        page = desk.catalog.listing.page(self.query(), desk.clock.now(), after, _PAGE)
        self._rows = page.rows if after is None else (*self._rows, *page.rows)
        self._after = page.after

    def _table(self, shelves: dict[str, str]) -> ListTableView:
        rows = [self._row(row, shelves) for row in self._rows]
        if self._after is not None:
            rows.append(more_row(4))
        return ListTableView(
            title=_("Items"),
            heads=(_("Item"), _("SKU"), _("Category"), _("Price")),
            is_number=(False, False, False, True),
            weights=(46, 16, 22, 16),
            rows=tuple(rows),
            empty=_("No items"),
        )

    def _row(self, row: ItemRow, shelves: dict[str, str]) -> ListRowView:
        is_chosen = row.item_id in self.chosen
        name = f"{row.name_in(current_language())} {row.variant}".strip()
        price = row.price_minor
        currency = self._place.work.currency
        cells = (
            name,
            row.sku,
            shelves.get(row.category_id or "", ""),
            "" if price is None else amount(price, currency),
        )
        return ListRowView(row.item_id, cells, is_ticked=is_chosen)
