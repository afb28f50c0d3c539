"""How much of its price a line was let off by hand: what caps are held against."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.listed_line import listed
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.reduction import (
    ManualDiscount,
    OverrideCause,
    PriceStep,
    StepKind,
)
from pos_app.values.percentage import Percentage
from pos_app.values.quantity import to_thousandths
from pos_app.values.rounding import divide

_WHOLE = 1_000_000  # hundred per cent, as Percentage counts
_NOTHING = Fraction(0)


def depths(basket: Basket, priced: PricedBasket) -> dict[str, Percentage]:
    """Return how deep each line was lowered by hand, of what it cost before that.

    Another price, the line's discount and its part of the discount on the whole
    sale count together, as they were meant: 20 % are 20 %, whatever they are
    rounded to. What promotions take off is nobody's gift: it does not count, and an
    amount is held against what they left. A price kept in an exchange and 抹零 have
    rules of their own.

    Args:
        basket: with its lines and discounts.
        priced: the same, priced.

    Returns:
        By line id; lines that keep their price are left out.
    """
    off_all = _off_all(basket.discount, priced)
    steps = {line.line_id: line.steps for line in priced.lines}
    found = {}
    for line in basket.lines:
        if line.unit is None:
            continue
        is_spared = line.unit.discount_cap == Percentage(0)
        given = _given(line.discount, steps.get(line.line_id, ()))
        deep = _depth(line, given, _NOTHING if is_spared else off_all)
        if deep > 0:
            found[line.line_id] = Percentage(
                divide(deep.numerator * _WHOLE, deep.denominator)
            )
    return found


def _off_all(discount: ManualDiscount | None, priced: PricedBasket) -> Fraction:
    """Return the part that the discount on the whole sale takes off each line."""
    if discount is None:
        return _NOTHING
    if discount.percentage is not None:
        return Fraction(discount.percentage.millionths, _WHOLE)
    for line in priced.lines:
        for step in line.steps:
            if step.kind is StepKind.SALE_DISCOUNT:
                return Fraction(step.whole_minor, step.base_minor)
    return _NOTHING


def _given(discount: ManualDiscount | None, steps: tuple[PriceStep, ...]) -> Fraction:
    """Return the part that the line's own discount takes off what it then costs."""
    if discount is None:
        return _NOTHING
    if discount.percentage is not None:
        return Fraction(discount.percentage.millionths, _WHOLE)
    for step in steps:
        if step.kind is StepKind.LINE_DISCOUNT and step.base_minor:
            return Fraction(step.amount_minor, step.base_minor)
    return _NOTHING


def _depth(line: BasketLine, given: Fraction, off_all: Fraction) -> Fraction:
    """Return what was let go of a line as a part of what it is held against."""
    override, discount = line.override, line.discount
    is_kept = override is not None and override.cause is OverrideCause.EXCHANGE
    if override is None and discount is None:
        return off_all
    dear = listed(replace(line, discount=None, override=override if is_kept else None))
    whole_minor = dear.list_minor - dear.lowered_minor
    if not whole_minor:
        return _NOTHING
    left = Fraction(1)
    if override is not None and not is_kept:
        asked = Fraction(override.unit_price_minor * to_thousandths(line.quantity))
        left = asked / 1000 / whole_minor
    return 1 - left * (1 - given) * (1 - off_all)
