"""Tickets of many members straight into a ledger: sums need rows, not a till."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from pos_app.persistence.ledger import tables
from pos_app.persistence.ledger.ledger import SqlLedger

__all__ = ["ledger_with", "line_row", "sale_row"]


def sale_row(
    sale_id: str, member_id: str, on: date, total_minor: int
) -> dict[str, Any]:
    """Return a ticket as the ledger has it."""
    return {
        "sale_id": sale_id,
        "number": sale_id,
        "epoch": 1,
        "seq": 0,
        "cashier_id": "",
        "cashier_name": "",
        "business_day": on.isoformat(),
        "started_at_ms": 0,
        "ended_at_ms": 0,
        "clock_suspect": 0,
        "currency": "CNY",
        "list_minor": total_minor,
        "discount_minor": 0,
        "net_minor": total_minor,
        "tax_minor": 0,
        "total_minor": total_minor,
        "rounding_minor": 0,
        "change_minor": 0,
        "item_count": 1,
        "reverses": "",
        "member_id": member_id,
    }


def line_row(
    sale_id: str, position: int, category_id: str, total_minor: int
) -> dict[str, Any]:
    """Return one piece of a category as a line."""
    return {
        "sale_id": sale_id,
        "position": position,
        "line_id": f"{sale_id}/{position}",
        "item_id": "i",
        "unit_id": "u",
        "sku": "S",
        "name": "N",
        "tax_category": "t",
        "price_id": "",
        "quantity_thousandths": 1000,
        "list_minor": total_minor,
        "discount_minor": 0,
        "total_minor": total_minor,
        "net_minor": total_minor,
        "tax_minor": 0,
        "note": "",
        "category_id": category_id,
    }


def ledger_with(
    folder: Path,
    sales: Iterable[dict[str, Any]],
    lines: Iterable[dict[str, Any]] = (),
) -> closing[SqlLedger]:
    """Open a ledger that has these tickets."""
    ledger = SqlLedger(folder / "ledger.db", bytes(32), _NoIds())
    with ledger._writer.begin() as connection:
        connection.execute(insert(tables.sale), list(sales))
        found = list(lines)
        if found:
            connection.execute(insert(tables.sale_line), found)
    return closing(ledger)


class _NoIds:
    """Nothing here needs an id."""

    def new(self) -> str:
        raise AssertionError("no id is needed")
