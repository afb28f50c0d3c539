"""Books what a ticket does to stored value, in the ticket's transaction."""

from __future__ import annotations

from pos_app.services.sale_booking import SaleBooking


def book_value(booking: SaleBooking) -> None:
    """Book what a ticket does to stored value; on the core thread.

    Args:
        booking: the ticket and its transaction.
    """
