"""Sums of what came back: never twice, never more than was sold or paid (law 6)."""

from __future__ import annotations

from pos_app.persistence.checks.sum_rule import SumRule

_RETURNED = """
SELECT s.number FROM sale s LEFT JOIN (
  SELECT sale_id, sum(net_minor + tax_minor + rounding_minor) AS worth
  FROM sale_return GROUP BY sale_id) r ON r.sale_id = s.sale_id
WHERE coalesce(r.worth, 0) <> s.returned_minor
"""
_TAXES = """
SELECT s.number FROM sale_return r JOIN sale s ON s.sale_id = r.sale_id LEFT JOIN (
  SELECT sale_id, return_position, sum(tax_minor) AS tax
  FROM sale_return_tax GROUP BY sale_id, return_position) t
  ON t.sale_id = r.sale_id AND t.return_position = r.position
WHERE coalesce(t.tax, 0) <> r.tax_minor GROUP BY s.number
"""
_LINE_UNKNOWN = """
SELECT r.origin_number FROM sale_return r
LEFT JOIN sale_line l ON l.sale_id = r.origin_sale_id
  AND l.position = r.origin_line_position
WHERE r.origin_sale_id != '' AND l.sale_id IS NULL GROUP BY r.origin_number
"""
#: Parts follow one another without gap or overlap, and end within what was sold.
_TWICE = """
SELECT p.origin_number FROM (
  SELECT r.origin_number, r.origin_sale_id, r.origin_line_position,
         r.taken_before_thousandths AS before,
         r.taken_before_thousandths + r.quantity_thousandths AS after,
         coalesce(lag(r.taken_before_thousandths + r.quantity_thousandths) OVER (
           PARTITION BY r.origin_sale_id, r.origin_line_position
           ORDER BY r.taken_before_thousandths), 0) AS expected
  FROM sale_return r WHERE r.origin_sale_id != '') p
JOIN sale_line l ON l.sale_id = p.origin_sale_id
  AND l.position = p.origin_line_position
WHERE p.before <> p.expected OR p.after > l.quantity_thousandths
GROUP BY p.origin_number
"""
_OVER_PAID = """
SELECT p.number FROM (
  SELECT origin_sale_id, sum(net_minor + tax_minor + rounding_minor
                             + own_rounding_minor) AS back
  FROM sale_return WHERE origin_sale_id != '' GROUP BY origin_sale_id) r
JOIN (
  SELECT s.sale_id, s.number,
         sum(u.units * (u.net_minor + u.tax_minor + u.rounding_minor)) AS paid
  FROM sale s JOIN sale_unit_share u ON u.sale_id = s.sale_id
  GROUP BY s.sale_id) p ON p.sale_id = r.origin_sale_id
WHERE r.back > p.paid
"""
#: A line that came back whole gave back what it was paid, each amount for itself, but
#: for what promotions kept back because of goods that stay.
_WHOLE_LINES = """
SELECT s.number FROM (
  SELECT origin_sale_id, origin_line_position, sum(quantity_thousandths) AS quantity,
         sum(net_minor + kept_net_minor) AS net,
         sum(tax_minor + kept_tax_minor) AS tax,
         sum(discount_minor - kept_discount_minor) AS discount,
         sum(rounding_minor) AS rounding
  FROM sale_return WHERE origin_sale_id != ''
  GROUP BY origin_sale_id, origin_line_position) r
JOIN sale_line l ON l.sale_id = r.origin_sale_id
  AND l.position = r.origin_line_position
  AND l.quantity_thousandths = r.quantity
JOIN sale s ON s.sale_id = l.sale_id
WHERE r.net <> l.net_minor OR r.tax <> l.tax_minor OR r.discount <> l.discount_minor
   OR r.rounding <> (
     SELECT sum(units * rounding_minor) FROM sale_unit_share u
     WHERE u.sale_id = l.sale_id AND u.line_position = l.position)
GROUP BY s.number
"""
#: Where nothing stays with the customer, nothing is kept back.
_KEPT_BACK = """
SELECT s.number FROM (
  SELECT origin_sale_id, sum(quantity_thousandths) AS quantity,
         sum(kept_net_minor) AS net, sum(kept_tax_minor) AS tax
  FROM sale_return WHERE origin_sale_id != '' GROUP BY origin_sale_id) r
JOIN sale s ON s.sale_id = r.origin_sale_id
WHERE (r.net <> 0 OR r.tax <> 0) AND r.quantity = (
  SELECT sum(quantity_thousandths) FROM sale_line l WHERE l.sale_id = s.sale_id)
"""
RETURN_RULES = (
    SumRule("returns_differ", _RETURNED),
    SumRule("returns_differ", _TAXES),
    SumRule("returns_differ", _WHOLE_LINES),
    SumRule("returns_differ", _KEPT_BACK),
    SumRule("returned_twice", _LINE_UNKNOWN),
    SumRule("returned_twice", _TWICE),
    SumRule("refunded_over_paid", _OVER_PAID),
)
