"""What is let go of a whole sale, dealt to its lines after their own steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pos_app.domain.basket import Basket
from pos_app.domain.listed_line import ListedLine, discount_amount
from pos_app.domain.promotion.application import NOT_PROMOTED, Promoted
from pos_app.domain.promotion.dealing import UnitLine, spread
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.reduction import ManualDiscount, PriceStep, StepKind
from pos_app.errors import UserError
from pos_app.values.rounding import apportion

Steps = tuple[PriceStep, ...]
#: By line id, a line and what promotions look at of it, for the next pricing.
LookedAt = Mapping[str, tuple[ListedLine, OfferedLine]]


@dataclass(frozen=True, slots=True)
class Lowering:
    """What the lines are lowered by, and the steps that say why.

    Attributes:
        amounts: of each line, off its list price; minor units, zero or more.
        steps: of each line, in the order taken; they sum to its amount.
        units: by position, the lines whose units a promotion made unequal; the
            others are split evenly.
        promoted: what promotions did.
        looked_at: by line id, the lines as promotions looked at them.
    """

    amounts: Sequence[int]
    steps: Sequence[Steps]
    units: Mapping[int, UnitLine] = field(default_factory=dict)
    promoted: Promoted = NOT_PROMOTED
    looked_at: LookedAt = field(default_factory=dict)


def by_hand(lines: Sequence[ListedLine], discount: ManualDiscount | None) -> Lowering:
    """Take the lines' own steps, then the discount on the whole sale.

    That is dealt in proportion to what the lines still cost, by the largest
    remainder, to those that may be discounted: goods whose discount cap is
    zero keep their price.

    Raises:
        UserError: "discount_exceeds_sale".
    """
    own = Lowering([x.lowered_minor for x in lines], [x.steps for x in lines])
    if discount is None:
        return own
    left = [x.list_minor - x.lowered_minor if x.may_lower else 0 for x in lines]
    base_minor = sum(left)
    if not base_minor:  # nothing left to lower; it waits for goods
        return own
    amount_minor = refuse_beyond_sale(discount, base_minor)
    step = sale_discount_step(discount, amount_minor, base_minor)
    return dealt(own, apportion(amount_minor, left), step)


def refuse_beyond_sale(discount: ManualDiscount, base_minor: int) -> int:
    """Return what a discount takes off a whole sale; minor units.

    Raises:
        UserError: "discount_exceeds_sale".
    """
    amount_minor = discount_amount(discount, base_minor)
    if amount_minor > base_minor:
        raise UserError(
            "discount_exceeds_sale", amount_minor=amount_minor, sale_minor=base_minor
        )
    return amount_minor


def sale_discount_step(
    discount: ManualDiscount, amount_minor: int, base_minor: int
) -> PriceStep:
    """Return the step of a discount on the whole sale, before it is dealt."""
    return PriceStep(
        kind=StepKind.SALE_DISCOUNT,
        amount_minor=0,
        base_minor=base_minor,
        percentage=discount.percentage,
        whole_minor=amount_minor,
        reason=discount.reason,
        by=discount.by,
        approved_by=discount.approved_by,
    )


def rounded_off(
    before: Lowering, lines: Sequence[ListedLine], cuts: Sequence[int], basket: Basket
) -> Lowering:
    """Take 抹零, dealt already, off lines that were lowered before."""
    left = [
        line.list_minor - amount
        for line, amount in zip(lines, before.amounts, strict=True)
    ]
    step = PriceStep(
        kind=StepKind.ROUND_OFF,
        amount_minor=0,
        base_minor=sum(left),
        whole_minor=sum(cuts),
        by=basket.round_off_by,
        approved_by=basket.round_off_approved_by,
    )
    return dealt(before, cuts, step)


def dealt(before: Lowering, shares: Sequence[int], step: PriceStep) -> Lowering:
    """Add a step on the whole sale; lines without a share of it know nothing of it."""
    amounts = [a + share for a, share in zip(before.amounts, shares, strict=True)]
    steps = [
        (*known, _share_of(step, share)) if share else known
        for known, share in zip(before.steps, shares, strict=True)
    ]
    units = {
        at: spread(line, shares[at]) if shares[at] else line
        for at, line in before.units.items()
    }
    return replace(before, amounts=amounts, steps=steps, units=units)


def _share_of(step: PriceStep, share_minor: int) -> PriceStep:
    return PriceStep(
        step.kind,
        share_minor,
        step.base_minor,
        step.percentage,
        step.whole_minor,
        step.reason,
        step.by,
        step.approved_by,
    )
