"""Sums over coupons, by template and by campaign, and over stored value."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, text

from pos_app.domain.loyalty_report import Account, CouponShare, Flow
from pos_app.domain.stored_value.account import AccountKind
from pos_app.persistence.ledger.loyalty_report_points import moments
from pos_app.ports.loyalty_reports import LoyaltySpan

#: Which coupon belongs to which key: its template, or the rule that gave it.
_BY_TEMPLATE = "SELECT coupon_id, template_id AS key FROM coupon"
_BY_RULE = """
SELECT j.value AS coupon_id, g.rule_id AS key
FROM reward_given g CROSS JOIN json_each(g.coupon_ids) j
"""
#: What a fact changes the cost by: a redemption costs, what is undone costs no more.
COST = """
CASE f.kind WHEN 'Redeemed' THEN json_extract(f.body, '$.saving_minor')
            WHEN 'ShareGivenBack' THEN -json_extract(f.body, '$.value_minor')
            WHEN 'Restored' THEN -coalesce(
              (SELECT json_extract(r.body, '$.saving_minor') FROM coupon_fact r
               WHERE r.coupon_id = f.coupon_id AND r.seq < f.seq
                 AND r.kind = 'Redeemed' ORDER BY r.seq DESC LIMIT 1), 0)
            ELSE 0 END
"""
_FACTS = """
SELECT o.key, f.kind, count(*), sum({cost}),
       sum(CASE WHEN f.kind = 'Redeemed' THEN
         (SELECT s.total_minor FROM sale s
          WHERE s.sale_id = json_extract(f.body, '$.sale_id')) ELSE 0 END)
FROM coupon_fact f CROSS JOIN ({owner}) o ON o.coupon_id = f.coupon_id
WHERE f.at_ms >= :start AND f.at_ms < :end
  AND f.kind IN ('Issued', 'Redeemed', 'Restored', 'ShareGivenBack', 'Expired',
                 'Revoked')
GROUP BY o.key, f.kind
"""
#: What can still be used: by what the newest fact before the end says.
_OPEN = """
SELECT o.key, count(*) FROM coupon c CROSS JOIN ({owner}) o
  ON o.coupon_id = c.coupon_id
WHERE c.issued_at_ms < :end AND (c.ends_at_ms IS NULL OR c.ends_at_ms > :end)
  AND (SELECT f.kind FROM coupon_fact f
       WHERE f.coupon_id = c.coupon_id AND f.at_ms < :end ORDER BY f.seq DESC LIMIT 1)
    NOT IN ('Redeemed', 'ShareGivenBack', 'Expired', 'Revoked')
GROUP BY o.key
"""
_TEMPLATES = text(
    "SELECT template_id, name, max(version) FROM coupon_template GROUP BY 1"
)
_RULES = text("SELECT rule_id, name, max(version) FROM reward_rule GROUP BY 1")
_FIELDS = {
    "Issued": "issued",
    "Redeemed": "redeemed",
    "Restored": "restored",
    "Expired": "expired",
    "Revoked": "revoked",
}
_VALUE_FLOWS = text("""
SELECT a.kind, m.kind, count(*), sum(m.paid_minor), sum(m.bonus_minor)
FROM value_move m CROSS JOIN value_account a ON a.account_id = m.account_id
WHERE m.business_day BETWEEN :first AND :last
GROUP BY a.kind, m.kind
""")
_VALUE_OPENING = text("""
SELECT a.kind, sum(m.paid_minor + m.bonus_minor)
FROM value_move m CROSS JOIN value_account a ON a.account_id = m.account_id
WHERE m.business_day < :first GROUP BY a.kind
""")
_VALUE_THEN = text("""
SELECT a.kind, sum(m.paid_minor + m.bonus_minor)
FROM value_move m CROSS JOIN value_account a ON a.account_id = m.account_id
WHERE m.business_day <= :last GROUP BY a.kind
""")
_VALUE_NOW = text("""
SELECT a.kind, sum(b.paid_minor + b.bonus_minor)
FROM value_balance b CROSS JOIN value_account a ON a.account_id = b.account_id
GROUP BY a.kind
""")
#: A top-up's bonus is a flow of its own: the shop pays it.
BONUS = "bonus"


def by_template(connection: Connection, span: LoyaltySpan) -> tuple[CouponShare, ...]:
    """Return what the coupons of each template did."""
    names = {row[0]: row[1] for row in connection.execute(_TEMPLATES)}
    return _shares(connection, span, _BY_TEMPLATE, names)


def by_campaign(connection: Connection, span: LoyaltySpan) -> tuple[CouponShare, ...]:
    """Return what the coupons that each rule gave did."""
    names = {row[0]: row[1] for row in connection.execute(_RULES)}
    return _shares(connection, span, _BY_RULE, names)


def _shares(
    connection: Connection, span: LoyaltySpan, owner: str, names: dict[str, str]
) -> tuple[CouponShare, ...]:
    found: dict[str, CouponShare] = {}
    facts = text(_FACTS.format(cost=COST, owner=owner))
    for key, kind, count, cost, sold in connection.execute(facts, moments(span)):
        share = found.get(key) or CouponShare(key, names.get(key, key))
        field = _FIELDS.get(kind)
        if field is not None:
            share = replace(share, **{field: count})
        found[key] = replace(
            share,
            saving_minor=share.saving_minor + (cost or 0),
            sold_minor=share.sold_minor + (sold or 0),
        )
    for key, count in connection.execute(
        text(_OPEN.format(owner=owner)), moments(span)
    ):
        share = found.get(key) or CouponShare(key, names.get(key, key))
        found[key] = replace(share, open=count)
    return tuple(sorted(found.values(), key=lambda x: (-x.saving_minor, x.name, x.key)))


def value(connection: Connection, span: LoyaltySpan) -> tuple[tuple[str, Account], ...]:
    """Return how wallets and gift cards moved, and what the shop owes for them."""
    asked = moments(span)
    opening = _sums(connection, _VALUE_OPENING, asked)
    closing = _sums(connection, _VALUE_NOW if span.is_now else _VALUE_THEN, asked)
    flows: dict[str, list[Flow]] = {}
    for account, kind, count, paid, bonus in connection.execute(_VALUE_FLOWS, asked):
        own = flows.setdefault(account, [])
        if kind == "top_up":
            own.append(Flow(kind, count, paid))
            if bonus:
                own.append(Flow(BONUS, count, bonus))
        else:
            own.append(Flow(kind, count, paid + bonus))
    return tuple(
        (
            kind.value,
            Account(
                opening.get(kind.value, 0),
                tuple(flows.get(kind.value, ())),
                closing.get(kind.value, 0),
            ),
        )
        for kind in AccountKind
        if kind.value in opening or kind.value in flows or kind.value in closing
    )


def _sums(
    connection: Connection, query: object, asked: dict[str, object]
) -> dict[str, int]:
    rows = connection.execute(query, asked)  # type: ignore[call-overload]
    return {row[0]: row[1] or 0 for row in rows}
