"""What a ticket does to a member's tier: up at once, back by goods that come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.ticket_facts import TicketFacts
from pos_app.domain.loyalty.tier import (
    MetricEntry,
    TierPlan,
    metric_at,
    missing_to_next,
)
from pos_app.domain.loyalty.tier_moves import (
    TierMove,
    after_return,
    after_sale,
    entry_coupons,
    standing,
)
from pos_app.domain.returned_line import ReturnedLine, ReturnOrigin
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.ports.points import PointBooks
from pos_app.services.coupon_giving import give_coupons
from pos_app.services.sale_booking import SaleBooking
from pos_app.values.times import Timestamp


class Concerned(Protocol):
    """Whom a ticket concerns; see `points_sale.Part`."""

    ids: tuple[str, ...]
    member_id: str
    is_buyer: bool
    returns: list[tuple[ReturnedLine, ReturnOrigin]]


@dataclass(frozen=True, slots=True)
class TierState:
    """How a person stands before a ticket is looked at.

    Attributes:
        plan: the tiers. moves: until now. entries: of the while that counts.
    """

    plan: TierPlan
    moves: Sequence[TierMove]
    entries: Sequence[MetricEntry]


def tier_state(
    books: PointBooks, ids: Sequence[str], plan: TierPlan, at: Timestamp
) -> TierState:
    """Return a person's moves and what counts for the tier, now and at upgrades."""
    moves = books.tier_moves(ids)
    since = min((move.at for move in moves[-4:]), default=at)
    start = plan.span(min(since, at)).start
    assert start is not None
    return TierState(plan, moves, books.metric_entries(ids, start))


def book_tier(
    booking: SaleBooking,
    programme: Programme,
    part: Concerned,
    told: tuple[str, TicketFacts],
) -> TicketFacts:
    """Count a ticket for a person's tier, and move it.

    The metric is counted in a shop without tiers, too: once it has some, what was
    bought before is not forgotten.

    Args:
        booking: the ticket.
        programme: in force.
        part: whom it concerns, and how.
        told: id of the event, and what the ticket did so far.

    Returns:
        What the ticket did, with the tier.
    """
    event, facts = told
    sale, points = booking.sale, booking.unit.points
    _count(booking, part)
    if not programme.tiers:
        return facts
    at = sale.ended_at
    plan = programme.plan(booking.zone)
    state = tier_state(points, part.ids, plan, at)
    written: list[TierMove] = []
    if part.is_buyer:
        up = after_sale(plan, state.moves, state.entries, (event, at))
        written += [up] if up else []
    if part.returns and not written:
        written += after_return(plan, state.moves, state.entries, (event, at))
    points.add_tier_moves(part.ids[0], written)
    for move in written:
        note_tier(booking.unit, part.member_id, move, booking.stamp)
        due = entry_coupons(plan, state.moves, move)
        given = give_coupons(booking, part.member_id, due, event, "tier") if due else ()
        facts = replace(facts, coupons=(*facts.coupons, *given))
    before = standing(state.moves).tier
    now = written[-1].to_tier if written else before
    above = missing_to_next(plan, now, metric_at(plan, state.entries, at))
    return replace(
        facts,
        tier=now,
        tier_before=before,
        next_tier=above.tier.key if above else "",
        missing=above.amount if above else 0,
    )


def _count(booking: SaleBooking, part: Concerned) -> None:
    """Write what a ticket adds to the metric, and what its returns take off it."""
    sale, points = booking.sale, booking.unit.points
    if part.is_buyer:
        entry = MetricEntry(
            sale.sale_id,
            sale.sale_id,
            sale.ended_at,
            sale.ended_at,
            sale.priced.total_minor,
        )
        points.add_metric(part.member_id, entry)
    back: dict[str, int] = {}
    for line, origin in part.returns:
        minor = line.net_minor + line.tax_minor  # as it was counted: no coins in it
        back[origin.sale_id] = back.get(origin.sale_id, 0) + minor
    for sale_id, minor in back.items():
        whole = points.metric_of(sale_id)
        sold = next((one for one in whole if one.entry_id == sale_id), None)
        if sold is None or not minor:
            continue
        entry = MetricEntry(
            f"{sale.sale_id}/{sale_id}", sale_id, sold.sold_at, sale.ended_at, -minor
        )
        points.add_metric(part.member_id, entry)


def note_tier(unit: UnitOfWork, member_id: str, move: TierMove, stamp: Stamp) -> None:
    """Write a change of a tier into the chain; ids only."""
    body: dict[str, object] = {
        "member": member_id,
        "event": move.event_id,
        "why": move.kind.value,
        "from": move.from_tier,
        "to": move.to_tier,
    }
    unit.append(EntryKind.TIER_CHANGED, body, stamp)
