"""Goods that were marked down, as journal and tickets tell it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, text

from pos_app.domain.item import PriceSource
from pos_app.domain.journal import EntryKind
from pos_app.domain.markdown import DAYS_LIMIT
from pos_app.domain.markdown_report import MarkedPieces, MarkedSale

_LABELS = text("""
SELECT business_day, plain(canonical) FROM journal
WHERE kind = :kind AND business_day >= :since
ORDER BY epoch, seq
""")
#: No ladder begins so long before the last day (`DAYS_LIMIT`), business day or not.
_BEFORE = timedelta(DAYS_LIMIT + 2)
#: Only tickets that name such goods are read; mirrored sales sell nothing.
_TICKETS = text("""
SELECT s.sale_id, plain(j.canonical) FROM sale s
CROSS JOIN journal j ON j.epoch = s.epoch AND j.seq = s.seq
WHERE s.business_day >= :since AND instr(plain(j.canonical), :words) > 0
""")
_BACK = text("""
SELECT origin_line_position FROM sale_return
WHERE origin_sale_id = :sale_id AND origin_sale_id <> ''
""")
_SOURCE = PriceSource.MARKED_DOWN.value


def marked_down(
    connection: Connection, first: date, last: date
) -> tuple[tuple[MarkedPieces, ...], tuple[MarkedSale, ...]]:
    """Return labels whose last day lies in a while, and what was sold by such ones.

    A label may be of another till, or of before a restore: nothing tells of it here,
    yet what was sold by it since the while began is told.
    """
    labels, since = [], first.isoformat()
    asked = {
        "kind": EntryKind.GOODS_MARKED_DOWN.value,
        "since": (first - _BEFORE).isoformat(),
    }
    for business_day, canonical in connection.execute(_LABELS, asked):
        body = json.loads(canonical)["body"]
        if body["outcome"] == "made" and first <= _day(body["use_by"]) <= last:
            labels.append(_label(body))
            since = min(since, business_day)
    sales = (
        sale
        for sale_id, canonical in connection.execute(
            _TICKETS, {"since": since, "words": f'"{_SOURCE}"'}
        ).all()
        for sale in _sales(connection, sale_id, json.loads(canonical)["body"])
    )
    return tuple(labels), tuple(x for x in sales if first <= x.day <= last)


def _label(body: dict[str, Any]) -> MarkedPieces:
    return MarkedPieces(
        body["sku"],
        body.get("name", body["sku"]),
        _day(body["use_by"]),
        body["count"],
        body.get("again", False),
        body["before_minor"],
        body["minor"],
        body.get("cost_minor"),
    )


def _sales(
    connection: Connection, sale_id: str, body: dict[str, Any]
) -> Iterator[MarkedSale]:
    lines = [(at, x) for at, x in enumerate(body["lines"], 1) if x["source"] == _SOURCE]
    back = set(connection.execute(_BACK, {"sale_id": sale_id}).scalars())
    for position, line in lines:
        trace, priced = line.get("trace") or {}, line["priced"]
        day = trace.get("use_by") or trace.get("best_before")
        if day:
            paid = sum(
                x["count"] * (x["net_minor"] + x["tax_minor"]) for x in priced["shares"]
            )
            yield MarkedSale(
                line["sku"],
                line["name"],
                _day(day),
                priced["list_minor"],
                paid,
                position in back,
            )


def _day(text_of_it: str) -> date:
    return date.fromisoformat(text_of_it)
