"""Returned goods and prices by hand in the open basket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pos_app.domain.basket import Basket, BasketLine, asked_in_full
from pos_app.domain.item import SellingUnit
from pos_app.domain.reduction import ManualDiscount, PriceOverride
from pos_app.domain.returned_line import ReturnedLine


def add_returns(basket: Basket, lines: Iterable[ReturnedLine]) -> Basket:
    """Take goods back in this ticket."""
    return replace(asked_in_full(basket), returns=(*basket.returns, *lines))


def replace_returns(basket: Basket, lines: Iterable[ReturnedLine]) -> Basket:
    """Change quantity, reason or place of returned lines."""
    returns = {line.line_id: line for line in basket.returns}
    for line in lines:
        assert line.line_id in returns, line.line_id
        returns[line.line_id] = line
    return replace(asked_in_full(basket), returns=tuple(returns.values()))


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


def renew_units(basket: Basket, units: Sequence[tuple[str, SellingUnit]]) -> Basket:
    """Give lines of a resumed sale, by their ids, what the catalogue says now."""
    lines = {line.line_id: line for line in basket.lines}
    for line_id, unit in units:
        lines[line_id] = _renewed(lines[line_id], unit)
    last = units[-1][0]
    return replace(asked_in_full(basket), lines=tuple(lines.values()), selected=last)


def _renewed(line: BasketLine, unit: SellingUnit) -> BasketLine:
    assert line.unit is not None
    assert line.unit.unit_id == unit.unit_id
    is_own = line.source is line.unit.source  # and not a label's
    source = unit.source if is_own else line.source
    return replace(line, unit=unit, source=source)


def _with(basket: Basket, line: BasketLine) -> Basket:
    lines = tuple(line if x.line_id == line.line_id else x for x in basket.lines)
    return replace(asked_in_full(basket), lines=lines, selected=line.line_id)
