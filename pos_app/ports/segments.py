"""The ledger's groups of customers: their rules and who belongs to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pos_app.domain.campaign.rfm import Bought, RfmCuts, RfmScore
from pos_app.domain.campaign.segment import Measured, SegmentRule
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class SegmentVersion:
    """A stored version of a segment's rule.

    Attributes:
        rule: None for one of a newer program. segment_id, version, name: which.
        text: as stored. made_at, made_by: when, and the staff id.
    """

    segment_id: str
    version: int
    name: str
    text: str
    rule: SegmentRule | None
    made_at: Timestamp
    made_by: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A person's sums and score."""

    bought: Bought
    score: RfmScore


@dataclass(frozen=True, slots=True)
class Measure:
    """What is summed for a rule.

    Attributes:
        since: business days from then on; None for all.
        category_ids: goods of exactly these categories; none for all goods.
        persons: id of the kept member by the absorbed one's.
        member_ids: of these ids only; none for everybody.
    """

    since: date | None = None
    category_ids: tuple[str, ...] = ()
    persons: Mapping[str, str] | None = None
    member_ids: tuple[str, ...] = ()


class SegmentReader(Protocol):
    """Reads segments, their members and what members bought, as committed."""

    def segments(self) -> Sequence[SegmentVersion]:
        """Return the newest version of every segment, by name."""
        ...

    def segment_sizes(self) -> Mapping[str, int]:
        """Return how many members each segment has, by segment id."""
        ...

    def tags_of(self, member_ids: Sequence[str]) -> tuple[str, ...]:
        """Return the tags that rules give to a person, sorted."""
        ...

    def score_of(self, member_ids: Sequence[str]) -> Scored | None:
        """Return a person's stored score; None before the first night or sale."""
        ...

    def group_sizes(self) -> Mapping[str, int]:
        """Return how many members each RFM group has."""
        ...

    def bought(self, measure: Measure) -> Sequence[Bought]:
        """Return what everybody bought, summed by the ledger."""
        ...

    def measured(self, measure: Measure) -> Mapping[str, Measured]:
        """Return sums by person within a rule's days and goods."""
        ...

    def visits_and_spend(self, measure: Measure) -> Mapping[str, Measured]:
        """Return sums by person of whole tickets; several times faster, no pieces."""
        ...

    def stored_cuts(self) -> RfmCuts | None:
        """Return the cuts of the last night; None before the first."""
        ...

    def segment_members(self, segment_id: str) -> frozenset[str]:
        """Return who is in a segment."""
        ...

    def scores(self) -> Mapping[str, Scored]:
        """Return every stored score by member."""
        ...

    def stored_scopes(self) -> Mapping[str, tuple[str, ...]]:
        """Return the categories of rules with all below them, by segment id."""
        ...

    def settled_on(self, step: str) -> date | None:
        """Return the day whose nightly step ran last; None before the first."""
        ...


class SegmentWriter(Protocol):
    """Writes segments and their projections, in one transaction."""

    def put_segment(self, version: SegmentVersion) -> None:
        """Store a new version of a segment."""
        ...

    def segments(self) -> Sequence[SegmentVersion]:
        """Return the newest version of every segment as the transaction sees it."""
        ...

    def set_members(
        self, segment_id: str, tag: str, *, joined: Sequence[str], left: Sequence[str]
    ) -> None:
        """Change who is in a segment."""
        ...

    def set_tag(self, segment_id: str, tag: str) -> None:
        """Change the tag that a segment's members carry."""
        ...

    def set_scores(self, scored: Sequence[Scored], gone: Sequence[str]) -> None:
        """Store scores, and forget those of members who are no persons any more."""
        ...

    def forget(self, member_ids: Sequence[str]) -> None:
        """Take a person out of all segments and forget the score."""
        ...

    def set_cuts(self, cuts: RfmCuts) -> None:
        """Store the cuts that sales are scored with until the next night."""
        ...

    def set_settled_on(self, step: str, on: date) -> None:
        """Store which day's nightly step ran."""
        ...

    def set_scope(self, segment_id: str, category_ids: Sequence[str]) -> None:
        """Store a rule's categories with all below them, as the catalogue has them."""
        ...

    def scopes(self) -> Mapping[str, tuple[str, ...]]:
        """Return those categories by segment id."""
        ...

    def stored_cuts(self) -> RfmCuts | None:
        """Return the cuts of the last night; None before the first."""
        ...

    def bought(self, measure: Measure) -> Sequence[Bought]:
        """Return what members bought, as the transaction sees it."""
        ...

    def measured(self, measure: Measure) -> Mapping[str, Measured]:
        """Return sums by person, as the transaction sees it."""
        ...

    def tags_of(self, member_ids: Sequence[str]) -> tuple[str, ...]:
        """Return the tags that rules give to a person, as the transaction sees it."""
        ...

    def segment_ids_of(self, member_ids: Sequence[str]) -> frozenset[str]:
        """Return the segments that a person is in."""
        ...
