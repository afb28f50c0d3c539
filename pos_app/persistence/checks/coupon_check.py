"""What proves the coupons: each row against the facts, each saving against its sale."""

from __future__ import annotations

from pos_app.persistence.checks.sum_rule import SumRule

#: A row that is not its facts: their number, the last state they say, the sale.
_ROWS = """
SELECT f.coupon_id FROM (
  SELECT coupon_id, count(*) AS facts, max(seq) AS last FROM coupon_fact
  GROUP BY coupon_id) f
LEFT JOIN coupon c ON c.coupon_id = f.coupon_id
LEFT JOIN coupon_fact l ON l.coupon_id = f.coupon_id AND l.seq = f.last
WHERE c.coupon_id IS NULL OR c.facts <> f.facts OR f.last <> f.facts
OR (l.kind = 'Redeemed') > (c.state = 'redeemed')
OR (l.kind = 'Reserved') <> (c.state = 'reserved')
OR (l.kind = 'Expired') <> (c.state = 'expired')
OR (l.kind = 'Revoked') <> (c.state = 'revoked')
OR (l.kind = 'Restored') > (c.state = 'restored')
UNION SELECT c.coupon_id FROM coupon c
LEFT JOIN coupon_fact f ON f.coupon_id = c.coupon_id WHERE f.coupon_id IS NULL
"""
#: A redeemed coupon lies in a sale, and its units carry its whole saving.
_SAVINGS = """
SELECT c.coupon_id FROM coupon c LEFT JOIN sale s ON s.sale_id = c.sale_id
WHERE c.state = 'redeemed' AND (s.sale_id IS NULL OR c.shared_minor > c.saving_minor
OR c.saving_minor <> (
  SELECT coalesce(sum((r.value ->> 0) * (r.value ->> 1)), 0)
  FROM coupon_carried k, json_each(k.savings) r
  WHERE k.coupon_id = c.coupon_id AND k.sale_id = c.sale_id))
"""

COUPON_RULES = (
    SumRule("coupon_row_differs", _ROWS),
    SumRule("coupon_saving_differs", _SAVINGS),
)
