"""The ledger's points, tiers and the programme.

Everywhere `ids` are all ids of one person (`MemberReader.ids_of`), the kept one first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pos_app.domain.loyalty.facts import Opened
from pos_app.domain.loyalty.ledger import Balance, PointLedger, Written
from pos_app.domain.loyalty.lot import MoveKind, PointLot
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.ticket_facts import Exchanged, TicketFacts
from pos_app.domain.loyalty.tier import MetricEntry
from pos_app.domain.loyalty.tier_moves import TierMove
from pos_app.values.times import BusinessDay, Period, Timestamp


@dataclass(frozen=True, slots=True)
class ProgrammeVersion:
    """A version of the programme, and who brought it into force.

    Attributes:
        programme: the rules. made_at: from when on. made_by, approved_by: staff ids.
    """

    programme: Programme
    made_at: Timestamp
    made_by: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class LotLeft:
    """A lot that is not empty, and what is left in it; below zero in a debt."""

    lot: PointLot
    points: int


@dataclass(frozen=True, slots=True)
class PointEvent:
    """What one event did to a person's points; a row of the history.

    Attributes:
        event_id: sale, return, adjustment or job. kind: see `MoveKind`.
        at: when. points: signed sum.
    """

    event_id: str
    kind: MoveKind
    at: Timestamp
    points: int


@dataclass(frozen=True, slots=True)
class Notice:
    """What a member is to be told; `key` is told once ("points/2027-03-31/30").

    Attributes:
        member_id: who. key: which. at: when it became due.
        points: that end; or what is missing to keep a tier.
    """

    member_id: str
    key: str
    at: Timestamp
    points: int


class PointBooks(Protocol):
    """What readers and writers both see."""

    def programme(self) -> Programme:
        """Return the rules in force; `NO_PROGRAMME` where nobody made any."""
        ...

    def left(self, ids: Sequence[str]) -> Sequence[LotLeft]:
        """Return a person's lots that are not empty."""
        ...

    def balance(self, ids: Sequence[str], at: Timestamp) -> Balance:
        """Return a person's points at a moment that is not before the last move."""
        ...

    def burned(self, ids: Sequence[str], period: Period) -> int:
        """Return the points given within a period and not given back since."""
        ...

    def earned(self, ids: Sequence[str], period: Period) -> int:
        """Return the points earned within a period, before returns."""
        ...

    def tier_moves(self, ids: Sequence[str]) -> Sequence[TierMove]:
        """Return the changes of a person's tier, as they were written."""
        ...

    def metric_entries(
        self, ids: Sequence[str], since: Timestamp
    ) -> Sequence[MetricEntry]:
        """Return what counts for a person's tier, of sales from a moment on."""
        ...

    def has_bought(self, ids: Sequence[str]) -> bool:
        """Tell whether a sale of a person was ever counted."""
        ...

    def is_night_done(self, day: BusinessDay, step: str) -> bool:
        """Tell whether a step of the night was done for a day."""
        ...

    def notices(self, ids: Sequence[str]) -> Sequence[Notice]:
        """Return what a person was told, the latest first."""
        ...


class PointReader(PointBooks, Protocol):
    """Reads points, tiers and the programme, as committed."""

    def changes(self) -> int:
        """Return a number that grows whenever more than a step of a sale is stored.

        What was read of a member while it was the same is still true.
        """
        ...

    def programme_versions(self) -> Sequence[ProgrammeVersion]:
        """Return every version, the newest first."""
        ...

    def facts_of(self, sale_id: str) -> TicketFacts | None:
        """Return what a ticket told its member; None where it told nothing."""
        ...

    def history(
        self, ids: Sequence[str], since: Timestamp, limit: int = 200
    ) -> Sequence[PointEvent]:
        """Return what happened to a person's points, the latest first."""
        ...

    def balances(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Return the points of each id, those that wait and debts as well."""
        ...

    def tiers(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Return the tier of each id that has one."""
        ...

    def whole(self, ids: Sequence[str]) -> PointLedger:
        """Return everything that ever happened to a person's points."""
        ...

    def unproven(self) -> Sequence[str]:
        """Return the lots whose projection is not the sum of their moves; none."""
        ...


class PointWriter(PointBooks, Protocol):
    """Writes points, tiers and the programme, in one transaction."""

    def slice(
        self, ids: Sequence[str], events: Collection[str], lots: Collection[str] = ()
    ) -> PointLedger:
        """Return what of a person's ledger booking needs, however long it is.

        Args:
            ids: of the person.
            events: sales and returns that are about to be booked: their splits,
                moves and lots are whole; of other lots there is what is left.
            lots: that are whole as well.
        """
        ...

    def owner_of(self, event_id: str) -> str:
        """Return the member that a sale's points or metric were booked for, or ""."""
        ...

    def has_burned(self, event_id: str) -> bool:
        """Tell whether points were given for a ticket."""
        ...

    def exchanged_in(self, ticket_id: str) -> Sequence[Exchanged]:
        """Return what a finished ticket gave in the place of other goods."""
        ...

    def exchanged_for(self, sale_id: str) -> Sequence[tuple[str, Exchanged]]:
        """Return what finished tickets (id first) gave in the place of a sale's goods."""
        ...

    def paid_by(self, sale_id: str, keys: Sequence[str]) -> tuple[int, int]:
        """Return what a sale came to, and what of that these tenders paid."""
        ...

    def refunded_before(self, sale_id: str, ticket_id: str) -> int:
        """Return what went back as points for a sale, one ticket apart; minor units."""
        ...

    def add(self, member_id: str, rows: Written) -> None:
        """Store new lots, moves and splits, and the projection with them."""
        ...

    def metric_of(self, sale_id: str) -> Sequence[MetricEntry]:
        """Return what a sale and its returns did to the metric."""
        ...

    def add_metric(self, member_id: str, entry: MetricEntry) -> None:
        """Store what a sale added to the metric, or a return took off it."""
        ...

    def add_tier_moves(self, member_id: str, moves: Sequence[TierMove]) -> None:
        """Store changes of a member's tier, in order."""
        ...

    def open_points(self, member_id: str, fact: Opened) -> bool:
        """Book points that came along with a member; false if they are booked.

        Nothing is read for somebody without a debt: an import books many.
        """
        ...

    def grant_tier(
        self,
        member_id: str,
        tier: tuple[str, Timestamp | None],
        event_id: str,
        at: Timestamp,
    ) -> bool:
        """Give a member a tier that was not won here; false if it was given.

        Args:
            member_id: who.
            tier: its key, and until when it is kept; None for as long as it may be.
            event_id: gives it once.
            at: when.
        """
        ...

    def forfeit(self, ids: Sequence[str], event_id: str, at: Timestamp) -> int:
        """Take a person's points and tier away for good; return the points."""
        ...

    def add_programme(self, version: ProgrammeVersion) -> None:
        """Bring a version into force; its number is one above the last."""
        ...

    def add_facts(self, sale_id: str, facts: TicketFacts) -> None:
        """Keep what a ticket told its member, so that a reprint tells the same."""
        ...

    def add_notice(self, notice: Notice) -> bool:
        """Store that a member is to be told something; false if that was stored."""
        ...

    def members_with_points_due(self, at: Timestamp, limit: int) -> Sequence[str]:
        """Return ids with points that are over, or waited long enough, unwritten."""
        ...

    def members_with_ending_points(
        self, period: Period, after: str, limit: int
    ) -> Sequence[str]:
        """Return ids, in order, whose points end within a period."""
        ...

    def members_with_ended_tiers(self, at: Timestamp, limit: int) -> Sequence[str]:
        """Return ids whose tier is over and not judged yet."""
        ...

    def members_with_ending_tiers(
        self, period: Period, after: str, limit: int
    ) -> Sequence[str]:
        """Return ids, in order, whose tier ends within a period."""
        ...

    def set_night_done(self, day: BusinessDay, step: str, at: Timestamp) -> None:
        """Remember that a step of the night was done for a day."""
        ...
