"""Which goods a promotion is for, found in the catalogue by its indexes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pos_app.domain.item import SellingUnit
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.persistence.catalog.search_index import LAST_SHELF
from pos_app.values.times import Timestamp

_BRANDS = "SELECT DISTINCT brand FROM item WHERE brand != '' AND is_active"
_TAGS = """
SELECT DISTINCT t.value FROM item i, json_each(i.tags) t
WHERE i.tags != '' AND i.is_active
"""
_BELOW = """
WITH RECURSIVE below (category_id) AS (
  SELECT value FROM json_each(?)
  UNION SELECT c.category_id FROM category c JOIN below b ON c.parent_id = b.category_id
) SELECT category_id FROM below
"""
#: Selling units of what a set names: (units, items, items, categories, brands, tags).
_OF_SET = """
SELECT u.unit_key FROM unit u WHERE u.unit_id IN (SELECT value FROM json_each(?))
UNION SELECT u.unit_key FROM unit u WHERE u.item_key IN (
  SELECT item_key FROM item WHERE item_id IN (SELECT value FROM json_each(?))
  UNION SELECT v.item_key FROM item v JOIN item p ON p.item_key = v.parent_key
  WHERE p.item_id IN (SELECT value FROM json_each(?))
  UNION SELECT item_key FROM item
  WHERE category_id IN (SELECT value FROM json_each(?))
  UNION SELECT item_key FROM item
  WHERE brand != '' AND brand IN (SELECT value FROM json_each(?))
  UNION SELECT i.item_key FROM item i, json_each(i.tags) t
  WHERE i.tags != '' AND t.value IN (SELECT value FROM json_each(?)))
"""
_BEST = """
SELECT u.unit_key FROM unit u JOIN item i USING (item_key)
LEFT JOIN velocity v USING (unit_key)
WHERE u.unit_key IN (SELECT value FROM json_each(?)) AND u.is_active AND i.is_active
ORDER BY coalesce(v.shelf, ?), coalesce(v.sold, 0) DESC, i.name, u.position LIMIT ?
"""
_EVERY = """
SELECT u.unit_key FROM unit u JOIN item i USING (item_key)
LEFT JOIN velocity v USING (unit_key) WHERE u.is_active AND i.is_active
ORDER BY v.sold IS NULL, v.sold DESC, u.unit_key LIMIT ?
"""
#: Of each unit: its own last cost, how many pieces it holds, what one piece costs.
_COSTS = """
SELECT u.unit_id, (SELECT c.minor FROM cost c WHERE c.unit_key = u.unit_key
                   ORDER BY c.valid_from DESC LIMIT 1),
  u.pieces, (SELECT c.minor FROM unit b JOIN cost c USING (unit_key)
             WHERE b.item_key = u.item_key AND b.pieces = '1'
             ORDER BY b.position, c.valid_from DESC LIMIT 1)
FROM unit u WHERE u.unit_id IN (SELECT value FROM json_each(?))
"""


class GoodsReading:
    """The part of the reader that knows brands, tags and selectors."""

    def _unit(self, _unit_key: int | None, _moment: Timestamp) -> SellingUnit | None:
        """Return one selling unit by its key."""
        raise AssertionError(type(self).__name__)

    def _query(
        self, _statement: str, _parameters: Sequence[object] = (), /
    ) -> list[Any]:
        """Run a SELECT and return its rows."""
        raise AssertionError(type(self).__name__)

    def brands(self) -> tuple[str, ...]:
        """Return the brands of items that are sold, in order of the alphabet."""
        return tuple(sorted(row[0] for row in self._query(_BRANDS)))

    def tags(self) -> tuple[str, ...]:
        """Return the tags of items that are sold, in order of the alphabet."""
        return tuple(sorted(row[0] for row in self._query(_TAGS)))

    def units_of(
        self, selector: Selector, moment: Timestamp, limit: int
    ) -> tuple[SellingUnit, ...]:
        """Return goods of a selector that are sold, best sellers first."""
        without = self._keys_of(selector.exclude)
        if selector.exclude.everything or selector.include.is_empty:
            return ()
        if selector.include.everything:
            keys = [
                key
                for (key,) in self._query(_EVERY, (limit + len(without),))
                if key not in without
            ][:limit]
        else:
            wanted = sorted(self._keys_of(selector.include) - without)
            found = self._query(_BEST, (json.dumps(wanted), LAST_SHELF, limit))
            keys = [key for (key,) in found]
        units = (self._unit(key, moment) for key in keys)
        return tuple(unit for unit in units if unit is not None)

    def unit_costs(self, unit_ids: Sequence[str]) -> Mapping[str, int]:
        """Return what one unit costs the shop, minor units; where it is known.

        A box without a cost of its own costs what its pieces cost.
        """
        rows = self._query(_COSTS, (json.dumps(list(unit_ids)),))
        found: dict[str, int] = {}
        for unit_id, own, pieces, of_one in rows:
            if own is not None:
                found[unit_id] = own
            elif of_one is not None:
                exact = Decimal(pieces) * of_one
                found[unit_id] = int(exact.to_integral_value(ROUND_HALF_UP))
        return found

    def _keys_of(self, goods: GoodsSet) -> set[int]:
        if goods.is_empty or goods.everything:
            return set()
        categories: list[str] = []
        if goods.category_ids:
            rows = self._query(_BELOW, (_list(goods.category_ids),))
            categories = [row[0] for row in rows]
        items = _list(goods.item_ids)
        asked = (
            _list(goods.unit_ids),
            items,
            items,
            _list(categories),
            _list(_same(goods.brands, self.brands) if goods.brands else ()),
            _list(_same(goods.tags, self.tags) if goods.tags else ()),
        )
        return {key for (key,) in self._query(_OF_SET, asked)}


def _same(said: Sequence[str], stored: Callable[[], Sequence[str]]) -> list[str]:
    """Return the stored words that are the same but for case and outer blanks."""
    wanted = {word.strip().casefold() for word in said}
    return [word for word in stored() if word.strip().casefold() in wanted]


def _list(values: Sequence[str]) -> str:
    return json.dumps(list(values))
