"""A finished sale as rows beside its journal entry: what reports add up."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from pos_app.domain.journal import JournalEntry
from pos_app.domain.sale import Sale
from pos_app.persistence.ledger import tables
from pos_app.persistence.ledger.day_tables import sale_step
from pos_app.persistence.ledger.member_rows import visited
from pos_app.persistence.ledger.promotion_rows import insert_uses
from pos_app.persistence.ledger.return_rows import insert_returns
from pos_app.ports.ledger import SaleSummary
from pos_app.values.quantity import to_thousandths
from pos_app.values.times import Timestamp


def insert_sale(connection: Connection, sale: Sale, entry: JournalEntry) -> None:
    """Insert the rows of a sale inside the caller's transaction."""
    connection.execute(insert(tables.sale), _sale_row(sale, entry))
    if sale.lines:
        connection.execute(insert(tables.sale_line), _line_rows(sale))
        connection.execute(insert(tables.sale_unit_share), _share_rows(sale))
    steps = _step_rows(sale)
    if steps:
        connection.execute(insert(sale_step), steps)
    taxes = _tax_rows(sale)
    if taxes:
        connection.execute(insert(tables.sale_tax), taxes)
    tenders = _tender_rows(sale)
    if tenders:
        connection.execute(insert(tables.sale_tender), tenders)
    insert_returns(connection, sale)
    insert_uses(connection, sale)
    if sale.member_id:
        visited(connection, sale.member_id, sale.ended_at)


def notes_of(connection: Connection, sale_id: str) -> list[str]:
    """Return the notes of a sale's lines, in order; the journal has none of them."""
    table = tables.sale_line
    query = (
        select(table.c.note)
        .where(table.c.sale_id == sale_id)
        .order_by(table.c.position)
    )
    return list(connection.execute(query).scalars().all())


def summary_of(row: Row[Any]) -> SaleSummary:
    """Return a row of `sale` as a list shows it."""
    return SaleSummary(
        sale_id=row.sale_id,
        number=row.number,
        ended_at=Timestamp(row.ended_at_ms),
        cashier_name=row.cashier_name,
        total_minor=row.total_minor,
        item_count=row.item_count,
    )


def _sale_row(sale: Sale, entry: JournalEntry) -> dict[str, Any]:
    priced = sale.priced
    return {
        "sale_id": sale.sale_id,
        "number": sale.number,
        "epoch": entry.epoch,
        "seq": entry.seq,
        "cashier_id": sale.cashier_id,
        "cashier_name": sale.cashier_name,
        "business_day": sale.business_day.isoformat(),
        "started_at_ms": sale.started_at.unix_ms,
        "ended_at_ms": sale.ended_at.unix_ms,
        "clock_suspect": int(sale.clock_suspect),
        "currency": priced.currency,
        "list_minor": priced.list_minor,
        "discount_minor": priced.discount_minor,
        "net_minor": priced.net_minor,
        "tax_minor": priced.tax_minor,
        "total_minor": priced.total_minor,
        "rounding_minor": sale.rounding_minor,
        "change_minor": sale.change_minor,
        "item_count": priced.item_count,
        "shift_id": sale.shift_id,
        "reverses": sale.reverses,
        "returned_minor": sale.returned_minor,
        "round_off_minor": sale.round_off_minor,
        "member_id": sale.member_id,
        "member_means": sale.member_means,
        "member_strength": sale.member_strength,
    }


def _line_rows(sale: Sale) -> list[dict[str, Any]]:
    return [
        {
            "sale_id": sale.sale_id,
            "position": position,
            "line_id": line.priced.line_id,
            "item_id": line.item_id,
            "unit_id": line.unit_id,
            "sku": line.sku,
            "name": line.name,
            "tax_category": line.tax_category,
            "price_id": line.price_id,
            "quantity_thousandths": to_thousandths(line.priced.quantity),
            "list_minor": line.priced.list_minor,
            "discount_minor": line.priced.discount_minor,
            "total_minor": line.priced.total_minor,
            "net_minor": line.priced.net_minor,
            "tax_minor": line.priced.tax_minor,
            "note": line.note,
            "category_id": line.category_id,
        }
        for position, line in enumerate(sale.lines, 1)
    ]


def _share_rows(sale: Sale) -> list[dict[str, Any]]:
    return [
        {
            "sale_id": sale.sale_id,
            "line_position": position,
            "run": run,
            "units": share.count,
            "net_minor": share.net_minor,
            "tax_minor": share.tax_minor,
            "discount_minor": share.discount_minor,
            "rounding_minor": share.rounding_minor,
        }
        for position, line in enumerate(sale.lines, 1)
        for run, share in enumerate(line.priced.shares, 1)
    ]


def _step_rows(sale: Sale) -> list[dict[str, Any]]:
    return [
        {
            "sale_id": sale.sale_id,
            "line_position": position,
            "position": number,
            "kind": step.kind.value,
            "amount_minor": step.amount_minor,
            "reason": step.reason,
            "given_by": step.by,
            "approved_by": step.approved_by,
            "promotion_id": step.promotion_id,
            "version": step.version,
        }
        for position, line in enumerate(sale.lines, 1)
        for number, step in enumerate(line.priced.steps, 1)
    ]


def _tax_rows(sale: Sale) -> list[dict[str, Any]]:
    return [
        {
            "sale_id": sale.sale_id,
            "position": position,
            "code": tax.code,
            "name": tax.name,
            "percentage_millionths": tax.percentage.millionths,
            "base_minor": tax.base_minor,
            "tax_minor": tax.tax_minor,
        }
        for position, tax in enumerate(sale.priced.taxes, 1)
    ]


def _tender_rows(sale: Sale) -> list[dict[str, Any]]:
    return [
        {
            "sale_id": sale.sale_id,
            "position": position,
            "tender_id": tender.tender_id,
            "key": tender.key,
            "kind": tender.kind.value,
            "amount_minor": tender.amount_minor,
            "reference": tender.reference,
            "is_verified": int(tender.is_verified),
            "account_id": tender.account_id,
        }
        for position, tender in enumerate(sale.tenders, 1)
    ]
