"""Reads whole items, as the back office and the importer see them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import Any, Protocol

from pos_app.domain.item import SellBy
from pos_app.domain.price import UnitPrice
from pos_app.persistence.catalog.codec import (
    names_from_text,
    period_from_numbers,
    tags_from_text,
)
from pos_app.persistence.catalog.tables import FOREVER
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.values.gs1.gtin import display_code
from pos_app.values.percentage import Percentage

Row = Any  # a driver's row: columns by position

_ITEMS = """
SELECT i.item_key, i.item_id, i.sku, i.name, i.variant, i.names, i.spec,
       i.category_id, i.tax_category, i.icon, p.item_id, i.is_active,
       i.discount_cap_millionths, i.is_returnable, i.brand, i.tags
FROM item i LEFT JOIN item p ON p.item_key = i.parent_key
WHERE i.item_key IN (SELECT value FROM json_each(?))
"""
_UNITS = """
SELECT unit_key, item_key, unit_id, unit_code, unit_name, pieces, sell_by,
       floor_minor
FROM unit WHERE item_key IN (SELECT value FROM json_each(?)) AND is_active
ORDER BY item_key, position
"""
_BARCODES = """
SELECT unit_key, key, printed FROM barcode
WHERE unit_key IN (SELECT value FROM json_each(?)) ORDER BY unit_key, position
"""
_PLUS = (
    "SELECT unit_key, plu FROM plu WHERE unit_key IN (SELECT value FROM json_each(?))"
)
_PRICES = """
SELECT unit_key, price_id, minor, valid_from, valid_until, priority FROM price
WHERE unit_key IN (SELECT value FROM json_each(?))
ORDER BY unit_key, priority, valid_from, price_id
"""
_COSTS = """
SELECT unit_key, minor FROM cost
WHERE unit_key IN (SELECT value FROM json_each(?)) ORDER BY unit_key, valid_from
"""


_LEVELS = f"""
SELECT unit_key, level, minor FROM level_price
WHERE unit_key IN (SELECT value FROM json_each(?)) AND valid_until = {FOREVER}
ORDER BY unit_key, level, valid_from
"""  # noqa: S608 - our own number


class Asked(Protocol):
    """What answers a SELECT: a connection, or a reader's own cursor."""

    def exec_driver_sql(self, statement: str, parameters: Any = None, /) -> Any:
        """Run a statement of the driver."""
        ...


def rows_of(connection: Asked, statement: str, keys: Collection[object]) -> Row:
    """Run a statement whose one parameter is a list of keys."""
    return connection.exec_driver_sql(statement, (json.dumps(list(keys)),)).fetchall()


def keys_by_id(connection: Asked, table: str, ids: Collection[str]) -> dict[str, int]:
    """Return text identity -> integer key of the rows of item or unit that exist."""
    assert table in ("item", "unit")
    statement = (
        f"SELECT {table}_id, {table}_key FROM {table} "  # noqa: S608 - asserted above
        f"WHERE {table}_id IN (SELECT value FROM json_each(?))"
    )
    return {row[0]: row[1] for row in rows_of(connection, statement, ids)}


def load_items(connection: Asked, item_keys: Collection[int]) -> dict[int, ItemDraft]:
    """Return items by integer key, with their active units."""
    units = _load_units(connection, item_keys)
    return {
        row[0]: ItemDraft(
            item_id=row[1],
            sku=row[2],
            name=row[3],
            variant=row[4],
            names=names_from_text(row[5]),
            spec=row[6],
            category_id=row[7],
            tax_category=row[8],
            icon=row[9],
            parent_id=row[10],
            is_active=bool(row[11]),
            discount_cap=None if row[12] is None else Percentage(row[12]),
            is_returnable=bool(row[13]),
            brand=row[14],
            tags=tags_from_text(row[15]),
            units=tuple(units[row[0]]),
        )
        for row in rows_of(connection, _ITEMS, item_keys)
    }


def _load_units(
    connection: Asked, item_keys: Collection[int]
) -> dict[int, list[UnitDraft]]:
    rows = rows_of(connection, _UNITS, item_keys)
    unit_keys = [row[0] for row in rows]
    barcodes: dict[int, list[str]] = defaultdict(list)
    for unit_key, key, printed in rows_of(connection, _BARCODES, unit_keys):
        barcodes[unit_key].append(printed or display_code(key))
    prices: dict[int, list[UnitPrice]] = defaultdict(list)
    for unit_key, price_id, minor, start, end, priority in rows_of(
        connection, _PRICES, unit_keys
    ):
        period = period_from_numbers(start, end)
        prices[unit_key].append(UnitPrice(price_id, minor, period, priority))
    plus = dict(map(tuple, rows_of(connection, _PLUS, unit_keys)))
    costs = dict(map(tuple, rows_of(connection, _COSTS, unit_keys)))  # the last wins
    levels: dict[int, dict[str, int]] = defaultdict(dict)  # the last wins
    for unit_key, level, minor in rows_of(connection, _LEVELS, unit_keys):
        levels[unit_key][level] = minor
    found: dict[int, list[UnitDraft]] = defaultdict(list)
    for unit_key, item_key, unit_id, code, name, pieces, sell_by, floor in rows:
        found[item_key].append(
            UnitDraft(
                unit_id=unit_id,
                unit_code=code,
                unit_name=name,
                pieces=Decimal(pieces),
                sell_by=SellBy(sell_by),
                barcodes=tuple(barcodes[unit_key]),
                plu=plus.get(unit_key, ""),
                prices=tuple(prices[unit_key]),
                cost_minor=costs.get(unit_key),
                floor_minor=floor,
                level_prices=tuple(levels[unit_key].items()),
            )
        )
    return found
