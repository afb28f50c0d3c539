"""What a ticket earns, by the programme that is in force when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from pos_app.domain.loyalty.booking import booked
from pos_app.domain.loyalty.earn_rule import EarnOccasion, EarnRule
from pos_app.domain.loyalty.earning import (
    carried_minor,
    earn,
    earn_lines,
    excluded_minor,
)
from pos_app.domain.loyalty.facts import Earned
from pos_app.domain.loyalty.ledger import PointLedger
from pos_app.domain.loyalty.programme import REWARD, Programme
from pos_app.domain.loyalty.shop_calendar import end_of, local_day, start_of
from pos_app.domain.sale import Sale
from pos_app.ports.points import PointWriter
from pos_app.services.sale_booking import SaleBooking
from pos_app.services.tier_benefits import tier_of
from pos_app.values.times import Period, Timestamp


def day_of(at: Timestamp, zone: ZoneInfo) -> Period:
    """Return the shop's calendar day around a moment: caps are held against it."""
    today = local_day(at, zone)
    return Period(start_of(today, zone), end_of(today, zone))


def earned(
    booking: SaleBooking, programme: Programme, ids: Sequence[str], ledger: PointLedger
) -> PointLedger:
    """Return the ledger with what a ticket earns for its buyer.

    Args:
        booking: the ticket.
        programme: in force.
        ids: of the buyer.
        ledger: of the buyer, before the ticket.
    """
    unit, sale = booking.unit, booking.sale
    rule = programme.earning(unit.campaigns.earn_percent(tuple(ids), sale.sale_id))
    if rule is None:
        return ledger
    zone = booking.zone
    occasion = EarnOccasion(
        moment=sale.started_at,
        tier=tier_of(unit.points, ids),
        campaigns=frozenset({REWARD}),
        is_newcomer=not unit.points.has_bought(ids),
        paid_minor=sale.priced.total_minor,
        excluded_minor=_excluded(unit.points, sale, rule),
        earned_today=unit.points.earned(ids, day_of(sale.ended_at, zone)),
    )
    earning = earn(rule, earn_lines(sale, rule, booking.above), occasion)
    fact = Earned(
        sale.sale_id,
        sale.ended_at,
        earning.lines,
        programme.life.active_at(sale.ended_at, zone),
        programme.life.expires_at(sale.ended_at, zone),
    )
    return booked(ledger, fact)


def _excluded(points: PointWriter, sale: Sale, rule: EarnRule) -> int:
    """Return what of a ticket earns nothing: by its tenders, and by an exchange's.

    Goods bought by gift card and exchanged for others do not begin to earn.
    """
    carried = 0
    for line in sale.returns:
        if line.origin is None or not rule.excluded_tenders:
            continue
        paid, excluded = points.paid_by(line.origin.sale_id, rule.excluded_tenders)
        was = EarnOccasion(sale.started_at, paid_minor=paid, excluded_minor=excluded)
        carried += carried_minor(line.paid_minor, was)
    return min(excluded_minor(sale, rule) + carried, sale.priced.total_minor)
