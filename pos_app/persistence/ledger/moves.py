"""Stock and money: append-only moves, and a running balance beside them (law 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, select
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.correction import TenderCorrection
from pos_app.domain.sale import Sale
from pos_app.domain.stock_document import StockDocument
from pos_app.domain.tender import TenderKind
from pos_app.persistence.ledger import tables
from pos_app.values.times import BusinessDay


@dataclass(frozen=True, slots=True)
class Booking:
    """What money moves are booked under.

    Attributes:
        document_id: of the sale, correction, cash move or shift.
        business_day: the trading day.
        shift_id: of the shift that the money moved in; "" before there were any.
        first: position of the first move; a shift books at its opening and close.
    """

    document_id: str
    business_day: BusinessDay
    shift_id: str
    first: int = 1


def record_sale(connection: Connection, sale: Sale) -> None:
    """Move goods and money of a ticket, change taken off cash.

    Damaged goods that come back do not go on the shelf again.
    """
    goods = [(line.item_id, -line.pieces_thousandths) for line in sale.lines]
    goods += [(x.item_id, x.pieces_thousandths) for x in sale.returns if x.is_sellable]
    money = [(tender.key, tender.amount_minor) for tender in sale.tenders]
    if sale.change_minor:
        cash = [t.key for t in sale.tenders if t.kind is TenderKind.CASH]
        money.append((cash[-1], -sale.change_minor))  # as `contribution_minor` says
    money += [(refund.key, -refund.amount_minor) for refund in sale.refunds]
    _record_stock(connection, (sale.sale_id, ""), goods, sale.business_day)
    book(connection, Booking(sale.sale_id, sale.business_day, sale.shift_id), money)


def record_document(connection: Connection, document: StockDocument) -> None:
    """Move the goods of a stock document."""
    goods = [(line.item_id, line.pieces_thousandths) for line in document.lines]
    booked = (document.document_id, document.kind.value)
    _record_stock(connection, booked, goods, document.business_day)


def record_correction(connection: Connection, correction: TenderCorrection) -> None:
    """Move the amount from the wrong tender to the right one."""
    money = [
        (correction.from_key, -correction.amount_minor),
        (correction.to_key, correction.amount_minor),
    ]
    booking = Booking(
        correction.correction_id, correction.business_day, correction.shift_id
    )
    book(connection, booking, money)


def before_shifts(connection: Connection, key: str) -> int:
    """Return what a tender's moves of the time before there were shifts add up to."""
    table = tables.money_move
    query = select(func.sum(table.c.amount_minor)).where(
        table.c.tender_key == key, table.c.shift_id == ""
    )
    return connection.execute(query).scalar() or 0


def _record_stock(
    connection: Connection,
    document: tuple[str, str],
    goods: list[tuple[str, int]],
    day: BusinessDay,
) -> None:
    """Move goods of a document: its id, and its kind where it is no ticket."""
    rows = [
        {
            "document_id": document[0],
            "kind": document[1],
            "position": position,
            "item_id": item_id,
            "thousandths": thousandths,
            "business_day": day.isoformat(),
        }
        for position, (item_id, thousandths) in enumerate(goods, 1)
    ]
    if not rows:
        return
    connection.execute(insert(tables.stock_move), rows)
    balances = [
        {"item_id": r["item_id"], "thousandths": r["thousandths"]} for r in rows
    ]
    _add_to(
        connection, tables.stock_balance, tables.stock_balance.c.thousandths, balances
    )


def book(
    connection: Connection, booking: Booking, money: Sequence[tuple[str, int]]
) -> None:
    """Move money: (tender key, minor units), minus for what goes out."""
    moved = [(key, amount_minor) for key, amount_minor in money if amount_minor]
    rows = [
        {
            "document_id": booking.document_id,
            "position": position,
            "tender_key": key,
            "amount_minor": amount_minor,
            "business_day": booking.business_day.isoformat(),
            "shift_id": booking.shift_id,
        }
        for position, (key, amount_minor) in enumerate(moved, booking.first)
    ]
    if not rows:
        return
    connection.execute(insert(tables.money_move), rows)
    balances = [
        {"tender_key": r["tender_key"], "amount_minor": r["amount_minor"]} for r in rows
    ]
    _add_to(
        connection, tables.money_balance, tables.money_balance.c.amount_minor, balances
    )


def _add_to(
    connection: Connection,
    table: Table,
    amount: Column[Any],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Add each row's amount to the running balance of its key."""
    connection.execute(_addition(table, amount), rows)


@cache
def _addition(table: Table, amount: Column[Any]) -> Insert:
    """Return what adds to a balance: the same for each ticket."""
    statement = upsert(table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={amount.name: amount + statement.excluded[amount.name]},
    )
