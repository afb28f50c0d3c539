"""Settles a ticket with its customer: value, coupons, points, rewards, at once.

All of it lies in the ticket's own transaction (law 1): either the sale ended and its
points are there, or neither.
"""

from __future__ import annotations

from pos_app.domain.loyalty.ticket_facts import TicketFacts
from pos_app.services.campaign_sale import book_campaign
from pos_app.services.coupon_papers import queue_given
from pos_app.services.coupon_sale import book_coupon
from pos_app.services.exchanged_goods import note_exchanges
from pos_app.services.points_sale import book_points
from pos_app.services.sale_booking import SaleBooking
from pos_app.services.value_sale import book_value


def settle(booking: SaleBooking) -> TicketFacts:
    """Book everything that a ticket does to members; on the core thread.

    Called after `unit.add_sale`, for sales, returns, exchanges and mirrored sales.

    Raises:
        UserError: what a ledger refuses (value or a coupon used meanwhile); then
            nothing of the ticket was stored.
    """
    note_exchanges(booking)
    book_value(booking)
    book_coupon(booking)
    book_points(booking)
    book_campaign(booking)
    queue_given(booking)
    if booking.facts != TicketFacts():
        booking.unit.points.add_facts(booking.sale.sale_id, booking.facts)
    return booking.facts
