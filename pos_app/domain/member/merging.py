"""Two members who are one person: a fact that says so, and no history rewritten.

Sales, points and coupons keep the member id they were booked under; the fact says
which id stands for which. A merge that was wrong is taken back by another fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pos_app.errors import UserError
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class MemberMerge:
    """From now on `kept_id` stands for `absorbed_id`.

    Attributes:
        merge_id: UUIDv7. kept_id, absorbed_id: members.
        at: when. by: staff id. reason: the shop's word for it.
    """

    merge_id: str
    kept_id: str
    absorbed_id: str
    at: Timestamp
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MergeUndone:
    """A merge was a mistake; both are themselves again.

    Attributes:
        merge_id: which. at: when. by: staff id.
    """

    merge_id: str
    at: Timestamp
    by: str


@dataclass(frozen=True, slots=True)
class Merges:
    """All merges that hold.

    Attributes:
        stands_for: absorbed id -> the id that was kept in that merge.
        facts: what holds, in the order of time.
        contradicted: merges of two tills that cannot both be true: the later one
            counts for nothing and wants a person to look at it.
    """

    stands_for: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    facts: tuple[MemberMerge, ...] = ()
    contradicted: tuple[MemberMerge, ...] = ()

    @classmethod
    def of(
        cls, merges: Iterable[MemberMerge], undone: Iterable[MergeUndone] = ()
    ) -> Merges:
        """Return what facts in any order say together, each counted once."""
        gone = {fact.merge_id for fact in undone}
        once = {fact.merge_id: fact for fact in merges if fact.merge_id not in gone}
        stands_for: dict[str, str] = {}
        facts, contradicted = [], []
        for fact in sorted(once.values(), key=lambda one: (one.at, one.merge_id)):
            if _refusal(stands_for, fact) is None:
                stands_for[fact.absorbed_id] = fact.kept_id
                facts.append(fact)
            else:
                contradicted.append(fact)
        proxy = MappingProxyType(stands_for)
        return cls(proxy, tuple(facts), tuple(contradicted))

    def person_of(self, member_id: str) -> str:
        """Return the id that stands for a member now; its own where none does."""
        return _root(self.stands_for, member_id)

    def ids_of(self, member_id: str) -> tuple[str, ...]:
        """Return every id whose history is this person's, the kept one first."""
        person = self.person_of(member_id)
        others = (one for one in self.stands_for if self.person_of(one) == person)
        return (person, *sorted(others))

    def with_merge(self, fact: MemberMerge) -> Merges:
        """Return the merges with one more.

        Raises:
            UserError: "member_merge_self", "member_merge_done" when the absorbed one
                already stands behind another, or "member_merge_circle".
        """
        refusal = _refusal(self.stands_for, fact)
        if refusal is not None:
            raise refusal
        merges = Merges.of((*self.facts, fact))
        assert fact in merges.facts
        return Merges(merges.stands_for, merges.facts, self.contradicted)

    def without(self, undone: MergeUndone) -> Merges:
        """Return the merges after one was taken back.

        Raises:
            UserError: "member_merge_unknown".
        """
        if all(fact.merge_id != undone.merge_id for fact in self.facts):
            raise UserError("member_merge_unknown")
        return Merges.of((*self.facts, *self.contradicted), [undone])


def _root(stands_for: Mapping[str, str], member_id: str) -> str:
    while member_id in stands_for:
        member_id = stands_for[member_id]
    return member_id


def _refusal(stands_for: Mapping[str, str], fact: MemberMerge) -> UserError | None:
    if fact.kept_id == fact.absorbed_id:
        return UserError("member_merge_self")
    if fact.absorbed_id in stands_for:
        return UserError("member_merge_done", kept=stands_for[fact.absorbed_id])
    if _root(stands_for, fact.kept_id) == fact.absorbed_id:
        return UserError("member_merge_circle")
    return None
