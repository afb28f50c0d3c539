"""The ledger's members as lists, and the papers that name one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from pos_app.values.times import Timestamp


class MemberOrder(StrEnum):
    """What a list of members is sorted by, the greatest first."""

    ENROLLED = "enrolled"
    LAST_VISIT = "last_visit"
    POINTS = "points"


class MemberStanding(StrEnum):
    """Which members a list shows."""

    PRESENT = "present"
    ERASED = "erased"
    MERGED = "merged"  # stand behind another one


@dataclass(frozen=True, slots=True)
class MemberQuery:
    """Which members a list shows, and in which order.

    Attributes:
        ids: of those that were found by words; None for everybody.
        tier: key. tag: the member's own or of a segment. segment: id of one.
            "" for any.
        standing, order: see there.
    """

    ids: tuple[str, ...] | None = None
    tier: str = ""
    tag: str = ""
    segment: str = ""
    standing: MemberStanding = MemberStanding.PRESENT
    order: MemberOrder = MemberOrder.ENROLLED


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """An entry of the journal about a member.

    Attributes:
        kind: see `EntryKind`. at_ms: when. actor: staff id, "" for the till.
        body: as JSON.
    """

    kind: str
    at_ms: int
    actor: str
    body: str


@dataclass(frozen=True, slots=True)
class MemberPlace:
    """Where a page ended: what the last row was sorted by, and its key."""

    value: int
    member_key: int


@dataclass(frozen=True, slots=True)
class ListedIds:
    """One page of members.

    Attributes:
        ids: in order. after: where the next page begins; None at the end.
    """

    ids: tuple[str, ...]
    after: MemberPlace | None


class MemberBulk(Protocol):
    """Asks once for many; within a transaction as well as outside."""

    def phones_held(self, digests: Sequence[bytes]) -> Mapping[bytes, str]:
        """Return who holds each of these numbers now."""
        ...

    def cards_held(self, digests: Sequence[bytes]) -> Mapping[bytes, str]:
        """Return whose each of these cards is, while it is good."""
        ...

    def phones_seen(self, digests: Sequence[bytes]) -> frozenset[bytes]:
        """Return which of these numbers (`newcomer_digest`) were ever enrolled."""
        ...

    def opened_lots(self, event_ids: Sequence[str]) -> frozenset[str]:
        """Return which of these events brought points along already."""
        ...


class MemberListing(MemberBulk, Protocol):
    """Members as lists, as committed."""

    def listed(
        self, query: MemberQuery, after: MemberPlace | None, limit: int
    ) -> ListedIds:
        """Return a page of members."""
        ...

    def counted(self, query: MemberQuery) -> int:
        """Return how many members a list has."""
        ...

    def first_bought(self, ids: Sequence[str]) -> Timestamp | None:
        """Return when a person's first ticket with goods sold ended; None for none."""
        ...

    def tags_used(self) -> Sequence[tuple[str, int]]:
        """Return the members' own tags and how many have each, the commonest first."""
        ...

    def segments_used(self) -> Sequence[tuple[str, str, int]]:
        """Return (id, name, how many) of the segments that have members."""
        ...

    def same_words(self, after: bytes, limit: int) -> Sequence[tuple[bytes, str]]:
        """Return (digest, member id) of words of names that a few members share.

        Args:
            after: the digest that the last answer ended with; b"" to begin.
            limit: how many words.
        """
        ...

    def points_of(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Return what is left of points by id, debts taken off, expired ones too."""
        ...

    def erased_ids(self) -> Mapping[str, int]:
        """Return who was erased, with the moment in milliseconds."""
        ...

    def unerased(self, ids: Sequence[str]) -> Sequence[str]:
        """Return those of some ids that are members and not erased."""
        ...

    def entries_of(
        self, ids: Sequence[str], kinds: Sequence[str], limit: int
    ) -> Sequence[MemberEntry]:
        """Return what the journal says of a person, the latest first.

        Args:
            ids: of the person.
            kinds: rare ones: every entry of these kinds is looked at.
            limit: at most so many.
        """
        ...

    def sales_of(self, ids: Sequence[str], limit: int) -> Sequence[str]:
        """Return the tickets of a person, the latest first."""
        ...


class MemberPapers(MemberBulk, Protocol):
    """What names a member outside of the tables of members; one transaction."""

    def wipe_papers(self, ids: Sequence[str]) -> int:
        """Empty the slips of a person's tickets that wait in the print queue, done.

        Returns:
            How many were emptied. Those that are still to be printed are cancelled.
        """
        ...
