"""Categories and quick keys as the back office changes them."""

from __future__ import annotations

from contextlib import AbstractContextManager

from sqlalchemy import Connection

from pos_app.persistence.catalog.codec import names_from_text
from pos_app.ports.catalog_editing import QuickKeyDraft

_KEYS = """
SELECT q.position, u.unit_id, q.label, q.labels
FROM quick_key q JOIN unit u USING (unit_key) JOIN item i USING (item_key)
WHERE q.page = ? AND u.is_active AND i.is_active ORDER BY q.position
"""
_COUNT = "SELECT count(*) FROM item WHERE category_id = ? AND is_active"


class ShelfEditing:
    """The part of the writer that knows shelves: categories and tiles."""

    def _writing(self) -> AbstractContextManager[Connection]:
        """Open one transaction, or join the one that is open."""
        raise AssertionError(type(self).__name__)

    def quick_keys(self, page: str) -> tuple[QuickKeyDraft, ...]:
        """Return the tiles of a page whose goods are sold, by position."""
        with self._writing() as connection:
            rows = connection.exec_driver_sql(_KEYS, (page,)).fetchall()
        return tuple(
            QuickKeyDraft(row[0], row[1], row[2], names_from_text(row[3]))
            for row in rows
        )

    def count_items(self, category_id: str) -> int:
        """Return how many items that are sold stand in a category."""
        with self._writing() as connection:
            found: int = connection.exec_driver_sql(_COUNT, (category_id,)).scalar_one()
        return found

    def move_items(self, category_id: str, to: str | None) -> None:
        """Move everything that stands in a category, retired items too."""
        with self._writing() as connection:
            connection.exec_driver_sql(
                "UPDATE item SET category_id = ? WHERE category_id = ?",
                (to, category_id),
            )

    def drop_category(self, category_id: str) -> None:
        """Take a category away with its page of tiles; nothing may stand in it."""
        with self._writing() as connection:
            for statement in (
                "DELETE FROM quick_key WHERE page = ?",
                "DELETE FROM category WHERE category_id = ?",
            ):
                connection.exec_driver_sql(statement, (category_id,))
