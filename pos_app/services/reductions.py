"""Walls and owners of what is let go by hand, held against the whole basket."""

from __future__ import annotations

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.letting_go import depths
from pos_app.domain.permission import Demand, Permission, Staff
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.reduction import OverrideCause
from pos_app.errors import UserError
from pos_app.services.desk import Desk
from pos_app.values.percentage import Percentage


def refuse_beyond_caps(basket: Basket, priced: PricedBasket) -> None:
    """Refuse to let more of an item go than it allows, whoever asks.

    Raises:
        UserError: "item_discount_cap".
    """
    deep = depths(basket, priced)
    for line in basket.lines:
        cap = line.unit.discount_cap if line.unit else None
        if line.unit and cap is not None and deep.get(line.line_id, cap) > cap:
            raise UserError("item_discount_cap", name=line.unit.name, cap=str(cap))


def refuse_unowned_reductions(
    desk: Desk, basket: Basket, priced: PricedBasket, cashier: Staff
) -> None:
    """Refuse to end a sale with a price by hand that nobody answers for.

    Whoever gave or approved it answers for it as deep as their role reaches, also
    when somebody else ends the sale. It may have become deeper since: an amount off
    stays when the goods that it was meant for are taken out again.

    Raises:
        UserError: "item_discount_cap" or "discount_unowned".
    """
    deep = depths(basket, priced)
    if not deep:
        return
    refuse_beyond_caps(basket, priced)
    staff = {x.staff_id: x for x in desk.catalog.staff()}
    for position, line in enumerate(basket.lines, 1):
        depth = deep.get(line.line_id)
        if depth is None:
            continue
        givers = [staff[x] for x in _named(basket, line) if x in staff]
        demands = [
            Demand(action, line.line_id, percentage=depth)
            for action in _actions(line, basket)
        ]
        owners = (*givers, cashier)
        if not any(x.meets(demand) for x in owners for demand in demands):
            raise UserError("discount_unowned", line=position, percentage=_shown(depth))


def _named(basket: Basket, line: BasketLine) -> set[str]:
    """Return who gave or approved what the line was lowered by."""
    parts = (line.override, line.discount, basket.discount)
    return {name for x in parts if x is not None for name in (x.by, x.approved_by)}


def _actions(line: BasketLine, basket: Basket) -> list[Permission]:
    """Return what was done to the line; whoever may do one of them answers for it."""
    override = line.override
    found = []
    if override is not None and override.cause is OverrideCause.MANUAL:
        found.append(Permission.PRICE_OVERRIDE)
    if line.discount is not None or basket.discount is not None:
        found.append(Permission.DISCOUNT)
    return found


def _shown(depth: Percentage) -> str:
    """Return a depth with one decimal at most: "33.3%"."""
    return str(Percentage(round(depth.millionths, -3)))
