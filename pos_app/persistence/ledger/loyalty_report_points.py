"""Sums over points and tiers: opening, moves, closing, and what is owed when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from pos_app.domain.loyalty.lot import MoveKind
from pos_app.domain.loyalty_report import (
    Account,
    Due,
    Flow,
    Holders,
    PointsReport,
    TierShare,
)
from pos_app.ports.loyalty_reports import LoyaltySpan
from pos_app.values.times import Timestamp

_DAY_MS = 86_400_000
#: The first day of each span of age.
AGES = (0, 31, 91, 181, 366)
_OPENING = text("""
SELECT coalesce(sum(points), 0) FROM point_move WHERE at_ms < :start
""")
_FLOWS = text("""
SELECT kind, count(*), sum(points) FROM point_move
WHERE at_ms >= :start AND at_ms < :end GROUP BY kind
""")
_LEFT_THEN = """
SELECT lot_id, sum(points) AS points FROM point_move WHERE at_ms < :end
GROUP BY lot_id HAVING sum(points) <> 0
"""
_LEFT_NOW = "SELECT lot_id, points FROM point_left WHERE points <> 0"
#: Lots of one expiry, kind and age together: a few hundred rows, however many members.
_LOTS = """
SELECT l.kind = 'debt', l.expires_at_ms, l.active_at_ms > :end,
       CASE WHEN :end - l.made_at_ms < 31 * 86400000 THEN 0
            WHEN :end - l.made_at_ms < 91 * 86400000 THEN 31
            WHEN :end - l.made_at_ms < 181 * 86400000 THEN 91
            WHEN :end - l.made_at_ms < 366 * 86400000 THEN 181
            ELSE 366 END,
       count(*), sum(x.points)
FROM ({left}) x CROSS JOIN point_lot l ON l.lot_id = x.lot_id
GROUP BY 1, 2, 3, 4
"""
_LOTS_NOW = text(_LOTS.format(left=_LEFT_NOW))
_LOTS_THEN = text(_LOTS.format(left=_LEFT_THEN))
_TIER_MOVES = text("""
SELECT kind, from_tier, to_tier, count(*) FROM tier_move
WHERE at_ms >= :start AND at_ms < :end AND kind <> 'keep'
GROUP BY kind, from_tier, to_tier ORDER BY kind, 4 DESC, from_tier, to_tier
""")
_HOLDERS_NOW = text("""
SELECT tier, count(*) FROM tier_standing WHERE tier <> '' GROUP BY tier
""")
_HOLDERS_THEN = text("""
SELECT to_tier, count(*) FROM tier_move
WHERE step IN (SELECT max(step) FROM tier_move WHERE at_ms < :end GROUP BY member_id)
  AND to_tier <> ''
GROUP BY to_tier
""")
#: Figures of a ledger, in the order of its kinds.
_ORDER = {kind.value: at for at, kind in enumerate(MoveKind)}


def moments(span: LoyaltySpan) -> dict[str, Any]:
    """Return a while as parameters of a question."""
    return {
        "start": span.start.unix_ms,
        "end": span.end.unix_ms,
        "first": span.period.first.isoformat(),
        "last": span.period.last.isoformat(),
    }


def points(connection: Connection, span: LoyaltySpan) -> PointsReport:
    """Return how points moved in a while, and what is owed at its end."""
    asked = moments(span)
    found = connection.execute(_FLOWS, asked)
    flows = sorted((Flow(*row) for row in found), key=lambda x: _ORDER[x.key])
    shown = tuple(x for x in flows if x.key != MoveKind.ACTIVATE)
    lots = connection.execute(_LOTS_NOW if span.is_now else _LOTS_THEN, asked).all()
    sums = dict.fromkeys(("active", "pending", "lapsed", "debt"), 0)
    end, zone = span.end.unix_ms, ZoneInfo(span.zone_name)
    by_expiry: dict[str, tuple[int, int]] = {}
    by_age: dict[str, tuple[int, int]] = {}
    for is_debt, expires_ms, waits, age, count, amount in lots:
        is_over = expires_ms is not None and expires_ms <= end
        if is_debt:
            sums["debt"] -= amount
        elif is_over:
            sums["lapsed"] += amount
        else:
            sums["pending" if waits else "active"] += amount
        month = "debt" if is_debt else expiry_month(expires_ms, zone)
        _add(by_expiry, month, count, amount)
        _add(by_age, "debt" if is_debt else str(age), count, amount)
    opening = connection.execute(_OPENING, asked).scalar_one()
    closing = sum(row[-1] for row in lots)
    return PointsReport(
        Account(opening, shown, closing),
        **sums,
        by_expiry=_dues(by_expiry, sorted(by_expiry, key=_expiry_order)),
        by_age=_dues(by_age, [str(age) for age in AGES] + ["debt"]),
    )


def expiry_month(expires_ms: int | None, zone: ZoneInfo) -> str:
    """Return the month of the last day on which points are good; "" for ever."""
    if expires_ms is None:
        return ""
    return Timestamp(expires_ms - 1).at(zone).strftime("%Y-%m")


def _expiry_order(key: str) -> tuple[int, str]:
    """Months in order, then what never ends, then debts."""
    return ({"": 1, "debt": 2}.get(key, 0), key)


def _add(sums: dict[str, tuple[int, int]], key: str, count: int, amount: int) -> None:
    before = sums.get(key, (0, 0))
    sums[key] = (before[0] + count, before[1] + amount)


def _dues(sums: Mapping[str, tuple[int, int]], order: Iterable[str]) -> tuple[Due, ...]:
    return tuple(Due(key, *sums[key]) for key in order if key in sums)


def tier_moves(connection: Connection, span: LoyaltySpan) -> tuple[TierShare, ...]:
    """Return who moved from which tier to which, by kind of move."""
    rows = connection.execute(_TIER_MOVES, moments(span))
    return tuple(TierShare(*row) for row in rows)


def holders(connection: Connection, span: LoyaltySpan) -> tuple[Holders, ...]:
    """Return how many members stand in each tier at the end of a while."""
    query = _HOLDERS_NOW if span.is_now else _HOLDERS_THEN
    return tuple(Holders(*row) for row in connection.execute(query, moments(span)))
