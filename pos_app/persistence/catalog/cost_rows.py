"""What units cost, since when."""

from __future__ import annotations

from contextlib import AbstractContextManager

from sqlalchemy import Connection

from pos_app.values.times import Timestamp

_LAST = "SELECT valid_from, minor FROM cost WHERE unit_key = ? ORDER BY valid_from DESC"
_PUT = (
    "INSERT INTO cost (unit_key, valid_from, minor) VALUES (?, ?, ?) "
    "ON CONFLICT (unit_key, valid_from) DO UPDATE SET minor = excluded.minor"
)


class CostEditing:
    """The part of the writer that knows costs."""

    def _writing(self) -> AbstractContextManager[Connection]:
        """Open one transaction, or join the one that is open."""
        raise AssertionError(type(self).__name__)

    def put_cost(self, unit_id: str, minor: int, since: Timestamp) -> int | None:
        """Set what a unit costs since a moment; see ports.shop_editing."""
        with self._writing() as connection:
            found = connection.exec_driver_sql(
                "SELECT unit_key FROM unit WHERE unit_id = ?", (unit_id,)
            ).first()
            if found is None:
                return None
            last = connection.exec_driver_sql(_LAST, (found[0],)).first()
            if last is not None and (last[0] > since.unix_ms or last[1] == minor):
                return None
            connection.exec_driver_sql(_PUT, (found[0], since.unix_ms, minor))
            return -1 if last is None else int(last[1])
