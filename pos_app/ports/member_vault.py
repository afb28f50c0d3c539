"""What keeps personal data: sealed per person, found by keyed digests only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from pos_app.domain.member.member import MemberProfile
from pos_app.domain.member.phone import Phone

#: Bytes of a digest that something is found by.
INDEX_BYTES = 16
#: Bytes of the digest that stays after an erasure.
NEWCOMER_BYTES = 32


@dataclass(frozen=True, slots=True)
class SealedProfile:
    """One person's data as it is stored.

    Attributes:
        member_id: whose; bound into both parts.
        wrapped_key: the person's own key under the shop's; b"" after an erasure.
        content: the profile under the person's key; useless without it.
    """

    member_id: str
    wrapped_key: bytes = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def is_erased(self) -> bool:
        """Tell whether nobody can open it any more."""
        return not self.wrapped_key


@dataclass(frozen=True, slots=True)
class ProfileIndices:
    """What a profile is found by; digests only.

    Attributes:
        phone, last_four: None without a phone. names: a digest for each word.
        birthday: of month and day; None where they are not known.
    """

    phone: bytes | None = field(default=None, repr=False)
    last_four: bytes | None = field(default=None, repr=False)
    names: tuple[bytes, ...] = field(default=(), repr=False)
    birthday: bytes | None = field(default=None, repr=False)


class MemberVault(Protocol):
    """Seals and opens what is personal; knows no tables."""

    def seal(self, member_id: str, content: bytes) -> SealedProfile:
        """Seal a new person's data under a key of their own."""
        ...

    def reseal(self, sealed: SealedProfile, content: bytes) -> SealedProfile:
        """Seal changed data under the key that the person has.

        Raises:
            UserError: "member_erased". StorageError: "member_data_damaged".
        """
        ...

    def open(self, sealed: SealedProfile) -> bytes:
        """Return a person's data.

        Raises:
            UserError: "member_erased" once the key is destroyed.
            StorageError: "member_data_damaged" for another shop's, another
                member's or changed bytes.
        """
        ...

    def erase(self, sealed: SealedProfile) -> SealedProfile:
        """Return what is left: no key and no content (law 14)."""
        ...

    def phone_index(self, phone: Phone) -> bytes:
        """Return the digest that a number is found by; INDEX_BYTES."""
        ...

    def last_four_index(self, last_four: str) -> bytes:
        """Return the digest that the last four digits are found by."""
        ...

    def name_index(self, term: str) -> bytes:
        """Return the digest that a word of `domain.member.name_terms` is found by."""
        ...

    def indices(self, profile: MemberProfile) -> ProfileIndices:
        """Return all that a profile is found by; reads tables of Chinese readings."""
        ...

    def birthday_index(self, month: int, day: int) -> bytes:
        """Return the digest that a birthday is found by."""
        ...

    def asked_name(self, text: str) -> bytes | None:
        """Return the digest of what was typed for a name; None for no word."""
        ...

    def name_key(self, name: str) -> str:
        """Return the pinyin that a name is sorted by."""
        ...

    def card_index(self, code: str) -> bytes:
        """Return the digest that a card of another make is found by."""
        ...

    def newcomer_digest(self, phone: Phone) -> bytes:
        """Return what stays of a number after an erasure; NEWCOMER_BYTES."""
        ...


class MemberKeys(Protocol):
    """The public keys of the members' phones."""

    def good_keys(self, number: int) -> tuple[bytes, ...]:
        """Return the keys whose codes are taken; none for an unknown member."""
        ...

    def withdrawn_keys(self, number: int) -> tuple[bytes, ...]:
        """Return the keys of lost phones."""
        ...


class CodeSteps(Protocol):
    """The last step of each member whose code was taken."""

    def take(self, number: int, step: int) -> bool:
        """Remember a step at once and durably; False when it is not a newer one."""
        ...
