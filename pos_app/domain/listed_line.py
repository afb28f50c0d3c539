"""A line at its list price, and what its level, own price or discount make of it."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.basket import BasketLine
from pos_app.domain.item import LevelPrice, PriceSource, SellBy
from pos_app.domain.promotion.levels import level_price
from pos_app.domain.reduction import (
    ManualDiscount,
    OverrideCause,
    PriceOverride,
    PriceStep,
    StepKind,
)
from pos_app.errors import UserError
from pos_app.values.money import AMOUNT_LIMIT_MINOR
from pos_app.values.percentage import Percentage
from pos_app.values.quantity import to_thousandths
from pos_app.values.rounding import divide

_WHOLE = 1_000_000  # hundred per cent, as Percentage counts


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A known line at its list price, and the steps that are its own.

    Attributes:
        line: of the basket.
        tax_category: of what is sold.
        unit_price_minor: the list price of one unit.
        list_minor: the list price of the line.
        count: how many units can be returned; a weighed line is one.
        asked_minor: what the line costs before any deal: `list_minor`, or less by
            a customer's price level or a price by hand.
        lowered_minor: what the line's own steps take off `list_minor`, where no
            deal comes in between.
        steps: another price, then a discount; empty for nearly every line.
        may_lower: whether promotions and a discount on the whole sale are for it.
    """

    line: BasketLine
    tax_category: str
    unit_price_minor: int
    list_minor: int
    count: int
    asked_minor: int
    lowered_minor: int = 0
    steps: tuple[PriceStep, ...] = ()
    may_lower: bool = True


def listed(line: BasketLine, levels: tuple[str, ...] = ()) -> ListedLine:
    """Return a line at its list price.

    Price times quantity is rounded once; a price label's total wins. Another
    price below the shelf's is a step off it; one above it becomes the list price,
    since nobody was ever asked for less. A price by hand stands for that of a level.

    Args:
        line: of a known item.
        levels: the price levels that the customer may buy at.

    Raises:
        UserError: "price_missing" for an open price nobody has typed yet,
            "amount_absurd" above `AMOUNT_LIMIT_MINOR`, or "discount_exceeds_line".
    """
    unit, total_minor = line.unit, line.total_minor
    assert unit is not None
    thousandths = to_thousandths(line.quantity)
    if unit.price is not None:
        unit_price_minor = unit.price.minor
    elif total_minor is not None:
        unit_price_minor = divide(total_minor * 1000, thousandths)
    else:
        raise UserError("price_missing", name=unit.name)
    marked_minor = None
    if line.source is PriceSource.MARKED_DOWN and unit.price is not None:
        total_minor, marked_minor = None, total_minor
    if total_minor is None:
        total_minor = divide(unit_price_minor * thousandths, 1000)
    assert unit_price_minor >= 0
    assert total_minor >= 0
    refuse_absurd(total_minor)
    whole_units = unit.sell_by is SellBy.COUNT and thousandths % 1000 == 0
    count = thousandths // 1000 if whole_units else 1
    cap = unit.discount_cap
    found = ListedLine(
        line,
        unit.tax_category,
        unit_price_minor,
        total_minor,
        count,
        total_minor,
        may_lower=cap is None or cap.millionths > 0,
    )
    level = None
    if levels and unit.level_prices and unit.price is not None:
        level = level_price(unit, levels)
    lower = _lower_price(found, thousandths, level, marked_minor)
    if line.override is None and line.discount is None and lower is None:
        return found
    return _own_steps(found, thousandths, lower)


def refuse_absurd(amount_minor: int) -> None:
    """Refuse an amount that can only be a slip of the finger.

    Raises:
        UserError: "amount_absurd".
    """
    if amount_minor > AMOUNT_LIMIT_MINOR:
        raise UserError("amount_absurd", amount_minor=amount_minor)


def part_of(base_minor: int, percentage: Percentage) -> int:
    """Return a percentage of an amount, half a minor unit rounded up."""
    return divide(base_minor * percentage.millionths, _WHOLE)


def _lower_price(
    found: ListedLine,
    thousandths: int,
    level: LevelPrice | None,
    marked_minor: int | None,
) -> PriceStep | None:
    """Return the step to the lowest price that the line may have; None for the shelf's.

    A label outlives the price that it was reduced from: where the shelf asks less
    by now, the shelf's price holds and the label says nothing.
    """
    list_minor = found.list_minor
    level_minor = list_minor
    if level is not None:
        level_minor = divide(level.minor * thousandths, 1000)
    if marked_minor is not None and marked_minor < min(list_minor, level_minor):
        trace = found.line.trace
        day = trace.use_by or trace.best_before
        return PriceStep(
            kind=StepKind.MARKED_DOWN,
            amount_minor=list_minor - marked_minor,
            base_minor=list_minor,
            name=day.isoformat() if day else "",
        )
    if level is not None and level_minor < list_minor:
        return PriceStep(
            kind=StepKind.LEVEL_PRICE,
            amount_minor=list_minor - level_minor,
            base_minor=list_minor,
            name=level.level,
        )
    return None


def _own_steps(
    found: ListedLine, thousandths: int, lower: PriceStep | None
) -> ListedLine:
    """Take the steps that are the line's own: its price, then its discount."""
    override, discount = found.line.override, found.line.discount
    unit_price_minor, list_minor = found.unit_price_minor, found.list_minor
    steps: tuple[PriceStep, ...] = ()
    left_minor = list_minor
    if override is not None:
        left_minor = divide(override.unit_price_minor * thousandths, 1000)
        assert left_minor >= 0
        refuse_absurd(left_minor)
        if left_minor > list_minor:
            unit_price_minor, list_minor = override.unit_price_minor, left_minor
        steps = (_override_step(override, list_minor, left_minor),)
    elif lower is not None:
        left_minor -= lower.amount_minor
        steps = (lower,)
    asked_minor = left_minor
    if discount is not None:
        step = discount_step(found.line, discount, left_minor)
        left_minor -= step.amount_minor
        steps = (*steps, step)
    return ListedLine(
        found.line,
        found.tax_category,
        unit_price_minor,
        list_minor,
        found.count,
        asked_minor,
        list_minor - left_minor,
        steps,
        found.may_lower,
    )


def _override_step(override: PriceOverride, list_minor: int, left: int) -> PriceStep:
    by_exchange = override.cause is OverrideCause.EXCHANGE
    return PriceStep(
        kind=StepKind.EXCHANGE_PRICE if by_exchange else StepKind.OVERRIDE,
        amount_minor=list_minor - left,
        base_minor=list_minor,
        reason=override.reason,
        by=override.by,
        approved_by=override.approved_by,
    )


def discount_step(
    line: BasketLine,
    discount: ManualDiscount,
    base_minor: int,
    *,
    is_capped: bool = False,
) -> PriceStep:
    """Return the step of a discount by hand off what the line costs before it.

    Args:
        line: it is given on.
        discount: what was given.
        base_minor: what the line costs before it.
        is_capped: whether it takes what is there, where it was meant to take more:
            so much was left when it was given, and a promotion came in between.

    Raises:
        UserError: "discount_exceeds_line".
    """
    amount_minor = discount_amount(discount, base_minor)
    if is_capped:
        amount_minor = min(amount_minor, base_minor)
    if amount_minor > base_minor:
        assert line.unit is not None
        raise UserError(
            "discount_exceeds_line",
            name=line.unit.name,
            amount_minor=amount_minor,
            line_minor=base_minor,
        )
    return PriceStep(
        kind=StepKind.LINE_DISCOUNT,
        amount_minor=amount_minor,
        base_minor=base_minor,
        percentage=discount.percentage,
        reason=discount.reason,
        by=discount.by,
        approved_by=discount.approved_by,
    )


def discount_amount(discount: ManualDiscount, base_minor: int) -> int:
    """Return what a discount takes off an amount, minor units, zero or more."""
    assert discount.amount_minor >= 0
    if discount.percentage is None:
        return discount.amount_minor
    assert discount.percentage.millionths >= 0
    return part_of(base_minor, discount.percentage)
