"""Sums of points and tiers that must hold: Σ moves = projection, always."""

from __future__ import annotations

from pos_app.persistence.checks.sum_rule import SumRule

#: What is left in a lot is the sum of its moves, for the lot's own member.
_LEFT = """
SELECT lot_id FROM (
  SELECT lot_id, points FROM point_move
  UNION ALL SELECT lot_id, -points FROM point_left)
GROUP BY lot_id HAVING sum(points) <> 0
UNION SELECT l.lot_id FROM point_left l LEFT JOIN point_lot p ON p.lot_id = l.lot_id
WHERE p.lot_id IS NULL OR l.member_id <> p.member_id
   OR l.expires_at_ms IS NOT p.expires_at_ms
"""
#: Only a debt is below zero, and what is repaid is nothing together.
_SIGNS = """
SELECT p.lot_id FROM point_left l JOIN point_lot p ON p.lot_id = l.lot_id
WHERE (l.points < 0) <> (p.kind = 'debt')
UNION SELECT event_id FROM point_move WHERE kind = 'repay'
GROUP BY event_id HAVING sum(points) <> 0
UNION SELECT m.lot_id FROM point_move m LEFT JOIN point_lot p ON p.lot_id = m.lot_id
WHERE p.lot_id IS NULL OR p.member_id <> m.member_id
"""
#: What the journal says of a ticket is what its moves are.
_JOURNALLED = """
SELECT sale_id FROM (
  SELECT j.body ->> 'sale' AS sale_id,
         sum(j.body ->> 'earned') - sum(j.body ->> 'burned')
         - sum(j.body ->> 'taken_back') + sum(j.body ->> 'given_back') AS points
  FROM (SELECT plain(canonical) -> '$.body' AS body FROM journal
        WHERE kind = 'PointsBooked') j
  WHERE j.body ->> 'sale' IS NOT NULL GROUP BY 1) t
LEFT JOIN (
  SELECT substr(event_id, 1, 36) AS event, sum(points) AS points FROM point_move
  WHERE kind IN ('earn', 'burn', 'reverse_earn', 'restore') GROUP BY 1) m
  ON m.event = t.sale_id
WHERE m.points IS NOT t.points
"""
#: A member's tier is where the last move went, in lists as well.
_TIERS = """
SELECT m.member_id FROM tier_move m
LEFT JOIN tier_standing s ON s.member_id = m.member_id
WHERE m.step = (SELECT max(step) FROM tier_move o WHERE o.member_id = m.member_id)
  AND (coalesce(s.tier, '') <> m.to_tier
       OR (m.to_tier <> '' AND s.kept_until_ms IS NOT m.kept_until_ms))
UNION SELECT member_id FROM tier_standing
WHERE member_id NOT IN (SELECT member_id FROM tier_move)
UNION SELECT m.member_id FROM member m
LEFT JOIN tier_standing s ON s.member_id = m.member_id
WHERE m.tier <> coalesce(s.tier, '')
"""
POINT_RULES = (
    SumRule("points_left_differ", _LEFT),
    SumRule("points_below_zero", _SIGNS),
    SumRule("points_journal_differs", _JOURNALLED),
    SumRule("tier_standing_differs", _TIERS),
)
