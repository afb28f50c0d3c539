"""Sums over who bought: members and others, new, active, at risk, lost."""

from __future__ import annotations

from sqlalchemy import Connection, text

from pos_app.domain.loyalty_report import BuyerShare, Flow, MemberState
from pos_app.persistence.ledger.loyalty_report_points import moments
from pos_app.ports.loyalty_reports import LoyaltySpan

#: Whose history an id is now: merges that hold, followed to the end.
PERSON = """
live(absorbed_id, kept_id) AS (
  SELECT absorbed_id, kept_id FROM member_merge
  WHERE merge_id NOT IN (SELECT merge_id FROM member_merge_undone)
),
root(member_id, person) AS (
  SELECT absorbed_id, kept_id FROM live
  UNION
  SELECT r.member_id, l.kept_id FROM root r JOIN live l ON l.absorbed_id = r.person
),
person(member_id, person) AS (
  SELECT member_id, person FROM root
  WHERE person NOT IN (SELECT absorbed_id FROM live)
)
"""
#: What was sold to whom, and what came back: it belongs to whoever it was sold to,
#: whoever brings it; goods without a receipt to whoever is named on their document. A
#: document counts once: for the buyer, or where nothing was sold for a member whose
#: goods came back.
PARTS = """
part(sale_id, who, counts, sold_minor, back_minor) AS (
  SELECT sale_id, member_id, 1, total_minor, 0 FROM sale
  WHERE business_day BETWEEN :first AND :last
    AND (item_count <> 0 OR total_minor <> 0 OR returned_minor = 0)
  UNION ALL
  SELECT s.sale_id, coalesce(o.member_id, s.member_id),
         s.item_count = 0 AND s.total_minor = 0 AND row_number() OVER (
           PARTITION BY s.sale_id ORDER BY coalesce(o.member_id, s.member_id) DESC) = 1,
         0, sum(r.net_minor + r.tax_minor + r.rounding_minor)
  FROM sale s CROSS JOIN sale_return r ON r.sale_id = s.sale_id
  LEFT JOIN sale o ON o.sale_id = r.origin_sale_id
  WHERE s.business_day BETWEEN :first AND :last AND s.returned_minor <> 0
  GROUP BY s.sale_id, coalesce(o.member_id, s.member_id)
)
"""
_BUYERS = text(f"""
WITH RECURSIVE {PERSON}, {PARTS}
SELECT x.who <> '', sum(x.counts), sum(x.sold_minor), sum(x.back_minor),
       count(DISTINCT CASE WHEN x.who <> '' THEN coalesce(p.person, x.who) END)
FROM part x LEFT JOIN person p ON p.member_id = x.who
GROUP BY 1
""")  # noqa: S608 - made of constants
#: The last ticket of each person with goods that were not undone. Grouped, not joined:
#: SQLite walks over the one for each row of the other, and a million members wait.
BOUGHT = f"""
{PERSON},
bought(who, at_ms) AS (
  SELECT coalesce(p.person, s.member_id), max(s.ended_at_ms)
  FROM sale s LEFT JOIN person p ON p.member_id = s.member_id
  WHERE s.member_id <> '' AND s.total_minor > 0 AND s.ended_at_ms < :end
    AND NOT EXISTS (SELECT 1 FROM sale r
                    WHERE r.reverses = s.sale_id AND r.reverses <> '')
  GROUP BY 1
),
both(member_id, enrolled_ms, at_ms) AS (
  SELECT m.member_id, m.enrolled_at_ms, NULL FROM member m
  WHERE m.enrolled_at_ms < :end
    AND (m.erased_at_ms IS NULL OR m.erased_at_ms >= :end)
    AND m.member_id NOT IN (SELECT absorbed_id FROM live)
  UNION ALL
  SELECT who, NULL, at_ms FROM bought
),
each(member_id, enrolled_ms, at_ms) AS (
  SELECT member_id, max(enrolled_ms), max(at_ms) FROM both
  GROUP BY member_id HAVING max(enrolled_ms) IS NOT NULL
),
standing(member_id, at_ms, state) AS (
  SELECT member_id, at_ms,
         CASE WHEN enrolled_ms >= :start THEN 'new'
              WHEN at_ms IS NULL THEN 'never'
              WHEN :end - at_ms <= :active_ms THEN 'active'
              WHEN :end - at_ms <= :lost_ms THEN 'at_risk'
              ELSE 'lost' END
  FROM each
)
"""  # noqa: S608 - made of constants
_STATES = text(
    f"WITH RECURSIVE {BOUGHT} SELECT state, count(*) FROM standing GROUP BY 1"  # noqa: S608 - made of constants
)
_HAS_MEMBERS = text("""
SELECT EXISTS (SELECT 1 FROM member) OR EXISTS (SELECT 1 FROM value_account)
    OR EXISTS (SELECT 1 FROM coupon)
""")
_DAY_MS = 86_400_000


def has_members(connection: Connection) -> bool:
    """Tell whether the shop has anything that belongs to members."""
    return bool(connection.execute(_HAS_MEMBERS).scalar_one())


def state_moments(span: LoyaltySpan) -> dict[str, object]:
    """Return a while, and when members are at risk, as parameters."""
    return moments(span) | {
        "active_ms": span.states.active * _DAY_MS,
        "lost_ms": span.states.lost * _DAY_MS,
    }


def buyers(connection: Connection, span: LoyaltySpan) -> tuple[BuyerShare, BuyerShare]:
    """Return what members bought, and what everybody else did."""
    found = {
        bool(row[0]): BuyerShare(*row[1:])
        for row in connection.execute(_BUYERS, moments(span))
    }
    return found.get(True, BuyerShare()), found.get(False, BuyerShare())


def states(connection: Connection, span: LoyaltySpan) -> tuple[Flow, ...]:
    """Return how many people stand in each state; each in one."""
    rows = connection.execute(_STATES, state_moments(span))
    found = {row[0]: row[1] for row in rows}
    return tuple(
        Flow(state.value, found.get(state.value, 0), found.get(state.value, 0))
        for state in MemberState
    )
