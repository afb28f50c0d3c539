"""Lots of points and the moves on them: written once, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.loyalty.unit_points import LinePoints
from pos_app.values.times import Timestamp


class LotKind(StrEnum):
    """Where the points of a lot come from."""

    EARNED = "earned"
    GRACE = "grace"  # given back after the lot that they were taken from had expired
    ADJUSTED = "adjusted"
    OPENED = "opened"  # brought along from the books of another programme
    DEBT = "debt"  # the only kind that goes below zero, and never above it


class MoveKind(StrEnum):
    """What happened to points of a lot."""

    EARN = "earn"
    ACTIVATE = "activate"  # no points: says that the end of waiting was written down
    BURN = "burn"
    EXPIRE = "expire"
    UNEXPIRE = "unexpire"  # what had expired is taken back as not earned, not as owed
    REVERSE_EARN = "reverse_earn"
    RESTORE = "restore"
    ADJUST = "adjust"
    OPEN = "open"  # brought along from the books of another programme
    FORFEIT = "forfeit"  # the person is gone: nobody has these points any more
    REPAY = "repay"  # from a lot to a debt; the two moves are zero together


@dataclass(frozen=True, slots=True)
class PointLot:
    """Points that came together, wait together and expire together.

    Attributes:
        lot_id: `event/kind…`; events are UUIDv7, so that ids sort by time.
        kind: see `LotKind`. event_id: what made it.
        made_at: when. active_at: from when on they can be given.
        expires_at: from when on they cannot; None for never.
        origin: of a grace lot: the earned lot that its points first came from.
    """

    lot_id: str
    kind: LotKind
    event_id: str
    made_at: Timestamp
    active_at: Timestamp
    expires_at: Timestamp | None = None
    origin: str = ""

    @property
    def family(self) -> str:
        """Id of the lot that these points first came from: this one, or `origin`."""
        return self.origin or self.lot_id

    def is_expired(self, moment: Timestamp) -> bool:
        """Tell whether the points are over at a moment."""
        return self.expires_at is not None and self.expires_at <= moment

    def is_active(self, moment: Timestamp) -> bool:
        """Tell whether the points can be given at a moment."""
        is_owed = self.kind is LotKind.DEBT
        return not is_owed and self.active_at <= moment and not self.is_expired(moment)

    def is_pending(self, moment: Timestamp) -> bool:
        """Tell whether the points still wait at a moment."""
        return self.kind is not LotKind.DEBT and moment < self.active_at

    @property
    def burn_order(self) -> tuple[bool, int, str]:
        """Sort key: the earliest expiry first, then the id; without expiry last."""
        if self.expires_at is None:
            return (True, 0, self.lot_id)
        return (False, self.expires_at.unix_ms, self.lot_id)


@dataclass(frozen=True, slots=True)
class PointMove:
    """Points in or out of a lot.

    Attributes:
        move_id: of its fact, part, kind and lot: one thing is never written twice.
        lot_id, kind, at: where, what, when.
        points: signed. event_id: the sale, return or job that moved them.
        of_move: the move that it undoes or answers; "" for none.
        position, start, end: the part of a sale's line that came back, in
            thousandths of its unit; all zero for what is no return.
    """

    move_id: str
    lot_id: str
    kind: MoveKind
    at: Timestamp
    points: int
    event_id: str
    of_move: str = ""
    position: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class PointSplit:
    """How the points of a sale lie on its single units; stored for its returns.

    Attributes:
        event_id: the sale. kind: EARN or BURN. lines: those that carry points.
    """

    event_id: str
    kind: MoveKind
    lines: tuple[LinePoints, ...]


def lot_of_event(event_id: str, kind: LotKind) -> str:
    """Return the id of the one lot of a kind that an event makes for itself."""
    return f"{event_id}/{kind}"
