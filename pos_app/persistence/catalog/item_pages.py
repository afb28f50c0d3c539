"""The back office's list of items: pages found by their last row, never by counting.

Without words a page is the newest items first: by the item's own key, or by the
index (category, sold or not, key), one short walk for each category asked for. With
words it is what the search finds, best sellers first.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from pos_app.domain.barcode_rule import BarcodeRule, first_match
from pos_app.errors import UserError
from pos_app.persistence.catalog.codec import names_from_text
from pos_app.persistence.catalog.item_loader import keys_by_id, load_items
from pos_app.persistence.catalog.search import Search
from pos_app.persistence.catalog.search_index import LAST_SHELF, RETIRED_SHELF
from pos_app.persistence.catalog.shop_rows import Query
from pos_app.ports.catalog_editing import ItemDraft
from pos_app.ports.item_listing import (
    ItemPage,
    ItemPicture,
    ItemQuery,
    ItemRow,
    Standing,
)
from pos_app.values.gs1.gtin import barcode_key, clean_code, look_up_keys
from pos_app.values.gs1.message import may_be_message, read_message
from pos_app.values.gs1.symbology import DataKind, read_identifier
from pos_app.values.times import Timestamp

#: Units looked through for words within a category; more words find the rest.
FILTERED = 400
#: Where the words of goods stand in the search.
_SHELVES = {
    Standing.ALL: (0, RETIRED_SHELF),
    Standing.ON_SALE: (0, LAST_SHELF),
    Standing.RETIRED: (RETIRED_SHELF, RETIRED_SHELF),
}
_TOP = 1 << 62

_EVERY = "SELECT item_key FROM item WHERE item_key < ? ORDER BY item_key DESC LIMIT ?"
_SHELF = (
    "SELECT item_key FROM item WHERE category_id IS ? AND is_active = ? "
    "AND item_key < ? ORDER BY item_key DESC LIMIT ?"
)
_OF_UNITS = (
    "SELECT u.unit_key, i.item_key, i.category_id, i.is_active "
    "FROM unit u JOIN item i USING (item_key) "
    "WHERE u.unit_key IN (SELECT value FROM json_each(?))"
)
_ROWS = """
SELECT i.item_key, i.item_id, i.sku, i.name, i.names, i.variant, i.category_id,
       u.barcode, u.unit_name, u.unit_key, i.is_active, i.parent_key IS NOT NULL,
       p.small
FROM item i
LEFT JOIN unit u ON u.item_key = i.item_key AND u.position = 0 AND u.is_active
LEFT JOIN item_picture p ON p.item_key = i.item_key
WHERE i.item_key IN (SELECT value FROM json_each(?))
"""
_FAMILY = """
WITH head AS (SELECT coalesce(parent_key, item_key) AS top FROM item WHERE item_id = ?)
SELECT item_key FROM item, head WHERE parent_key = head.top
UNION SELECT top FROM head ORDER BY 1
"""
_PICTURE = (
    "SELECT p.digest, p.image, p.small FROM item_picture p JOIN item i USING (item_key)"
    " WHERE i.item_id = ?"
)
_VARIANTS = (
    "SELECT i.item_id, p.item_id FROM item p JOIN item i ON i.parent_key = p.item_key "
    "WHERE p.item_id IN (SELECT value FROM json_each(?))"
)
_LEVELS = "SELECT DISTINCT level FROM level_price ORDER BY level"
_SMALL = (
    "SELECT p.small FROM item_picture p JOIN item i USING (item_key)"
    " WHERE i.item_id = ?"
)
_ITEM_OF = {
    "barcode": "SELECT i.item_id FROM barcode b JOIN unit u USING (unit_key) "
    "JOIN item i USING (item_key) WHERE b.key = ?",
    "plu": "SELECT i.item_id FROM plu p JOIN unit u USING (unit_key) "
    "JOIN item i USING (item_key) WHERE p.plu = ?",
    "sku": "SELECT item_id FROM item WHERE sku = ? AND sku <> ''",
}


class _Driver:
    """Lets the loader of whole items ask through a reader's cursor."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def exec_driver_sql(self, statement: str, parameters: Any = (), /) -> _Answer:
        """Run a statement of the driver."""
        return _Answer(self._query(statement, parameters))


class _Answer:
    """Rows that are fetched already."""

    def __init__(self, rows: list[Any]) -> None:
        self._rows = rows

    def fetchall(self) -> list[Any]:
        """Return them."""
        return self._rows


class ItemPages:
    """Lists and opens items (implements ports.item_listing.ItemListing)."""

    def __init__(
        self,
        query: Query,
        price_minor: Callable[[int, Timestamp], int | None],
        rules: Callable[[], tuple[BarcodeRule, ...]],
    ) -> None:
        """Take how to run a SELECT, a unit's price, and the barcode rules."""
        self._query = query
        self._price_minor = price_minor
        self._rules = rules
        self._search = Search(query)

    def page(
        self, query: ItemQuery, moment: Timestamp, after: int | None, limit: int
    ) -> ItemPage:
        """Return items; see ports.item_listing.ItemListing.page."""
        if query.words.strip():
            start = after or 0
            found = self._found(query, start + limit + 1)[start:]
            following: int | None = start + limit
        else:
            found = self._listed(query, _TOP if after is None else after, limit + 1)
            following = found[limit - 1] if len(found) > limit else None
        has_more = len(found) > limit
        rows = self._rows(found[:limit], moment)
        return ItemPage(rows, following if has_more else None)

    def item(self, item_id: str) -> ItemDraft | None:
        """Return one item, whole."""
        driver = _Driver(self._query)
        keys = keys_by_id(driver, "item", [item_id])
        return load_items(driver, keys.values()).get(keys.get(item_id, 0))

    def items(self, item_ids: Sequence[str]) -> dict[str, ItemDraft]:
        """Return items, whole, by id; those that are there."""
        driver = _Driver(self._query)
        keys = keys_by_id(driver, "item", item_ids)
        found = load_items(driver, keys.values())
        return {item_id: found[key] for item_id, key in keys.items()}

    def id_of_code(self, code: str) -> str | None:
        """Return which item a barcode, a scale's label, a PLU or a SKU names."""
        scan = read_identifier(clean_code(code))
        if scan.kind is DataKind.GS1_MESSAGE or may_be_message(scan.data):
            message = read_message(scan.data)
            if message is not None:
                return self._first("barcode", (barcode_key(message.gtin),))
        if not scan.data:
            return None
        return (
            self._first("barcode", look_up_keys(scan.data))
            or self._measured(scan.data)
            or self._first("plu", (scan.data.lstrip("0") or "0",))
            or self._first("sku", (scan.data,))
        )

    def family(self, item_id: str, moment: Timestamp) -> Sequence[ItemRow]:
        """Return an item with all variants of the same parent; () when it is alone."""
        keys = [row[0] for row in self._query(_FAMILY, (item_id,))]
        return self._rows(keys, moment) if len(keys) > 1 else ()

    def heads_of_variants(self, head_ids: Sequence[str]) -> dict[str, str]:
        """Return by variant the item that it is a variant of, of these items."""
        return dict(map(tuple, self._query(_VARIANTS, (json.dumps(list(head_ids)),))))

    def price_levels(self) -> Sequence[str]:
        """Return the keys of the levels that any unit has prices at, in their order."""
        return tuple(row[0] for row in self._query(_LEVELS))

    def picture(self, item_id: str) -> ItemPicture | None:
        """Return an item's picture."""
        rows = self._query(_PICTURE, (item_id,))
        return ItemPicture(*rows[0]) if rows else None

    def small_picture(self, item_id: str) -> bytes:
        """Return the picture for tiles and lists; b"" for none."""
        rows = self._query(_SMALL, (item_id,))
        return bytes(rows[0][0]) if rows else b""

    def last_code(self, first: str, last: str) -> str:
        """Return the highest barcode key from `first` to `last`; "" for none."""
        rows = self._query(
            "SELECT max(key) FROM barcode WHERE key >= ? AND key <= ?", (first, last)
        )
        return rows[0][0] or ""

    # ----------------------------------------------------------------- inside

    def _listed(self, query: ItemQuery, before: int, limit: int) -> list[int]:
        if query.category_ids is None and query.standing is Standing.ALL:
            return [row[0] for row in self._query(_EVERY, (before, limit))]
        walks = [
            [row[0] for row in self._query(_SHELF, (shelf, active, before, limit))]
            for shelf in self._shelves(query)
            for active in _active(query.standing)
        ]
        return list(islice(heapq.merge(*walks, reverse=True), limit))

    def _shelves(self, query: ItemQuery) -> Sequence[str | None]:
        if query.category_ids is not None:
            return query.category_ids
        rows = self._query("SELECT category_id FROM category", ())
        return [None, *(row[0] for row in rows)]

    def _found(self, query: ItemQuery, wanted: int) -> list[int]:
        """Return the items that the words find; their best selling unit decides."""
        is_all = query.category_ids is None
        most = wanted * 5 // 4 if is_all else max(FILTERED, wanted)
        shelves = _SHELVES[query.standing]
        while True:
            units = self._search.unit_keys(query.words, most, shelves)
            kept = self._items_of(units, query)
            if len(kept) >= wanted or len(units) < most or most >= FILTERED:
                return kept[:wanted]
            most = FILTERED  # items of many units: look further, once

    def _items_of(self, units: Sequence[int], query: ItemQuery) -> list[int]:
        rows = self._query(_OF_UNITS, (json.dumps(list(units)),))
        items = {row[0]: row[1:] for row in rows}
        kept = (
            item_key
            for item_key, category_id, active in (items[unit] for unit in units)
            if active in _active(query.standing)
            and (query.category_ids is None or category_id in query.category_ids)
        )
        return list(dict.fromkeys(kept))

    def _rows(self, item_keys: Sequence[int], moment: Timestamp) -> tuple[ItemRow, ...]:
        rows = self._query(_ROWS, (json.dumps(list(item_keys)),))
        found = {row[0]: self._row(row, moment) for row in rows}
        return tuple(found[key] for key in item_keys)

    def _row(self, row: Any, moment: Timestamp) -> ItemRow:
        return ItemRow(
            item_id=row[1],
            sku=row[2],
            name=row[3],
            names=names_from_text(row[4]),
            variant=row[5],
            category_id=row[6],
            barcode=row[7] or "",
            unit_name=row[8] or "",
            price_minor=None if row[9] is None else self._price_minor(row[9], moment),
            is_active=bool(row[10]),
            is_variant=bool(row[11]),
            picture=bytes(row[12] or b""),
        )

    def _first(self, kind: str, keys: Sequence[str]) -> str | None:
        for key in keys:
            rows = self._query(_ITEM_OF[kind], (key,))
            if rows:
                found: str = rows[0][0]
                return found
        return None

    def _measured(self, code: str) -> str | None:
        """Return whose label with a weight or a price this is; a misread is nobody's."""
        try:
            measured = first_match(self._rules(), code)
        except UserError:
            return None
        if measured is None:
            return None
        plu = self._first("plu", (measured.plu(),))
        return plu or self._first("barcode", measured.keys())


def _active(standing: Standing) -> tuple[int, ...]:
    return {
        Standing.ALL: (1, 0),
        Standing.ON_SALE: (1,),
        Standing.RETIRED: (0,),
    }[standing]
