"""What the counter shows of a member: masked, always (law 14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from pos_app.domain.member.masking import mask_name, mask_phone
from pos_app.domain.member.member import Member, MemberProfile
from pos_app.domain.member.profile_codec import profile_of
from pos_app.domain.member.recognition import Strength
from pos_app.domain.promotion.occasion import Shopper
from pos_app.ports.members import MemberRecord
from pos_app.services.desk import Desk
from pos_app.services.member_shopper import shopper_from
from pos_app.services.shop_region import calling_code_of
from pos_app.values.times import Timestamp

#: So many are looked at whole, as the one who is recognised is.
_FEW = 3


@dataclass(frozen=True, slots=True)
class MemberGlance:
    """One member as a cashier and the customer see them.

    Attributes:
        member_id: the id that stands for the person.
        name_masked: 林*怡; "" where only the phone is known.
        phone_masked: 138****6217; "" for a member with a card only.
        initial: the first sign of the name, for the round badge; "" without a name.
        tier: key of the tier. tags: the shop's words and the groups of campaigns.
        enrolled_on: the shop's day. source: where from.
        birthday: (month, day); None where it is not known.
        is_birth_month: it is this month. is_newcomer: never bought before.
        last_visit_on: day of the newest ticket; None before the first.
        has_pin: they can prove who they are by their PIN.
        is_staff: one of the staff.
    """

    member_id: str
    name_masked: str
    phone_masked: str
    initial: str
    tier: str
    tags: tuple[str, ...]
    enrolled_on: date
    birthday: tuple[int, int] | None
    is_birth_month: bool
    is_newcomer: bool
    last_visit_on: date | None
    source: str
    has_pin: bool = False
    is_staff: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """What happened when a customer was recognised.

    Attributes:
        glance: who. strength: how strongly they are recognised now.
        before, after: what the basket came to, and comes to now, minor units; None
            while nothing lies in it.
        is_same: they were in the sale already; nothing but the strength changed.
    """

    glance: MemberGlance
    strength: Strength
    before: int | None
    after: int | None
    is_same: bool = False


class Glances:
    """Makes glances of what the ledger holds; used from the sale's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_all(self, ids: Sequence[str]) -> tuple[MemberGlance, ...]:
        """Return the persons behind ids, each once; who was erased is left out.

        Of many at once the list says what lies in their own rows: the shop's tags
        without groups, the tier as lists keep it, new is who was never here.
        """
        members = self._desk.ledger.members
        found = [
            record
            for record in members.records(members.persons(ids))
            if record.member.erased_at is None
        ]
        if len(found) <= _FEW:
            return tuple(self.of(record) for record in found)
        return tuple(self._of_list(record) for record in found)

    def of(self, record: MemberRecord, shopper: Shopper | None = None) -> MemberGlance:
        """Return a glance at a member who was not erased.

        Args:
            record: as stored.
            shopper: what promotions know of the person; None to ask for it.
        """
        members = self._desk.ledger.members
        if shopper is None:
            ids = members.ids_of(record.member.member_id)
            shopper = shopper_from(self._desk, members, record, ids)
        return self._glance(record, shopper)

    def of_new(self, member: Member, profile: MemberProfile) -> MemberGlance:
        """Return a glance at somebody who is being enrolled."""
        born = profile.birthday
        staff = bool(member.staff_id)
        shopper = Shopper(
            member_id=member.member_id,
            tags=member.tags,
            is_newcomer=True,
            birth_month=born.month if born else 0,
            birth_day=born.day if born else 0,
            is_staff=staff,
        )
        return self._shown(member, profile, shopper, None)

    def _of_list(self, record: MemberRecord) -> MemberGlance:
        member = record.member
        shopper = Shopper(
            member_id=member.member_id,
            tier=member.tier,
            tags=member.tags,
            is_newcomer=record.last_visit is None,
            is_staff=bool(member.staff_id),
        )
        return self._glance(record, shopper)

    def _glance(self, record: MemberRecord, shopper: Shopper) -> MemberGlance:
        profile = profile_of(self._desk.vault.open(record.sealed))
        return self._shown(record.member, profile, shopper, record.last_visit)

    def _shown(
        self,
        member: Member,
        profile: MemberProfile,
        shopper: Shopper,
        last_visit: Timestamp | None,
    ) -> MemberGlance:
        shop, born, phone = self._desk.shop, profile.birthday, profile.phone
        today = self._day(self._desk.clock.now())
        return MemberGlance(
            member_id=member.member_id,
            name_masked=mask_name(profile.name),
            phone_masked=mask_phone(phone, calling_code_of(shop)) if phone else "",
            initial=profile.name[:1].upper(),
            tier=shopper.tier,
            tags=shopper.tags,
            enrolled_on=self._day(member.enrolled_at),
            birthday=(born.month, born.day) if born else None,
            is_birth_month=born is not None and born.month == today.month,
            is_newcomer=shopper.is_newcomer,
            last_visit_on=self._day(last_visit) if last_visit else None,
            source=member.source,
            has_pin=bool(profile.pin_hash),
            is_staff=shopper.is_staff,
        )

    def _day(self, moment: Timestamp) -> date:
        return moment.at(ZoneInfo(self._desk.shop.time_zone)).date()
