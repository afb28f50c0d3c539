"""Stored value: running balances = sum of moves, money in = value sold, tickets = moves.

Where a sum does not hold, somebody's money is wrong: each is a finding of its own.
"""

from __future__ import annotations

from pos_app.persistence.checks.sum_rule import SumRule

#: Each account's running balance is the sum of its moves, which have no gap.
_BALANCES = """
SELECT a.account_id FROM value_account a
LEFT JOIN value_balance b ON b.account_id = a.account_id
LEFT JOIN (
  SELECT account_id, sum(paid_minor) AS paid, sum(bonus_minor) AS bonus,
         count(*) AS moves, max(number) AS last FROM value_move GROUP BY account_id) m
  ON m.account_id = a.account_id
WHERE coalesce(m.paid, 0) <> coalesce(b.paid_minor, 0)
   OR coalesce(m.bonus, 0) <> coalesce(b.bonus_minor, 0)
   OR coalesce(m.moves, 0) <> coalesce(b.moves, 0)
   OR coalesce(m.last, 0) <> coalesce(m.moves, 0)
   OR coalesce(m.paid, 0) < 0 OR coalesce(m.bonus, 0) < 0
"""
_LOTS = """
SELECT m.account_id FROM (
  SELECT v.account_id AS account_id, p.value ->> '$.lot_id' AS lot_id,
    sum(CASE WHEN p.value ->> '$.purse' = 'paid'
        THEN p.value ->> '$.minor' ELSE 0 END) AS paid,
    sum(CASE WHEN p.value ->> '$.purse' = 'bonus'
        THEN p.value ->> '$.minor' ELSE 0 END) AS bonus
  FROM value_move v, json_each(v.body, '$.parts') p GROUP BY 1, 2) m
LEFT JOIN value_lot l ON l.account_id = m.account_id AND l.lot_id = m.lot_id
WHERE m.paid IS NOT l.paid_minor OR m.bonus IS NOT l.bonus_minor
   OR m.paid < 0 OR m.bonus < 0
GROUP BY m.account_id
"""
#: What a move says in its columns is what its body says.
_BODIES = """
SELECT v.account_id FROM value_move v LEFT JOIN (
  SELECT move_id AS id,
    sum(CASE WHEN p.value ->> '$.purse' = 'paid'
        THEN p.value ->> '$.minor' ELSE 0 END) AS paid,
    sum(CASE WHEN p.value ->> '$.purse' = 'bonus'
        THEN p.value ->> '$.minor' ELSE 0 END) AS bonus
  FROM value_move, json_each(body, '$.parts') p GROUP BY move_id) b ON b.id = v.move_id
WHERE coalesce(b.paid, 0) <> v.paid_minor OR coalesce(b.bonus, 0) <> v.bonus_minor
   OR v.body ->> '$.account_id' <> v.account_id OR v.body ->> '$.number' <> v.number
GROUP BY v.account_id
"""
#: Each document's money is what it says, and its move is there.
_DOCUMENTS = """
SELECT d.number FROM value_document d
LEFT JOIN value_move v ON v.move_id = d.move_id AND v.document_id = d.document_id
LEFT JOIN (
  SELECT document_id, sum(amount_minor) AS moved FROM money_move
  GROUP BY document_id) m ON m.document_id = d.document_id
WHERE v.move_id IS NULL
   OR abs(v.paid_minor) <> d.paid_minor OR abs(v.bonus_minor) <> d.bonus_minor
   OR coalesce(m.moved, 0) <> (d.body ->> '$.rounding_minor') + CASE d.kind
      WHEN 'refund' THEN (d.body ->> '$.clawed_minor') - d.paid_minor
      ELSE d.paid_minor END
"""
_JOURNALLED = """
SELECT d.number FROM value_document d
LEFT JOIN journal j ON j.epoch = d.epoch AND j.seq = d.seq
WHERE j.kind IS NOT (CASE d.kind WHEN 'refund' THEN 'ValueRefunded'
                     ELSE 'ValueSold' END)
   OR plain(j.canonical) ->> '$.body.document_id' IS NOT d.document_id
   OR plain(j.canonical) ->> '$.body.paid_minor' IS NOT d.paid_minor
"""
#: What a ticket took of an account and gave back to it is what moved there.
_TICKETS = """
SELECT coalesce(s.number, w.document_id) FROM (
  SELECT document_id, account_id, max(told) AS told, max(moved) AS moved FROM (
    SELECT sale_id AS document_id, account_id, sum(minor) AS told, NULL AS moved FROM (
      SELECT sale_id, account_id, -amount_minor AS minor FROM sale_tender
      WHERE account_id <> '' AND kind IN ('stored_value', 'gift_card')
      UNION ALL SELECT sale_id, account_id, amount_minor FROM sale_refund
      WHERE account_id <> '' AND kind IN ('stored_value', 'gift_card'))
    GROUP BY sale_id, account_id
    UNION ALL SELECT document_id, account_id, NULL, sum(paid_minor + bonus_minor)
    FROM value_move WHERE kind IN ('redeem', 'return')
    GROUP BY document_id, account_id)
  GROUP BY document_id, account_id) w
LEFT JOIN sale s ON s.sale_id = w.document_id
WHERE w.told IS NOT w.moved
"""
#: What is held is held by the basket that is open.
_HOLDS = """
SELECT basket_id FROM value_hold
WHERE basket_id NOT IN (SELECT basket_id FROM open_sale) GROUP BY basket_id
"""
VALUE_RULES = (
    SumRule("value_balance_differs", _BALANCES),
    SumRule("value_lots_differ", _LOTS),
    SumRule("value_moves_differ", _BODIES),
    SumRule("value_document_differs", _DOCUMENTS),
    SumRule("value_document_differs", _JOURNALLED),
    SumRule("value_ticket_differs", _TICKETS),
    SumRule("value_hold_forgotten", _HOLDS),
)
