"""Points that a ticket was paid with or that lowered its price, held to the ledger."""

from __future__ import annotations

from pos_app.domain.loyalty.booking import booked
from pos_app.domain.loyalty.burning import discount_points
from pos_app.domain.loyalty.facts import Burned
from pos_app.domain.loyalty.ledger import PointLedger
from pos_app.domain.loyalty.unit_points import LinePoints, points_of
from pos_app.domain.member.recognition import Recognition, RecognitionPolicy
from pos_app.domain.sale import Sale
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.errors import UserError
from pos_app.services.sale_booking import SaleBooking
from pos_app.values.times import Timestamp


def given_lines(sale: Sale) -> tuple[LinePoints, ...]:
    """Return the points that a ticket burns, by line and unit.

    Raises:
        UserError: "points_given_twice": as a discount and as a tender.
    """
    discount = discount_points(sale)
    paid = [one for one in sale.tenders if one.kind is TenderKind.POINTS]
    if (discount and paid) or len(paid) > 1:
        raise UserError("points_given_twice")
    return discount or tuple(map(paid_points, paid))


def paid_points(tender: TenderLine) -> LinePoints:
    """Return points that paid, laid on the money that they stood for.

    They come back as that money does: what was refunded so far, in minor units, is
    the place from which the next refund goes on, so that all of them are all points.
    """
    points = int(tender.reference)
    return LinePoints(0, tender.amount_minor, is_by_piece=False, runs=((1, points),))


def refuse_unowned(sale: Sale) -> None:
    """Refuse points on a ticket of nobody.

    Raises:
        UserError: "points_without_member".
    """
    if not sale.member_id and given_lines(sale):
        raise UserError("points_without_member")


def burnt(
    booking: SaleBooking, before: PointLedger, ledger: PointLedger
) -> PointLedger:
    """Return the ledger with the points that a ticket was given.

    What the member had while the basket was open is good until the recognition
    fades: points that end at midnight, between the last scan and the money, are not
    taken out of the customer's hand.

    Args:
        booking: the ticket.
        before: of the buyer, before the ticket: what it earns pays it not.
        ledger: of the buyer, with what the ticket earned.

    Raises:
        UserError: "points_not_enough" (asked, active), or "member_burn_needs_more".
    """
    sale = booking.sale
    lines = given_lines(sale)
    if not lines:
        return ledger
    points = points_of(lines)
    policy = booking.unit.points.programme().recognition
    require_burn(booking.recognition, points, sale.ended_at, policy)
    at = sale.ended_at
    active = before.balance(at).active
    if points > active:
        earlier = at.plus_seconds(-policy.fresh_s)
        at = max(sale.started_at, earlier)
        if points > before.balance(at).active:
            raise UserError("points_not_enough", asked=points, active=active)
    return booked(ledger, Burned(sale.sale_id, at, lines))


def require_burn(
    recognition: Recognition | None,
    points: int,
    at: Timestamp,
    policy: RecognitionPolicy,
) -> None:
    """Refuse points to whoever has not proved enough.

    Raises:
        UserError: "member_burn_needs_more" (points, limit, needs).
    """
    if recognition is None:
        is_medium_enough = points <= policy.medium_burn_points
        needs = "medium" if is_medium_enough else "strong"
        raise UserError("member_burn_needs_more", points=points, limit=0, needs=needs)
    recognition.check_burn(points, at, policy)
