"""The rows of new members: one at the counter, or a whole file of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.member.consent import ConsentEntry
from pos_app.domain.member.member import Member
from pos_app.errors import UserError
from pos_app.persistence.ledger import member_tables as t
from pos_app.persistence.ledger.member_numbers import IndexKind, short, stored
from pos_app.ports.member_vault import ProfileIndices
from pos_app.ports.members import MemberCard, NewMember
from pos_app.values.times import Timestamp

Rows = list[dict[str, Any]]
_AT_ONCE = 500


def add_all(connection: Connection, news: Sequence[NewMember]) -> None:
    """Insert members with all that belongs to them; all of them or none.

    Raises:
        UserError: "member_phone_taken" or "member_card_taken", with the `member`
            who has it, in this file or before.
    """
    _refuse_taken(connection, news)
    highest = connection.execute(select(func.max(t.member.c.member_key))).scalar()
    numbered = list(enumerate(news, (highest or 0) + 1))
    rows: list[tuple[Any, Rows]] = [
        (t.member, [_member_row(key, new) for key, new in numbered]),
        (t.member_profile, [_profile_row(key, new) for key, new in numbered]),
        (t.member_index, _many(index_rows(key, new.indices) for key, new in numbered)),
        (
            t.member_phone,
            [
                phone_row(key, new.indices.phone, new.member.enrolled_at)
                for key, new in numbered
                if new.indices.phone is not None
            ],
        ),
        (t.member_card, [card_row(k, x.card) for k, x in numbered if x.card]),
        (t.member_tag, _many(_tag_rows(key, new.member) for key, new in numbered)),
        (t.member_token, _many(token_rows(key, new.member) for key, new in numbered)),
        (
            t.member_consent,
            _many(consent_rows(new.member.consents.entries) for new in news),
        ),
    ]
    for table, values in rows:
        if values:
            connection.execute(insert(table), values)
    count_seen(
        connection, [(x.seen, x.member.enrolled_at) for x in news if x.seen is not None]
    )


def index_rows(key: int, indices: ProfileIndices) -> Rows:
    """Return the rows that a profile is found by, each once."""
    found = [(IndexKind.NAME, word) for word in indices.names]
    if indices.last_four is not None:
        found.append((IndexKind.LAST_FOUR, indices.last_four))
    if indices.birthday is not None:
        found.append((IndexKind.BIRTHDAY, indices.birthday))
    once = dict.fromkeys((kind.value, short(digest)) for kind, digest in found)
    return [
        {"kind": kind, "digest": digest, "member_key": key} for kind, digest in once
    ]


def phone_row(key: int, index: bytes, since: Timestamp) -> dict[str, Any]:
    """Return the row of a number that is a member's from now on."""
    return {"member_key": key, "digest": index, "since_ms": since.unix_ms}


def card_row(key: int, card: MemberCard) -> dict[str, Any]:
    """Return the row of a card of another make."""
    return {
        "member_key": key,
        "digest": card.index,
        "shown": card.shown,
        "since_ms": card.since.unix_ms,
        "until_ms": None if card.until is None else card.until.unix_ms,
    }


def token_rows(key: int, member: Member) -> Rows:
    """Return the rows of the phones that show rotating codes."""
    return [
        {
            "member_key": key,
            "public_key": token.public_key,
            "added_at_ms": token.added_at.unix_ms,
            "withdrawn_at_ms": None
            if token.withdrawn_at is None
            else token.withdrawn_at.unix_ms,
        }
        for token in member.tokens
    ]


def consent_rows(entries: Iterable[ConsentEntry]) -> Rows:
    """Return the rows of what members agreed to, or withdrew."""
    return [
        {
            "entry_id": entry.entry_id,
            "member_id": entry.member_id,
            "purpose": entry.purpose.value,
            "text_version": entry.text_version,
            "is_given": int(entry.is_given),
            "at_ms": entry.at.unix_ms,
            "by": entry.by,
            "how": entry.how,
        }
        for entry in entries
    ]


def count_seen(
    connection: Connection, numbers: Sequence[tuple[bytes, Timestamp]]
) -> None:
    """Count that a number was enrolled; the digest stays for ever."""
    if not numbers:
        return
    table = t.phone_seen
    statement = upsert(table)
    last = func.max(table.c.last_at_ms, statement.excluded.last_at_ms)
    counted = {"last_at_ms": last, "members": table.c.members + 1}
    rows = [
        {
            "digest": digest,
            "first_at_ms": at.unix_ms,
            "last_at_ms": at.unix_ms,
            "members": 1,
        }
        for digest, at in numbers
    ]
    connection.execute(statement.on_conflict_do_update(set_=counted), rows)


def _refuse_taken(connection: Connection, news: Sequence[NewMember]) -> None:
    phones = [(new.indices.phone, new.member.member_id) for new in news]
    cards = [(new.card.index, new.member.member_id) for new in news if new.card]
    for key, table, found in (
        ("member_phone_taken", t.member_phone, phones),
        ("member_card_taken", t.member_card, cards),
    ):
        owners: dict[bytes, str] = {}
        digests = [digest for digest, _ in found if digest is not None]
        for start in range(0, len(digests), _AT_ONCE):
            query = (
                select(table.c.digest, t.member.c.member_id)
                .join(t.member, t.member.c.member_key == table.c.member_key)
                .where(table.c.digest.in_(digests[start : start + _AT_ONCE]))
                .where(table.c.until_ms.is_(None))
            )
            owners.update((row[0], row[1]) for row in connection.execute(query))
        for digest, member_id in found:
            if digest is not None and owners.setdefault(digest, member_id) != member_id:
                raise UserError(key, member=owners[digest])


def _member_row(key: int, new: NewMember) -> dict[str, Any]:
    member = new.member
    return {
        "member_key": key,
        "member_id": member.member_id,
        "number": stored(member.number),
        "enrolled_at_ms": member.enrolled_at.unix_ms,
        "enrolled_by": new.by,
        "source": member.source,
        "staff_id": member.staff_id,
        "tier": member.tier,
    }


def _profile_row(key: int, new: NewMember) -> dict[str, Any]:
    sealed = new.sealed
    assert sealed.member_id == new.member.member_id
    return {
        "member_key": key,
        "wrapped_key": sealed.wrapped_key,
        "content": sealed.content,
    }


def _tag_rows(key: int, member: Member) -> Rows:
    return [{"member_key": key, "tag": tag} for tag in member.tags]


def _many(rows: Iterable[Rows]) -> Rows:
    return [row for some in rows for row in some]
