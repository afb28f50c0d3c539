"""Rows of members read back, within a transaction or outside of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    bindparam,
    or_,
    select,
)

from pos_app.domain.member.consent import ConsentEntry, ConsentLedger, Purpose
from pos_app.domain.member.member import Member, MemberToken
from pos_app.domain.member.merging import MemberMerge, Merges, MergeUndone
from pos_app.domain.member.phone_holding import HoldingEnd, PhoneHolding
from pos_app.persistence.ledger import member_tables as t
from pos_app.persistence.ledger.member_numbers import number_of
from pos_app.ports.member_vault import SealedProfile
from pos_app.ports.members import MemberCard, MemberRecord
from pos_app.values.times import Timestamp

#: The merges that touch any of some members; said once, every ticket asks it.
_ENDS: BindParameter[str] = bindparam("ends", expanding=True)
_TIED = select(t.member_merge).where(
    or_(t.member_merge.c.kept_id.in_(_ENDS), t.member_merge.c.absorbed_id.in_(_ENDS))
)
#: SQLite takes far more at once; a query is compiled for each length.
_AT_ONCE = 256


def key_of(connection: Connection, member_id: str) -> int:
    """Return the short name of a member; asking for an unknown one is a bug."""
    query = select(t.member.c.member_key).where(t.member.c.member_id == member_id)
    key: int = connection.execute(query).scalar_one()
    return key


def records(connection: Connection, ids: Sequence[str]) -> list[MemberRecord]:
    """Return members with all that belongs to them, in the order asked for."""
    found: dict[str, MemberRecord] = {}
    for some in _in_parts(list(dict.fromkeys(ids))):
        found.update(_records(connection, some))
    return [found[one] for one in dict.fromkeys(ids) if one in found]


def _records(connection: Connection, ids: Sequence[str]) -> dict[str, MemberRecord]:
    profile = t.member_profile
    query = (
        select(t.member, profile.c.wrapped_key, profile.c.content)
        .join(profile, profile.c.member_key == t.member.c.member_key)
        .where(t.member.c.member_id.in_(ids))
    )
    rows = connection.execute(query).all()
    keys = [row.member_key for row in rows]
    tags, tokens = _tags(connection, keys), _tokens(connection, keys)
    consents = consents_of(connection, ids)
    return {
        row.member_id: MemberRecord(
            member=Member(
                member_id=row.member_id,
                number=number_of(row.number),
                enrolled_at=Timestamp(row.enrolled_at_ms),
                source=row.source,
                tier=row.tier,
                tags=tuple(sorted(tags[row.member_key])),
                tokens=tuple(tokens[row.member_key]),
                consents=ConsentLedger.of(consents[row.member_id]),
                erased_at=_moment(row.erased_at_ms),
                staff_id=row.staff_id,
            ),
            sealed=SealedProfile(row.member_id, row.wrapped_key, row.content),
            last_visit=_moment(row.last_visit_ms or None),
        )
        for row in rows
    }


def consents_of(
    connection: Connection, ids: Sequence[str]
) -> dict[str, list[ConsentEntry]]:
    """Return what members agreed to, or withdrew."""
    table = t.member_consent
    found: dict[str, list[ConsentEntry]] = defaultdict(list)
    query = select(table).where(table.c.member_id.in_(ids))
    for row in connection.execute(query):
        found[row.member_id].append(
            ConsentEntry(
                entry_id=row.entry_id,
                member_id=row.member_id,
                purpose=Purpose(row.purpose),
                text_version=row.text_version,
                is_given=bool(row.is_given),
                at=Timestamp(row.at_ms),
                by=row.by,
                how=row.how,
            )
        )
    return found


def holdings(
    connection: Connection, condition: ColumnElement[bool]
) -> list[PhoneHolding]:
    """Return who has or had numbers, oldest first."""
    table = t.member_phone
    query = (
        select(table, t.member.c.member_id)
        .join(t.member, t.member.c.member_key == table.c.member_key)
        .where(condition)
        .order_by(table.c.since_ms, table.c.holding)
    )
    return [
        PhoneHolding(
            index=row.digest,
            member_id=row.member_id,
            since=Timestamp(row.since_ms),
            until=_moment(row.until_ms),
            end=HoldingEnd(row.why) if row.why else None,
        )
        for row in connection.execute(query)
    ]


def cards(connection: Connection, member_id: str) -> list[MemberCard]:
    """Return the cards of other makes of a member, oldest first."""
    table = t.member_card
    query = (
        select(table)
        .join(t.member, t.member.c.member_key == table.c.member_key)
        .where(t.member.c.member_id == member_id)
        .order_by(table.c.since_ms, table.c.card)
    )
    return [
        MemberCard(
            row.digest, row.shown, Timestamp(row.since_ms), _moment(row.until_ms)
        )
        for row in connection.execute(query)
    ]


def all_merges(connection: Connection) -> Merges:
    """Return all merges of the shop."""
    facts = [_merge(row) for row in connection.execute(select(t.member_merge))]
    return Merges.of(facts, _undone(connection, [fact.merge_id for fact in facts]))


def merges_of(connection: Connection, member_id: str) -> Merges:
    """Return the merges that a member is tied to, directly or through others."""
    known: dict[str, MemberMerge] = {}
    seen: set[str] = set()
    fresh = {member_id}
    while fresh:
        seen |= fresh
        rows = connection.execute(_TIED, {"ends": sorted(fresh)})
        facts = [_merge(row) for row in rows]
        known.update((fact.merge_id, fact) for fact in facts)
        ends = {end for fact in facts for end in (fact.kept_id, fact.absorbed_id)}
        fresh = ends - seen
    if not known:
        return Merges()
    return Merges.of(known.values(), _undone(connection, list(known)))


def persons(connection: Connection, ids: Sequence[str]) -> tuple[str, ...]:
    """Return the ids that stand for members, each once, in the order asked for."""
    table = t.member_merge
    absorbed: set[str] = set()
    for some in _in_parts(ids):
        query = select(table.c.absorbed_id).where(table.c.absorbed_id.in_(some))
        absorbed.update(connection.execute(query).scalars())
    return tuple(
        dict.fromkeys(
            merges_of(connection, one).person_of(one) if one in absorbed else one
            for one in ids
        )
    )


def _merge(row: Row[Any]) -> MemberMerge:
    return MemberMerge(
        merge_id=row.merge_id,
        kept_id=row.kept_id,
        absorbed_id=row.absorbed_id,
        at=Timestamp(row.at_ms),
        by=row.by,
        reason=row.reason,
    )


def _undone(connection: Connection, ids: Sequence[str]) -> list[MergeUndone]:
    table = t.member_merge_undone
    found = []
    for some in _in_parts(ids):
        query = select(table).where(table.c.merge_id.in_(some))
        found += [
            MergeUndone(row.merge_id, Timestamp(row.at_ms), row.by)
            for row in connection.execute(query)
        ]
    return found


def _tags(connection: Connection, keys: Sequence[int]) -> dict[int, list[str]]:
    table = t.member_tag
    found: dict[int, list[str]] = defaultdict(list)
    query = select(table.c.member_key, table.c.tag).where(table.c.member_key.in_(keys))
    for key, tag in connection.execute(query):
        found[key].append(tag)
    return found


def _tokens(
    connection: Connection, keys: Sequence[int]
) -> dict[int, list[MemberToken]]:
    table = t.member_token
    found: dict[int, list[MemberToken]] = defaultdict(list)
    query = (
        select(table)
        .where(table.c.member_key.in_(keys))
        .order_by(table.c.added_at_ms, table.c.public_key)
    )
    for row in connection.execute(query):
        added, gone = Timestamp(row.added_at_ms), _moment(row.withdrawn_at_ms)
        found[row.member_key].append(MemberToken(row.public_key, added, gone))
    return found


def _moment(unix_ms: int | None) -> Timestamp | None:
    return None if unix_ms is None else Timestamp(unix_ms)


def _in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
