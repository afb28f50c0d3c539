"""Walls and owners of what is let go by hand, held against the whole basket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.letting_go import depths
from pos_app.domain.permission import Demand, Permission, Staff
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.reduction import ManualDiscount, OverrideCause, PriceOverride
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

    Whoever gave it answers for it as deep as their role reaches, also when somebody
    else ends the sale; whoever approved it, as deep as they did. It may have become
    deeper since: an amount off stays when the goods that it was meant for are taken
    out again.

    Raises:
        UserError: "item_discount_cap" or "discount_unowned".
    """
    deep = depths(basket, priced)
    if not deep:
        return
    refuse_beyond_caps(basket, priced)
    staff = {x.staff_id: x for x in desk.catalog.staff()}
    four_eyes = desk.shop.policy.four_eyes
    for position, line in enumerate(basket.lines, 1):
        depth = deep.get(line.line_id)
        if depth is None:
            continue
        parts = _parts(line, basket)
        demands = [
            Demand(action, line.line_id, percentage=depth)
            for action in _actions(line, basket)
        ]
        owners = (cashier, *(staff[x.by] for x in parts if x.by in staff))
        alone = [demand for demand in demands if demand.action not in four_eyes]
        approvers = [
            staff[x.approved_by]
            for x in parts
            if x.approved_by in staff and _reaches(x.approved, depth)
        ]
        if not (_any_meets(owners, alone) or _any_meets(approvers, demands)):
            raise UserError("discount_unowned", line=position, percentage=_shown(depth))


def _any_meets(people: Iterable[Staff], demands: Sequence[Demand]) -> bool:
    return any(person.meets(demand) for person in people for demand in demands)


def _parts(line: BasketLine, basket: Basket) -> list[ManualDiscount | PriceOverride]:
    """Return what the line was lowered by."""
    parts = (line.override, line.discount, basket.discount)
    return [part for part in parts if part is not None]


def _reaches(approved: Percentage | None, depth: Percentage) -> bool:
    """Tell whether no more is let go than was approved, as people were shown it."""
    return approved is not None and _rounded(depth) <= _rounded(approved)


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
    return str(_rounded(depth))


def _rounded(depth: Percentage) -> Percentage:
    return Percentage(round(depth.millionths, -3))
