"""A line at its list price, and what a person's own price or discount makes of it."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.basket import BasketLine
from pos_app.domain.item import SellBy
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
        lowered_minor: what the line's own steps take off `list_minor`.
        steps: another price, then a discount; empty for nearly every line.
        may_lower: whether a discount on the whole sale is dealt to it too.
    """

    line: BasketLine
    tax_category: str
    unit_price_minor: int
    list_minor: int
    count: int
    lowered_minor: int = 0
    steps: tuple[PriceStep, ...] = ()
    may_lower: bool = True


def listed(line: BasketLine) -> ListedLine:
    """Return a line at its list price.

    Price times quantity is rounded once; a price label's total wins. Another
    price below the shelf's is a step off it; one above it becomes the list price,
    since nobody was ever asked for less.

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
        may_lower=cap is None or cap.millionths > 0,
    )
    if line.override is None and line.discount is None:
        return found
    return _by_hand(found, thousandths)


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


def _by_hand(found: ListedLine, thousandths: int) -> ListedLine:
    """Take the steps that a person gave the line."""
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
    if discount is not None:
        step = _discount_step(found.line, discount, left_minor)
        left_minor -= step.amount_minor
        steps = (*steps, step)
    return ListedLine(
        found.line,
        found.tax_category,
        unit_price_minor,
        list_minor,
        found.count,
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


def _discount_step(
    line: BasketLine, discount: ManualDiscount, base_minor: int
) -> PriceStep:
    amount_minor = discount_amount(discount, base_minor)
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
