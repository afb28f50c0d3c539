"""The documents behind each figure of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, text

from pos_app.domain.report import ExceptionKind
from pos_app.domain.report_rows import (
    ROW_LIMIT,
    FigureKind,
    ReportRow,
    ReportRows,
    RowQuery,
)
from pos_app.persistence.ledger import report_exceptions
from pos_app.persistence.ledger.report_exceptions import (
    DISCOUNT_STEPS,
    OVERRIDE_STEPS,
    noted,
)
from pos_app.persistence.ledger.report_promotions import PROMOTION_ROWS
from pos_app.values.times import Timestamp

# Each question names its rows in the order of `ReportRow`.
_WHOLE = text("""
SELECT sale_id, number, ended_at_ms, cashier_id, cashier_name,
       total_minor - returned_minor, ''
FROM sale WHERE business_day BETWEEN :first AND :last
""")
_DISCOUNTS = text("""
SELECT sale_id, number, ended_at_ms, cashier_id, cashier_name, discount_minor, ''
FROM sale WHERE business_day BETWEEN :first AND :last AND discount_minor <> 0
""")
_REFUNDS = text("""
SELECT sale_id, number, ended_at_ms, cashier_id, cashier_name, returned_minor, ''
FROM sale WHERE business_day BETWEEN :first AND :last AND returned_minor <> 0
""")
_ROUNDING = text("""
SELECT sale_id, number, ended_at_ms, cashier_id, cashier_name, rounding_minor, ''
FROM sale WHERE business_day BETWEEN :first AND :last AND rounding_minor <> 0
""")
_CASHIER = text("""
SELECT sale_id, number, ended_at_ms, cashier_id, cashier_name,
       total_minor - returned_minor, ''
FROM sale WHERE business_day BETWEEN :first AND :last AND cashier_id = :key
""")
_TENDER = text("""
SELECT sale_id, max(number), max(at_ms), max(staff), max(name), sum(amount), ''
FROM (
  SELECT s.sale_id, s.number, s.ended_at_ms AS at_ms, s.cashier_id AS staff,
         s.cashier_name AS name, t.amount_minor AS amount
  FROM sale s CROSS JOIN sale_tender t ON t.sale_id = s.sale_id
  WHERE s.business_day BETWEEN :first AND :last AND t.key = :key
  UNION ALL
  SELECT s.sale_id, s.number, s.ended_at_ms, s.cashier_id, s.cashier_name,
         -s.change_minor
  FROM sale s
  WHERE s.business_day BETWEEN :first AND :last AND s.change_minor <> 0
    AND :key = (SELECT t.key FROM sale_tender t
                WHERE t.sale_id = s.sale_id AND t.kind = 'cash'
                ORDER BY t.position DESC LIMIT 1)
  UNION ALL
  SELECT s.sale_id, s.number, s.ended_at_ms, s.cashier_id, s.cashier_name,
         -r.amount_minor
  FROM sale s CROSS JOIN sale_refund r ON r.sale_id = s.sale_id
  WHERE s.business_day BETWEEN :first AND :last AND r.key = :key
  UNION ALL
  SELECT s.sale_id, s.number, s.ended_at_ms, s.cashier_id, s.cashier_name,
         CASE WHEN c.to_key = :key THEN c.amount_minor ELSE -c.amount_minor END
  FROM tender_correction c CROSS JOIN sale s ON s.sale_id = c.sale_id
  WHERE c.business_day BETWEEN :first AND :last AND :key IN (c.from_key, c.to_key)
)
GROUP BY sale_id
""")
# The plus keeps SQLite from its index on items (all sales ever) for each sale.
_ITEM = text("""
SELECT s.sale_id, s.number, s.ended_at_ms, s.cashier_id, s.cashier_name,
       l.net_minor + l.tax_minor, l.name
FROM sale s CROSS JOIN sale_line l ON l.sale_id = s.sale_id
WHERE s.business_day BETWEEN :first AND :last AND +l.item_id = :key
UNION ALL
SELECT s.sale_id, s.number, s.ended_at_ms, s.cashier_id, s.cashier_name,
       -(r.net_minor + r.tax_minor + r.rounding_minor), r.name
FROM sale s CROSS JOIN sale_return r ON r.sale_id = s.sale_id
WHERE s.business_day BETWEEN :first AND :last AND +r.item_id = :key
""")
#: What stands in a category by its document, or else where the catalogue says.
_IN_CATEGORY = "(x.category_id = :key OR (x.category_id = '' AND +x.item_id IN :items))"
_IN_NONE = "(x.category_id = '' AND +x.item_id NOT IN :items)"
_LINES = """
SELECT s.sale_id, s.number, s.ended_at_ms, s.cashier_id, s.cashier_name,
       x.net_minor + x.tax_minor, x.name
FROM sale s CROSS JOIN sale_line x ON x.sale_id = s.sale_id
WHERE s.business_day BETWEEN :first AND :last AND {which}
UNION ALL
SELECT s.sale_id, s.number, s.ended_at_ms, s.cashier_id, s.cashier_name,
       -(x.net_minor + x.tax_minor + x.rounding_minor), x.name
FROM sale s CROSS JOIN sale_return x ON x.sale_id = s.sale_id
WHERE s.business_day BETWEEN :first AND :last AND {which}
"""
_CATEGORY, _NO_CATEGORY = (
    text(_LINES.format(which=which)).bindparams(bindparam("items", expanding=True))
    for which in (_IN_CATEGORY, _IN_NONE)
)
_TAX = text("""
SELECT s.sale_id, s.number, s.ended_at_ms, s.cashier_id, s.cashier_name,
       t.tax_minor, ''
FROM sale s CROSS JOIN sale_tax t ON t.sale_id = s.sale_id
WHERE s.business_day BETWEEN :first AND :last
  AND t.code || '/' || t.percentage_millionths = :key
UNION ALL
SELECT s.sale_id, s.number, s.ended_at_ms, s.cashier_id, s.cashier_name,
       -sum(t.tax_minor), ''
FROM sale s CROSS JOIN sale_return_tax t ON t.sale_id = s.sale_id
WHERE s.business_day BETWEEN :first AND :last
  AND t.code || '/' || t.percentage_millionths = :key
GROUP BY +s.sale_id
""")
_VOIDS = text("""
SELECT '', v.number, j.recorded_at_ms, j.actor, '', v.total_minor, v.reason
FROM voided_sale v CROSS JOIN journal j ON j.epoch = v.epoch AND j.seq = v.seq
WHERE v.business_day BETWEEN :first AND :last AND j.actor = :key
""")
_CORRECTIONS = text("""
SELECT c.sale_id, c.number, j.recorded_at_ms, j.actor, c.cashier_name,
       c.amount_minor, c.from_key || ' → ' || c.to_key
FROM tender_correction c CROSS JOIN journal j ON j.epoch = c.epoch AND j.seq = c.seq
WHERE c.business_day BETWEEN :first AND :last AND j.actor = :key
""")
_STEPS = text("""
SELECT s.sale_id, s.number, s.ended_at_ms, p.given_by, s.cashier_name,
       sum(p.amount_minor), max(p.reason)
FROM sale s CROSS JOIN sale_step p ON p.sale_id = s.sale_id
WHERE s.business_day BETWEEN :first AND :last AND p.kind IN :steps
  AND p.given_by = :key
GROUP BY +s.sale_id
""").bindparams(bindparam("steps", expanding=True))
_REFUNDS_OF = text("""
SELECT sale_id, number, ended_at_ms, cashier_id, cashier_name, returned_minor, ''
FROM sale WHERE business_day BETWEEN :first AND :last AND returned_minor <> 0
  AND cashier_id = :key
""")
_ROUND_OFFS = text("""
SELECT sale_id, number, ended_at_ms, cashier_id, cashier_name, round_off_minor, ''
FROM sale WHERE business_day BETWEEN :first AND :last AND round_off_minor <> 0
  AND cashier_id = :key
""")
_NUMBERS = text("SELECT sale_id, number FROM sale WHERE sale_id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)
_PLAIN_FIGURES = {
    FigureKind.NET_SALES: _WHOLE,
    FigureKind.DISCOUNTS: _DISCOUNTS,
    FigureKind.REFUNDS: _REFUNDS,
    FigureKind.ROUNDING: _ROUNDING,
    FigureKind.CASHIER: _CASHIER,
    FigureKind.TENDER: _TENDER,
    FigureKind.ITEM: _ITEM,
    FigureKind.TAX: _TAX,
    FigureKind.PROMOTION: PROMOTION_ROWS,
}
_KEYED_EXCEPTIONS = {
    ExceptionKind.VOIDED: (_VOIDS, ()),
    ExceptionKind.CORRECTION: (_CORRECTIONS, ()),
    ExceptionKind.ROUND_OFF: (_ROUND_OFFS, ()),
    ExceptionKind.REFUND: (_REFUNDS_OF, ()),
    ExceptionKind.DISCOUNT: (_STEPS, DISCOUNT_STEPS),
    ExceptionKind.OVERRIDE: (_STEPS, OVERRIDE_STEPS),
}


def rows(
    connection: Connection, query: RowQuery, days: Mapping[str, Any]
) -> ReportRows:
    """Return the rows behind a figure, newest first."""
    found = list(_found(connection, query, dict(days)))
    found.sort(key=lambda row: row.at, reverse=True)
    return ReportRows(
        rows=tuple(found[:ROW_LIMIT]),
        count=len(found),
        amount_minor=sum(row.amount_minor for row in found),
    )


def _found(
    connection: Connection, query: RowQuery, days: dict[str, Any]
) -> Iterable[ReportRow]:
    kind, key = query.figure.kind, query.figure.key
    named: dict[str, Any]
    match kind:
        case FigureKind.EXCEPTION:
            return _exceptions(connection, days, key)
        case FigureKind.HOUR:
            zone = ZoneInfo(query.zone_name)
            whole = _rows(connection, _WHOLE, days)
            return [row for row in whole if row.at.at(zone).hour == int(key)]
        case FigureKind.DAY:
            asked, named = _WHOLE, {"first": key, "last": key}
        case FigureKind.CATEGORY:
            asked = _CATEGORY if key else _NO_CATEGORY
            named = {**days, "key": key, "items": list(query.items)}
        case _:
            asked, named = _PLAIN_FIGURES[kind], {**days, "key": key}
    return _rows(connection, asked, named)


def _rows(
    connection: Connection, query: Any, params: Mapping[str, Any]
) -> list[ReportRow]:
    return [
        ReportRow(sale, number, Timestamp(at), staff, name, amount, detail)
        for sale, number, at, staff, name, amount, detail in connection.execute(
            query, dict(params)
        )
    ]


def _exceptions(
    connection: Connection, days: dict[str, Any], key: str
) -> list[ReportRow]:
    name, _slash, staff = key.partition("/")
    kind = ExceptionKind(name)
    if kind in _KEYED_EXCEPTIONS:
        query, steps = _KEYED_EXCEPTIONS[kind]
        more = {"steps": steps} if steps else {}
        return _rows(connection, query, {**days, "key": staff, **more})
    entries = [x for x in noted(connection, days, (kind,)) if x.staff_id == staff]
    numbers = _numbers(connection, entries)
    return [
        ReportRow(
            sale_id=sale if sale in numbers else "",
            number=numbers.get(sale, ""),
            at=Timestamp(entry.at_ms),
            staff_id=staff,
            staff_name="",
            amount_minor=entry.amount_minor,
            detail=_detail(entry),
        )
        for entry in entries
        for sale in (str(entry.body.get("sale", "")),)
    ]


def _numbers(
    connection: Connection, entries: Iterable[report_exceptions.Noted]
) -> dict[str, str]:
    """Return the numbers of the finished sales that entries are about."""
    ids = {str(entry.body["sale"]) for entry in entries if entry.body.get("sale")}
    found = connection.execute(_NUMBERS, {"ids": list(ids)})
    return {sale_id: number for sale_id, number in found}  # noqa: C416 - typed rows


def _detail(entry: report_exceptions.Noted) -> str:
    body = entry.body
    for name in ("why", "reason", "action", "sku", "code"):
        if body.get(name):
            return str(body[name])
    return ""
