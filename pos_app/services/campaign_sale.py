"""Books what a ticket makes due by rules: rewards, referrals, in the ticket's transaction."""

from __future__ import annotations

from pos_app.services.campaign_referral import note_order, note_return
from pos_app.services.reward_giving import Giving
from pos_app.services.sale_booking import SaleBooking
from pos_app.services.segment_refresh import refresh_member


def book_campaign(booking: SaleBooking) -> None:
    """Book what a ticket makes due by rules: rewards, referrals; on the core thread.

    Args:
        booking: the ticket and its transaction.
    """
    unit, sale = booking.unit, booking.sale
    giving = Giving(unit, booking.desk, booking.stamp, booking.zone)
    if sale.member_id and sale.lines:
        ids = unit.members.ids_of(sale.member_id)
        unit.campaigns.use_earn_percent(ids, sale.sale_id)
        note_order(giving, sale, booking.shop.policy.return_days)
    origins = _origins(booking)
    for sale_id in origins:
        note_return(giving, sale_id, sale.sale_id)
    concerned = set(unit.campaigns.members_of_sales(origins)) if origins else set()
    for member_id in sorted(concerned | {sale.member_id} - {""}):
        refresh_member(unit, member_id, sale.business_day)


def _origins(booking: SaleBooking) -> list[str]:
    """Return the tickets of which goods came back in this one."""
    found = {
        each.origin.sale_id for each in booking.sale.returns if each.origin is not None
    }
    if booking.sale.reverses:
        found.add(booking.sale.reverses)
    return sorted(found - {""})
