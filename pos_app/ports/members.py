"""The ledger's members, their indices, consents and merges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pos_app.domain.member.consent import ConsentEntry, ConsentLedger
from pos_app.domain.member.member import Member
from pos_app.domain.member.merging import MemberMerge, Merges, MergeUndone
from pos_app.domain.member.phone_holding import HoldingEnd, NewcomerGiven, PhoneHolding
from pos_app.ports.member_admin import MemberListing, MemberPapers
from pos_app.ports.member_vault import ProfileIndices, SealedProfile
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A card of another make that a member shows; its code is a digest only.

    Attributes:
        index: of `MemberVault.card_index`. shown: its last signs, masked.
        since: when it was taken over. until: when it was withdrawn; None: good.
    """

    index: bytes
    shown: str
    since: Timestamp
    until: Timestamp | None = None


@dataclass(frozen=True, slots=True)
class NewMember:
    """All that is written when somebody becomes a member.

    Attributes:
        member: its facts, tags, tokens and consents.
        sealed: its profile. indices: what it is found by.
        seen: `MemberVault.newcomer_digest` of the phone; None without one. It stays
            after an erasure and tells that a number was enrolled before.
        card: a card of another make; None for none.
        by: staff id; "" where nobody did.
    """

    member: Member
    sealed: SealedProfile
    indices: ProfileIndices
    seen: bytes | None = None
    card: MemberCard | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """A member as it is stored.

    Attributes:
        member: its facts. sealed: its profile.
        last_visit: end of the newest ticket; None before the first.
    """

    member: Member
    sealed: SealedProfile
    last_visit: Timestamp | None


class MemberLookups(Protocol):
    """What may be asked within a transaction as well as outside."""

    def of(self, member_id: str) -> MemberRecord | None:
        """Return a member, erased ones too; None for an id nobody has."""
        ...

    def by_number(self, number: int) -> str | None:
        """Return whose number of a static or rotating code it is: a member id."""
        ...

    def by_phone(self, index: bytes) -> str | None:
        """Return who holds a phone number now."""
        ...

    def by_card(self, index: bytes) -> str | None:
        """Return whose card of another make it is, while it is good."""
        ...

    def of_staff(self, staff_id: str) -> Sequence[str]:
        """Return the members that are said to be one of the staff; erased ones apart."""
        ...

    def holdings(self, member_id: str) -> Sequence[PhoneHolding]:
        """Return the phone numbers that a member has or had, oldest first."""
        ...

    def cards(self, member_id: str) -> Sequence[MemberCard]:
        """Return the cards of other makes of a member, oldest first."""
        ...

    def ids_of(self, member_id: str) -> tuple[str, ...]:
        """Return every id whose history is this person's, the kept one first."""
        ...

    def persons(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return the ids that stand for members, each once, in the order asked for."""
        ...

    def merges_of(self, member_id: str) -> Merges:
        """Return the merges that concern a member, however far away."""
        ...

    def newcomer_given(self, digest: bytes) -> bool:
        """Tell whether a number had its newcomer pack, ever."""
        ...

    def consents(self, member_id: str) -> ConsentLedger:
        """Return what a member agreed to, or withdrew."""
        ...

    def merges(self) -> Merges:
        """Return all merges of the shop."""
        ...

    def by_birthday(self, index: bytes) -> Sequence[str]:
        """Return who was born on a day (`MemberVault.birthday_index`)."""
        ...

    def has_bought(self, ids: Sequence[str]) -> bool:
        """Tell whether a person has a finished ticket with goods sold."""
        ...

    def count(self) -> int:
        """Return how many members there are, erased ones apart."""
        ...


class MemberReader(MemberLookups, MemberListing, Protocol):
    """Reads members, their indices, consents and merges, as committed."""

    def records(self, ids: Sequence[str]) -> Sequence[MemberRecord]:
        """Return members, in the order asked for; unknown ids are left out."""
        ...

    def has_cards(self) -> bool:
        """Tell whether any card of another make was ever taken over."""
        ...

    def by_last_four(self, index: bytes, limit: int) -> Sequence[str]:
        """Return who has these last four digits, the latest visit first."""
        ...

    def by_name(self, index: bytes, limit: int) -> Sequence[str]:
        """Return whose name is filed under a word, the latest visit first."""
        ...

    def good_keys(self, number: int) -> tuple[bytes, ...]:
        """Return the keys whose codes are taken; none for an unknown member."""
        ...

    def withdrawn_keys(self, number: int) -> tuple[bytes, ...]:
        """Return the keys of lost phones."""
        ...

    def last_step(self, number: int) -> int:
        """Return the newest step of a rotating code that was taken; -1 for none."""
        ...


class MemberWriter(MemberLookups, MemberPapers, Protocol):
    """Writes members, their indices, consents and merges, in one transaction."""

    def add(self, new: NewMember) -> None:
        """Store a new member.

        Raises:
            UserError: "member_phone_taken" with `member`, "member_card_taken".
        """
        ...

    def add_all(self, news: Sequence[NewMember]) -> None:
        """Store many new members at once; as `add`."""
        ...

    def put_profile(self, sealed: SealedProfile, indices: ProfileIndices) -> None:
        """Replace a profile, and what it is found by; the phone's holding apart."""
        ...

    def set_tags(self, member_id: str, tags: Sequence[str]) -> None:
        """Replace a member's tags (`check_tags`)."""
        ...

    def set_staff(self, member_id: str, staff_id: str) -> None:
        """Say that a member is one of the staff; "" for not any more."""
        ...

    def take_phone(
        self,
        claim: PhoneHolding,
        seen: bytes,
        *,
        is_reissued: bool = False,
    ) -> None:
        """Give a number to a member (`domain.member.phone_holding.take_phone`).

        Raises:
            UserError: "member_phone_taken".
        """
        ...

    def end_phone(self, member_id: str, at: Timestamp, why: HoldingEnd) -> None:
        """End the number that a member has; nothing where there is none."""
        ...

    def add_card(self, member_id: str, card: MemberCard) -> None:
        """Take a card over.

        Raises:
            UserError: "member_card_taken" with `member`.
        """
        ...

    def withdraw_card(self, member_id: str, index: bytes, at: Timestamp) -> None:
        """Let a card go: it was lost."""
        ...

    def put_tokens(self, member: Member) -> None:
        """Store the phones that show rotating codes, as `member` has them."""
        ...

    def add_consent(self, entry: ConsentEntry) -> None:
        """Store what somebody agreed to, or withdrew."""
        ...

    def add_merge(self, fact: MemberMerge) -> None:
        """Store that two members are one person.

        Raises:
            UserError: what `Merges.with_merge` refuses.
        """
        ...

    def undo_merge(self, undone: MergeUndone) -> None:
        """Store that a merge was a mistake.

        Raises:
            UserError: "member_merge_unknown".
        """
        ...

    def give_newcomer(self, given: NewcomerGiven) -> None:
        """Store that a number had its newcomer pack.

        Raises:
            UserError: "member_newcomer_given".
        """
        ...

    def take_step(self, number: int, step: int) -> bool:
        """Remember a step of a rotating code; False when it is not a newer one."""
        ...

    def visited(self, member_id: str, at: Timestamp) -> None:
        """Keep when a member was last here."""
        ...

    def erase(self, member_id: str, at: Timestamp) -> None:
        """Destroy what is personal: key, content, indices, tags, phones' codes.

        Ids, consents and the digests of numbers that had a pack stay.
        """
        ...
