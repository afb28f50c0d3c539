"""Returned goods as rows of the ledger (implements ports.returns)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, func, insert, literal_column, select

from pos_app.domain.refund_ways import EarlierRefund, way_place
from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.sale import Sale
from pos_app.errors import UserError
from pos_app.persistence.ledger import receipt_queries
from pos_app.persistence.ledger.day_tables import (
    sale_refund,
    sale_return,
    sale_return_tax,
)
from pos_app.persistence.ledger.tables import sale, sale_line
from pos_app.ports.returns import ReceiptFound
from pos_app.values.quantity import to_thousandths
from pos_app.values.times import BusinessDay

T = TypeVar("T")
#: Said as it is in the index, or SQLite would not use it.
_HAS_ORIGIN = sale_return.c.origin_sale_id != literal_column("''")


class SqlReturns:
    """What came back, inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def taken_thousandths(self, sale_id: str) -> Mapping[int, int]:
        """Return line position -> quantity that came back, in thousandths."""
        position = sale_return.c.origin_line_position
        query = (
            select(position, func.sum(sale_return.c.quantity_thousandths))
            .where(sale_return.c.origin_sale_id == sale_id, _HAS_ORIGIN)
            .group_by(position)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def earlier_refunds(self, sale_id: str) -> Sequence[EarlierRefund]:
        """Return the tickets in which goods of a sale came back, oldest first."""
        rows = sale_return.c
        amounts = (
            rows.net_minor
            + rows.tax_minor
            + rows.rounding_minor
            + rows.own_rounding_minor
        )
        query = (
            select(rows.sale_id, func.sum(amounts), func.sum(rows.own_rounding_minor))
            .join(sale, sale.c.sale_id == rows.sale_id)
            .where(rows.origin_sale_id == sale_id, _HAS_ORIGIN)
            .group_by(rows.sale_id)
            .order_by(sale.c.epoch, sale.c.seq)
        )
        return tuple(
            EarlierRefund(refunded_minor, self._refunds(ticket_id), rounded_minor)
            for ticket_id, refunded_minor, rounded_minor in self._connection.execute(
                query
            ).all()
        )

    def tickets_of(self, sale_id: str) -> Sequence[str]:
        """Return the tickets in which goods of a sale came back, oldest first."""
        rows = sale_return.c
        query = (
            select(rows.sale_id)
            .join(sale, sale.c.sale_id == rows.sale_id)
            .where(rows.origin_sale_id == sale_id, _HAS_ORIGIN)
            .group_by(rows.sale_id)
            .order_by(sale.c.epoch, sale.c.seq)
        )
        return tuple(row[0] for row in self._connection.execute(query))

    def receipts_by_serial(self, serial: int) -> Sequence[ReceiptFound]:
        """Return the sales of a serial in any series of this till, newest first."""
        return receipt_queries.by_serial(self._connection, serial)

    def receipts_of_day(self, day: BusinessDay, limit: int) -> Sequence[ReceiptFound]:
        """Return the sales of a business day, newest first."""
        return receipt_queries.of_day(self._connection, day, limit)

    def receipts_by_reference(self, end: str, limit: int) -> Sequence[ReceiptFound]:
        """Return sales paid with a tender whose reference ends so, newest first."""
        return receipt_queries.by_reference(self._connection, end, limit)

    def receipts_of_item(self, item_id: str, limit: int) -> Sequence[ReceiptFound]:
        """Return the sales in which an item was sold, newest first."""
        return receipt_queries.of_item(self._connection, item_id, limit)

    def refuse_taken(self, ticket: Sale) -> None:
        """Refuse a ticket whose goods came back in another one meanwhile.

        So is one whose promotions kept back what they no longer would: other goods
        of the sale came back since that was worked out.

        Raises:
            UserError: "returned_meanwhile" with the number of their sale.
        """
        taken: dict[str, dict[int, int]] = {}
        came: dict[str, int] = {}
        sold: dict[str, dict[int, int]] = {}
        for line in ticket.returns:
            if line.origin is None:
                continue
            of, position = line.origin.sale_id, line.origin.line_position
            if of not in taken:
                taken[of] = dict(self.taken_thousandths(of))
                sold[of] = self._sold(of)
                came[of] = sum(taken[of].values())
            before = taken[of].get(position, 0)
            after = before + to_thousandths(line.quantity)
            is_next = before == line.origin.taken_before_thousandths
            is_settled = line.settled_at_thousandths in {-1, came[of]}
            is_over = after > sold[of].get(position, 0)
            if not is_next or is_over or not is_settled:
                raise UserError("returned_meanwhile", number=line.origin.sale_number)
            taken[of][position] = after

    def _sold(self, sale_id: str) -> dict[int, int]:
        columns = sale_line.c
        query = select(columns.position, columns.quantity_thousandths)
        query = query.where(columns.sale_id == sale_id)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def _refunds(self, ticket_id: str) -> dict[str, int]:
        columns = sale_refund.c
        place = (columns.key, columns.account_id)
        query = select(*place, func.sum(columns.amount_minor))
        query = query.where(columns.sale_id == ticket_id).group_by(*place)
        return {
            way_place(row[0], row[1]): row[2] for row in self._connection.execute(query)
        }


class SqlReturnReader:
    """What came back, as committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def taken_thousandths(self, sale_id: str) -> Mapping[int, int]:
        """Return line position -> quantity that came back, in thousandths."""
        return self._read(lambda rows: rows.taken_thousandths(sale_id))

    def earlier_refunds(self, sale_id: str) -> Sequence[EarlierRefund]:
        """Return the tickets in which goods of a sale came back, oldest first."""
        return self._read(lambda rows: rows.earlier_refunds(sale_id))

    def tickets_of(self, sale_id: str) -> Sequence[str]:
        """Return the tickets in which goods of a sale came back, oldest first."""
        return self._read(lambda rows: rows.tickets_of(sale_id))

    def receipts_by_serial(self, serial: int) -> Sequence[ReceiptFound]:
        """Return the sales of a serial in any series of this till, newest first."""
        return self._read(lambda rows: rows.receipts_by_serial(serial))

    def receipts_of_day(self, day: BusinessDay, limit: int) -> Sequence[ReceiptFound]:
        """Return the sales of a business day, newest first."""
        return self._read(lambda rows: rows.receipts_of_day(day, limit))

    def receipts_by_reference(self, end: str, limit: int) -> Sequence[ReceiptFound]:
        """Return sales paid with a tender whose reference ends so, newest first."""
        return self._read(lambda rows: rows.receipts_by_reference(end, limit))

    def receipts_of_item(self, item_id: str, limit: int) -> Sequence[ReceiptFound]:
        """Return the sales in which an item was sold, newest first."""
        return self._read(lambda rows: rows.receipts_of_item(item_id, limit))

    def _read(self, question: Callable[[SqlReturns], T]) -> T:
        with self._engine.begin() as connection:
            return question(SqlReturns(connection))


def insert_returns(connection: Connection, ticket: Sale) -> None:
    """Insert what came back in a ticket, and the money that went back for it."""
    numbered = list(enumerate(ticket.returns, 1))
    if numbered:
        rows = [_return_row(ticket, position, line) for position, line in numbered]
        connection.execute(insert(sale_return), rows)
    taxes = [
        {
            "sale_id": ticket.sale_id,
            "return_position": at,
            "position": position,
            "code": tax.code,
            "name": tax.name,
            "percentage_millionths": tax.percentage.millionths,
            "base_minor": tax.base_minor,
            "tax_minor": tax.tax_minor,
        }
        for at, line in numbered
        for position, tax in enumerate(line.taxes, 1)
    ]
    if taxes:
        connection.execute(insert(sale_return_tax), taxes)
    refunds = [
        {
            "sale_id": ticket.sale_id,
            "position": position,
            "tender_id": refund.tender_id,
            "key": refund.key,
            "kind": refund.kind.value,
            "amount_minor": refund.amount_minor,
            "reference": refund.reference,
            "is_verified": int(refund.is_verified),
            "account_id": refund.account_id,
        }
        for position, refund in enumerate(ticket.refunds, 1)
    ]
    if refunds:
        connection.execute(insert(sale_refund), refunds)


def _return_row(ticket: Sale, position: int, line: ReturnedLine) -> dict[str, Any]:
    origin = line.origin
    return {
        "sale_id": ticket.sale_id,
        "position": position,
        "line_id": line.line_id,
        "origin_sale_id": origin.sale_id if origin else "",
        "origin_number": origin.sale_number if origin else "",
        "origin_line_position": origin.line_position if origin else 0,
        "taken_before_thousandths": origin.taken_before_thousandths if origin else 0,
        "item_id": line.item_id,
        "unit_id": line.unit_id,
        "sku": line.sku,
        "name": line.name,
        "category_id": line.category_id,
        "tax_category": line.tax_category,
        "quantity_thousandths": to_thousandths(line.quantity),
        "list_minor": line.list_minor,
        "discount_minor": line.discount_minor,
        "net_minor": line.net_minor,
        "tax_minor": line.tax_minor,
        "rounding_minor": line.rounding_minor,
        "own_rounding_minor": line.own_rounding_minor,
        "reason": line.reason,
        "is_sellable": int(line.is_sellable),
        **_kept_columns(line),
    }


def _kept_columns(line: ReturnedLine) -> dict[str, int]:
    tax_minor = sum(kept.tax_minor for kept in line.kept_back)
    return {
        "kept_net_minor": line.kept_back_minor - tax_minor,
        "kept_tax_minor": tax_minor,
        "kept_discount_minor": sum(kept.shelf_minor for kept in line.kept_back),
    }
