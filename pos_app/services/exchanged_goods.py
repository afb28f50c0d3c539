"""Goods exchanged at the price that was paid: they take the place of what they were.

What a coupon and points had lowered stays lowered, so neither comes back with an
exchange: they come back when the goods do that were given for it, however often those
were exchanged again. So each share is given back once, and to whom it belonged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pos_app.domain.loyalty.ticket_facts import Exchanged
from pos_app.domain.reduction import OverrideCause
from pos_app.services.sale_booking import SaleBooking
from pos_app.values.quantity import to_thousandths


@dataclass(frozen=True, slots=True)
class CameBack:
    """What a ticket brings back of the goods of a sale, exchanges followed.

    Attributes:
        sale_id: of which sale.
        before, after: thousandths by line of it, without the ticket and with it.
    """

    sale_id: str
    before: Mapping[int, int]
    after: Mapping[int, int]

    def parts(self) -> Iterator[tuple[int, int, int]]:
        """Yield position, start and end of what comes back with the ticket."""
        for position, end in self.after.items():
            start = self.before.get(position, 0)
            if start < end:
                yield position, start, end


def note_exchanges(booking: SaleBooking) -> None:
    """Say of a ticket which goods it gave in the place of others.

    Only of goods that a coupon or points had lowered, or that were given for such.
    """
    basket, sale = booking.basket, booking.sale
    if basket is None or not sale.returns:
        return
    back = {line.line_id: line.origin for line in basket.returns}
    position = {line.priced.line_id: at for at, line in enumerate(sale.lines, 1)}
    found = []
    for line in basket.lines:
        origin, override = back.get(line.exchange_for), line.override
        if origin is None or override is None:
            continue
        is_kept = override.cause is OverrideCause.EXCHANGE
        if is_kept and _was_lowered(booking, origin.sale_id):
            quantity = to_thousandths(line.quantity)
            place = (origin.sale_id, origin.line_position, quantity)
            found.append(Exchanged(position[line.line_id], *place))
    if found:
        booking.facts = replace(booking.facts, exchanged=tuple(found))


def _was_lowered(booking: SaleBooking, sale_id: str) -> bool:
    unit = booking.unit
    return bool(
        unit.points.has_burned(sale_id)
        or unit.coupons.redeemed_in(sale_id)
        or unit.points.exchanged_in(sale_id)
    )


def came_back(booking: SaleBooking) -> tuple[CameBack, ...]:
    """Return what a ticket brings back, by the sale; after `note_exchanges`."""
    waiting = list(dict.fromkeys(_origins(booking)))
    found: dict[str, CameBack] = {}
    while waiting:
        sale_id = waiting.pop(0)
        if sale_id in found:
            continue
        before = _net(booking, sale_id, with_ticket=False)
        after = _net(booking, sale_id, with_ticket=True)
        found[sale_id] = CameBack(sale_id, before, after)
        waiting += [x.sale_id for x in booking.unit.points.exchanged_in(sale_id)]
    return tuple(found.values())


def _origins(booking: SaleBooking) -> Iterator[str]:
    for line in booking.sale.returns:
        if line.origin is not None:
            yield line.origin.sale_id


def _net(booking: SaleBooking, sale_id: str, *, with_ticket: bool) -> dict[int, int]:
    """Return what came back of a sale's lines, less what others were given for.

    What was given for them, and came back later, came back of the sale.
    """
    unit = booking.unit
    net = dict(unit.coupons.taken(sale_id))
    for ticket_id, one in unit.points.exchanged_for(sale_id):
        back = _net(booking, ticket_id, with_ticket=with_ticket)
        still_out = max(one.thousandths - back.get(one.position, 0), 0)
        net[one.sale_position] -= still_out
    if with_ticket:
        for one in booking.facts.exchanged:
            if one.sale_id == sale_id:
                net[one.sale_position] -= one.thousandths
        return net
    for line in booking.sale.returns:
        if line.origin is not None and line.origin.sale_id == sale_id:
            net[line.origin.line_position] -= to_thousandths(line.quantity)
    return net
