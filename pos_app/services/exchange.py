"""Exchange: another variant of goods that come back keeps the price paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import PriceSource, SellBy, SellingUnit
from pos_app.domain.reduction import OverrideCause, PriceOverride
from pos_app.domain.returned_line import ReturnedLine
from pos_app.errors import UserError
from pos_app.services.desk import Desk
from pos_app.values.quantity import to_thousandths
from pos_app.values.rounding import divide

_NONE = Decimal(0)


def keep_price_paid(
    desk: Desk, basket: Basket | None, line: BasketLine
) -> tuple[BasketLine, ...]:
    """Return a new line at the price paid for what it is exchanged for.

    No more units keep a price than came back at it; the rest is a line at the
    shelf's price, and so is what was marked down for its last day. Nobody gives
    anything away here, so nobody has to approve it.

    Args:
        desk: knows the shop's policy and what is a variant of what.
        basket: the open basket; None between two customers.
        line: about to be added.
    """
    unit = line.unit
    returns = basket.returns if basket else ()
    kept = desk.shop.policy.exchange_keeps_price if returns else False
    if basket is None or unit is None or not kept or not _has_shelf_price(line, unit):
        return (line,)
    for back in returns:
        left = back.quantity - _exchanged(basket.lines, back.line_id)
        if left > _NONE and _is_variant(desk, unit, back) and _is_fresh(desk, back):
            return _split(desk, line, back, left)
    return (line,)


def refuse_over_exchange(basket: Basket) -> None:
    """Refuse more units at the price of an exchange than came back.

    Raises:
        UserError: "exchange_over" with the position of the line, from 1.
    """
    back = {line.line_id: line.quantity for line in basket.returns}
    for position, line in enumerate(basket.lines, 1):
        if not line.exchange_for:
            continue
        if _exchanged(basket.lines, line.exchange_for) > back.get(
            line.exchange_for, _NONE
        ):
            raise UserError("exchange_over", line=position)


def paid_per_unit_minor(back: ReturnedLine) -> int:
    """Return what was paid for one unit, as the shelf shows prices."""
    paid_minor = back.list_minor - back.discount_minor
    return divide(paid_minor * 1000, to_thousandths(back.quantity))


def _has_shelf_price(line: BasketLine, unit: SellingUnit) -> bool:
    """Tell whether a line is counted goods whose price nobody gave yet."""
    by_count = unit.sell_by is SellBy.COUNT
    return by_count and line.total_minor is None and line.override is None


def _is_variant(desk: Desk, unit: SellingUnit, back: ReturnedLine) -> bool:
    """Tell whether a unit is of the goods that come back, or a variant of them."""
    if unit.unit_code != back.unit_code or unit.sell_by != back.sell_by:
        return False
    if unit.item_id == back.item_id:
        return True
    known = desk.catalog.unit(back.unit_id, desk.clock.now())
    parent = known.parent_id if known else None
    family = {x for x in (parent, back.item_id) if x}
    return unit.item_id in family or (unit.parent_id or "") in family


def _is_fresh(desk: Desk, back: ReturnedLine) -> bool:
    """Tell whether goods were sold at the price of fresh ones.

    What was marked down for its last day is no way to a fresh piece at its price.
    """
    if back.origin is None:
        return True
    sale = desk.ledger.sale(back.origin.sale_id)
    assert sale is not None, back.origin.sale_id
    sold = sale.lines[back.origin.line_position - 1]
    return sold.source is not PriceSource.MARKED_DOWN


def _exchanged(lines: Iterable[BasketLine], returned_id: str) -> Decimal:
    return sum((x.quantity for x in lines if x.exchange_for == returned_id), _NONE)


def _split(
    desk: Desk, line: BasketLine, back: ReturnedLine, left: Decimal
) -> tuple[BasketLine, ...]:
    override = PriceOverride(
        unit_price_minor=paid_per_unit_minor(back),
        reason=back.reason,
        by=desk.session.cashier.staff_id,
        cause=OverrideCause.EXCHANGE,
    )
    swapped = replace(
        line,
        quantity=min(line.quantity, left),
        override=override,
        exchange_for=back.line_id,
    )
    rest = line.quantity - swapped.quantity
    if rest <= _NONE:
        return (swapped,)
    return swapped, replace(line, line_id=desk.ids.new(), quantity=rest)
