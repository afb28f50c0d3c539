"""Sums that must hold: every sale's proof, the running balances, the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from pos_app.persistence.checks.campaign_check import CAMPAIGN_RULES
from pos_app.persistence.checks.coupon_check import COUPON_RULES
from pos_app.persistence.checks.point_check import POINT_RULES
from pos_app.persistence.checks.promotion_check import USE_RULES
from pos_app.persistence.checks.return_sums import RETURN_RULES
from pos_app.persistence.checks.room import CheckRoom, fine, trouble
from pos_app.persistence.checks.stock_sums import STOCK_RULES
from pos_app.persistence.checks.sum_rule import SumRule
from pos_app.persistence.checks.value_check import VALUE_RULES
from pos_app.ports.health import Action, Finding, Severity

#: Offending documents listed by number; the rest is counted.
LISTED = 5


_LINES = """
SELECT s.number FROM sale s LEFT JOIN (
  SELECT sale_id, sum(net_minor) AS net, sum(tax_minor) AS tax,
         sum(list_minor - discount_minor - total_minor) AS off
  FROM sale_line GROUP BY sale_id) l ON l.sale_id = s.sale_id
WHERE coalesce(l.net, 0) <> s.net_minor OR coalesce(l.tax, 0) <> s.tax_minor
   OR coalesce(l.off, 0) <> 0
   OR (l.sale_id IS NULL AND s.sale_id NOT IN (SELECT sale_id FROM sale_return))
   OR s.net_minor + s.tax_minor <> s.total_minor
"""
_TAXES = """
SELECT s.number FROM sale s LEFT JOIN (
  SELECT sale_id, sum(tax_minor) AS tax FROM sale_tax GROUP BY sale_id) t
  ON t.sale_id = s.sale_id
WHERE coalesce(t.tax, 0) <> s.tax_minor
"""
_TENDERS = """
SELECT s.number FROM sale s LEFT JOIN (
  SELECT sale_id, sum(amount_minor) AS taken FROM sale_tender GROUP BY sale_id) t
  ON t.sale_id = s.sale_id LEFT JOIN (
  SELECT sale_id, sum(amount_minor) AS given FROM sale_refund GROUP BY sale_id) r
  ON r.sale_id = s.sale_id
WHERE coalesce(t.taken, 0) - s.change_minor - coalesce(r.given, 0)
   <> s.total_minor - s.returned_minor + s.rounding_minor
"""
_SHARES = """
SELECT s.number FROM sale_line l JOIN sale s ON s.sale_id = l.sale_id LEFT JOIN (
  SELECT sale_id, line_position, sum(units * net_minor) AS net,
         sum(units * tax_minor) AS tax, sum(units * discount_minor) AS discount
  FROM sale_unit_share GROUP BY sale_id, line_position) u
  ON u.sale_id = l.sale_id AND u.line_position = l.position
WHERE u.net IS NOT l.net_minor OR u.tax IS NOT l.tax_minor
   OR u.discount IS NOT l.discount_minor
GROUP BY s.number
"""
_UNITS_PAID = """
SELECT s.number FROM sale s LEFT JOIN (
  SELECT sale_id, sum(units * rounding_minor) AS rounding
  FROM sale_unit_share GROUP BY sale_id) u ON u.sale_id = s.sale_id LEFT JOIN (
  SELECT sale_id, sum(own_rounding_minor) AS own
  FROM sale_return GROUP BY sale_id) r ON r.sale_id = s.sale_id
WHERE coalesce(u.rounding, 0) - coalesce(r.own, 0) <> s.rounding_minor
"""
_JOURNALLED = """
SELECT s.number FROM sale s LEFT JOIN journal j ON j.epoch = s.epoch AND j.seq = s.seq
WHERE j.kind IS NOT 'SaleCompleted'
   OR plain(j.canonical) ->> '$.body.sale_id' IS NOT s.sale_id
   OR plain(j.canonical) ->> '$.body.number' IS NOT s.number
   OR plain(j.canonical) ->> '$.body.priced.total_minor' IS NOT s.total_minor
"""
_MISSING_SALES = """
SELECT epoch || '/' || seq FROM (
  SELECT epoch, seq FROM journal WHERE kind = 'SaleCompleted'
  EXCEPT SELECT epoch, seq FROM sale)
"""
SALE_RULES = (
    *RETURN_RULES,
    SumRule("sale_lines_differ", _LINES),
    SumRule("sale_taxes_differ", _TAXES),
    SumRule("sale_tenders_differ", _TENDERS),
    SumRule("sale_shares_differ", _SHARES),
    SumRule("sale_shares_differ", _UNITS_PAID),
    SumRule("sale_not_in_journal", _JOURNALLED),
    SumRule("journal_sale_missing", _MISSING_SALES),
)

_STOCK = """
SELECT item_id FROM (
  SELECT item_id, sum(thousandths) AS moved FROM stock_move GROUP BY item_id)
LEFT JOIN stock_balance USING (item_id) WHERE moved IS NOT thousandths
UNION SELECT item_id FROM stock_balance
WHERE thousandths <> 0 AND item_id NOT IN (SELECT item_id FROM stock_move)
"""
_MONEY = """
SELECT tender_key FROM (
  SELECT tender_key, sum(amount_minor) AS moved FROM money_move GROUP BY tender_key)
LEFT JOIN money_balance USING (tender_key) WHERE moved IS NOT amount_minor
UNION SELECT tender_key FROM money_balance
WHERE amount_minor <> 0 AND tender_key NOT IN (SELECT tender_key FROM money_move)
"""
_MONEY_OF_SALES = """
SELECT s.number FROM sale s LEFT JOIN (
  SELECT document_id, sum(amount_minor) AS moved FROM money_move
  GROUP BY document_id) m ON m.document_id = s.sale_id
WHERE coalesce(m.moved, 0) <> s.total_minor - s.returned_minor + s.rounding_minor
"""
_STOCK_OF_SALES = """
SELECT s.number FROM sale s
WHERE (SELECT count(*) FROM stock_move WHERE document_id = s.sale_id)
   <> (SELECT count(*) FROM sale_line WHERE sale_id = s.sale_id)
    + (SELECT count(*) FROM sale_return WHERE sale_id = s.sale_id AND is_sellable)
"""
_PARKED = """
SELECT p.number FROM parked_sale p
WHERE EXISTS (SELECT 1 FROM sale WHERE sale_id = p.basket_id)
   OR EXISTS (SELECT 1 FROM voided_sale WHERE sale_id = p.basket_id)
   OR EXISTS (SELECT 1 FROM open_sale WHERE basket_id = p.basket_id)
"""
LEDGER_RULES = (
    SumRule("parked_sale_ended", _PARKED),
    SumRule("stock_balance_differs", _STOCK),
    SumRule("money_balance_differs", _MONEY),
    SumRule("sale_money_differs", _MONEY_OF_SALES),
    SumRule("sale_stock_differs", _STOCK_OF_SALES),
    *STOCK_RULES,
    *USE_RULES,
    *VALUE_RULES,
    *CAMPAIGN_RULES,
    *POINT_RULES,
    *COUPON_RULES,
)

NUMBERS = """
SELECT number FROM sale UNION ALL SELECT number FROM voided_sale
UNION ALL SELECT number FROM tender_correction
UNION ALL SELECT number FROM shift UNION ALL SELECT z_number FROM shift_close
UNION ALL SELECT number FROM cash_move
UNION ALL SELECT number FROM stock_document
UNION ALL SELECT number FROM value_document
UNION ALL SELECT plain(canonical) ->> '$.body.number' FROM journal
WHERE kind = 'SaleParked'
"""


def sales_proven(room: CheckRoom) -> Sequence[Finding]:
    """Prove every sale again: lines = total = tenders - change ± rounding."""
    with room.ledger.connect() as connection:
        count = connection.execute(text("SELECT count(*) FROM sale")).scalar_one()
        found = _broken("sales", SALE_RULES, connection)
    return found or fine("sales", "sales_proven", count=count)


def balances_proven(room: CheckRoom) -> Sequence[Finding]:
    """Compare every running balance with the sum of its moves (law 5)."""
    with room.ledger.connect() as connection:
        found = _broken("balances", LEDGER_RULES, connection)
    return found or fine("balances", "balances_proven")


def numbers_gapless(room: CheckRoom) -> Sequence[Finding]:
    """Look for gaps and surplus in every series of human numbers (law 4)."""
    series: dict[str, list[int]] = {}
    with room.ledger.connect() as connection:
        for (number,) in connection.execute(text(NUMBERS)):
            prefix, _, serial = number.rpartition("-")
            series.setdefault(prefix, []).append(
                int(serial) if serial.isdecimal() else 0
            )
        query = text("SELECT till || '-' || series, last FROM number_series")
        issued = {row[0]: int(row[1]) for row in connection.execute(query)}
    found: list[Finding] = []
    for name in sorted(series.keys() | issued.keys()):
        last, present = issued.get(name, 0), series.get(name, [])
        if sorted(present) != list(range(1, last + 1)):
            missing = len(set(range(1, last + 1)) - set(present))
            facts: dict[str, str | int] = {
                "series": name,
                "last": last,
                "missing": missing,
            }
            found.append(_kept("numbers", "numbers_gap", **facts))
    total = sum(len(each) for each in series.values())
    return found or fine("numbers", "numbers_gapless", count=total)


def _broken(
    check: str, rules: Sequence[SumRule], connection: Connection
) -> list[Finding]:
    found: list[Finding] = []
    for rule in rules:
        names = [str(row[0]) for row in connection.execute(text(rule.query))]
        if names:
            first = ", ".join(names[:LISTED])
            found.append(_kept(check, rule.key, count=len(names), first=first))
    return found


def _kept(check: str, key: str, **params: str | int) -> Finding:
    """Return a broken sum: nothing is changed, the support looks at it as it is."""
    return trouble(check, Severity.BROKEN, key, Action.KEEP_AND_CALL, **params)
