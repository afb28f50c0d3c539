"""What of a finished sale can still come back, and what of it is held elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from pos_app.domain.basket import Basket
from pos_app.domain.intents_together import apply_all
from pos_app.domain.line_rates import LineRates
from pos_app.domain.open_sale import (
    Intent,
    OpenSale,
    RemoveReturn,
    ReplaceReturn,
    SetOverride,
)
from pos_app.domain.refund import (
    ReturnPart,
    returned_part,
    sold_thousandths,
)
from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.sale import Sale, SaleLine
from pos_app.services.desk import Desk
from pos_app.services.kept_back import Settling
from pos_app.values.quantity import from_thousandths


@dataclass(frozen=True, slots=True)
class ReturnableLine:
    """One line of a sale that goods may come back from.

    Attributes:
        position: from 1. line: as sold.
        sold, taken, left: in units; taken came back in tickets that have ended,
            left is the most that this ticket can take.
        here: what comes back of it in the open ticket; None for nothing.
        by_piece: whether only whole units can come back.
        is_returnable: whether such goods ever come back.
        parked: numbers of parked sales in which some of it comes back too.
    """

    position: int
    line: SaleLine
    sold: Decimal
    taken: Decimal
    left: Decimal
    here: ReturnedLine | None
    by_piece: bool
    is_returnable: bool
    parked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReturnableSale:
    """A finished sale as the return screen shows it.

    Attributes:
        sale: as finished. lines: in their order.
        days_ago: business days since the sale, counted by the calendar.
        is_late: whether the shop's day limit has passed.
    """

    sale: Sale
    lines: tuple[ReturnableLine, ...]
    days_ago: int
    is_late: bool


def is_held(basket: Basket | None, sale_id: str) -> bool:
    """Tell whether goods of a sale come back in the open ticket."""
    return bool(here_of(basket, sale_id))


def here_of(basket: Basket | None, sale_id: str) -> Mapping[int, ReturnedLine]:
    """Return what comes back of a sale in the open ticket, by position of its line."""
    return {
        line.origin.line_position: line
        for line in (basket.returns if basket else ())
        if line.origin and line.origin.sale_id == sale_id
    }


def renewed_returns(desk: Desk, basket: Basket) -> tuple[Intent, ...]:
    """Return what brings a ticket up to what came back in others meanwhile.

    Goods that are gone are taken out, and what was exchanged for them costs its own
    price again; fewer are left where fewer remain. Promotions keep back what they do
    now.
    """
    found: list[Intent] = []
    ids = {line.origin.sale_id for line in basket.returns if line.origin}
    sales = {sale_id: desk.ledger.sale(sale_id) for sale_id in ids}
    rates = {key: LineRates(sale) for key, sale in sales.items() if sale}
    gone = {x: desk.ledger.returns.taken_thousandths(x) for x in ids}
    for line in basket.returns:
        if line.origin is None:
            continue
        sale = sales[line.origin.sale_id]
        assert sale is not None, line.origin.sale_id
        position = line.origin.line_position
        taken = gone[sale.sale_id].get(position, 0)
        if taken == line.origin.taken_before_thousandths:
            continue
        left = from_thousandths(sold_thousandths(sale.lines[position - 1]) - taken)
        if not left:
            found += removal(basket, line.line_id)
            continue
        part = ReturnPart(position, taken, min(line.quantity, left))
        known = rates[sale.sale_id]
        fresh = returned_part(sale, part, line.line_id, line.reason, known)
        found.append(ReplaceReturn(replace(fresh, is_sellable=line.is_sellable)))
    day, now = desk.business_day(), desk.clock.now()
    after = apply_all(OpenSale(basket, (), "", day, now), found).basket
    return (*found, *Settling(desk).changes(after))


def removal(basket: Basket, line_id: str) -> tuple[Intent, ...]:
    """Return what leaves goods with the customer, and gives up their exchange."""
    undone = (
        SetOverride(line.line_id, None)
        for line in basket.lines
        if line.exchange_for == line_id
    )
    return (RemoveReturn(line_id), *undone)
