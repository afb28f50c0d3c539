"""How much of each unit was sold: what search shows first."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import Connection

from pos_app.persistence.catalog.item_loader import keys_by_id, rows_of
from pos_app.persistence.catalog.search_index import move_words, shelf_of
from pos_app.values.quantity import to_thousandths


def count_sold(connection: Connection, sold: Mapping[str, Decimal]) -> None:
    """Count what was sold; units that do not exist are passed over.

    Args:
        connection: of the catalogue's writer, in a transaction.
        sold: unit id -> quantity.
    """
    units = keys_by_id(connection, "unit", sold.keys())
    known = {
        row[0]: (row[1], row[2])
        for row in rows_of(
            connection,
            "SELECT unit_key, sold, shelf FROM velocity "
            "WHERE unit_key IN (SELECT value FROM json_each(?))",
            units.values(),
        )
    }
    for unit_id, unit_key in units.items():
        before, shelf = known.get(unit_key, (0, shelf_of(0)))
        count = before + to_thousandths(sold[unit_id])
        connection.exec_driver_sql(
            "INSERT INTO velocity (unit_key, sold, shelf) VALUES (?, ?, ?) "
            "ON CONFLICT (unit_key) DO UPDATE SET sold = excluded.sold, "
            "shelf = excluded.shelf",
            (unit_key, count, shelf_of(count)),
        )
        if shelf_of(count) != shelf:
            move_words(connection, unit_key, unit_id, (shelf, shelf_of(count)))
