"""Members: what finds them is what they are, numbers are held once, merges are sound."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.member.merging import Merges
from pos_app.domain.member.profile_codec import profile_of
from pos_app.errors import StorageError
from pos_app.persistence.checks.room import CheckRoom, fine, trouble
from pos_app.persistence.ledger import member_reading
from pos_app.persistence.member_vault import KeyedMemberVault, vault_root
from pos_app.ports.health import Action, Finding, Severity
from pos_app.ports.member_vault import SealedProfile

#: Profiles that a doctor opens: all of a usual shop, a part of a very large one.
MOST_OPENED = 20_000

#: Of somebody who was erased nothing may be found, held or opened.
_HALF_ERASED = """
SELECT m.member_id FROM member m WHERE m.erased_at_ms IS NOT NULL AND (
  EXISTS (SELECT 1 FROM member_profile p WHERE p.member_key = m.member_key
    AND (length(p.wrapped_key) > 0 OR length(p.content) > 0))
  OR EXISTS (SELECT 1 FROM member_index i WHERE i.member_key = m.member_key)
  OR EXISTS (SELECT 1 FROM member_phone h WHERE h.member_key = m.member_key
    AND (h.until_ms IS NULL OR length(h.digest) > 0))
  OR EXISTS (SELECT 1 FROM member_card c WHERE c.member_key = m.member_key
    AND (c.until_ms IS NULL OR length(c.digest) > 0))
  OR EXISTS (SELECT 1 FROM member_tag t WHERE t.member_key = m.member_key))
"""
_UNSEALED = """
SELECT m.member_id FROM member m LEFT JOIN member_profile p USING (member_key)
WHERE p.member_key IS NULL
   OR (m.erased_at_ms IS NULL AND length(p.wrapped_key) = 0)
"""
_HELD_TWICE = """
SELECT m.member_id FROM member_phone h JOIN member m USING (member_key)
WHERE h.until_ms IS NULL GROUP BY h.member_key HAVING count(*) > 1
UNION SELECT m.member_id FROM member_phone h JOIN member m USING (member_key)
WHERE h.until_ms IS NULL AND h.digest IN (
  SELECT digest FROM member_phone WHERE until_ms IS NULL
  GROUP BY digest HAVING count(*) > 1)
"""
_PROFILES = """
SELECT m.member_id, p.wrapped_key, p.content,
  (SELECT h.digest FROM member_phone h
   WHERE h.member_key = m.member_key AND h.until_ms IS NULL)
FROM member m JOIN member_profile p USING (member_key)
WHERE m.erased_at_ms IS NULL AND length(p.wrapped_key) > 0
ORDER BY m.member_key DESC LIMIT :limit
"""


def members(room: CheckRoom) -> Sequence[Finding]:
    """Look at members, as far as ids go; nothing personal leaves this room."""
    with room.ledger.connect() as connection:
        asked = {
            "members_half_erased": _HALF_ERASED,
            "members_without_data": _UNSEALED,
            "members_numbers_twice": _HELD_TWICE,
        }
        wrong = {
            key: list(connection.exec_driver_sql(query).scalars())
            for key, query in asked.items()
        }
        merges: Merges = member_reading.all_merges(connection)
        count = connection.exec_driver_sql("SELECT count(*) FROM member").scalar_one()
        query = _PROFILES.replace(":limit", str(MOST_OPENED))
        rows = connection.exec_driver_sql(query).all()
    wrong["members_merges_contradict"] = [x.merge_id for x in merges.contradicted]
    vault = KeyedMemberVault(vault_root(room.ring))
    wrong["members_not_found_by_number"] = [
        row[0] for row in rows if not _is_found(vault, row)
    ]
    found = [
        trouble(
            "members",
            Severity.BROKEN,
            key,
            Action.KEEP_AND_CALL,
            count=len(ids),
            first=ids[0],
        )
        for key, ids in wrong.items()
        if ids
    ]
    return found or fine("members", "members_sound", count=count)


def _is_found(vault: KeyedMemberVault, row: Sequence[object]) -> bool:
    """Tell whether a profile can be opened and its number finds it."""
    member_id, wrapped, content, digest = row
    assert isinstance(member_id, str)
    sealed = SealedProfile(member_id, bytes(wrapped), bytes(content))  # type: ignore[call-overload]
    try:
        phone = profile_of(vault.open(sealed)).phone
    except StorageError:
        return False
    known = None if phone is None else vault.phone_index(phone)
    return known == (None if digest is None else bytes(digest))  # type: ignore[call-overload]
