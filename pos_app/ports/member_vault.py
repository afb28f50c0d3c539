"""What keeps personal data: sealed per person, found by keyed digests only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

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
