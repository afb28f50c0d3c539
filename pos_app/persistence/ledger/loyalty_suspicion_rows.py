"""Patterns of abuse as questions to the ledgers (domain.loyalty_suspicion).

Each question names, for every group that goes beyond its limit, the documents of that
group: the finding and what stands behind it can therefore never differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, TextClause, text

from pos_app.domain.loyalty_suspicion import Pattern, Suspicion, SuspicionRule
from pos_app.domain.report_rows import ROW_LIMIT, Measure, ReportRow, ReportRows
from pos_app.persistence.ledger.loyalty_referral_rings import ring_rows
from pos_app.persistence.ledger.loyalty_report_members import PERSON
from pos_app.persistence.ledger.loyalty_report_points import moments
from pos_app.ports.loyalty_reports import LoyaltySpan
from pos_app.values.times import Timestamp

_DAY_MS = 86_400_000
#: Documents that a finding names; its rows name all.
_NAMED = 5


def _asked(select: str) -> TextClause:
    """Return a question that knows persons; subject, detail, then `ReportRow`'s order."""
    return text(f"WITH RECURSIVE {PERSON} {select}")


#: Own or lent cards: one card at one cashier on one day again and again.
_STAFF_CARD_DAY = _asked("""
SELECT who, cashier_id || '/' || business_day, sale_id, number, ended_at_ms,
       cashier_id, cashier_name, total_minor - returned_minor, '', who
FROM (
  SELECT s.*, coalesce(p.person, s.member_id) AS who,
         count(*) OVER (PARTITION BY coalesce(p.person, s.member_id), s.cashier_id,
                        s.business_day) AS uses
  FROM sale s LEFT JOIN person p ON p.member_id = s.member_id
  WHERE s.business_day BETWEEN :first AND :last AND s.member_id <> ''
    AND s.total_minor > 0
)
WHERE uses > :card_uses_a_day
""")
#: A card of staff is held against the sales of customers whom nobody knows, any other
#: against all documents of the cashier.
_STAFF_CARD_SHARE = _asked("""
SELECT who, cashier_id, sale_id, number, ended_at_ms, cashier_id, cashier_name,
       total_minor - returned_minor, '', who
FROM (
  SELECT s.*, coalesce(p.person, s.member_id) AS who,
         count(*) OVER (PARTITION BY s.cashier_id,
                        coalesce(p.person, s.member_id)) AS uses,
         count(*) OVER (PARTITION BY s.cashier_id) AS all_documents,
         sum(s.member_id = '') OVER (PARTITION BY s.cashier_id) AS guests
  FROM sale s LEFT JOIN person p ON p.member_id = s.member_id
  WHERE s.business_day BETWEEN :first AND :last AND s.total_minor > 0
)
WHERE member_id <> '' AND uses >= :card_least
  AND uses * 1000 > :card_share_permille * CASE
    WHEN EXISTS (SELECT 1 FROM member m WHERE m.member_id = who AND m.staff_id <> '')
    THEN uses + guests ELSE all_documents END
""")
_WEAK_BURN = _asked("""
SELECT who, '', sale_id, number, ended_at_ms, cashier_id, cashier_name, burnt, '', who
FROM (
  SELECT s.*, b.who AS who, b.burnt AS burnt,
         sum(b.burnt) OVER (PARTITION BY b.who) AS whole
  FROM (
    SELECT m.event_id, coalesce(p.person, m.member_id) AS who,
           -sum(m.points) AS burnt
    FROM point_move m LEFT JOIN person p ON p.member_id = m.member_id
    WHERE m.at_ms >= :start AND m.at_ms < :end AND m.kind = 'burn'
    GROUP BY m.event_id, 2
  ) b CROSS JOIN sale s ON s.sale_id = b.event_id
  WHERE s.member_strength IN ('', 'weak')
)
WHERE whole > :weak_burn_points
""")
_ADJUSTED = _asked("""
SELECT actor, '', '', '', recorded_at_ms, actor, '', points, reason, member
FROM (
  SELECT j.actor, j.recorded_at_ms,
         json_extract(plain(j.canonical), '$.body.points') AS points,
         json_extract(plain(j.canonical), '$.body.reason') AS reason,
         json_extract(plain(j.canonical), '$.body.member') AS member,
         sum(abs(json_extract(plain(j.canonical), '$.body.points')))
           OVER (PARTITION BY j.actor) AS whole
  FROM journal j
  WHERE j.kind = 'PointsAdjusted' AND j.business_day BETWEEN :first AND :last
)
WHERE whole > :adjusted_points
""")
_REFUND_AFTER_BURN = _asked("""
SELECT who, '', sale_id, number, ended_at_ms, cashier_id, cashier_name,
       returned_minor, '', who
FROM (
  SELECT s.*, b.who AS who, count(*) OVER (PARTITION BY b.who) AS returns
  FROM (
    SELECT DISTINCT r.sale_id, coalesce(p.person, x.member_id) AS who
    FROM sale t CROSS JOIN sale_return r ON r.sale_id = t.sale_id
    JOIN point_split x ON x.event_id = r.origin_sale_id AND x.kind = 'burn'
    LEFT JOIN person p ON p.member_id = x.member_id
    WHERE t.business_day BETWEEN :first AND :last AND t.returned_minor <> 0
  ) b CROSS JOIN sale s ON s.sale_id = b.sale_id
)
WHERE returns >= :refunds_after_burn
""")
#: The last four digits of a card are the same for many; what a provider names is not.
_SHARED_PAYER = _asked("""
, paid AS (
  SELECT t.reference, coalesce(p.person, s.member_id) AS who, s.sale_id
  FROM sale s CROSS JOIN sale_tender t ON t.sale_id = s.sale_id
  LEFT JOIN person p ON p.member_id = s.member_id
  WHERE s.business_day BETWEEN :first AND :last AND s.member_id <> ''
    AND length(t.reference) >= 6
)
SELECT x.reference, '', s.sale_id, s.number, s.ended_at_ms, s.cashier_id,
       s.cashier_name, s.total_minor - s.returned_minor, '', x.who
FROM paid x CROSS JOIN sale s ON s.sale_id = x.sale_id
WHERE x.reference IN (SELECT reference FROM paid GROUP BY reference
                      HAVING count(DISTINCT who) >= :payers)
""")
_DAILY_EARN = _asked("""
SELECT who, business_day, sale_id, number, ended_at_ms, cashier_id, cashier_name,
       earned, '', who
FROM (
  SELECT s.*, e.who AS who, e.earned AS earned,
         sum(e.earned) OVER (PARTITION BY e.who, s.business_day) AS whole
  FROM (
    SELECT m.event_id, coalesce(p.person, m.member_id) AS who, sum(m.points) AS earned
    FROM point_move m LEFT JOIN person p ON p.member_id = m.member_id
    WHERE m.at_ms >= :start AND m.at_ms < :end AND m.kind = 'earn'
    GROUP BY m.event_id, 2
  ) e CROSS JOIN sale s ON s.sale_id = e.event_id
)
WHERE whole > :earned_a_day
""")
#: The digest stays after an erasure and names nobody; its first signs tell it apart.
_PHONE_AGAIN = _asked("""
SELECT substr(lower(hex(digest)), 1, 12), '', '', '', last_at_ms, '', '', members, '', ''
FROM phone_seen
WHERE members >= :phones AND last_at_ms >= :start AND last_at_ms < :end
""")
_OLD_DEBT = _asked("""
SELECT coalesce(p.person, l.member_id), '', coalesce(s.sale_id, ''),
       coalesce(s.number, ''), l.made_at_ms, coalesce(s.cashier_id, ''),
       coalesce(s.cashier_name, ''), x.points, '', coalesce(p.person, l.member_id)
FROM point_left x CROSS JOIN point_lot l ON l.lot_id = x.lot_id
LEFT JOIN person p ON p.member_id = l.member_id
LEFT JOIN sale s ON s.sale_id = l.event_id
WHERE l.kind = 'debt' AND x.points < 0 AND l.made_at_ms < :end - :debt_ms
""")
_QUESTIONS = {
    Pattern.STAFF_CARD_DAY: _STAFF_CARD_DAY,
    Pattern.STAFF_CARD_SHARE: _STAFF_CARD_SHARE,
    Pattern.WEAK_BURN: _WEAK_BURN,
    Pattern.ADJUSTED: _ADJUSTED,
    Pattern.REFUND_AFTER_BURN: _REFUND_AFTER_BURN,
    Pattern.SHARED_PAYER: _SHARED_PAYER,
    Pattern.DAILY_EARN: _DAILY_EARN,
    Pattern.PHONE_AGAIN: _PHONE_AGAIN,
    Pattern.OLD_DEBT: _OLD_DEBT,
}
_POINTS = frozenset(
    {Pattern.WEAK_BURN, Pattern.ADJUSTED, Pattern.DAILY_EARN, Pattern.OLD_DEBT}
)
_COUNTS = frozenset({Pattern.PHONE_AGAIN, Pattern.REFERRAL_RING})


def measure_of(pattern: Pattern) -> Measure:
    """Return what a pattern's amounts are."""
    if pattern in _POINTS:
        return Measure.POINTS
    return Measure.COUNT if pattern in _COUNTS else Measure.MONEY


def suspicions(
    connection: Connection, span: LoyaltySpan, rule: SuspicionRule
) -> tuple[Suspicion, ...]:
    """Return every finding, pattern by pattern, the largest first."""
    found: list[Suspicion] = []
    for pattern in Pattern:
        groups: dict[tuple[str, str], list[ReportRow]] = {}
        for subject, detail, row in _evidence(connection, span, (pattern, rule)):
            groups.setdefault((subject, detail), []).append(row)
        made = [_found(pattern, key, rows) for key, rows in groups.items()]
        made.sort(key=lambda x: (-x.count, -abs(x.amount), x.subject, x.detail))
        found += made
    return tuple(found)


def suspicion_rows(
    connection: Connection, span: LoyaltySpan, key: str, rule: SuspicionRule
) -> ReportRows:
    """Return the documents of one finding, newest first."""
    name, _slash, rest = key.partition("/")
    pattern = Pattern(name)
    rows = [
        row
        for subject, detail, row in _evidence(connection, span, (pattern, rule))
        if f"{subject}/{detail}" == rest
    ]
    rows.sort(key=lambda row: row.at, reverse=True)
    amount = sum(row.amount_minor for row in rows)
    shown = tuple(rows[:ROW_LIMIT])
    return ReportRows(shown, len(rows), amount, measure_of(pattern))


def _found(
    pattern: Pattern, key: tuple[str, str], rows: Sequence[ReportRow]
) -> Suspicion:
    documents = tuple(dict.fromkeys(row.sale_id for row in rows if row.sale_id))
    amount = sum(row.amount_minor for row in rows)
    return Suspicion(pattern, *key, len(rows), amount, documents[:_NAMED])


def _evidence(
    connection: Connection, span: LoyaltySpan, asked: tuple[Pattern, SuspicionRule]
) -> Iterator[tuple[str, str, ReportRow]]:
    pattern, rule = asked
    if pattern is Pattern.REFERRAL_RING:
        yield from ring_rows(connection, span, rule)
        return
    limits: dict[str, Any] = {x.name: getattr(rule, x.name) for x in fields(rule)}
    params = moments(span) | limits | {"debt_ms": rule.debt_days * _DAY_MS}
    for subject, detail, *row in connection.execute(_QUESTIONS[pattern], params):
        yield subject, detail, ReportRow(row[0], row[1], Timestamp(row[2]), *row[3:])
