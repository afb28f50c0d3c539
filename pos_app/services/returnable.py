"""What of a finished sale can still come back, and what of it is held elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

from pos_app.domain.basket import Basket
from pos_app.domain.open_sale import (
    Intent,
    OpenSale,
    RemoveReturn,
    ReplaceReturn,
    SetOverride,
    apply,
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
    now = desk.clock.now()
    lines = []
    for position, line in enumerate(sale.lines, 1):
        unit = desk.catalog.unit(line.unit_id, now)
        sold, gone = sold_thousandths(line), taken.get(position, 0)
        lines.append(
            ReturnableLine(
                position=position,
                line=line,
                sold=from_thousandths(sold),
                taken=from_thousandths(gone),
                left=from_thousandths(sold - gone),
                here=returned_here(basket, sale.sale_id, position),
                by_piece=comes_by_piece(line),
                is_returnable=unit is None or unit.is_returnable,
                parked=tuple(parked.get(position, ())),
            )
        )
    days_ago = (desk.business_day() - sale.business_day).days
    limit = desk.shop.policy.return_days
    is_late = limit is not None and days_ago > limit
    return ReturnableSale(sale, tuple(lines), days_ago, is_late)


def returned_here(
    basket: Basket | None, sale_id: str, position: int
) -> ReturnedLine | None:
    """Return what comes back of a sale's line in the open ticket."""
    for line in basket.returns if basket else ():
        at = line.origin
        if at and (at.sale_id, at.line_position) == (sale_id, position):
            return line
    return None


def renewed_returns(desk: Desk, basket: Basket) -> tuple[Intent, ...]:
    """Return what brings a ticket up to what came back in others meanwhile.

    Goods that are gone are taken out, and what was exchanged for them costs its own
    price again; fewer are left where fewer remain. Promotions keep back what they do
    now.
    """
    found: list[Intent] = []
    for line in basket.returns:
        if line.origin is None:
            continue
        sale = desk.ledger.sale(line.origin.sale_id)
        assert sale is not None, line.origin.sale_id
        position = line.origin.line_position
        taken = desk.ledger.returns.taken_thousandths(sale.sale_id).get(position, 0)
        if taken == line.origin.taken_before_thousandths:
            continue
        left = from_thousandths(sold_thousandths(sale.lines[position - 1]) - taken)
        if not left:
            found += removal(basket, line.line_id)
            continue
        part = ReturnPart(position, taken, min(line.quantity, left))
        fresh = returned_part(sale, part, line.line_id, line.reason)
        found.append(ReplaceReturn(replace(fresh, is_sellable=line.is_sellable)))
    day, now = desk.business_day(), desk.clock.now()
    after = reduce(apply, found, OpenSale(basket, (), "", day, now)).basket
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
