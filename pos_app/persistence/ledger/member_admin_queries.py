"""Members as lists (implements ports.member_admin.MemberListing)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.sql.elements import TextClause

from pos_app.persistence.ledger.member_bulk_lookups import MemberBulkLookups
from pos_app.persistence.ledger.member_numbers import IndexKind
from pos_app.ports.member_admin import (
    ListedIds,
    MemberEntry,
    MemberOrder,
    MemberPlace,
    MemberQuery,
    MemberStanding,
)
from pos_app.values.times import Timestamp

#: A word that more members share is a surname or a common name: it tells nothing.
MOST_SHARING = 40

#: Who stands behind whom, however long the way is.
_PERSONS = """
WITH RECURSIVE held (absorbed_id, kept_id) AS (
  SELECT absorbed_id, kept_id FROM member_merge
  WHERE merge_id NOT IN (SELECT merge_id FROM member_merge_undone)),
way (member_id, person) AS (
  SELECT absorbed_id, kept_id FROM held
  UNION SELECT w.member_id, h.kept_id FROM way w JOIN held h
  ON h.absorbed_id = w.person),
root (member_id, person) AS MATERIALIZED (
  SELECT member_id, person FROM way
  WHERE person NOT IN (SELECT absorbed_id FROM held))
"""
#: The person of a row that names a member id in some table `x`.
_PERSON, _ROOT = (
    "coalesce(r.person, x.member_id)",
    " LEFT JOIN root r ON r.member_id = x.member_id",
)
_SORTED_BY = {
    MemberOrder.ENROLLED: "m.enrolled_at_ms",
    MemberOrder.LAST_VISIT: "m.last_visit_ms",
    MemberOrder.POINTS: "coalesce(sums.points, 0)",
}
#: What each person has: their own points, and those of the few who stand behind them.
#: A sum asked for each member would walk all merges for each (minutes at 200,000).
_SUMS = """, sums (member_id, points) AS MATERIALIZED (
  SELECT member_id, sum(points) FROM (
    SELECT member_id, points FROM point_left
    UNION ALL SELECT r.person, x.points FROM root r
    CROSS JOIN point_left x ON x.member_id = r.member_id) GROUP BY 1)
"""
_STANDING = {
    MemberStanding.PRESENT: "m.erased_at_ms IS NULL"
    " AND m.member_id NOT IN (SELECT absorbed_id FROM held)",
    MemberStanding.ERASED: "m.erased_at_ms IS NOT NULL",
    MemberStanding.MERGED: "m.member_id IN (SELECT absorbed_id FROM held)",
}
# Constants of this module put together, nothing that anybody typed (S608).
_TIER = (
    f"m.member_id IN (SELECT {_PERSON} FROM tier_standing x{_ROOT}"  # noqa: S608
    " WHERE x.tier = :tier)"
)
_TAG = (
    "(m.member_key IN (SELECT member_key FROM member_tag WHERE tag = :tag)"  # noqa: S608
    f" OR m.member_id IN (SELECT {_PERSON} FROM segment_member x{_ROOT}"
    " WHERE x.tag = :tag))"
)
_SEGMENT = (
    f"m.member_id IN (SELECT {_PERSON} FROM segment_member x{_ROOT}"  # noqa: S608
    " WHERE x.segment_id = :segment)"
)
_SHARED = """
SELECT i.digest, m.member_id FROM member_index i JOIN member m USING (member_key)
WHERE i.kind = :kind AND m.erased_at_ms IS NULL AND i.digest IN (
  SELECT digest FROM member_index WHERE kind = :kind AND digest > :after
  GROUP BY digest HAVING count(*) BETWEEN 2 AND :most ORDER BY digest LIMIT :limit)
ORDER BY i.digest, m.member_id
"""
_SEGMENTS = """
SELECT s.segment_id, coalesce((SELECT r.name FROM segment_rule r
  WHERE r.segment_id = s.segment_id ORDER BY r.version DESC LIMIT 1), s.segment_id),
  count(*) FROM segment_member s GROUP BY s.segment_id ORDER BY 3 DESC, 1
"""

#: Most entries do not hold the id at all: they are unpacked once and not parsed.
_ENTRIES = """
SELECT kind, recorded_at_ms, actor, json_extract(plain(canonical), '$.body')
FROM journal WHERE kind IN (SELECT value FROM json_each(:kinds)) AND EXISTS (
  SELECT 1 FROM json_each(:people) p WHERE instr(plain(canonical), p.value)
  AND (p.value IN (
    json_extract(plain(canonical), '$.body.member'),
    json_extract(plain(canonical), '$.body.kept'),
    json_extract(plain(canonical), '$.body.absorbed'))
  OR EXISTS (SELECT 1 FROM json_each(plain(canonical), '$.body.members') m
    WHERE m.value = p.value)))
ORDER BY epoch DESC, seq DESC LIMIT :limit
"""


class MemberListings(MemberBulkLookups):
    """Lists of members, on a reader's connection."""

    def listed(
        self, query: MemberQuery, after: MemberPlace | None, limit: int
    ) -> ListedIds:
        """Return a page of members."""
        by, sums, joins = _SORTED_BY[query.order], "", ""
        if query.order is MemberOrder.POINTS:
            sums, joins = _SUMS, " LEFT JOIN sums ON sums.member_id = m.member_id"
        where, values = _where(query)
        if after is not None:
            where.append(f"({by}, m.member_key) < (:value, :key)")
            values |= {"value": after.value, "key": after.member_key}
        # Words of this module again; what was typed is bound (S608).
        statement = (
            f"{_PERSONS}{sums} SELECT m.member_id, {by} AS value, m.member_key"  # noqa: S608
            f" FROM member m{joins} WHERE {' AND '.join(where)}"
            f" ORDER BY {by} DESC, m.member_key DESC LIMIT :limit"
        )
        rows = self._rows(statement, {**values, "limit": limit + 1})
        page = rows[:limit]
        is_more = len(rows) > limit
        last = MemberPlace(page[-1][1], page[-1][2]) if page and is_more else None
        return ListedIds(tuple(row[0] for row in page), last)

    def counted(self, query: MemberQuery) -> int:
        """Return how many members a list has."""
        where, values = _where(query)
        # Words of this module again; what was typed is bound (S608).
        statement = (
            f"{_PERSONS} SELECT count(*) FROM member m"  # noqa: S608
            f" WHERE {' AND '.join(where)}"
        )
        return int(self._rows(statement, values)[0][0])

    def first_bought(self, ids: Sequence[str]) -> Timestamp | None:
        """Return when a person's first ticket with goods sold ended."""
        statement = (
            "SELECT min(ended_at_ms) FROM sale WHERE member_id <> '' AND member_id "
            "IN :ids AND item_count > 0"
        )
        found = self._rows(statement, {"ids": list(ids)})[0][0]
        return None if found is None else Timestamp(found)

    def tags_used(self) -> Sequence[tuple[str, int]]:
        """Return the members' own tags and how many have each."""
        statement = (
            "SELECT tag, count(*) FROM member_tag GROUP BY tag ORDER BY 2 DESC, 1"
        )
        return [(row[0], row[1]) for row in self._rows(statement, {})]

    def segments_used(self) -> Sequence[tuple[str, str, int]]:
        """Return (id, name, how many) of the segments that have members."""
        return [(row[0], row[1], row[2]) for row in self._rows(_SEGMENTS, {})]

    def same_words(self, after: bytes, limit: int) -> Sequence[tuple[bytes, str]]:
        """Return words of names that a few members share."""
        values = {
            "kind": IndexKind.NAME,
            "after": after,
            "most": MOST_SHARING,
            "limit": limit,
        }
        return [(bytes(row[0]), row[1]) for row in self._rows(_SHARED, values)]

    def points_of(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Return what is left of points by id."""
        statement = (
            "SELECT member_id, sum(points) FROM point_left"
            " WHERE member_id IN :ids GROUP BY 1"
        )
        return {row[0]: row[1] for row in self._rows(statement, {"ids": list(ids)})}

    def erased_ids(self) -> Mapping[str, int]:
        """Return who was erased, with the moment in milliseconds."""
        statement = (
            "SELECT member_id, erased_at_ms FROM member WHERE erased_at_ms IS NOT NULL"
        )
        return {row[0]: row[1] for row in self._rows(statement, {})}

    def unerased(self, ids: Sequence[str]) -> Sequence[str]:
        """Return those of some ids that are members and not erased."""
        statement = (
            "SELECT member_id FROM member"
            " WHERE member_id IN :ids AND erased_at_ms IS NULL ORDER BY 1"
        )
        return [row[0] for row in self._rows(statement, {"ids": list(ids)})]

    def entries_of(
        self, ids: Sequence[str], kinds: Sequence[str], limit: int
    ) -> Sequence[MemberEntry]:
        """Return what the journal says of a person, the latest first."""
        values = {"kinds": json.dumps(list(kinds)), "people": json.dumps(list(ids))}
        rows = self._rows(_ENTRIES, {**values, "limit": limit})
        return [MemberEntry(*row) for row in rows]

    def sales_of(self, ids: Sequence[str], limit: int) -> Sequence[str]:
        """Return the tickets of a person, the latest first."""
        statement = (
            "SELECT sale_id FROM sale WHERE member_id IN :ids AND member_id <> ''"
            " ORDER BY ended_at_ms DESC, sale_id DESC LIMIT :limit"
        )
        rows = self._rows(statement, {"ids": list(ids), "limit": limit})
        return [row[0] for row in rows]

    def _rows(self, statement: str, values: Mapping[str, Any]) -> Sequence[Any]:
        prepared = _prepared(statement, values)
        return self._read(lambda c: c.execute(prepared, dict(values)).all())


def _where(query: MemberQuery) -> tuple[list[str], dict[str, Any]]:
    """Return what holds of every row, and the values that it names."""
    where, values = [_STANDING[query.standing]], dict[str, Any]()
    if query.ids is not None:
        where.append("m.member_id IN :ids")
        values["ids"] = list(query.ids)
    for name, condition in (("tier", _TIER), ("tag", _TAG), ("segment", _SEGMENT)):
        wanted = getattr(query, name)
        if wanted:
            where.append(condition)
            values[name] = wanted
    return where, values


def _prepared(statement: str, values: Mapping[str, Any]) -> TextClause:
    prepared = text(statement)
    if "ids" in values:
        prepared = prepared.bindparams(bindparam("ids", expanding=True))
    return prepared
