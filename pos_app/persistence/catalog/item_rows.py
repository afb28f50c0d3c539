"""One item as the back office changes it, within the writer's transaction."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from pos_app.persistence.catalog.item_loader import keys_by_id, load_items, rows_of
from pos_app.persistence.catalog.office_item_tables import item_picture
from pos_app.persistence.catalog.search_index import (
    LAST_SHELF,
    RETIRED_SHELF,
    drop_words,
    row_of,
)
from pos_app.ports.catalog_editing import ItemDraft
from pos_app.ports.item_listing import ItemPicture

_WORDS = """
SELECT unit_key, coalesce(v.shelf, ?) FROM unit LEFT JOIN velocity v USING (unit_key)
WHERE item_key IN (SELECT value FROM json_each(?))
"""
#: What hangs on a unit, in the order in which it may go.
_OF_UNITS = (
    "barcode",
    "plu",
    "price",
    "level_price",
    "cost",
    "velocity",
    "quick_key",
)
_PUT_PICTURE = (
    "INSERT INTO item_picture (item_key, digest, image, small) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (item_key) DO UPDATE SET digest = excluded.digest, "
    "image = excluded.image, small = excluded.small"
)


class ItemRows:
    """The part of the writer that opens, pictures and deletes items."""

    _now_ms: Callable[[], int]

    def _writing(self) -> AbstractContextManager[Connection]:
        """Open one transaction, or join the one that is open."""
        raise AssertionError(type(self).__name__)

    def item(self, item_id: str) -> ItemDraft | None:
        """Return an item as it is stored."""
        with self._writing() as connection:
            keys = keys_by_id(connection, "item", [item_id])
            return load_items(connection, keys.values()).get(keys.get(item_id, 0))

    def has_variants(self, item_id: str) -> bool:
        """Tell whether other items are variants of this one."""
        with self._writing() as connection:
            keys = keys_by_id(connection, "item", [item_id])
            rows = rows_of(
                connection,
                "SELECT 1 FROM item "
                "WHERE parent_key IN (SELECT value FROM json_each(?)) LIMIT 1",
                list(keys.values()),
            )
        return bool(rows)

    def picture_digest(self, item_id: str) -> str:
        """Return the digest of an item's picture; "" for none."""
        with self._writing() as connection:
            row = connection.exec_driver_sql(
                "SELECT p.digest FROM item_picture p JOIN item i USING (item_key) "
                "WHERE i.item_id = ?",
                (item_id,),
            ).first()
        return "" if row is None else str(row[0])

    def put_picture(self, item_id: str, picture: ItemPicture | None) -> None:
        """Store an item's picture in place of the old one; None takes it away."""
        with self._writing() as connection:
            item_key = keys_by_id(connection, "item", [item_id])[item_id]
            if picture is None:
                connection.exec_driver_sql(
                    "DELETE FROM item_picture WHERE item_key = ?", (item_key,)
                )
                return
            connection.exec_driver_sql(
                _PUT_PICTURE,
                (item_key, picture.digest, picture.image, picture.small),
            )

    def delete_item(self, item_id: str) -> None:
        """Take an item away with all that hangs on it; the caller knows it may go."""
        with self._writing() as connection:
            item_key = keys_by_id(connection, "item", [item_id])[item_id]
            is_active = connection.exec_driver_sql(
                "SELECT is_active FROM item WHERE item_key = ?", (item_key,)
            ).scalar_one()
            last = LAST_SHELF if is_active else RETIRED_SHELF
            rows = connection.exec_driver_sql(_WORDS, (LAST_SHELF, f"[{item_key}]"))
            drop_words(
                connection,
                [
                    row_of(unit_key, shelf if is_active else last)
                    for unit_key, shelf in rows.fetchall()
                ],
            )
            for table in _OF_UNITS:
                connection.exec_driver_sql(
                    f"DELETE FROM {table} WHERE unit_key IN "  # noqa: S608 - our names
                    "(SELECT unit_key FROM unit WHERE item_key = ?)",
                    (item_key,),
                )
            for table in ("unit", item_picture.name, "item"):
                connection.exec_driver_sql(
                    f"DELETE FROM {table} WHERE item_key = ?",  # noqa: S608 - our names
                    (item_key,),
                )
