"""Books what a ticket does to points and tiers, in the ticket's transaction."""

from __future__ import annotations

from pos_app.services.sale_booking import SaleBooking


def book_points(booking: SaleBooking) -> None:
    """Book what a ticket does to points and tiers; on the core thread.

    Args:
        booking: the ticket and its transaction.
    """
