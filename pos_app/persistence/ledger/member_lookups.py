"""What may be asked of members within a transaction as well as outside."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, func, select

from pos_app.domain.member.consent import ConsentLedger
from pos_app.domain.member.merging import Merges
from pos_app.domain.member.phone_holding import PhoneHolding
from pos_app.persistence.ledger import member_reading as reading
from pos_app.persistence.ledger import member_tables as t
from pos_app.persistence.ledger.member_numbers import IndexKind, short, stored
from pos_app.persistence.ledger.tables import sale
from pos_app.ports.members import MemberCard, MemberRecord

T = TypeVar("T")


class MemberLookups(ABC):
    """Asks on whichever connection `_read` has (implements ports.members)."""

    @abstractmethod
    def _read(self, question: Callable[[Connection], T]) -> T:
        """Ask on the connection of the transaction, or on a reader's."""

    def of(self, member_id: str) -> MemberRecord | None:
        """Return a member, erased ones too; None for an id nobody has."""
        found = self.records([member_id])
        return found[0] if found else None

    def records(self, ids: Sequence[str]) -> Sequence[MemberRecord]:
        """Return members, in the order asked for; unknown ids are left out."""
        return self._read(lambda c: reading.records(c, ids))

    def by_number(self, number: int) -> str | None:
        """Return whose number of a static or rotating code it is: a member id."""
        query = select(t.member.c.member_id).where(t.member.c.number == stored(number))
        return self._read(lambda c: c.execute(query).scalar())

    def by_phone(self, index: bytes) -> str | None:
        """Return who holds a phone number now."""
        table = t.member_phone
        query = (
            select(t.member.c.member_id)
            .join(table, table.c.member_key == t.member.c.member_key)
            .where(table.c.digest == index, table.c.until_ms.is_(None))
        )
        return self._read(lambda c: c.execute(query).scalar())

    def by_card(self, index: bytes) -> str | None:
        """Return whose card of another make it is, while it is good."""
        table = t.member_card
        query = (
            select(t.member.c.member_id)
            .join(table, table.c.member_key == t.member.c.member_key)
            .where(table.c.digest == index, table.c.until_ms.is_(None))
        )
        return self._read(lambda c: c.execute(query).scalar())

    def has_cards(self) -> bool:
        """Tell whether any card of another make was ever taken over."""
        query = select(t.member_card.c.card).limit(1)
        return self._read(lambda c: c.execute(query).first()) is not None

    def by_last_four(self, index: bytes, limit: int) -> Sequence[str]:
        """Return who has these last four digits, the latest visit first."""
        return self._indexed(IndexKind.LAST_FOUR, index, limit)

    def by_name(self, index: bytes, limit: int) -> Sequence[str]:
        """Return whose name is filed under a word, the latest visit first."""
        return self._indexed(IndexKind.NAME, index, limit)

    def by_birthday(self, index: bytes) -> Sequence[str]:
        """Return who was born on a day (`MemberVault.birthday_index`)."""
        return self._indexed(IndexKind.BIRTHDAY, index, None)

    def of_staff(self, staff_id: str) -> Sequence[str]:
        """Return the members that are said to be one of the staff; erased ones apart."""
        query = (
            select(t.member.c.member_id)
            .where(t.member.c.staff_id == staff_id, t.member.c.staff_id != "")
            .order_by(t.member.c.member_key)
        )
        return self._read(lambda c: tuple(c.execute(query).scalars()))

    def holdings(self, member_id: str) -> Sequence[PhoneHolding]:
        """Return the phone numbers that a member has or had, oldest first."""
        whose = t.member.c.member_id == member_id
        return self._read(lambda c: reading.holdings(c, whose))

    def cards(self, member_id: str) -> Sequence[MemberCard]:
        """Return the cards of other makes of a member, oldest first."""
        return self._read(lambda c: reading.cards(c, member_id))

    def consents(self, member_id: str) -> ConsentLedger:
        """Return what a member agreed to, or withdrew."""
        found = self._read(lambda c: reading.consents_of(c, [member_id]))
        return ConsentLedger.of(found[member_id])

    def merges(self) -> Merges:
        """Return all merges of the shop."""
        return self._read(reading.all_merges)

    def merges_of(self, member_id: str) -> Merges:
        """Return the merges that concern a member, however far away."""
        return self._read(lambda c: reading.merges_of(c, member_id))

    def ids_of(self, member_id: str) -> tuple[str, ...]:
        """Return every id whose history is this person's, the kept one first."""
        return self.merges_of(member_id).ids_of(member_id)

    def persons(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return the ids that stand for members, each once, in the order asked for."""
        return self._read(lambda c: reading.persons(c, ids))

    def newcomer_given(self, digest: bytes) -> bool:
        """Tell whether a number had its newcomer pack, ever."""
        table = t.newcomer_given
        query = select(table.c.at_ms).where(table.c.digest == digest)
        return self._read(lambda c: c.execute(query).first()) is not None

    def has_bought(self, ids: Sequence[str]) -> bool:
        """Tell whether a person has a ticket with goods that was not mirrored."""
        mirror = sale.alias("mirror")
        # The first condition lets the index of mirrored tickets be used: without it
        # every ticket of the shop is read, each time a member comes.
        is_gone = select(mirror.c.sale_id).where(
            mirror.c.reverses != "", mirror.c.reverses == sale.c.sale_id
        )
        query = (
            select(sale.c.sale_id)
            .where(sale.c.member_id.in_(ids), sale.c.member_id != "")
            .where(sale.c.item_count > 0, ~is_gone.exists())
            .limit(1)
        )
        return self._read(lambda c: c.execute(query).first()) is not None

    def count(self) -> int:
        """Return how many members there are, erased ones apart."""
        gone = t.member.c.erased_at_ms
        whole = select(func.count()).select_from(t.member)
        erased = whole.where(gone.is_not(None))

        def difference(connection: Connection) -> int:
            every: int = connection.execute(whole).scalar_one()
            return every - int(connection.execute(erased).scalar_one())

        return self._read(difference)

    def good_keys(self, number: int) -> tuple[bytes, ...]:
        """Return the keys whose codes are taken; none for an unknown member."""
        return self._keys(number, t.member_token.c.withdrawn_at_ms.is_(None))

    def withdrawn_keys(self, number: int) -> tuple[bytes, ...]:
        """Return the keys of lost phones."""
        return self._keys(number, t.member_token.c.withdrawn_at_ms.is_not(None))

    def last_step(self, number: int) -> int:
        """Return the newest step of a rotating code that was taken; -1 for none."""
        table = t.member_code_step
        query = select(table.c.step).where(table.c.number == stored(number))
        found = self._read(lambda c: c.execute(query).scalar())
        return -1 if found is None else found

    def _keys(self, number: int, which: ColumnElement[bool]) -> tuple[bytes, ...]:
        table = t.member_token
        query = (
            select(table.c.public_key)
            .join(t.member, t.member.c.member_key == table.c.member_key)
            .where(t.member.c.number == stored(number), which)
            .order_by(table.c.added_at_ms)
        )
        return tuple(self._read(lambda c: c.execute(query).scalars().all()))

    def _indexed(
        self, kind: IndexKind, index: bytes, limit: int | None
    ) -> Sequence[str]:
        table = t.member_index
        query = (
            select(t.member.c.member_id)
            .join(table, table.c.member_key == t.member.c.member_key)
            .where(table.c.kind == kind.value, table.c.digest == short(index))
            .order_by(t.member.c.last_visit_ms.desc(), t.member.c.member_key.desc())
            .limit(limit)
        )
        return self._read(lambda c: c.execute(query).scalars().all())
