"""Promotions: uses equal to what the documents say, and versions that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos_app.persistence.checks.room import CheckRoom, fine, trouble
from pos_app.persistence.checks.sum_rule import SumRule
from pos_app.ports.health import Action, Finding, Severity

#: What every sale says itself, and what a mirrored one takes back from its origin.
_USES = """
WITH said (sale_id, promotion_id, version, times, saving_minor) AS (
  SELECT s.sale_id, a.value ->> '$.promotion_id', a.value ->> '$.version',
         sum(a.value ->> '$.times'), sum(a.value ->> '$.saving_minor')
  FROM sale s JOIN journal j ON j.epoch = s.epoch AND j.seq = s.seq,
       json_each(plain(j.canonical), '$.body.priced.promoted.applications') a
  WHERE s.reverses = '' AND a.value ->> '$.promotion_id' <> '' GROUP BY 1, 2, 3
  UNION ALL
  SELECT r.sale_id, u.promotion_id, u.version, -u.times, -u.saving_minor
  FROM sale r JOIN promotion_use u ON u.sale_id = r.reverses WHERE r.reverses <> ''),
done (sale_id, promotion_id, version, times, saving_minor) AS (
  SELECT sale_id, promotion_id, version, times, saving_minor FROM promotion_use)
SELECT number FROM sale WHERE sale_id IN (
  SELECT sale_id FROM (SELECT * FROM said EXCEPT SELECT * FROM done)
  UNION SELECT sale_id FROM (SELECT * FROM done EXCEPT SELECT * FROM said))
"""
_BALANCES = """
WITH uses (promotion_id, member_id, day, times, saving_minor) AS (
  SELECT promotion_id, '', business_day, times, saving_minor FROM promotion_use
  UNION ALL SELECT promotion_id, member_id, business_day, times, saving_minor
  FROM promotion_use WHERE member_id <> ''),
summed (promotion_id, member_id, span, times, saving_minor) AS (
  SELECT promotion_id, member_id, '', sum(times), sum(saving_minor)
  FROM uses GROUP BY 1, 2
  UNION ALL SELECT promotion_id, member_id, day, sum(times), sum(saving_minor)
  FROM uses GROUP BY 1, 2, 3),
kept (promotion_id, member_id, span, times, saving_minor) AS (
  SELECT promotion_id, member_id, span, times, saving_minor FROM promotion_balance)
SELECT promotion_id FROM (SELECT * FROM summed EXCEPT SELECT * FROM kept)
UNION SELECT promotion_id FROM (SELECT * FROM kept EXCEPT SELECT * FROM summed)
"""
USE_RULES = (
    SumRule("promotion_uses_differ", _USES),
    SumRule("promotion_balance_differs", _BALANCES),
)
_OVERLAPS = """
SELECT DISTINCT v.name FROM promotion_run a
JOIN promotion_run b ON b.promotion_id = a.promotion_id AND b.run_id > a.run_id
JOIN promotion_version v ON v.promotion_id = a.promotion_id AND v.version = a.version
WHERE a.ends_at > a.starts_at AND b.ends_at > b.starts_at
  AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
"""
#: What sales used, with the name that it had then and when it was used first.
_USED = """
SELECT u.promotion_id, u.version, u.sale_id, min(s.ended_at_ms)
FROM promotion_use u JOIN sale s ON s.sale_id = u.sale_id AND s.reverses = ''
GROUP BY u.promotion_id, u.version
"""
_CALLED = """
SELECT a.value ->> '$.name'
FROM sale s JOIN journal j ON j.epoch = s.epoch AND j.seq = s.seq,
     json_each(plain(j.canonical), '$.body.priced.promoted.applications') a
WHERE s.sale_id = ? AND a.value ->> '$.promotion_id' = ?
"""
_BEGUN = """
SELECT promotion_id, version, min(starts_at) FROM promotion_run
GROUP BY promotion_id, version
"""
_UNREAD = """
SELECT v.promotion_id, v.version, v.name, v.body FROM promotion_version v
JOIN promotion_run r USING (promotion_id, version)
WHERE r.ends_at > r.starts_at GROUP BY v.promotion_id, v.version
"""


def promotions(room: CheckRoom) -> Sequence[Finding]:
    """Look for versions that hold at once, and for what is not known here."""
    from pos_app.domain.promotion_plain import promotion_from_text

    with room.catalog.connect() as connection:
        rows = connection.exec_driver_sql(_UNREAD).all()
        overlapping = [name for (name,) in connection.exec_driver_sql(_OVERLAPS)]
        begun = connection.exec_driver_sql(_BEGUN).all()
    unread = [row[2] for row in rows if promotion_from_text(row[3]) is None]
    found = []
    for key, names in (
        ("promotion_runs_overlap", overlapping),
        ("promotion_not_known", unread),
        ("promotion_version_lost", _lost(room, {(x[0], x[1]): x[2] for x in begun})),
    ):
        if names:
            count, first = len(names), ", ".join(names[:5])
            act = Action.KEEP_AND_CALL
            found.append(
                trouble(
                    "promotions", Severity.WARNING, key, act, count=count, first=first
                )
            )
    return found or fine("promotions", "promotions_sound", count=len(rows))


def _lost(room: CheckRoom, begun: Mapping[tuple[str, int], int]) -> list[str]:
    """Name what sales used and the catalogue has not, or only since a later moment.

    So it is where a catalogue is older than its ledger.
    """
    with room.ledger.connect() as connection:
        lost = [
            (sale_id, promotion_id)
            for promotion_id, version, sale_id, first_used in connection.exec_driver_sql(
                _USED
            )
            if begun.get((promotion_id, version), first_used + 1) > first_used
        ]
        names = (connection.exec_driver_sql(_CALLED, x).scalar() for x in lost)
        return [str(name) for name in names]
