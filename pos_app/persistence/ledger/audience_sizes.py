"""How many members an audience has: counted in the words that promotions use."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from pos_app.domain.promotion.promotion import AudienceKind
from pos_app.persistence.ledger.member_numbers import IndexKind
from pos_app.ports.campaigns import AudienceCount

#: The newest word of each counts; a consent that nobody asked for is none taken back.
LEFT_OUT = """
SELECT member_id FROM (
  SELECT member_id, is_out, max(position) FROM campaign_opt_out
  WHERE what = ? GROUP BY member_id) WHERE is_out = 1
UNION
SELECT member_id FROM (
  SELECT member_id, is_given, max(at_ms || ' ' || entry_id) FROM member_consent
  WHERE purpose = ? GROUP BY member_id) WHERE is_given = 0
UNION
SELECT member_id FROM member WHERE erased_at_ms IS NOT NULL
"""
#: Who stands behind another member is counted there.
_PERSONS = """
SELECT count(*) FROM member m WHERE m.erased_at_ms IS NULL
AND NOT EXISTS (SELECT 1 FROM member_merge g WHERE g.absorbed_id = m.member_id
  AND NOT EXISTS (SELECT 1 FROM member_merge_undone u WHERE u.merge_id = g.merge_id))
"""
_BORN = (
    "AND m.member_key IN (SELECT i.member_key FROM member_index i WHERE i.kind = ? "
    "AND i.digest IN (SELECT unhex(value) FROM json_each(?)))"
)
_BY_BIRTHDAY = frozenset({AudienceKind.BIRTHDAY, AudienceKind.BIRTH_DATE})
_KINDS = {
    AudienceKind.EVERYONE: "",
    AudienceKind.MEMBER: "",
    AudienceKind.TIER: (
        "AND m.member_id IN (SELECT t.member_id FROM tier_standing t "
        "WHERE t.tier IN (SELECT value FROM json_each(?)))"
    ),
    AudienceKind.TAG: (
        "AND (m.member_key IN (SELECT t.member_key FROM member_tag t "
        "WHERE lower(t.tag) IN (SELECT lower(trim(value)) FROM json_each(?))) "
        "OR m.member_id IN (SELECT s.member_id FROM segment_member s "
        "WHERE lower(s.tag) IN (SELECT lower(trim(value)) FROM json_each(?))))"
    ),
    AudienceKind.NEWCOMER: (
        "AND NOT EXISTS (SELECT 1 FROM sale s WHERE s.member_id <> '' "
        "AND s.member_id = m.member_id AND s.item_count > 0)"
    ),
    AudienceKind.STAFF: "AND m.staff_id <> ''",
}


def audience_size(connection: Connection, audience: AudienceCount) -> int:
    """Return how many members belong to an audience."""
    statement, values = _PERSONS, []
    if audience.kind in _BY_BIRTHDAY:
        statement += _BORN
        digests = json.dumps([each.hex() for each in audience.birthdays])
        values = [int(IndexKind.BIRTHDAY), digests]
    else:
        clause = _KINDS[audience.kind]
        statement += clause
        values = [json.dumps(audience.values)] * clause.count("?")
    if audience.without is not None:
        statement += f" AND m.member_id NOT IN ({LEFT_OUT})"
        values += [audience.without.value] * 2
    found: Any = connection.exec_driver_sql(statement, tuple(values)).scalar()
    return int(found)
