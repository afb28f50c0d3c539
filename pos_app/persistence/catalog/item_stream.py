"""The whole catalogue, item by item, as it stood at one moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from pos_app.domain.item import Category
from pos_app.domain.shop import Shop
from pos_app.errors import StorageError
from pos_app.persistence.catalog import shop_rows
from pos_app.persistence.catalog.item_loader import load_items
from pos_app.ports.catalog_editing import ItemDraft

CHUNK = 500

_KEYS = """
SELECT i.item_key, coalesce(p.sku, '')
FROM item i LEFT JOIN item p ON p.item_key = i.parent_key
WHERE i.is_active >= ? AND i.item_key > ? AND (i.parent_key IS NULL) = ?
ORDER BY i.item_key LIMIT ?
"""


class ItemStream:
    """Reads in one transaction (implements ports.catalog_editing.CatalogListing).

    The till may go on selling and an import go on writing; neither is seen.
    """

    def __init__(self, connection: Connection, *, with_retired: bool = False) -> None:
        """Take a connection of a reader engine, inside its transaction."""
        self._connection = connection
        self._least_active = 0 if with_retired else 1

    def shop(self) -> Shop:
        """Return the shop."""
        shop = shop_rows.read_shop(self._query)
        if shop is None:
            raise StorageError("shop_not_set_up")
        return shop

    def categories(self) -> Sequence[Category]:
        """Return every category by position."""
        return shop_rows.read_categories(self._query)

    def items(self) -> Iterator[tuple[ItemDraft, str]]:
        """Yield every item that is sold, with its parent's SKU; parents first.

        Those sold no more, too, where they were asked for.
        """
        for stands_alone in (1, 0):
            last = 0
            while rows := self._query(
                _KEYS, (self._least_active, last, stands_alone, CHUNK)
            ):
                found = load_items(self._connection, [row[0] for row in rows])
                for item_key, parent_sku in rows:
                    yield found[item_key], parent_sku
                last = rows[-1][0]

    def _query(self, statement: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        return list(self._connection.exec_driver_sql(statement, parameters))
