"""Parked sales as rows of the ledger (implements ports.parked)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from pos_app.domain.basket import Basket
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.parked_sale import ParkedSale
from pos_app.errors import UserError
from pos_app.persistence.ledger import open_sale_rows
from pos_app.persistence.ledger.day_tables import parked_sale
from pos_app.values.times import Timestamp

T = TypeVar("T")
_BY_AGE = (parked_sale.c.parked_at_ms, parked_sale.c.number)


class KnownBaskets:
    """Baskets that lie parked, each rebuilt once; for any thread.

    No intent comes to a basket while it lies there, and none is ever changed: one that
    has as many of them is the same.
    """

    _MOST = 100

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, OpenSale, OpenSale]] = {}

    def of(self, connection: Connection, empty: OpenSale) -> OpenSale:
        """Return the fold of a basket's intents; see `open_sale_rows.fold`."""
        basket_id = empty.basket.basket_id
        count = open_sale_rows.intent_count(connection, basket_id)
        known = self._known.get(basket_id)
        if known is not None and known[:2] == (count, empty):
            return known[2]
        folded = open_sale_rows.fold(connection, empty)
        others = [pair for pair in self._known.items() if pair[0] != basket_id]
        kept = dict(others[1 - self._MOST :])
        self._known = {**kept, basket_id: (count, empty, folded)}
        return folded


class SqlParked:
    """Parked sales inside the caller's transaction."""

    def __init__(
        self, connection: Connection, known: KnownBaskets | None = None
    ) -> None:
        self._connection = connection
        self._known = known or KnownBaskets()

    def all(self) -> Sequence[ParkedSale]:
        """Return the parked sales, the oldest first."""
        rows = self._connection.execute(select(parked_sale).order_by(*_BY_AGE)).all()
        return tuple(self._parked(row) for row in rows)

    def count(self) -> int:
        """Return how many there are."""
        query = select(func.count()).select_from(parked_sale)
        return self._connection.execute(query).scalar_one()

    def of(self, basket_id: str) -> ParkedSale | None:
        """Return a parked sale."""
        return self._one(parked_sale.c.basket_id == basket_id)

    def by_number(self, number: str) -> ParkedSale | None:
        """Return the parked sale of a slip's number."""
        return self._one(parked_sale.c.number == number)

    def park(self, parked: ParkedSale) -> None:
        """Set the open sale aside; its intents stay where they are."""
        sale = parked.sale
        basket_id = sale.basket.basket_id
        is_open = open_sale_rows.open_basket_id(self._connection) == basket_id
        assert is_open, "only the open sale is parked"
        open_sale_rows.close(self._connection, basket_id)
        row = {
            "basket_id": basket_id,
            "number": parked.number,
            "name": parked.name,
            "cashier_id": sale.cashier_id,
            "business_day": sale.business_day.isoformat(),
            "started_at_ms": sale.started_at.unix_ms,
            "parked_at_ms": parked.parked_at.unix_ms,
            "parked_by": parked.parked_by,
            "parked_by_name": parked.parked_by_name,
            "parked_day": parked.business_day.isoformat(),
            "total_minor": parked.total_minor,
            "item_count": parked.item_count,
        }
        self._connection.execute(insert(parked_sale), row)

    def take(self, basket_id: str, number: str) -> ParkedSale:
        """Take a parked sale out; whoever comes later finds it gone."""
        found = self.of(basket_id)
        if found is None or found.number != number:
            raise UserError("parked_gone", number=number)
        chosen = parked_sale.c.basket_id == basket_id
        self._connection.execute(delete(parked_sale).where(chosen))
        return found

    def reopen(self, sale: OpenSale) -> None:
        """Make a sale that was taken out the open one."""
        present = open_sale_rows.rebuild(self._connection)
        if present is not None and not present.is_empty:
            raise UserError("basket_not_empty")
        open_sale_rows.open_again(self._connection, sale)

    def rename(self, basket_id: str, name: str) -> None:
        """Give a parked sale other words."""
        chosen = parked_sale.c.basket_id == basket_id
        statement = update(parked_sale).where(chosen).values(name=name)
        if self._connection.execute(statement).rowcount != 1:
            raise UserError("parked_gone", number="")

    def _one(self, chosen: Any) -> ParkedSale | None:
        row = self._connection.execute(select(parked_sale).where(chosen)).first()
        return None if row is None else self._parked(row)

    def _parked(self, row: Row[Any]) -> ParkedSale:
        empty = OpenSale(
            basket=Basket(row.basket_id),
            tenders=(),
            cashier_id=row.cashier_id,
            business_day=date.fromisoformat(row.business_day),
            started_at=Timestamp(row.started_at_ms),
        )
        return ParkedSale(
            sale=self._known.of(self._connection, empty),
            number=row.number,
            name=row.name,
            parked_at=Timestamp(row.parked_at_ms),
            parked_by=row.parked_by,
            parked_by_name=row.parked_by_name,
            business_day=date.fromisoformat(row.parked_day),
            total_minor=row.total_minor,
            item_count=row.item_count,
        )


class SqlParkedReader:
    """Parked sales, as committed."""

    def __init__(self, engine: Engine, known: KnownBaskets) -> None:
        self._engine, self._known = engine, known

    def all(self) -> Sequence[ParkedSale]:
        """Return the parked sales, the oldest first."""
        return self._read(SqlParked.all)

    def count(self) -> int:
        """Return how many there are."""
        return self._read(SqlParked.count)

    def of(self, basket_id: str) -> ParkedSale | None:
        """Return a parked sale; None when it was resumed or voided."""
        return self._read(lambda rows: rows.of(basket_id))

    def by_number(self, number: str) -> ParkedSale | None:
        """Return the parked sale of a slip's number."""
        return self._read(lambda rows: rows.by_number(number))

    def _read(self, question: Callable[[SqlParked], T]) -> T:
        with self._engine.begin() as connection:
            return question(SqlParked(connection, self._known))
