"""Members as lists and one in detail, masked (law 14); reads run on any thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from pos_app.domain.member.card_code import is_card, read_card
from pos_app.domain.member.masking import mask_name, mask_phone
from pos_app.domain.member.member import Member, MemberProfile
from pos_app.domain.member.phone import read_last_four, read_phone
from pos_app.domain.member.phone_holding import PhoneHolding
from pos_app.domain.member.profile_codec import profile_of
from pos_app.domain.permission import Permission
from pos_app.errors import UserError
from pos_app.ports.member_admin import MemberPlace, MemberQuery
from pos_app.ports.members import MemberCard, MemberRecord
from pos_app.services.desk import Desk
from pos_app.services.shop_region import calling_code_of, region_of
from pos_app.values.times import Timestamp

PAGE = 50
#: Members that words may find; more say: type more.
MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member in a list.

    Attributes:
        member_id: who. name, phone: masked; "" after an erasure or for none.
        tier: key. points: all that is left, debts taken off.
        enrolled_on: the shop's day. last_visit_on: None before the first.
        is_erased: nothing personal is left.
    """

    member_id: str
    name: str
    phone: str
    tier: str
    points: int
    enrolled_on: date
    last_visit_on: date | None
    is_erased: bool


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A page of a list. after: where the next one begins; None at the end."""

    rows: tuple[MemberRow, ...]
    after: MemberPlace | None


@dataclass(frozen=True, slots=True)
class MemberDetail:
    """A member as the back office shows it, masked.

    Attributes:
        row: as in the list. member: facts, consents, phones with codes.
        ids: every id of the person, the one that stands for it first.
        has_phone, has_note, has_pin: what is known.
        birthday: month and day. language: a tag; "" for the shop's.
        cards: of other makes. holdings: numbers held, now and before.
        tags: of segments, beside the member's own.
    """

    row: MemberRow
    member: Member
    ids: tuple[str, ...]
    has_phone: bool
    has_note: bool
    has_pin: bool
    birthday: tuple[int, int] | None
    language: str
    cards: tuple[MemberCard, ...]
    holdings: tuple[PhoneHolding, ...]
    tags: tuple[str, ...]


class MemberPages:
    """Reads lists of members."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        shop = desk.shop
        self._zone = ZoneInfo(shop.time_zone)
        self._region, self._code = region_of(shop), calling_code_of(shop)

    def page(
        self,
        query: MemberQuery,
        words: str = "",
        after: MemberPlace | None = None,
        limit: int = PAGE,
    ) -> MemberPage:
        """Return a page; on any thread.

        Args:
            query: which members.
            words: a phone number, its last four digits, a card, or a name; "" for
                all.
            after: where the page before ended.
            limit: rows.
        """
        if words.strip():
            query = replace(query, ids=self.found(words))
        members = self._desk.ledger.members
        listed = members.listed(query, after, limit)
        return MemberPage(self.rows(members.records(listed.ids)), listed.after)

    def count(self, query: MemberQuery) -> int:
        """Return how many members a list has."""
        return self._desk.ledger.members.counted(query)

    def found(self, words: str) -> tuple[str, ...]:
        """Return whom words mean; every way of asking at once."""
        members, vault = self._desk.ledger.members, self._desk.vault
        found: dict[str, None] = {}
        for one in (self._by_phone(words), self._by_code(words)):
            if one:
                found[one] = None
        if not found:
            found |= dict.fromkeys(self._by_last_four(words))
            asked = vault.asked_name(words)
            if asked is not None:
                found |= dict.fromkeys(members.by_name(asked, MOST_FOUND))
        return tuple(found)

    def rows(self, records: Sequence[MemberRecord]) -> tuple[MemberRow, ...]:
        """Return members as rows of a list."""
        ledger = self._desk.ledger
        persons = {x.member.member_id: self._ids(x.member.member_id) for x in records}
        every = [one for ids in persons.values() for one in ids]
        points, tiers = ledger.points.balances(every), ledger.points.tiers(every)
        return tuple(self._row(x, persons, points, tiers) for x in records)

    def detail(self, member_id: str) -> MemberDetail:
        """Return one member; on any thread.

        Raises:
            UserError: "member_unknown".
        """
        members = self._desk.ledger.members
        record = members.of(member_id)
        if record is None:
            raise UserError("member_unknown")
        profile = self.profile(record)
        ids = self._ids(member_id)
        (row,) = self.rows([record])
        born = profile.birthday
        return MemberDetail(
            row=row,
            member=record.member,
            ids=ids,
            has_phone=profile.phone is not None,
            has_note=bool(profile.note),
            has_pin=bool(profile.pin_hash),
            birthday=(born.month, born.day) if born else None,
            language=profile.language,
            cards=tuple(members.cards(member_id)),
            holdings=tuple(members.holdings(member_id)),
            tags=tuple(self._desk.ledger.campaigns.tags_of(ids)),
        )

    def profile(self, record: MemberRecord) -> MemberProfile:
        """Return what is personal; empty after an erasure."""
        if record.sealed.is_erased:
            return MemberProfile()
        return profile_of(self._desk.vault.open(record.sealed))

    def refuse_others(self) -> None:
        """Let only those see lists who may change members.

        Raises:
            UserError: "not_signed_on". ApprovalNeeded: "not_permitted".
        """
        self._desk.allow(Permission.MEMBER_EDIT)

    # -------------------------------------------------------------------- inside

    def _row(
        self,
        record: MemberRecord,
        persons: Mapping[str, tuple[str, ...]],
        points: Mapping[str, int],
        tiers: Mapping[str, str],
    ) -> MemberRow:
        member, profile = record.member, self.profile(record)
        ids = persons[member.member_id]
        phone = profile.phone
        is_erased = member.erased_at is not None
        visit = record.last_visit
        return MemberRow(
            member_id=member.member_id,
            name=mask_name(profile.name),
            phone=mask_phone(phone, self._code) if phone else "",
            tier=next((tiers[one] for one in ids if one in tiers), ""),
            points=sum(points.get(one, 0) for one in ids),
            enrolled_on=self._day(member.enrolled_at),
            last_visit_on=self._day(visit) if visit else None,
            is_erased=is_erased,
        )

    def _ids(self, member_id: str) -> tuple[str, ...]:
        return self._desk.ledger.members.ids_of(member_id)

    def _day(self, moment: Timestamp) -> date:
        return moment.at(self._zone).date()

    def _by_phone(self, words: str) -> str | None:
        try:
            phone = read_phone(words, self._region, is_sure=True)
        except UserError:
            return None
        return self._desk.ledger.members.by_phone(self._desk.vault.phone_index(phone))

    def _by_code(self, words: str) -> str | None:
        members, plain = self._desk.ledger.members, words.strip()
        if is_card(plain):
            try:
                return members.by_number(read_card(plain))
            except UserError:
                return None
        return members.by_card(self._desk.vault.card_index(plain.upper()))

    def _by_last_four(self, words: str) -> Sequence[str]:
        try:
            digits = read_last_four(words)
        except UserError:
            return ()
        index = self._desk.vault.last_four_index(digits)
        return self._desk.ledger.members.by_last_four(index, MOST_FOUND)
