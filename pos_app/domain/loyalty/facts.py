"""What can happen to a member's points: the facts that the ledger is written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pos_app.domain.loyalty.unit_points import LinePoints
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class Earned:
    """A sale earned points.

    Attributes:
        event_id: the sale. at: when it ended. lines: points by line and unit.
        active_at, expires_at: of the lot; see `expiry`.
    """

    event_id: str
    at: Timestamp
    lines: tuple[LinePoints, ...]
    active_at: Timestamp
    expires_at: Timestamp | None = None


@dataclass(frozen=True, slots=True)
class Burned:
    """Points were given, as a discount or as a tender.

    Attributes:
        event_id: the sale. at: when it ended. lines: points by line and unit.
        is_accepted: the goods are gone already (sold without a connection): what is
            not there becomes a debt. Otherwise more than is active is refused.
    """

    event_id: str
    at: Timestamp
    lines: tuple[LinePoints, ...]
    is_accepted: bool = False


@dataclass(frozen=True, slots=True)
class PartReturned:
    """A part of a sold line came back (see `ReturnOrigin`).

    Attributes:
        event_id: the return. at: when. sale_id: of which sale.
        position: of the sale's line; 0 for what belongs to no line.
        start, end: the part, in thousandths of the line's unit.
        grace_until: end of the points that come back to an expired lot; None where
            the shop gives no grace: then they expire at once.
        takes, gives: whether what it earned goes, and what it burned comes back; of
            goods that were exchanged each happens with another ticket.
    """

    event_id: str
    at: Timestamp
    sale_id: str
    position: int
    start: int
    end: int
    grace_until: Timestamp | None = None
    takes: bool = True
    gives: bool = True


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Two people changed the points by hand.

    Attributes:
        event_id: of the change. at: when. points: signed, not zero.
        reason: key of the reason. by, approved_by: staff ids, two people.
        expires_at: of points that are added; None for never.
        is_accepted: as in `Burned`, for points that are taken.
    """

    event_id: str
    at: Timestamp
    points: int
    reason: str
    by: str
    approved_by: str
    expires_at: Timestamp | None = None
    is_accepted: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """Points came along from the books of another programme.

    Attributes:
        event_id: of the member's line. at: when. points: above zero.
        expires_at: None for never.
    """

    event_id: str
    at: Timestamp
    points: int
    expires_at: Timestamp | None = None


@dataclass(frozen=True, slots=True)
class Forfeited:
    """The member was erased: nobody can give these points, and nobody owes any.

    Attributes:
        event_id: of the erasure. at: when.
    """

    event_id: str
    at: Timestamp


@dataclass(frozen=True, slots=True)
class DayEnded:
    """The nightly job ran: what is over is taken out, what waited long enough is told.

    Attributes:
        event_id: of the run. at: the moment that it settles, the end of a day.
    """

    event_id: str
    at: Timestamp


PointFact: TypeAlias = (
    Earned | Burned | PartReturned | Adjusted | Opened | Forfeited | DayEnded
)
