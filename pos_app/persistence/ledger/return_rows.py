"""Returned goods as rows of the ledger (implements ports.returns)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, func, select

from pos_app.persistence.ledger.day_tables import sale_return


class SqlReturns:
    """What came back, inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def taken_thousandths(self, sale_id: str) -> Mapping[int, int]:
        """Return line position -> quantity that came back, in thousandths."""
        position = sale_return.c.origin_line_position
        query = (
            select(position, func.sum(sale_return.c.quantity_thousandths))
            .where(sale_return.c.origin_sale_id == sale_id)
            .group_by(position)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}


class SqlReturnReader:
    """What came back, as committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def taken_thousandths(self, sale_id: str) -> Mapping[int, int]:
        """Return line position -> quantity that came back, in thousandths."""
        with self._engine.begin() as connection:
            return SqlReturns(connection).taken_thousandths(sale_id)
