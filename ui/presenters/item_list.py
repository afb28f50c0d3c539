"""The list of items: what is looked for, and the pages read so far."""

from __future__ import annotations

from pos_app.domain.item import Category
from pos_app.i18n import _, current_language
from pos_app.ports.item_listing import ItemQuery, ItemRow, Standing
from ui.format import amount
from ui.presenters.item_state import ItemRowView
from ui.presenters.workplace import Workplace

PAGE_ROWS = 50
#: After a change so many rows are read again at most; the rest when scrolled to.
KEPT_ROWS = 200
#: Keys of the shelf filter that name no category.
EVERYWHERE, NOWHERE = "", "nowhere"
_BETWEEN = " · "


class ItemList:
    """Reads pages of the catalogue on the screen's thread."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self.words = ""
        self.standing = Standing.ALL
        self.shelf = EVERYWHERE
        self.rows: tuple[ItemRowView, ...] = ()
        self.after: int | None = None
        self._version = -1

    def look(self) -> None:
        """Read the first page."""
        self._read(PAGE_ROWS)

    def look_again(self) -> None:
        """Read what is shown anew, if the catalogue is another one."""
        if self._work.counter.desk.catalog.version() != self._version:
            self._read(max(PAGE_ROWS, min(KEPT_ROWS, len(self.rows))))

    def _read(self, limit: int) -> None:
        desk = self._work.counter.desk
        self._version = desk.catalog.version()
        page = desk.catalog.listing.page(self._query(), desk.clock.now(), None, limit)
        self.rows = self.views(page.rows)
        self.after = page.after

    def more(self) -> bool:
        """Read the next page; False when there is none."""
        if self.after is None:
            return False
        desk = self._work.counter.desk
        page = desk.catalog.listing.page(
            self._query(), desk.clock.now(), self.after, PAGE_ROWS
        )
        self.rows += self.views(page.rows)
        self.after = page.after
        return True

    def views(self, rows: tuple[ItemRow, ...]) -> tuple[ItemRowView, ...]:
        """Return rows in the person's language."""
        language = current_language()
        shelves = {x.category_id: x for x in self.categories()}
        return tuple(self._view(row, shelves, language) for row in rows)

    def categories(self) -> tuple[Category, ...]:
        """Return the shelves of the shop."""
        return tuple(self._work.counter.desk.catalog.categories())

    def shelves(self) -> list[tuple[str, str]]:
        """Return (key, words) of what the filter offers, children under parents."""
        return [
            (EVERYWHERE, _("All categories")),
            *self.shelf_rows(),
            (NOWHERE, _("Without a category")),
        ]

    def shelf_rows(self) -> list[tuple[str, str]]:
        """Return (id, words) of the categories, children indented below theirs."""
        language, found = current_language(), []
        shelves = self.categories()

        def add(parent: str | None, depth: int) -> None:
            for shelf in shelves:
                if shelf.parent_id == parent and depth < 8:
                    indent = "\u2003" * depth
                    found.append((shelf.category_id, indent + shelf.name_in(language)))
                    add(shelf.category_id, depth + 1)

        add(None, 0)
        return found

    def shelf_words(self) -> str:
        """Return the words of the chosen filter."""
        return dict(self.shelves()).get(self.shelf, _("All categories")).strip()

    def _query(self) -> ItemQuery:
        shelves: tuple[str | None, ...] | None = None
        if self.shelf == NOWHERE:
            shelves = (None,)
        elif self.shelf:
            shelves = self._with_children(self.shelf)
        return ItemQuery(self.words.strip(), shelves, self.standing)

    def _with_children(self, top: str) -> tuple[str, ...]:
        found, shelves = [top], self.categories()
        for parent in found:
            found += [
                shelf.category_id
                for shelf in shelves
                if shelf.parent_id == parent and shelf.category_id not in found
            ]
        return tuple(found)

    def _view(
        self, row: ItemRow, shelves: dict[str, Category], language: str
    ) -> ItemRowView:
        currency = self._work.currency
        shelf = shelves.get(row.category_id or "")
        said = (row.sku, row.barcode, shelf.name_in(language) if shelf else "")
        price = _("Open price")
        if row.price_minor is not None:
            price = amount(row.price_minor, currency)
        return ItemRowView(
            row.item_id,
            row.name_in(language),
            row.variant,
            _BETWEEN.join(part for part in said if part),
            price,
            not row.is_active,
            row.picture,
        )
