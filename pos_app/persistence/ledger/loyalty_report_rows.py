"""What stands behind each figure about members: tickets, moves, people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from pos_app.domain.report_rows import (
    ROW_LIMIT,
    Figure,
    FigureKind,
    Measure,
    ReportRow,
    ReportRows,
)
from pos_app.persistence.ledger.loyalty_report_coupons import BONUS, COST
from pos_app.persistence.ledger.loyalty_report_members import (
    BOUGHT,
    PARTS,
    state_moments,
)
from pos_app.persistence.ledger.loyalty_report_points import expiry_month
from pos_app.ports.loyalty_reports import LoyaltySpan
from pos_app.values.times import Timestamp

# Each question names its rows in the order of `ReportRow`.
_BUYERS = text(f"""
WITH {PARTS}
SELECT s.sale_id, s.number, s.ended_at_ms, s.cashier_id, s.cashier_name,
       x.minor, '', x.who
FROM (SELECT sale_id, max(who) AS who, sum(sold_minor - back_minor) AS minor
      FROM part WHERE (who <> '') = (:key = 'members') GROUP BY sale_id) x
CROSS JOIN sale s ON s.sale_id = x.sale_id
""")  # noqa: S608 - made of constants
_STATE = text(f"""
WITH RECURSIVE {BOUGHT}
SELECT coalesce((SELECT s.sale_id FROM sale s WHERE s.member_id = x.member_id
                 AND s.ended_at_ms = x.at_ms AND s.member_id <> ''), ''),
       coalesce((SELECT s.number FROM sale s WHERE s.member_id = x.member_id
                 AND s.ended_at_ms = x.at_ms AND s.member_id <> ''), ''),
       coalesce(x.at_ms, m.enrolled_at_ms), '', '', 1, '', x.member_id
FROM standing x JOIN member m ON m.member_id = x.member_id WHERE x.state = :key
""")  # noqa: S608 - made of constants
_POINT_FLOW = text("""
SELECT coalesce(s.sale_id, ''), coalesce(s.number, ''), m.at_ms,
       coalesce(s.cashier_id, ''), coalesce(s.cashier_name, ''), sum(m.points), '',
       m.member_id, count(*)
FROM point_move m LEFT JOIN sale s ON s.sale_id = m.event_id
WHERE m.at_ms >= :start AND m.at_ms < :end AND m.kind = :key
GROUP BY m.event_id, m.member_id, m.at_ms
""")
_LOTS = """
SELECT coalesce(s.sale_id, ''), coalesce(s.number, ''), l.made_at_ms,
       coalesce(s.cashier_id, ''), coalesce(s.cashier_name, ''), x.points, '',
       l.member_id, l.expires_at_ms
FROM ({left}) x CROSS JOIN point_lot l ON l.lot_id = x.lot_id
LEFT JOIN sale s ON s.sale_id = l.event_id
WHERE (l.kind = 'debt') = (:key = 'debt')
"""
_LOTS_NOW = text(
    _LOTS.format(left="SELECT lot_id, points FROM point_left WHERE points <> 0")
)
_LOTS_THEN = text(
    _LOTS.format(
        left="SELECT lot_id, sum(points) AS points FROM point_move "
        "WHERE at_ms < :end GROUP BY lot_id HAVING sum(points) <> 0"
    )
)
_COUPON_ROWS = """
SELECT coalesce(s.sale_id, ''), coalesce(s.number, ''), f.at_ms,
       coalesce(s.cashier_id, ''), coalesce(s.cashier_name, ''), {cost}, '',
       c.member_id
FROM coupon_fact f CROSS JOIN coupon c ON c.coupon_id = f.coupon_id
LEFT JOIN sale s ON s.sale_id = coalesce(json_extract(f.body, '$.return_id'),
                                         json_extract(f.body, '$.sale_id'))
WHERE f.at_ms >= :start AND f.at_ms < :end
  AND f.kind IN ('Redeemed', 'Restored', 'ShareGivenBack') AND {which}
"""
_COUPON = text(_COUPON_ROWS.format(cost=COST, which="c.template_id = :key"))
_CAMPAIGN = text(
    _COUPON_ROWS.format(
        cost=COST,
        which="""f.coupon_id IN (
  SELECT j.value FROM reward_given g CROSS JOIN json_each(g.coupon_ids) j
  WHERE g.rule_id = :key)""",
    )
)
_TIER_MOVE = text("""
SELECT coalesce(s.sale_id, ''), coalesce(s.number, ''), t.at_ms,
       coalesce(s.cashier_id, ''), coalesce(s.cashier_name, ''), 1, '', t.member_id
FROM tier_move t LEFT JOIN sale s ON s.sale_id = t.event_id
WHERE t.at_ms >= :start AND t.at_ms < :end
  AND t.kind || '/' || t.from_tier || '/' || t.to_tier = :key
""")
_TIER = text("""
SELECT coalesce(s.sale_id, ''), coalesce(s.number, ''), t.at_ms,
       coalesce(s.cashier_id, ''), coalesce(s.cashier_name, ''), 1, '', t.member_id
FROM tier_move t LEFT JOIN sale s ON s.sale_id = t.event_id
WHERE t.step IN (SELECT max(step) FROM tier_move WHERE at_ms < :end GROUP BY member_id)
  AND t.to_tier = :key
""")
_VALUE_FLOW = text("""
SELECT coalesce(s.sale_id, ''), m.document_number, m.at_ms,
       coalesce(s.cashier_id, ''), coalesce(s.cashier_name, ''),
       CASE WHEN :part = 'bonus' THEN m.bonus_minor
            WHEN m.kind = 'top_up' THEN m.paid_minor
            ELSE m.paid_minor + m.bonus_minor END, a.label, a.member_id
FROM value_move m CROSS JOIN value_account a ON a.account_id = m.account_id
LEFT JOIN sale s ON s.sale_id = m.document_id
WHERE m.business_day BETWEEN :first AND :last AND a.kind = :account AND m.kind = :kind
  AND (:part <> 'bonus' OR m.bonus_minor <> 0)
""")
_MEASURES = {
    FigureKind.POINT_FLOW: Measure.POINTS,
    FigureKind.POINTS_DUE: Measure.POINTS,
    FigureKind.MEMBER_STATE: Measure.COUNT,
    FigureKind.TIER_MOVE: Measure.COUNT,
    FigureKind.TIER: Measure.COUNT,
}
_PLAIN = {
    FigureKind.BUYERS: _BUYERS,
    FigureKind.MEMBER_STATE: _STATE,
    FigureKind.COUPON: _COUPON,
    FigureKind.CAMPAIGN: _CAMPAIGN,
    FigureKind.TIER_MOVE: _TIER_MOVE,
    FigureKind.TIER: _TIER,
}


def rows(connection: Connection, span: LoyaltySpan, figure: Figure) -> ReportRows:
    """Return the rows behind a figure, newest first."""
    asked = state_moments(span) | {"key": figure.key}
    count: int | None = None
    match figure.kind:
        case FigureKind.POINT_FLOW:
            raw = connection.execute(_POINT_FLOW, asked).all()
            count = sum(row[8] for row in raw)
        case FigureKind.POINTS_DUE:
            raw = _lots(connection, span, asked)
        case FigureKind.VALUE_FLOW:
            raw = connection.execute(_VALUE_FLOW, asked | _account(figure.key)).all()
        case _:
            raw = connection.execute(_PLAIN[figure.kind], asked).all()
    measure = _MEASURES.get(figure.kind, Measure.MONEY)
    return _gathered(raw, measure, count)


def _gathered(raw: Any, measure: Measure, count: int | None) -> ReportRows:
    """Return rows as they are shown: newest first, at most so many, all counted."""
    made = [ReportRow(x[0], x[1], Timestamp(x[2]), *x[3:8]) for x in raw]
    made.sort(key=lambda row: row.at, reverse=True)
    amount = sum(row.amount_minor for row in made)
    shown = tuple(made[:ROW_LIMIT])
    return ReportRows(shown, len(made) if count is None else count, amount, measure)


def _lots(
    connection: Connection, span: LoyaltySpan, asked: Mapping[str, Any]
) -> list[Any]:
    zone = ZoneInfo(span.zone_name)
    query = _LOTS_NOW if span.is_now else _LOTS_THEN
    found = connection.execute(query, dict(asked)).all()
    key = asked["key"]
    return [row for row in found if key == "debt" or expiry_month(row[8], zone) == key]


def _account(key: str) -> dict[str, str]:
    """Read "wallet/top_up" or "wallet/bonus"."""
    account, _slash, kind = key.partition("/")
    is_bonus = kind == BONUS
    return {
        "account": account,
        "kind": "top_up" if is_bonus else kind,
        "part": "bonus" if is_bonus else "",
    }
