"""Books what a ticket does to points and tiers, in the ticket's transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.booking import booked
from pos_app.domain.loyalty.debt import settled
from pos_app.domain.loyalty.expiry import ending_soon
from pos_app.domain.loyalty.facts import PartReturned
from pos_app.domain.loyalty.ledger import PointLedger
from pos_app.domain.loyalty.lot import MoveKind
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.ticket_facts import TicketFacts
from pos_app.domain.returned_line import ReturnedLine, ReturnOrigin
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.services.exchanged_goods import CameBack, came_back
from pos_app.services.person import person_ids
from pos_app.services.points_given import burnt, refuse_unowned
from pos_app.services.points_won import earned
from pos_app.services.sale_booking import SaleBooking
from pos_app.services.tier_sale import book_tier
from pos_app.values.quantity import to_thousandths


@dataclass(slots=True)
class Part:
    """What a ticket does to one person.

    Attributes:
        ids: of the person. member_id: under which the ticket's rows are booked.
        is_buyer: whether goods were sold to the person.
        returns: goods that the person had bought, with where they come from.
        refunds: points that had paid and go back.
        back: which goods of the person's sales really came back.
    """

    ids: tuple[str, ...]
    member_id: str
    is_buyer: bool = False
    returns: list[tuple[ReturnedLine, ReturnOrigin]] = field(default_factory=list)
    refunds: list[TenderLine] = field(default_factory=list)
    back: list[CameBack] = field(default_factory=list)


def book_points(booking: SaleBooking) -> None:
    """Book what a ticket does to points and tiers; on the core thread.

    Goods that come back are booked for whoever they were sold to, whoever brings
    them. Nothing is booked twice: each part of a line counts once.

    Args:
        booking: the ticket and its transaction.

    Raises:
        UserError: "points_not_enough", "points_without_member" or
            "member_burn_needs_more" where points were given that are not there, or
            whose member has to prove more.
    """
    sale = booking.sale
    parts = _parts(booking)
    refuse_unowned(sale)
    programme = booking.unit.points.programme()
    for part in parts:
        is_first = part is parts[0]
        event = sale.sale_id if is_first else f"{sale.sale_id}/{part.ids[0]}"
        ledger, told = _points(booking, programme, part, event)
        told = book_tier(booking, programme, part, (event, told))
        _journal(booking, programme, part, told)
        _forfeit_of_erased(booking, part, event)
        if is_first:
            booking.facts = _with_points(booking, ledger, told)


def _parts(booking: SaleBooking) -> list[Part]:
    """Return whom a ticket concerns, the buyer first."""
    unit, sale = booking.unit, booking.sale
    found: dict[str, Part] = {}
    if sale.member_id:
        ids = person_ids(unit.members, sale.member_id)
        found[ids[0]] = Part(ids, sale.member_id, is_buyer=bool(sale.lines))
    for line in sale.returns:
        part = _owner(booking, found, line.origin.sale_id if line.origin else "")
        if part and line.origin:
            part.returns.append((line, line.origin))
    for back in came_back(booking):
        part = _owner(booking, found, back.sale_id)
        if part:
            part.back.append(back)
    for refund in filter(_is_points, sale.refunds):
        part = _owner(booking, found, refund.account_id)
        if part:
            part.refunds.append(refund)
    return list(found.values())


def _owner(booking: SaleBooking, found: dict[str, Part], sale_id: str) -> Part | None:
    """Return the part of whom a sale was booked for; None for nobody."""
    unit = booking.unit
    owner = unit.points.owner_of(sale_id) if sale_id else ""
    if not owner:
        return None
    ids = person_ids(unit.members, owner)
    return found.setdefault(ids[0], Part(ids, owner))


def _is_points(tender: TenderLine) -> bool:
    return tender.kind is TenderKind.POINTS


def _points(
    booking: SaleBooking, programme: Programme, part: Part, event: str
) -> tuple[PointLedger, TicketFacts]:
    """Book the points of a person; return the ledger after, and what happened."""
    unit = booking.unit
    events = {event, *(origin.sale_id for _, origin in part.returns)}
    events |= {back.sale_id for back in part.back}
    events |= {refund.account_id for refund in part.refunds}
    before = ledger = unit.points.slice(part.ids, events)
    if part.is_buyer:
        ledger = earned(booking, programme, part.ids, ledger)
        ledger = burnt(booking, before, ledger)
    for fact in _facts_back(booking, programme, part, event):
        ledger = booked(ledger, fact)
    rows = ledger.since(before)
    unit.points.add(part.member_id, rows)
    _settle_others(booking, ledger, event)
    sums = dict.fromkeys(MoveKind, 0)
    for move in rows.moves:
        sums[move.kind] += move.points
    return ledger, TicketFacts(
        member_id=part.member_id,
        earned=sums[MoveKind.EARN],
        burned=-sums[MoveKind.BURN],
        taken_back=-sums[MoveKind.REVERSE_EARN],
        given_back=sums[MoveKind.RESTORE],
    )


def _settle_others(booking: SaleBooking, ledger: PointLedger, event: str) -> None:
    """Let points that went back to somebody else repay what they owe themselves."""
    unit = booking.unit
    for owner in sorted(set(ledger.others.values())):
        ids = person_ids(unit.members, owner)
        mine = f"{event}/{ids[0]}"
        before = unit.points.slice(ids, (mine,))
        after = settled(before, mine, booking.sale.ended_at)
        unit.points.add(ids[0], after.since(before))


def _facts_back(
    booking: SaleBooking, programme: Programme, part: Part, event: str
) -> Iterator[PartReturned]:
    """Yield what comes back of a person's sales: parts of lines, points that paid."""
    sale = booking.sale
    zone = booking.zone
    grace_until = programme.life.grace_until(sale.ended_at, zone)
    came = [(x.sale_id, *place) for x in part.back for place in x.parts()]
    for line, origin in part.returns:
        start = origin.taken_before_thousandths
        end = start + to_thousandths(line.quantity)
        place = (origin.sale_id, origin.line_position, start, end)
        is_whole = place in came
        if is_whole:
            came.remove(place)
        fact = PartReturned(event, sale.ended_at, *place, grace_until)
        yield fact if is_whole else replace(fact, gives=False)
    for place in came:  # of goods that were exchanged since
        fact = PartReturned(event, sale.ended_at, *place, grace_until)
        yield replace(fact, takes=False)
    told: dict[str, int] = {}
    for refund in part.refunds:
        origin_id = refund.account_id
        earlier = booking.unit.points.refunded_before(origin_id, sale.sale_id)
        start = earlier + told.get(origin_id, 0)
        told[origin_id] = told.get(origin_id, 0) + refund.amount_minor
        place = (origin_id, 0, start, start + refund.amount_minor)
        yield PartReturned(event, sale.ended_at, *place, grace_until)


def _forfeit_of_erased(booking: SaleBooking, part: Part, event: str) -> None:
    """Take away what came back to somebody who was erased: nobody can give it."""
    unit, at = booking.unit, booking.sale.ended_at
    record = unit.members.of(part.ids[0])
    if record is None or record.member.erased_at is None:
        return
    points = unit.points.forfeit(part.ids, f"{event}/erased", at)
    if points:
        body = {"members": list(part.ids), "points": points, "coupons": 0}
        told = {**body, "event_id": f"{event}/erased", "sale": booking.sale.sale_id}
        unit.append(EntryKind.MEMBER_ERASED, told, booking.stamp)


def _with_points(
    booking: SaleBooking, ledger: PointLedger, told: TicketFacts
) -> TicketFacts:
    """Return the words of the ticket with those of its points and tier."""
    at = booking.sale.ended_at
    zone = booking.zone
    balance = ledger.balance(at)
    left = [(lot, ledger.left[lot.lot_id]) for lot in ledger.lots.values()]
    expiring, expires_on = ending_soon(left, at, zone)
    facts = booking.facts
    return replace(
        told,
        active=balance.active,
        pending=balance.pending,
        debt=balance.debt,
        expiring=expiring,
        expires_on=expires_on,
        coupons=(*facts.coupons, *told.coupons),
        values=facts.values,
        exchanged=facts.exchanged,
    )


def _journal(
    booking: SaleBooking, programme: Programme, part: Part, told: TicketFacts
) -> None:
    """Write what happened to points into the chain; ids and numbers only."""
    moved: dict[str, object] = {
        "earned": told.earned,
        "burned": told.burned,
        "taken_back": told.taken_back,
        "given_back": told.given_back,
    }
    if not any(moved.values()):
        return
    body = {
        "sale": booking.sale.sale_id,
        "member": part.member_id,
        "programme": programme.version,
        **moved,
    }
    booking.unit.append(EntryKind.POINTS_BOOKED, body, booking.stamp)
