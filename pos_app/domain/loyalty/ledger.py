"""The points of one member in one programme: lots, moves, and sums of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pos_app.domain.loyalty.lot import (
    LotKind,
    MoveKind,
    PointLot,
    PointMove,
    PointSplit,
)
from pos_app.values.times import Period, Timestamp


@dataclass(frozen=True, slots=True)
class Balance:
    """Points at a moment.

    Attributes:
        active: can be given. pending: earned, still waiting. debt: owed, above zero.
        lapsed: expired, but the nightly job has not written it yet.
    """

    active: int = 0
    pending: int = 0
    debt: int = 0
    lapsed: int = 0

    @property
    def total(self) -> int:
        """The sum of all moves."""
        return self.active + self.pending + self.lapsed - self.debt


@dataclass(frozen=True, slots=True)
class Written:
    """What a fact added to the ledger: the rows to store, and nothing else."""

    lots: tuple[PointLot, ...] = ()
    moves: tuple[PointMove, ...] = ()
    splits: tuple[PointSplit, ...] = ()

    @property
    def points(self) -> int:
        """By how much the balance changed."""
        return sum(move.points for move in self.moves)


@dataclass(frozen=True, slots=True)
class PointLedger:
    """All lots and moves, in the order in which they were written.

    Attributes:
        lots: by id. moves: by id. splits: by event and kind.
        left: the projection: what is left in each lot, below zero in a debt.
        others: lots of somebody who was this person only for a while (a merge that
            was a mistake), by owner: what they gave goes back to them, and nothing
            else of this person touches them.
    """

    lots: Mapping[str, PointLot] = field(default_factory=dict)
    moves: Mapping[str, PointMove] = field(default_factory=dict)
    splits: Mapping[tuple[str, MoveKind], PointSplit] = field(default_factory=dict)
    left: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Written) -> PointLedger:
        """Build the ledger of stored rows, whatever their order and repeats."""
        return cls().plus(rows)

    def owner_of(self, lot: PointLot) -> str:
        """Return the other member whose lot this is; "" for this person's own."""
        return self.others.get(lot.lot_id) or self.others.get(lot.origin, "")

    def plus(self, rows: Written) -> PointLedger:
        """Return the ledger with more rows; those that it has already change nothing.

        A row with a known id must say the same as the known one.
        """
        lots, moves, left = dict(self.lots), dict(self.moves), dict(self.left)
        splits = dict(self.splits)
        for lot in rows.lots:
            assert lots.setdefault(lot.lot_id, lot) == lot
            left.setdefault(lot.lot_id, 0)
        for move in rows.moves:
            if move.move_id in moves:
                assert moves[move.move_id] == move
                continue
            moves[move.move_id] = move
            left[move.lot_id] = left.get(move.lot_id, 0) + move.points
        for split in rows.splits:
            assert splits.setdefault((split.event_id, split.kind), split) == split
        return replace(self, lots=lots, moves=moves, splits=splits, left=left)

    def since(self, before: PointLedger) -> Written:
        """Return the rows that were added to an earlier state of this ledger."""
        return Written(
            tuple(lot for key, lot in self.lots.items() if key not in before.lots),
            tuple(move for key, move in self.moves.items() if key not in before.moves),
            tuple(one for key, one in self.splits.items() if key not in before.splits),
        )

    def balance(self, moment: Timestamp) -> Balance:
        """Add up the moves until a moment, by what their lots are at that moment."""
        active = pending = debt = lapsed = 0
        for move in self.moves.values():
            if move.at > moment:
                continue
            lot = self.lots[move.lot_id]
            if self.owner_of(lot):
                continue
            if lot.kind is LotKind.DEBT:
                debt -= move.points
            elif lot.is_expired(moment):
                lapsed += move.points
            elif lot.is_active(moment):
                active += move.points
            else:
                pending += move.points
        return Balance(active, pending, debt, lapsed)

    def burned(self, period: Period) -> int:
        """Return the points given within a period and not given back since."""
        burns = {
            move.move_id: -move.points
            for move in self.moves.values()
            if move.kind is MoveKind.BURN and period.covers(move.at)
        }
        restored = sum(
            move.points
            for move in self.moves.values()
            if move.kind is MoveKind.RESTORE and move.of_move in burns
        )
        return sum(burns.values()) - restored

    def earned(self, period: Period) -> int:
        """Return the points earned within a period, before returns."""
        return sum(
            move.points
            for move in self.moves.values()
            if move.kind is MoveKind.EARN and period.covers(move.at)
        )

    def usable(self, moment: Timestamp) -> list[PointLot]:
        """Return the active lots that are not empty, in the order of burning."""
        own = (lot for lot in self.lots.values() if not self.owner_of(lot))
        lots = (lot for lot in own if lot.is_active(moment))
        return sorted(
            (lot for lot in lots if self.left[lot.lot_id] > 0),
            key=lambda lot: lot.burn_order,
        )

    def moves_of(self, event_id: str, kind: MoveKind) -> list[PointMove]:
        """Return the moves of one kind that an event made, in order."""
        return [
            move
            for move in self.moves.values()
            if move.event_id == event_id and move.kind is kind
        ]

    def has(self, event_id: str, kind: MoveKind) -> bool:
        """Tell whether an event's earning or burning is in the books."""
        return (event_id, kind) in self.splits

    def check(self) -> None:
        """Assert that the projection is the sum, and that only debts are below zero."""
        sums: dict[str, int] = dict.fromkeys(self.lots, 0)
        for move in self.moves.values():
            sums[move.lot_id] += move.points
        assert sums == dict(self.left)
        for lot_id, points in sums.items():
            is_debt = self.lots[lot_id].kind is LotKind.DEBT
            assert points <= 0 if is_debt else points >= 0
        owed = sum(_of_kind(self.moves.values(), MoveKind.REPAY))
        assert owed == 0


def _of_kind(moves: Iterable[PointMove], kind: MoveKind) -> list[int]:
    return [move.points for move in moves if move.kind is kind]
