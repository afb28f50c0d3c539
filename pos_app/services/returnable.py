"""What of a finished sale can still come back, and what of it is held elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    comes_by_piece,
    returned_part,
    sold_thousandths,
)
from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.sale import Sale, SaleLine
from pos_app.services.desk import Desk
from pos_app.services.kept_back import settling
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


def returnable(desk: Desk, sale: Sale, basket: Basket | None) -> ReturnableSale:
    """Return what can still come back of a sale.

    Args:
        desk: the counter.
        sale: the finished sale.
        basket: the open basket; None between two customers.
    """
    taken = desk.ledger.returns.taken_thousandths(sale.sale_id)
    parked = _parked(desk, sale.sale_id, basket)
    now, here = desk.clock.now(), _here(basket, sale.sale_id)
    units = {x: desk.catalog.unit(x, now) for x in {y.unit_id for y in sale.lines}}
    lines = []
    for position, line in enumerate(sale.lines, 1):
        unit = units[line.unit_id]
        sold, gone = sold_thousandths(line), taken.get(position, 0)
        lines.append(
            ReturnableLine(
                position=position,
                line=line,
                sold=from_thousandths(sold),
                taken=from_thousandths(gone),
                left=from_thousandths(sold - gone),
                here=here.get(position),
                by_piece=comes_by_piece(line),
                is_returnable=unit is None or unit.is_returnable,
                parked=tuple(parked.get(position, ())),
            )
        )
    days_ago = (desk.business_day() - sale.business_day).days
    limit = desk.shop.policy.return_days
    is_late = limit is not None and days_ago > limit
    return ReturnableSale(sale, tuple(lines), days_ago, is_late)


def is_held(basket: Basket | None, sale_id: str) -> bool:
    """Tell whether goods of a sale come back in the open ticket."""
    return bool(_here(basket, sale_id))


def _here(basket: Basket | None, sale_id: str) -> Mapping[int, ReturnedLine]:
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
    return (*found, *settling(desk, after))


def removal(basket: Basket, line_id: str) -> tuple[Intent, ...]:
    """Return what leaves goods with the customer, and gives up their exchange."""
    undone = (
        SetOverride(line.line_id, None)
        for line in basket.lines
        if line.exchange_for == line_id
    )
    return (RemoveReturn(line_id), *undone)


def _parked(
    desk: Desk, sale_id: str, basket: Basket | None
) -> Mapping[int, Iterable[str]]:
    """Return line position -> parked sales in which some of it comes back."""
    if not desk.ledger.parked.count():
        return {}
    found: dict[int, dict[str, None]] = {}
    for parked in desk.ledger.parked.all():
        held = parked.sale.basket
        if basket is not None and held.basket_id == basket.basket_id:
            continue
        for line in held.returns:
            if line.origin is not None and line.origin.sale_id == sale_id:
                found.setdefault(line.origin.line_position, {})[parked.number] = None
    return found
