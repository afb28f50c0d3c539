"""Items as the catalogue's writer changes and looks them up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from decimal import Decimal

from sqlalchemy import Connection

from pos_app.persistence.catalog.codec import names_to_text
from pos_app.persistence.catalog.item_loader import keys_by_id, load_items, rows_of
from pos_app.persistence.catalog.item_references import refuse_gone
from pos_app.persistence.catalog.item_saver import save_items
from pos_app.persistence.catalog.velocity_rows import count_sold
from pos_app.ports.catalog_editing import ItemDraft, QuickKeyDraft

#: Items in one transaction: about 50 ms of work on a two-core machine.
BATCH = 200


class ItemEditing:
    """The part of the writer that knows items and tiles."""

    _now_ms: Callable[[], int]

    def _writing(self) -> AbstractContextManager[Connection]:
        """Open one transaction, or join the one that is open."""
        raise AssertionError(type(self).__name__)

    def put_item(self, item: ItemDraft) -> None:
        """Add or change one item."""
        self.put_items([item])

    def put_items(self, items: Sequence[ItemDraft]) -> None:
        """Add or change items; see ports.catalog_editing.CatalogEditor."""
        for start in range(0, len(items), BATCH):
            with self._writing() as connection:
                some = items[start : start + BATCH]
                refuse_gone(connection, some)
                save_items(connection, some, self._now_ms())

    def put_quick_keys(self, page: str, keys: Sequence[QuickKeyDraft]) -> None:
        """Store the tiles of a page.

        Args:
            page: category id, or "" for the favourites.
            keys: every tile of the page; their units must exist.
        """
        with self._writing() as connection:
            units = keys_by_id(connection, "unit", [key.unit_id for key in keys])
            rows = [
                (
                    page,
                    key.position,
                    units[key.unit_id],
                    key.label,
                    names_to_text(key.labels),
                )
                for key in keys
            ]
            connection.exec_driver_sql("DELETE FROM quick_key WHERE page = ?", (page,))
            if rows:
                connection.exec_driver_sql(
                    "INSERT INTO quick_key (page, position, unit_key, label, labels) "
                    "VALUES (?, ?, ?, ?, ?)",
                    rows,
                )

    def bump_velocity(self, sold: Mapping[str, Decimal]) -> None:
        """Count what was sold, so that search shows best sellers first.

        Args:
            sold: unit id -> quantity, such as those of one finished sale; units
                that do not exist are passed over.
        """
        with self._writing() as connection:
            count_sold(connection, sold)

    def items_by_sku(self, skus: Collection[str]) -> Mapping[str, ItemDraft]:
        """Return what is stored under these SKUs, by SKU."""
        statement = (
            "SELECT sku, item_key FROM item "
            "WHERE sku IN (SELECT value FROM json_each(?)) AND sku <> ''"
        )
        return self._items(statement, skus)

    def items_by_barcode(self, keys: Collection[str]) -> Mapping[str, ItemDraft]:
        """Return who owns these barcodes, by `gtin.barcode_key`."""
        statement = (
            "SELECT b.key, u.item_key FROM barcode b JOIN unit u USING (unit_key) "
            "WHERE b.key IN (SELECT value FROM json_each(?))"
        )
        return self._items(statement, keys)

    def items_by_plu(self, plus: Collection[str]) -> Mapping[str, ItemDraft]:
        """Return who has these PLUs, by PLU without leading zeros."""
        statement = (
            "SELECT p.plu, u.item_key FROM plu p JOIN unit u USING (unit_key) "
            "WHERE p.plu IN (SELECT value FROM json_each(?))"
        )
        return self._items(statement, plus)

    def _items(self, statement: str, numbers: Collection[str]) -> dict[str, ItemDraft]:
        with self._writing() as connection:
            owners = dict(map(tuple, rows_of(connection, statement, numbers)))
            items = load_items(connection, set(owners.values()))
        return {number: items[item_key] for number, item_key in owners.items()}
