"""Books what a ticket makes due by rules: rewards, referrals, in the ticket's transaction."""

from __future__ import annotations

from pos_app.services.sale_booking import SaleBooking


def book_campaign(booking: SaleBooking) -> None:
    """Book what a ticket makes due by rules: rewards, referrals; on the core thread.

    Args:
        booking: the ticket and its transaction.
    """
