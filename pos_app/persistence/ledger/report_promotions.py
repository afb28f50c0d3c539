"""What promotions did in a period: uses, goods, savings, the sales they stand in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from pos_app.domain.report import PromotionUse

#: A sale that mirrors another gives its uses back: the goods are those of the other.
_GOODS = """
SELECT coalesce(sum(l.quantity_thousandths), 0) FROM sale_line l
WHERE l.sale_id = d.document AND EXISTS (
  SELECT 1 FROM sale_step p WHERE p.sale_id = l.sale_id
  AND p.line_position = l.position AND p.promotion_id = d.promotion_id
  AND p.version = d.version AND p.amount_minor <> 0)
"""
_USES = text(f"""
SELECT promotion_id, version, sum(sign), sum(times), sum(sign * ({_GOODS})),
       sum(saving_minor), sum(sold),
       sum(CASE WHEN member_id <> '' THEN saving_minor ELSE 0 END), max(document)
FROM (
  SELECT u.promotion_id, u.version, u.times, u.saving_minor, u.member_id,
         CASE WHEN s.reverses <> '' THEN s.reverses ELSE s.sale_id END AS document,
         CASE WHEN s.reverses <> '' THEN -1 ELSE 1 END AS sign,
         CASE WHEN s.reverses <> '' THEN
           -(SELECT o.total_minor FROM sale o WHERE o.sale_id = s.reverses)
         ELSE s.total_minor END
           AS sold
  FROM promotion_use u CROSS JOIN sale s ON s.sale_id = u.sale_id
  WHERE u.business_day BETWEEN :first AND :last
) d
GROUP BY promotion_id, version
""")  # noqa: S608 - made of constants
#: In the order of `ReportRow`; the amounts are what was saved.
PROMOTION_ROWS = text("""
SELECT s.sale_id, s.number, s.ended_at_ms, s.cashier_id, s.cashier_name,
       sum(u.saving_minor), ''
FROM promotion_use u CROSS JOIN sale s ON s.sale_id = u.sale_id
WHERE u.business_day BETWEEN :first AND :last AND u.promotion_id = :key
GROUP BY +s.sale_id
""")


def promotion_uses(
    connection: Connection, days: dict[str, Any]
) -> tuple[PromotionUse, ...]:
    """Return what each version of each promotion did."""
    return tuple(PromotionUse(*row) for row in connection.execute(_USES, days))
