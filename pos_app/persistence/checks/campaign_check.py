"""Sums of rewards that must hold: each gift once, journalled, within its budget."""

from __future__ import annotations

from pos_app.persistence.checks.sum_rule import SumRule

_BALANCES = """
WITH summed (rule_id, given, cost_minor, taken_back) AS (
  SELECT g.rule_id, count(*), sum(g.cost_minor), count(b.key)
  FROM reward_given g LEFT JOIN reward_taken_back b ON b.key = g.key GROUP BY 1),
kept (rule_id, given, cost_minor, taken_back) AS (
  SELECT rule_id, given, cost_minor, taken_back FROM reward_balance)
SELECT rule_id FROM (SELECT * FROM summed EXCEPT SELECT * FROM kept)
UNION SELECT rule_id FROM (SELECT * FROM kept EXCEPT SELECT * FROM summed)
"""
#: What the journal says of gifts is what lies in the ledger, gift by gift.
_JOURNALLED = """
WITH told (rule_id, version, member_id, coupons, gifts) AS (
  SELECT j.body ->> 'rule', CAST(j.body ->> 'version' AS INTEGER),
         j.body ->> 'member', j.body ->> 'coupons', count(*)
  FROM (SELECT plain(canonical) -> '$.body' AS body FROM journal
        WHERE kind = 'RewardGiven') j GROUP BY 1, 2, 3, 4),
kept (rule_id, version, member_id, coupons, gifts) AS (
  SELECT rule_id, version, member_id, json(coupon_ids), count(*)
  FROM reward_given GROUP BY 1, 2, 3, 4)
SELECT rule_id FROM (SELECT * FROM told EXCEPT SELECT * FROM kept)
UNION SELECT rule_id FROM (SELECT * FROM kept EXCEPT SELECT * FROM told)
"""
#: Gift after gift, in the order in which they were written.
_BUDGETS = """
SELECT DISTINCT g.rule_id FROM (
  SELECT rule_id, version, sum(cost_minor) OVER (
    PARTITION BY rule_id ORDER BY rowid ROWS UNBOUNDED PRECEDING) AS spent
  FROM reward_given) g
JOIN reward_rule r ON r.rule_id = g.rule_id AND r.version = g.version
WHERE g.spent > (r.text ->> '$.budget_minor')
"""
CAMPAIGN_RULES = (
    SumRule("reward_balance_differs", _BALANCES),
    SumRule("reward_journal_differs", _JOURNALLED),
    SumRule("reward_over_budget", _BUDGETS),
)
