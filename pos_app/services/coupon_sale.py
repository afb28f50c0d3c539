"""Books what a ticket does to coupons, in the ticket's transaction."""

from __future__ import annotations

from pos_app.services.sale_booking import SaleBooking


def book_coupon(booking: SaleBooking) -> None:
    """Book what a ticket does to coupons; on the core thread.

    Args:
        booking: the ticket and its transaction.
    """
