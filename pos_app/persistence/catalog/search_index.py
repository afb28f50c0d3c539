"""Keeps the words of every selling unit in the search table."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from pos_app.domain.search_text import document_words, fold
from pos_app.persistence.catalog.chinese import readings, simplify
from pos_app.persistence.catalog.item_loader import load_items
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft

#: Units that never sold stand on the last shelf, best sellers on shelf 0; each
#: shelf holds what sold twice as much as the next, so few units ever move.
LAST_SHELF = 15
#: Behind them stands what is sold no more: only the back office looks there.
RETIRED_SHELF = 16
SHELF_SHIFT = 40
UNIT_MASK = (1 << SHELF_SHIFT) - 1


def shelf_of(sold_thousandths: int) -> int:
    """Return the shelf of a unit that sold so many thousandths of itself."""
    return max(0, LAST_SHELF - (sold_thousandths // 1000).bit_length())


def row_of(unit_key: int, shelf: int = LAST_SHELF) -> int:
    """Return the search row of a unit: FTS5 yields rows in this order."""
    return shelf << SHELF_SHIFT | unit_key


def texts_of(item: ItemDraft, unit: UnitDraft) -> tuple[str, ...]:
    """Return the texts under which a unit is found."""
    found = (
        item.name,
        item.variant,
        item.spec,
        item.sku,
        item.brand,
        unit.unit_name,
        unit.plu,
        *(name for _, name in item.names),
    )
    return tuple(text for text in found if text)


def words_of(texts: Iterable[str]) -> str:
    """Return the words of texts, as the search table takes them."""
    return " ".join(document_words([fold(t, simplify) for t in texts], readings))


def put_words(connection: Connection, rows: list[tuple[int, str]]) -> None:
    """Add rows that are not there."""
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO search(rowid, words) VALUES (?, ?)", rows
        )


def drop_words(connection: Connection, rows: list[int]) -> None:
    """Take rows away."""
    if rows:
        connection.exec_driver_sql(
            "DELETE FROM search WHERE rowid = ?", [(row,) for row in rows]
        )


def move_words(
    connection: Connection, unit_key: int, unit_id: str, shelves: tuple[int, int]
) -> None:
    """Move a unit's words from one shelf to another."""
    item_key = connection.exec_driver_sql(
        "SELECT item_key FROM unit WHERE unit_key = ?", (unit_key,)
    ).scalar_one()
    item = load_items(connection, [item_key])[item_key]
    drop_words(connection, [row_of(unit_key, shelves[0])])
    listed = [unit for unit in item.units if unit.unit_id == unit_id]
    if item.is_active:
        put_words(
            connection,
            [
                (row_of(unit_key, shelves[1]), words_of(texts_of(item, unit)))
                for unit in listed
            ],
        )
