"""Somebody becomes a member: a phone number, a word of consent, and that is all."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pos_app.domain.journal import EntryKind
from pos_app.domain.member.birthday import set_birthday
from pos_app.domain.member.card_code import NUMBER_BITS, member_number
from pos_app.domain.member.consent import ConsentEntry, ConsentLedger, Purpose
from pos_app.domain.member.masking import mask_code
from pos_app.domain.member.member import (
    Member,
    MemberProfile,
    check_name,
    check_source,
    check_tags,
)
from pos_app.domain.member.phone import Phone
from pos_app.domain.member.phone_holding import HoldingEnd
from pos_app.domain.member.profile_codec import profile_bytes
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.ports.campaigns import OptOut
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.ports.members import MemberCard, NewMember
from pos_app.services.campaign_referral import note_referral
from pos_app.services.desk import Desk
from pos_app.services.member_codes import check_foreign_card
from pos_app.services.member_draft import EnrolDraft
from pos_app.services.member_finder import MemberFinder
from pos_app.services.member_phone import release_phone
from pos_app.services.opt_out import CONSENT_OF, note_opt_out
from pos_app.services.reward_giving import Giving, Newcomer, welcome
from pos_app.services.typed_text import typed_text


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft that was read: nothing of it is refused any more.

    Attributes:
        member: its facts. profile: what is personal. card: taken over; None for none.
        referrer_id: the friend; "" for nobody.
        reissued_from: who held the number until now; "" for nobody.
        zone: of the shop; the catalogue is not asked on the core thread.
        refused: in what the newcomer wants no part.
    """

    member: Member
    profile: MemberProfile
    card: MemberCard | None
    referrer_id: str
    reissued_from: str
    zone: ZoneInfo
    refused: tuple[OptOut, ...] = ()


class Enrolment:
    """Checks drafts on the sale's thread and stores members on the core thread."""

    def __init__(self, desk: Desk, finder: MemberFinder) -> None:
        self._desk, self._finder = desk, finder

    def check(self, draft: EnrolDraft, stamp: Stamp) -> CheckedDraft:
        """Read a draft.

        Raises:
            UserError: "member_phone_or_card", "member_phone_taken" with `member`,
                "member_consent_missing", "member_consent_text",
                "member_referrer_unknown", "member_card_taken", or what the phone,
                name, birthday, source, tags or card refuse.
            ApprovalNeeded: "not_permitted" for a number that was re-issued.
        """
        phone = self._phone(draft)
        card = self._card(draft, stamp)
        if phone is None and card is None:
            raise UserError("member_phone_or_card")
        held_by = self._holder(draft, phone)
        member_id = self._desk.ids.new()
        consents = self._consents(draft, member_id, stamp)
        member = Member(
            member_id=member_id,
            number=member_number(secrets.token_bytes(NUMBER_BITS // 8)),
            enrolled_at=stamp.at,
            source=check_source(draft.source),
            tags=check_tags(draft.tags),
            consents=consents,
            staff_id=draft.staff_id,
        )
        return CheckedDraft(
            member=member,
            profile=self._profile(draft, phone),
            card=card,
            referrer_id=self._referrer(draft),
            reissued_from=held_by,
            zone=ZoneInfo(self._desk.shop.time_zone),
            refused=tuple(x for x in OptOut if CONSENT_OF[x] in draft.refused),
        )

    def store(self, unit: UnitOfWork, checked: CheckedDraft, stamp: Stamp) -> None:
        """Store a new member with all that a newcomer gets; on the core thread.

        Raises:
            UserError: "member_phone_taken", "member_card_taken": somebody was quicker;
                what a referral is refused for.
        """
        desk, member, profile = self._desk, checked.member, checked.profile
        vault, phone = desk.vault, profile.phone
        if checked.reissued_from:
            release_phone(
                unit, vault, checked.reissued_from, stamp.at, HoldingEnd.REISSUED
            )
        digest = None if phone is None else vault.newcomer_digest(phone)
        content = profile_bytes(self._with_key(profile))
        unit.members.add(
            NewMember(
                member=member,
                sealed=vault.seal(member.member_id, content),
                indices=vault.indices(profile),
                seen=digest,
                card=checked.card,
                by=stamp.actor,
            )
        )
        unit.append(EntryKind.MEMBER_ENROLLED, _body(checked), stamp)
        for what in checked.refused:
            note_opt_out(unit, (member.member_id,), what, stamp, is_out=True)
        giving = Giving(unit, desk, stamp, checked.zone)
        if checked.referrer_id:
            note_referral(giving, checked.referrer_id, member.member_id)
        welcome(giving, Newcomer(member.member_id, digest))

    def _phone(self, draft: EnrolDraft) -> Phone | None:
        if not draft.phone.strip():
            return None
        return self._finder.phone(draft.phone, is_sure=draft.is_sure)

    def _holder(self, draft: EnrolDraft, phone: Phone | None) -> str:
        holder = None if phone is None else self._finder.by_phone(phone)
        if holder is None:
            return ""
        if not draft.is_reissued:
            raise UserError("member_phone_taken", member=holder)
        self._desk.allow(Demand(Permission.MEMBER_EDIT, holder))
        return holder

    def _card(self, draft: EnrolDraft, stamp: Stamp) -> MemberCard | None:
        if not draft.card.strip():
            return None
        plain = check_foreign_card(draft.card)
        index = self._desk.vault.card_index(plain)
        owner = self._desk.ledger.members.by_card(index)
        if owner is not None:
            raise UserError("member_card_taken", member=owner)
        return MemberCard(index, mask_code(plain), stamp.at)

    def _referrer(self, draft: EnrolDraft) -> str:
        if not draft.referrer.strip():
            return ""
        found = self._finder.named(draft.referrer)
        if found is None:
            raise UserError("member_referrer_unknown")
        return self._desk.ledger.members.ids_of(found)[0]

    def _profile(self, draft: EnrolDraft, phone: Phone | None) -> MemberProfile:
        birthday = None
        if draft.birthday is not None:
            today = self._desk.business_day()
            birthday = set_birthday(None, *draft.birthday, today)
        name = check_name(typed_text(draft.name, len(draft.name)))
        return MemberProfile(name=name, phone=phone, birthday=birthday)

    def _with_key(self, profile: MemberProfile) -> MemberProfile:
        return replace(profile, name_key=self._desk.vault.name_key(profile.name))

    def _consents(
        self, draft: EnrolDraft, member_id: str, stamp: Stamp
    ) -> ConsentLedger:
        if Purpose.MEMBERSHIP not in draft.purposes:
            purpose = Purpose.MEMBERSHIP.value
            raise UserError("member_consent_missing", purpose=purpose)
        ledger = ConsentLedger()
        for purpose in _in_order(draft.purposes):
            entry = ConsentEntry(
                entry_id=self._desk.ids.new(),
                member_id=member_id,
                purpose=purpose,
                text_version=draft.text_version,
                is_given=True,
                at=stamp.at,
                by=stamp.actor,
            )
            ledger = ledger.with_entry(entry)
        return ledger


def _in_order(purposes: Sequence[Purpose]) -> list[Purpose]:
    return [purpose for purpose in Purpose if purpose in purposes]


def _body(checked: CheckedDraft) -> dict[str, object]:
    """Return what the journal says of it: ids and the shop's own words."""
    member = checked.member
    given = [entry.purpose.value for entry in member.consents.entries]
    return {
        "member": member.member_id,
        "source": member.source,
        "consents": given,
        "referrer": checked.referrer_id,
        "reissued_from": checked.reissued_from,
        "has_card": checked.card is not None,
    }
