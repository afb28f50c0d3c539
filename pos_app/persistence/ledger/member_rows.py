"""Writes members, their indices, consents and merges (implements ports.members)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, delete, func, insert, or_, update
from sqlalchemy.dialects.sqlite import insert as upsert
from typing_extensions import override

from pos_app.domain.member.consent import ConsentEntry
from pos_app.domain.member.member import Member
from pos_app.domain.member.merging import MemberMerge, MergeUndone
from pos_app.domain.member.phone_holding import (
    HoldingEnd,
    NewcomerGiven,
    PhoneHolding,
    take_phone,
)
from pos_app.errors import UserError
from pos_app.persistence.ledger import member_adding as adding
from pos_app.persistence.ledger import member_reading as reading
from pos_app.persistence.ledger import member_tables as t
from pos_app.persistence.ledger.member_admin_rows import MemberPaperRows
from pos_app.persistence.ledger.member_bulk_lookups import MemberBulkLookups
from pos_app.persistence.ledger.member_numbers import stored
from pos_app.ports.member_vault import ProfileIndices, SealedProfile
from pos_app.ports.members import MemberCard, NewMember
from pos_app.values.times import Timestamp

T = TypeVar("T")


class SqlMembers(MemberPaperRows, MemberBulkLookups):
    """Writes members, their indices, consents and merges within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @override
    def _read(self, question: Callable[[Connection], T]) -> T:
        return question(self._connection)

    def add(self, new: NewMember) -> None:
        """Store a new member.

        Raises:
            UserError: "member_phone_taken" with `member`, "member_card_taken".
        """
        adding.add_all(self._connection, [new])

    def add_all(self, news: Sequence[NewMember]) -> None:
        """Store many new members at once; as `add`."""
        adding.add_all(self._connection, news)

    def put_profile(self, sealed: SealedProfile, indices: ProfileIndices) -> None:
        """Replace a profile, and what it is found by; the phone's holding apart."""
        key = self._key(sealed.member_id)
        table = t.member_profile
        content = {"wrapped_key": sealed.wrapped_key, "content": sealed.content}
        self._connection.execute(
            update(table).where(table.c.member_key == key).values(content)
        )
        self._forget_indices(key)
        rows = adding.index_rows(key, indices)
        if rows:
            self._connection.execute(insert(t.member_index), rows)

    def set_tags(self, member_id: str, tags: Sequence[str]) -> None:
        """Replace a member's tags (`check_tags`)."""
        key = self._key(member_id)
        table = t.member_tag
        self._connection.execute(delete(table).where(table.c.member_key == key))
        rows = [{"member_key": key, "tag": tag} for tag in tags]
        if rows:
            self._connection.execute(insert(table), rows)

    def set_staff(self, member_id: str, staff_id: str) -> None:
        """Say that a member is one of the staff; "" for not any more."""
        self._set(member_id, staff_id=staff_id)

    def visited(self, member_id: str, at: Timestamp) -> None:
        """Keep when a member was last here."""
        visited(self._connection, member_id, at)

    def take_phone(
        self, claim: PhoneHolding, seen: bytes, *, is_reissued: bool = False
    ) -> None:
        """Give a number to a member (`domain.member.phone_holding.take_phone`).

        Raises:
            UserError: "member_phone_taken".
        """
        table = t.member_phone
        concerns = or_(
            table.c.digest == claim.index, t.member.c.member_id == claim.member_id
        )
        known = reading.holdings(self._connection, concerns)
        taken = take_phone(known, claim, is_reissued=is_reissued)
        for one in taken.ended:
            assert one.until is not None
            assert one.end is not None
            self.end_phone(one.member_id, one.until, one.end)
        if taken.begun is not None:
            key = self._key(claim.member_id)
            row = adding.phone_row(key, claim.index, claim.since)
            self._connection.execute(insert(table), row)
            adding.count_seen(self._connection, [(seen, claim.since)])

    def end_phone(self, member_id: str, at: Timestamp, why: HoldingEnd) -> None:
        """End the number that a member has; nothing where there is none."""
        table = t.member_phone
        until = func.max(table.c.since_ms, at.unix_ms)
        whose = table.c.member_key == self._key(member_id)
        statement = update(table).where(whose, table.c.until_ms.is_(None))
        self._connection.execute(statement.values(until_ms=until, why=why.value))

    def add_card(self, member_id: str, card: MemberCard) -> None:
        """Take a card over.

        Raises:
            UserError: "member_card_taken" with `member`.
        """
        owner = self.by_card(card.index)
        if owner == member_id:
            return
        if owner is not None:
            raise UserError("member_card_taken", member=owner)
        row = adding.card_row(self._key(member_id), card)
        self._connection.execute(insert(t.member_card), row)

    def withdraw_card(self, member_id: str, index: bytes, at: Timestamp) -> None:
        """Let a card go: it was lost."""
        table = t.member_card
        statement = update(table).where(
            table.c.member_key == self._key(member_id),
            table.c.digest == index,
            table.c.until_ms.is_(None),
        )
        self._connection.execute(statement.values(until_ms=at.unix_ms))

    def put_tokens(self, member: Member) -> None:
        """Store the phones that show rotating codes, as `member` has them."""
        key = self._key(member.member_id)
        for row in adding.token_rows(key, member):
            statement = upsert(t.member_token).values(row)
            gone = statement.excluded.withdrawn_at_ms
            self._connection.execute(
                statement.on_conflict_do_update(set_={"withdrawn_at_ms": gone})
            )

    def add_consent(self, entry: ConsentEntry) -> None:
        """Store what somebody agreed to, or withdrew."""
        rows = adding.consent_rows([entry])
        self._connection.execute(insert(t.member_consent), rows)

    def add_merge(self, fact: MemberMerge) -> None:
        """Store that two members are one person.

        Raises:
            UserError: what `Merges.with_merge` refuses.
        """
        self.merges().with_merge(fact)
        row = {
            "merge_id": fact.merge_id,
            "kept_id": fact.kept_id,
            "absorbed_id": fact.absorbed_id,
            "at_ms": fact.at.unix_ms,
            "by": fact.by,
            "reason": fact.reason,
        }
        self._connection.execute(insert(t.member_merge), row)

    def undo_merge(self, undone: MergeUndone) -> None:
        """Store that a merge was a mistake.

        Raises:
            UserError: "member_merge_unknown".
        """
        self.merges().without(undone)
        at_ms = undone.at.unix_ms
        row = {"merge_id": undone.merge_id, "at_ms": at_ms, "by": undone.by}
        self._connection.execute(insert(t.member_merge_undone), row)

    def give_newcomer(self, given: NewcomerGiven) -> None:
        """Store that a number had its newcomer pack.

        Raises:
            UserError: "member_newcomer_given".
        """
        if self.newcomer_given(given.digest):
            raise UserError("member_newcomer_given")
        row = {"digest": given.digest, "at_ms": given.at.unix_ms}
        self._connection.execute(insert(t.newcomer_given), row)

    def take_step(self, number: int, step: int) -> bool:
        """Remember a step of a rotating code; False when it is not a newer one."""
        if step <= self.last_step(number):
            return False
        row = {"number": stored(number), "step": step}
        statement = upsert(t.member_code_step).values(row)
        fresh = statement.on_conflict_do_update(set_={"step": step})
        self._connection.execute(fresh)
        return True

    def erase(self, member_id: str, at: Timestamp) -> None:
        """Destroy what is personal: key, content, indices, tags, phones' codes.

        Ids, consents and the digests of numbers that had a pack stay.
        """
        key, connection = self._key(member_id), self._connection
        self.end_phone(member_id, at, HoldingEnd.ERASED)
        gone = func.coalesce(t.member_card.c.until_ms, at.unix_ms)
        lost = func.coalesce(t.member_token.c.withdrawn_at_ms, at.unix_ms)
        emptied: dict[Table, dict[str, Any]] = {
            t.member_profile: {"wrapped_key": b"", "content": b""},
            t.member_phone: {"digest": b""},
            t.member_card: {"digest": b"", "shown": "", "until_ms": gone},
            t.member_token: {"withdrawn_at_ms": lost},
        }
        for table, values in emptied.items():
            connection.execute(
                update(table).where(table.c.member_key == key).values(values)
            )
        self._forget_indices(key)
        tags = t.member_tag
        connection.execute(delete(tags).where(tags.c.member_key == key))
        since = func.coalesce(t.member.c.erased_at_ms, at.unix_ms)
        self._set(member_id, erased_at_ms=since, tier="", staff_id="")

    def _set(self, member_id: str, **values: object) -> None:
        table = t.member
        statement = update(table).where(table.c.member_id == member_id)
        self._connection.execute(statement.values(**values))

    def _forget_indices(self, key: int) -> None:
        table = t.member_index
        self._connection.execute(delete(table).where(table.c.member_key == key))

    def _key(self, member_id: str) -> int:
        return reading.key_of(self._connection, member_id)


def visited(connection: Connection, member_id: str, at: Timestamp) -> None:
    """Keep when a member was last here; an id that nobody has changes nothing."""
    table = t.member
    statement = update(table).where(
        table.c.member_id == member_id, table.c.last_visit_ms < at.unix_ms
    )
    connection.execute(statement.values(last_visit_ms=at.unix_ms))
