"""Baskets and the pairs found in them (implements ports.suggestions)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, text

from pos_app.domain.suggestion import BoughtItem, ItemPair
from pos_app.persistence.ledger.suggestion_tables import item_pair
from pos_app.values.times import BusinessDay

#: What was kept of each line; a mirrored sale comes back line by line, too.
_BOUGHT = text("""
WITH newest AS (
  SELECT sale_id, business_day, ended_at_ms FROM sale
  WHERE member_id IN :members AND member_id <> ''
  ORDER BY ended_at_ms DESC LIMIT :sales
)
SELECT l.item_id, l.unit_id, l.name, n.business_day
FROM newest n CROSS JOIN sale_line l ON l.sale_id = n.sale_id
WHERE l.quantity_thousandths > coalesce(
  (SELECT sum(r.quantity_thousandths) FROM sale_return r
   WHERE r.origin_sale_id = l.sale_id AND r.origin_sale_id <> ''
     AND r.origin_line_position = l.position), 0)
ORDER BY n.ended_at_ms DESC, l.position
""").bindparams(bindparam("members", expanding=True))
#: Gifts (price zero) were not chosen by anybody.
_COUNTED = text("""
SELECT l.item_id, count(DISTINCT l.sale_id)
FROM sale s CROSS JOIN sale_line l ON l.sale_id = s.sale_id
WHERE s.business_day = :day AND l.total_minor > 0
GROUP BY l.item_id
""")
_HOW_MANY = text("""
SELECT count(*) FROM sale s WHERE s.business_day = :day
  AND EXISTS (SELECT 1 FROM sale_line l
              WHERE l.sale_id = s.sale_id AND l.total_minor > 0)
""")
_BASKETS = text("""
SELECT s.rowid, l.item_id
FROM sale s CROSS JOIN sale_line l ON l.sale_id = s.sale_id
WHERE s.business_day = :day AND l.total_minor > 0
""")
#: By the index on items, its end: one row is read however often it was sold.
_LAST_UNIT = text("""
SELECT unit_id FROM sale_line WHERE item_id = :item ORDER BY rowid DESC LIMIT 1
""")
_COLUMNS = (
    item_pair.c.item_id,
    item_pair.c.other_id,
    item_pair.c.together,
    item_pair.c.item_baskets,
    item_pair.c.other_baskets,
    item_pair.c.baskets,
)


class SqlSuggestionReader:
    """Reads baskets and pairs; each question takes a connection of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def bought(self, member_ids: Sequence[str], sales: int) -> Sequence[BoughtItem]:
        """Return what a person bought and kept, the last bought first."""
        asked = {"members": list(member_ids), "sales": sales}
        with self._engine.begin() as connection:
            rows = connection.execute(_BOUGHT, asked).all()
        newest: dict[str, tuple[str, str]] = {}
        days: dict[str, set[date]] = {}
        for item, unit, name, day in rows:
            newest.setdefault(item, (unit, name))
            days.setdefault(item, set()).add(date.fromisoformat(day))
        return tuple(
            BoughtItem(item, *named, tuple(sorted(days[item])))
            for item, named in newest.items()
        )

    def pairs_of(self, item_ids: Sequence[str]) -> Sequence[ItemPair]:
        """Return the pairs that begin with one of the items."""
        query = select(*_COLUMNS).where(item_pair.c.item_id.in_(item_ids))
        with self._engine.begin() as connection:
            return tuple(ItemPair(*row) for row in connection.execute(query))

    def last_unit(self, item_id: str) -> str:
        """Return the unit that an item was sold in last; "" for never."""
        with self._engine.begin() as connection:
            return connection.execute(_LAST_UNIT, {"item": item_id}).scalar() or ""

    def counted(self, day: BusinessDay) -> tuple[int, Mapping[str, int]]:
        """Return the baskets of a day, and how many of them hold each item."""
        asked = {"day": day.isoformat()}
        with self._engine.begin() as connection:
            baskets = connection.execute(_HOW_MANY, asked).scalar_one()
            rows = connection.execute(_COUNTED, asked).all()
        return baskets, {item: count for item, count in rows}  # noqa: C416 - rows are no pairs

    def baskets(self, day: BusinessDay) -> Iterator[Sequence[str]]:
        """Yield the items of each basket of a day."""
        with self._engine.begin() as connection:
            rows = connection.execute(_BASKETS, {"day": day.isoformat()}).all()
        for _sale, lines in groupby(rows, key=lambda row: row[0]):
            yield [line[1] for line in lines]


class SqlSuggestions:
    """Keeps the pairs within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set_pairs(self, pairs: Sequence[ItemPair]) -> None:
        """Put pairs in the place of all that were kept."""
        self._connection.execute(delete(item_pair))
        names = [column.name for column in _COLUMNS]
        rows = [{name: getattr(pair, name) for name in names} for pair in pairs]
        if rows:
            self._connection.execute(insert(item_pair), rows)
