"""Sums over finished documents (implements ports.reports.ReportReader).

One read transaction per report: every figure is of the same moment. Plain SQL, as
these are sums that people must be able to read and try.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, text

from pos_app.domain.markdown_report import MarkedPieces, MarkedSale
from pos_app.domain.report import (
    ItemShare,
    PeriodFigures,
    SalesSlot,
    SalesSum,
    Share,
    TaxShare,
)
from pos_app.domain.report_period import ReportPeriod
from pos_app.domain.report_rows import ReportRows, RowQuery
from pos_app.persistence.ledger import (
    report_exceptions,
    report_promotions,
    report_row_queries,
)
from pos_app.persistence.ledger.marked_down_queries import marked_down
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp

_SLOTS = text("""
SELECT business_day, ended_at_ms / 900000 AS quarter, cashier_id, max(cashier_name),
       count(*), sum(item_count), sum(list_minor), sum(discount_minor),
       sum(total_minor), sum(returned_minor), sum(returned_minor <> 0),
       sum(rounding_minor), sum(round_off_minor), sum(tax_minor), sum(change_minor)
FROM sale
WHERE business_day BETWEEN :first AND :last AND ended_at_ms < :before
GROUP BY 1, 2, 3
""")
#: The sums of `_SLOTS` know nothing of the tax that went back.
_RETURNED_TAX = text("""
SELECT s.business_day, s.ended_at_ms / 900000, s.cashier_id, sum(r.tax_minor)
FROM sale s CROSS JOIN sale_return r ON r.sale_id = s.sale_id
WHERE s.business_day BETWEEN :first AND :last AND s.ended_at_ms < :before
  AND s.returned_minor <> 0
GROUP BY 1, 2, 3
""")
_RETURNED_ROUNDING = text("""
SELECT coalesce(sum(r.rounding_minor), 0)
FROM sale s CROSS JOIN sale_return r ON r.sale_id = s.sale_id
WHERE s.business_day BETWEEN :first AND :last AND s.returned_minor <> 0
""")
#: A bare column beside max() is of the row with the maximum (SQLite, "Bare
#: columns in an aggregate query"): the name as it was sold last.
_ITEMS_SOLD = text("""
SELECT l.item_id, l.category_id, l.unit_id, l.sku, l.name, max(s.rowid),
       sum(l.quantity_thousandths), sum(l.net_minor + l.tax_minor)
FROM sale s CROSS JOIN sale_line l ON l.sale_id = s.sale_id
WHERE s.business_day BETWEEN :first AND :last
GROUP BY l.item_id, l.category_id
""")
_ITEMS_RETURNED = text("""
SELECT r.item_id, r.category_id, r.unit_id, r.sku, r.name, max(s.rowid),
       sum(r.quantity_thousandths), sum(r.net_minor + r.tax_minor + r.rounding_minor)
FROM sale s CROSS JOIN sale_return r ON r.sale_id = s.sale_id
WHERE s.business_day BETWEEN :first AND :last
GROUP BY r.item_id, r.category_id
""")
_TAXES = text("""
SELECT code, percentage_millionths, name, sum(base), sum(tax) FROM (
  SELECT t.code, t.percentage_millionths, t.name,
         t.base_minor AS base, t.tax_minor AS tax
  FROM sale s CROSS JOIN sale_tax t ON t.sale_id = s.sale_id
  WHERE s.business_day BETWEEN :first AND :last
  UNION ALL
  SELECT t.code, t.percentage_millionths, t.name, -t.base_minor, -t.tax_minor
  FROM sale s CROSS JOIN sale_return_tax t ON t.sale_id = s.sale_id
  WHERE s.business_day BETWEEN :first AND :last AND s.returned_minor <> 0
)
GROUP BY code, percentage_millionths
ORDER BY percentage_millionths DESC, code
""")
#: Change goes back in the last cash of the sale, as the money moves say.
_TENDERS = text("""
SELECT key, sum(documents), sum(amount) FROM (
  SELECT t.key AS key, 1 AS documents, t.amount_minor AS amount
  FROM sale s CROSS JOIN sale_tender t ON t.sale_id = s.sale_id
  WHERE s.business_day BETWEEN :first AND :last
  UNION ALL
  SELECT (SELECT t.key FROM sale_tender t
          WHERE t.sale_id = s.sale_id AND t.kind = 'cash'
          ORDER BY t.position DESC LIMIT 1), 0, -s.change_minor
  FROM sale s
  WHERE s.business_day BETWEEN :first AND :last AND s.change_minor <> 0
  UNION ALL
  SELECT r.key, 1, -r.amount_minor
  FROM sale s CROSS JOIN sale_refund r ON r.sale_id = s.sale_id
  WHERE s.business_day BETWEEN :first AND :last
  UNION ALL
  SELECT from_key, -1, -amount_minor FROM tender_correction
  WHERE business_day BETWEEN :first AND :last
  UNION ALL
  SELECT to_key, 1, amount_minor FROM tender_correction
  WHERE business_day BETWEEN :first AND :last
)
GROUP BY key ORDER BY 3 DESC, key
""")
#: What the till has more for stored value; a claw-back is kept of what goes back.
_VALUE = text("""
SELECT a.kind, count(*), sum(
  CASE d.kind WHEN 'refund' THEN (d.body ->> 'clawed_minor') - d.paid_minor
  ELSE d.paid_minor END + (d.body ->> 'rounding_minor'))
FROM value_document d JOIN value_account a USING (account_id)
WHERE d.business_day BETWEEN :first AND :last GROUP BY a.kind ORDER BY a.kind DESC
""")
#: Later than any document.
_NEVER_MS = 2**62


class SqlReportReader:
    """Asks the read engine; each question takes a connection of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def figures(self, period: ReportPeriod) -> PeriodFigures:
        """Return all sums of a period, as they stood at one moment."""
        days = _days(period)
        with self._engine.begin() as connection:
            slots = _slots(connection, days | {"before": _NEVER_MS})
            return PeriodFigures(
                slots=slots,
                tenders=_tenders(connection, days),
                value=_value(connection, days),
                items=_items(connection, days),
                taxes=_taxes(connection, days),
                exceptions=report_exceptions.exceptions(connection, days, slots),
                promotions=report_promotions.promotion_uses(connection, days),
                returned_rounding_minor=connection.execute(
                    _RETURNED_ROUNDING, days
                ).scalar_one(),
            )

    def slots(
        self, period: ReportPeriod, before: Timestamp | None = None
    ) -> Sequence[SalesSlot]:
        """Return the sales of a period by quarter of an hour."""
        until = _NEVER_MS if before is None else before.unix_ms
        with self._engine.begin() as connection:
            return _slots(connection, _days(period) | {"before": until})

    def rows(self, query: RowQuery) -> ReportRows:
        """Return the documents behind a figure; their amounts add up to it."""
        with self._engine.begin() as connection:
            return report_row_queries.rows(connection, query, _days(query.period))

    def marked_down(
        self, first: date, last: date
    ) -> tuple[Sequence[MarkedPieces], Sequence[MarkedSale]]:
        """Return what was marked down until days of a while, and sold by its label."""
        with self._engine.begin() as connection:
            return marked_down(connection, first, last)


def _days(period: ReportPeriod) -> dict[str, Any]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def _slots(connection: Connection, params: dict[str, Any]) -> tuple[SalesSlot, ...]:
    back = {
        (day, quarter, cashier): tax
        for day, quarter, cashier, tax in connection.execute(_RETURNED_TAX, params)
    }
    found = []
    for day, quarter, cashier, name, *sums in connection.execute(_SLOTS, params):
        total = SalesSum(*sums)
        went_back = back.get((day, quarter, cashier), 0)
        total = replace(total, tax_minor=total.tax_minor - went_back)
        found.append(SalesSlot(date.fromisoformat(day), quarter, cashier, name, total))
    return tuple(found)


def _items(connection: Connection, days: dict[str, Any]) -> tuple[ItemShare, ...]:
    found: dict[tuple[str, str], ItemShare] = {}
    for item, category, unit, sku, name, _at, count, amount in connection.execute(
        _ITEMS_SOLD, days
    ):
        share = ItemShare(item, unit, sku, name, category, count, amount, 0)
        found[item, category] = share
    for item, category, unit, sku, name, _at, count, amount in connection.execute(
        _ITEMS_RETURNED, days
    ):
        old = found.get((item, category))
        if old is None:
            old = ItemShare(item, unit, sku, name, category, 0, 0, 0)
        found[item, category] = ItemShare(
            item,
            old.unit_id,
            old.sku,
            old.name,
            category,
            old.thousandths - count,
            old.sold_minor,
            amount,
        )
    return tuple(found.values())


def _taxes(connection: Connection, days: dict[str, Any]) -> tuple[TaxShare, ...]:
    return tuple(
        TaxShare(code, name, Percentage(millionths), base, tax)
        for code, millionths, name, base, tax in connection.execute(_TAXES, days)
    )


def _tenders(connection: Connection, days: dict[str, Any]) -> tuple[Share, ...]:
    return tuple(
        Share(key, "", count, amount)
        for key, count, amount in connection.execute(_TENDERS, days)
    )


def _value(connection: Connection, days: dict[str, Any]) -> tuple[Share, ...]:
    return tuple(
        Share(kind, "", count, amount)
        for kind, count, amount in connection.execute(_VALUE, days)
    )
