"""Goods that move without a sale: documents, lines, moves and journal agree (law 5)."""

from __future__ import annotations

from pos_app.persistence.checks.sum_rule import SumRule

_MOVES = """
SELECT d.number FROM stock_document d
JOIN stock_document_line l ON l.document_id = d.document_id
LEFT JOIN stock_move m ON m.document_id = l.document_id AND m.position = l.position
WHERE m.item_id IS NOT l.item_id OR m.thousandths IS NOT l.pieces_thousandths
   OR m.kind IS NOT d.kind OR m.business_day IS NOT d.business_day
UNION SELECT d.number FROM stock_document d
WHERE d.line_count <> (
  SELECT count(*) FROM stock_document_line l WHERE l.document_id = d.document_id)
   OR d.line_count <> (
  SELECT count(*) FROM stock_move m WHERE m.document_id = d.document_id)
"""
_UNDOCUMENTED = """
SELECT DISTINCT m.document_id FROM stock_move m
LEFT JOIN stock_document d ON d.document_id = m.document_id
LEFT JOIN sale s ON s.sale_id = m.document_id
WHERE CASE WHEN m.kind = '' THEN s.sale_id ELSE d.document_id END IS NULL
"""
#: A mirror is its document the other way round, line by line, and nothing else.
_MIRRORS = """
SELECT d.number FROM stock_document d
LEFT JOIN stock_document o ON o.document_id = d.mirrors
WHERE d.mirrors <> '' AND (
  o.kind IS NOT d.kind OR o.line_count IS NOT d.line_count OR o.mirrors <> ''
  OR EXISTS (
    SELECT 1 FROM stock_document_line a LEFT JOIN stock_document_line b
      ON b.document_id = d.mirrors AND b.position = a.position
    WHERE a.document_id = d.document_id AND (
      b.item_id IS NOT a.item_id
      OR b.pieces_thousandths IS NOT -a.pieces_thousandths)))
"""
_JOURNALLED = """
SELECT d.number FROM stock_document d
LEFT JOIN journal j ON j.epoch = d.epoch AND j.seq = d.seq
WHERE j.kind IS NOT CASE d.kind WHEN 'received' THEN 'StockReceived'
    WHEN 'wasted' THEN 'StockWasted' ELSE 'StockAdjusted' END
   OR plain(j.canonical) ->> '$.body.document_id' IS NOT d.document_id
   OR plain(j.canonical) ->> '$.body.number' IS NOT d.number
   OR json_array_length(plain(j.canonical), '$.body.lines') IS NOT d.line_count
"""
_MISSING = """
SELECT epoch || '/' || seq FROM (
  SELECT epoch, seq FROM journal
  WHERE kind IN ('StockReceived', 'StockWasted', 'StockAdjusted')
  EXCEPT SELECT epoch, seq FROM stock_document)
"""
#: The balance that a line says it found is what all moves before it add up to.
_BALANCES = """
SELECT d.number FROM (
  SELECT document_id, position, kind, sum(thousandths) OVER (
    PARTITION BY item_id ORDER BY rowid) - thousandths AS before
  FROM stock_move) m
JOIN stock_document_line l
  ON l.document_id = m.document_id AND l.position = m.position
JOIN stock_document d ON d.document_id = l.document_id
WHERE m.kind <> '' AND l.before_thousandths <> m.before GROUP BY d.number
"""
STOCK_RULES = (
    SumRule("stock_document_moves_differ", _MOVES),
    SumRule("stock_move_undocumented", _UNDOCUMENTED),
    SumRule("stock_mirror_differs", _MIRRORS),
    SumRule("stock_document_not_in_journal", _JOURNALLED),
    SumRule("journal_stock_missing", _MISSING),
    SumRule("stock_document_balances_differ", _BALANCES),
)
