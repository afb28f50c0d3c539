"""Whose phone number is whose, and since when; numbers are digests here.

An operator gives an unused number to somebody else. The old owner's index ends and
their history stays; the new owner is a new member. The newcomer pack goes once to
a phone number, whoever has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from pos_app.errors import UserError
from pos_app.values.times import Timestamp


class HoldingEnd(StrEnum):
    """Why a number is no longer somebody's."""

    CHANGED = "changed"
    REISSUED = "reissued"
    MERGED = "merged"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class PhoneHolding:
    """A number is, or was, a member's.

    Attributes:
        index: the keyed digest of the number (ports.member_vault).
        member_id: whose. since: from when.
        until: when it ended; None while it holds. end: why it ended.
    """

    index: bytes = field(repr=False)
    member_id: str
    since: Timestamp
    until: Timestamp | None = None
    end: HoldingEnd | None = None

    def ended(self, at: Timestamp, why: HoldingEnd) -> PhoneHolding:
        """Return the holding with its end; the moment never before its beginning."""
        assert self.until is None
        at = max(at, self.since)
        return PhoneHolding(self.index, self.member_id, self.since, at, why)


def holder(holdings: Iterable[PhoneHolding], index: bytes) -> PhoneHolding | None:
    """Return the holding of a number that is in force; there is one at most."""
    found = [one for one in holdings if one.index == index and one.until is None]
    assert len(found) <= 1
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class PhoneTaken:
    """What to write down when a member gets a number.

    Attributes:
        ended: the holdings that end: the member's old number, or the old owner's.
        begun: the new one; None when nothing changes.
    """

    ended: tuple[PhoneHolding, ...]
    begun: PhoneHolding | None


def take_phone(
    holdings: Iterable[PhoneHolding],
    claim: PhoneHolding,
    *,
    is_reissued: bool = False,
) -> PhoneTaken:
    """Give a number to a member.

    Args:
        holdings: of this number and of this member.
        claim: the number, the member and the moment; not ended.
        is_reissued: somebody made sure that the operator gave the number to
            another person (the customer received a code on it, or proved it).

    Raises:
        UserError: "member_phone_taken" with the `member` who has it: it is the same
            person (open that member), a duplicate (merge), or re-issued.
    """
    assert claim.until is None
    known = list(holdings)
    owner = holder(known, claim.index)
    if owner is not None and owner.member_id == claim.member_id:
        return PhoneTaken((), None)
    if owner is not None and not is_reissued:
        raise UserError("member_phone_taken", member=owner.member_id)
    ended = [
        one.ended(claim.since, HoldingEnd.CHANGED)
        for one in known
        if one.member_id == claim.member_id and one.until is None
    ]
    if owner is not None:
        ended.append(owner.ended(claim.since, HoldingEnd.REISSUED))
    return PhoneTaken(tuple(ended), claim)


@dataclass(frozen=True, slots=True)
class NewcomerGiven:
    """A phone number had its newcomer pack; kept for ever, erasure included.

    Attributes:
        digest: keyed digest of the number, another one than its index.
        at: when. It names no member: after an erasure it says nothing of anybody.
    """

    digest: bytes = field(repr=False)
    at: Timestamp
