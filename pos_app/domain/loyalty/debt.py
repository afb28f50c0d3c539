"""Debts: points that were spent and then lost their reason; what comes in repays them.

A debt is repaid at once from whatever the member has, the earliest expiry first, and
from points that still wait. So nobody has points to give and a debt at one time.
"""

from __future__ import annotations

from pos_app.domain.loyalty.ledger import PointLedger, Written
from pos_app.domain.loyalty.lot import (
    LotKind,
    MoveKind,
    PointLot,
    PointMove,
    lot_of_event,
)
from pos_app.values.times import Timestamp


def debt_lot(event_id: str, at: Timestamp) -> PointLot:
    """Return the lot in which an event writes what is owed."""
    return PointLot(
        lot_of_event(event_id, LotKind.DEBT), LotKind.DEBT, event_id, at, at
    )


def settled(ledger: PointLedger, event_id: str, at: Timestamp) -> PointLedger:
    """Repay the debts, the oldest first, from all that is active or waits.

    Args:
        ledger: as the event left it.
        event_id: what brought points or debts.
        at: when.
    """
    if all(points >= 0 for points in ledger.left.values()):
        return ledger
    waiting = [
        lot
        for lot in ledger.lots.values()
        if lot.is_pending(at)
        and ledger.left[lot.lot_id] > 0
        and not ledger.owner_of(lot)
    ]
    waiting.sort(key=lambda lot: (lot.active_at, lot.burn_order))
    for lot in [*ledger.usable(at), *waiting]:
        ledger = repaid_from(ledger, lot, event_id, at)
    return ledger


def repaid_from(
    ledger: PointLedger, lot: PointLot, event_id: str, at: Timestamp
) -> PointLedger:
    """Repay the debts, the oldest first, as far as one lot reaches.

    Nobody's points repay what somebody else owes.
    """
    if ledger.owner_of(lot):
        return ledger
    owing = sorted(
        key
        for key, points in ledger.left.items()
        if points < 0 and not ledger.owner_of(ledger.lots[key])
    )
    moves: list[PointMove] = []
    left = ledger.left[lot.lot_id]
    for debt_id in owing:
        points = min(left, -ledger.left[debt_id])
        if points <= 0:
            break
        left -= points
        # An event can repay one debt from one lot in several steps, one for each
        # part that it brings back; the count of those before names the step.
        step = len(ledger.moves_of(event_id, MoveKind.REPAY))
        key = f"{event_id}/{MoveKind.REPAY}/{step}/{debt_id}/{lot.lot_id}"
        moves += [
            PointMove(f"{key}/from", lot.lot_id, MoveKind.REPAY, at, -points, event_id),
            PointMove(f"{key}/to", debt_id, MoveKind.REPAY, at, points, event_id),
        ]
    return ledger.plus(Written(moves=tuple(moves))) if moves else ledger
