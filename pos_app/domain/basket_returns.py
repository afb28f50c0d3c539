"""Returned goods and prices by hand in the open basket."""

from __future__ import annotations

from dataclasses import replace

from pos_app.domain.basket import Basket, BasketLine, asked_in_full
from pos_app.domain.item import SellingUnit
from pos_app.domain.reduction import ManualDiscount, PriceOverride
from pos_app.domain.returned_line import ReturnedLine


def add_return(basket: Basket, line: ReturnedLine) -> Basket:
    """Take goods back in this ticket."""
    return replace(asked_in_full(basket), returns=(*basket.returns, line))


def replace_return(basket: Basket, line: ReturnedLine) -> Basket:
    """Change quantity, reason or place of a returned line."""
    line_id = line.line_id
    at = next(at for at, x in enumerate(basket.returns) if x.line_id == line_id)
    returns = (*basket.returns[:at], line, *basket.returns[at + 1 :])
    return replace(asked_in_full(basket), returns=returns)


def remove_return(basket: Basket, line_id: str) -> Basket:
    """Leave goods with the customer after all."""
    returns = tuple(each for each in basket.returns if each.line_id != line_id)
    assert len(returns) == len(basket.returns) - 1, line_id
    return replace(asked_in_full(basket), returns=returns)


def set_override(
    basket: Basket, line_id: str, override: PriceOverride | None, exchange_for: str = ""
) -> Basket:
    """Give a line another price than the shelf's, or the shelf's again."""
    line = basket.line(line_id)
    assert line.unit is not None
    fresh = replace(line, override=override, exchange_for=exchange_for)
    return _with(basket, fresh)


def set_discount(
    basket: Basket, line_id: str, discount: ManualDiscount | None
) -> Basket:
    """Give a discount on a line, or take it back."""
    return _with(basket, replace(basket.line(line_id), discount=discount))


def set_sale_discount(basket: Basket, discount: ManualDiscount | None) -> Basket:
    """Give a discount on the whole sale, or take it back."""
    return replace(asked_in_full(basket), discount=discount)


def renew_unit(basket: Basket, line_id: str, unit: SellingUnit) -> Basket:
    """Give a line of a resumed sale what the catalogue says now."""
    line = basket.line(line_id)
    assert line.unit is not None
    assert line.unit.unit_id == unit.unit_id
    is_own = line.source is line.unit.source  # and not a label's
    source = unit.source if is_own else line.source
    return _with(basket, replace(line, unit=unit, source=source))


def _with(basket: Basket, line: BasketLine) -> Basket:
    lines = tuple(line if x.line_id == line.line_id else x for x in basket.lines)
    return replace(asked_in_full(basket), lines=lines, selected=line.line_id)
