"""What an item names must be there: its tax category, without which nothing prices."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from pos_app.errors import UserError
from pos_app.persistence.catalog.item_loader import rows_of
from pos_app.ports.catalog_editing import ItemDraft

_KNOWN_TAXES = (
    "SELECT key FROM tax_category WHERE key IN (SELECT value FROM json_each(?))"
)
_KNOWN_SHELVES = (
    "SELECT category_id FROM category "
    "WHERE category_id IN (SELECT value FROM json_each(?))"
)


def refuse_gone(connection: Connection, items: Sequence[ItemDraft]) -> None:
    """Refuse items of a tax or a category that was deleted meanwhile.

    Args:
        connection: inside the writer's transaction.
        items: about to be stored.

    Raises:
        UserError: "tax_category_unknown" or "category_gone".
    """
    taxes = {item.tax_category for item in items}
    if len(list(rows_of(connection, _KNOWN_TAXES, taxes))) < len(taxes):
        raise UserError("tax_category_unknown", field="tax")
    shelves = {item.category_id for item in items if item.category_id is not None}
    if len(list(rows_of(connection, _KNOWN_SHELVES, shelves))) < len(shelves):
        raise UserError("category_gone", field="category")
