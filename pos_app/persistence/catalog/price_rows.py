"""Price rows: which unit has which, what changes when, and how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection

from pos_app.domain.price import UnitPrice
from pos_app.errors import StorageError
from pos_app.persistence.catalog import (
    price_history,
    price_tables,  # noqa: F401 - the indexes are part of the schema
)
from pos_app.persistence.catalog.codec import period_from_numbers, period_to_numbers
from pos_app.persistence.catalog.tables import FOREVER
from pos_app.values.times import Timestamp

_ROWS = """
SELECT p.price_id, p.minor, p.valid_from, p.valid_until, p.priority
FROM price p JOIN unit u USING (unit_key) WHERE u.unit_id = ?
ORDER BY p.valid_from, p.priority, p.price_id
"""
#: The literals are those of the two partial indexes: SQLite must see them.
_NEXT_BEGIN = (
    "SELECT min(valid_from) FROM price WHERE valid_from > 0 AND valid_from > ?"
)
_NEXT_END = (
    "SELECT min(valid_until) FROM price "  # noqa: S608 - our own number
    f"WHERE valid_until < {FOREVER} AND valid_until > ?"
)
_CHANGES = f"""
SELECT u.unit_id, x.at FROM (
    SELECT unit_key, valid_from AS at FROM price
    WHERE valid_from > 0 AND valid_from >= ? AND valid_from < ?
    UNION
    SELECT unit_key, valid_until FROM price
    WHERE valid_until < {FOREVER} AND valid_until >= ? AND valid_until < ?
) x JOIN unit u USING (unit_key) JOIN item i USING (item_key)
WHERE u.is_active AND i.is_active ORDER BY x.at, i.name, u.position LIMIT ?
"""  # noqa: S608 - our own number
_KEY = "SELECT unit_key FROM unit WHERE unit_id = ?"
_PUT = """
INSERT INTO price (unit_key, priority, valid_from, price_id, valid_until, minor)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (unit_key, priority, valid_from, price_id)
DO UPDATE SET valid_until = excluded.valid_until
"""


def _row(found: Sequence[Any]) -> UnitPrice:
    period = period_from_numbers(found[2], found[3])
    return UnitPrice(found[0], found[1], period, found[4])


class PriceReading:
    """The part of the reader that knows price rows."""

    def _query(
        self, _statement: str, _parameters: Sequence[object] = (), /
    ) -> list[Any]:
        """Run a SELECT and return its rows."""
        raise AssertionError(type(self).__name__)

    def price_rows(self, unit_id: str) -> tuple[UnitPrice, ...]:
        """Return every price row of a unit, by its beginning."""
        return tuple(_row(found) for found in self._query(_ROWS, (unit_id,)))

    def next_price_change(self, after: Timestamp) -> Timestamp | None:
        """Return the next moment at which a row of any unit begins or ends."""
        found = [
            self._query(question, (after.unix_ms,))[0][0]
            for question in (_NEXT_BEGIN, _NEXT_END)
        ]
        moments = [moment for moment in found if moment is not None]
        return Timestamp(min(moments)) if moments else None

    def price_changes(
        self, since: Timestamp, until: Timestamp, limit: int
    ) -> Sequence[tuple[str, Timestamp]]:
        """Return (unit id, moment) of every beginning and end in a half-open while."""
        span = (since.unix_ms, until.unix_ms)
        rows = self._query(_CHANGES, (*span, *span, limit))
        return tuple((unit_id, Timestamp(at)) for unit_id, at in rows)

    def lowest_price_minor(
        self, unit_id: str, since: Timestamp, until: Timestamp
    ) -> int | None:
        """Return the lowest price of a unit in force at any moment of a while."""
        return price_history.lowest_price_minor(self._query, unit_id, since, until)

    def lowest_since(
        self, unit_id: str, minor: int, since: Timestamp, until: Timestamp
    ) -> Timestamp | None:
        """Return from when on a unit had its lowest price; None for always."""
        return price_history.lowest_since(self._query, unit_id, minor, since, until)


class PriceEditing:
    """The part of the writer that knows price rows; what was in force stays."""

    def _writing(self) -> AbstractContextManager[Connection]:
        """Open one transaction, or join the one that is open."""
        raise AssertionError(type(self).__name__)

    def price_rows(self, unit_id: str) -> tuple[UnitPrice, ...]:
        """Return every price row of a unit, by its beginning."""
        with self._writing() as connection:
            rows = connection.exec_driver_sql(_ROWS, (unit_id,)).fetchall()
        return tuple(_row(found) for found in rows)

    def put_price(self, unit_id: str, price: UnitPrice) -> None:
        """Add a row, or give the row of this identity another end."""
        start, end = period_to_numbers(price.period)
        with self._writing() as connection:
            key = connection.exec_driver_sql(_KEY, (unit_id,)).scalar()
            if key is None:
                raise StorageError("database_failed", detail=f"no unit {unit_id}")
            connection.exec_driver_sql(
                _PUT, (key, price.priority, start, price.price_id, end, price.minor)
            )

    def drop_price(self, unit_id: str, price_id: str) -> None:
        """Take away a row that was never in force."""
        with self._writing() as connection:
            connection.exec_driver_sql(
                f"DELETE FROM price WHERE price_id = ? AND unit_key = ({_KEY})",  # noqa: S608
                (price_id, unit_id),
            )
