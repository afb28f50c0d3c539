"""Points that are given for something else than a basket, such as a coupon."""

from __future__ import annotations

from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.booking import booked
from pos_app.domain.loyalty.facts import Burned
from pos_app.domain.loyalty.unit_points import whole
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.person import person_ids


def spend_points(
    unit: UnitOfWork, member_id: str, points: int, event_id: str, stamp: Stamp
) -> None:
    """Take points of a person for something that comes back whole or not at all.

    What the recognition allows has been asked by whoever calls (`require_burn`).

    Args:
        unit: the transaction.
        member_id: whose.
        points: above zero.
        event_id: takes them once.
        stamp: who, when.

    Raises:
        UserError: "points_not_enough" (asked, active).
    """
    ids = person_ids(unit.members, member_id)
    before = unit.points.slice(ids, (event_id,))
    after = booked(before, Burned(event_id, stamp.at, whole(points)))
    rows = after.since(before)
    if not rows.moves:
        return
    unit.points.add(member_id, rows)
    body = {"event": event_id, "member": member_id, "burned": points, "earned": 0}
    unit.append(EntryKind.POINTS_BOOKED, body, stamp)
