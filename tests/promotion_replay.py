"""What a person does with pen and paper: applies what was printed, use by use.

Knows nothing but the list price of each line and the stored applications: it takes
each application's rule of its amount, hands the savings to the units it names, and
arrives at what each unit cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pos_app.domain.pricing_result import PricedBasket, PricedLine
from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.deal import Off
from pos_app.domain.reduction import StepKind

BY_DEAL = {
    StepKind.ITEM_DEAL,
    StepKind.ORDER_DEAL,
    StepKind.COUPON,
    StepKind.POINTS,
}


def by_the_rule(off: Off, base: int, times: int) -> int:
    """Return what a rule takes off an amount that so many equal uses share."""
    if off.percentage is not None:
        of_one = Fraction(base * off.percentage.millionths, 1_000_000 * times)
        return min(base, times * int(of_one + Fraction(1, 2)))  # as an amount: no more
    if off.amount_minor is not None:
        return min(base, times * off.amount_minor)
    assert off.price_minor is not None
    return max(0, base - times * off.price_minor)


def starting_prices(line: PricedLine) -> list[int]:
    """Return what each unit cost before any deal: list price, less a level's price.

    Or less what a marked-down label says.
    """
    count = sum(share.count for share in line.shares)
    own = {StepKind.LEVEL_PRICE, StepKind.MARKED_DOWN}
    level = sum(step.amount_minor for step in line.steps if step.kind in own)
    each, odd = divmod(line.list_minor - level, count)
    assert odd == 0, "equal units cost the same"
    return [each] * count


def replay(priced: PricedBasket) -> dict[str, list[int]]:
    """Return what each unit of each line costs when all applications are done."""
    prices = {line.line_id: starting_prices(line) for line in priced.lines}
    for use in priced.promoted.applications:
        _apply(use, prices)
    return prices


def _apply(use: Application, prices: dict[str, list[int]]) -> None:
    assert use.off is not None
    rule = by_the_rule(use.off, use.off_base_minor, use.times)
    if use.off.amount_minor == use.saving_minor:  # cut short: told as it came out
        rule = use.saving_minor
    assert rule == use.saving_minor, "the rule told gives the saving told"
    given = 0
    for claim in use.claims:
        units = prices[claim.line_id]
        inside = range(claim.first, claim.first + claim.count)
        assert sum(units[at] for at in inside) == claim.base_minor
        off = [each for count, each in claim.savings for _ in range(count)]
        for at, less in zip(inside, off, strict=True):
            units[at] -= less
            assert units[at] >= 0
            given += less
    assert given == use.saving_minor


def steps_replayed(line: PricedLine) -> int:
    """Return what "why this price" arrives at: the list price less every step."""
    return line.list_minor - sum(step.amount_minor for step in line.steps)


def savings_told(
    line: PricedLine, uses: Sequence[Application]
) -> list[tuple[str, int]]:
    """Return (promotion, saving) of a line by its applications, in their order."""
    found = []
    for use in uses:
        saved = sum(x.saving_minor for x in use.claims if x.line_id == line.line_id)
        if saved:
            found.append((use.promotion_id, saved))
    return found
