"""A line in single units: what was let go on each, and what is left of it (law 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.domain.listed_line import ListedLine
from pos_app.domain.pricing_result import UnitShare
from pos_app.domain.promotion.dealing import UnitLine
from pos_app.domain.tax import PricingRules
from pos_app.domain.unit_split import align, split_evenly
from pos_app.values.rounding import Run


@dataclass(frozen=True, slots=True)
class UnitAmounts:
    """A line in single units.

    Attributes:
        discounts: runs of what was let go.
        totals: runs of what is left.
        is_dealt: promotions made the units unequal; else the split is even.
    """

    discounts: tuple[Run, ...]
    totals: tuple[Run, ...]
    is_dealt: bool = False


def even_amounts(line: ListedLine, discount_minor: int) -> UnitAmounts:
    """Split a line evenly; odd minor units go to the first."""
    lists = split_evenly(line.list_minor, line.count)
    discounts = split_evenly(discount_minor, line.count)
    sides = align((lists, discounts))
    return UnitAmounts(
        discounts=tuple((count, discount) for count, (_, discount) in sides),
        totals=tuple((count, price - discount) for count, (price, discount) in sides),
    )


def dealt_amounts(line: ListedLine, dealt: UnitLine) -> UnitAmounts:
    """Return a line in the units that promotions made of it, in their order."""
    totals = tuple((run.count, run.minor) for run in dealt.runs)
    sides = align((split_evenly(line.list_minor, line.count), totals))
    return UnitAmounts(
        discounts=tuple((count, price - left) for count, (price, left) in sides),
        totals=tuple((count, left) for count, (_, left) in sides),
        is_dealt=True,
    )


def unit_shares(
    units: UnitAmounts, taxes: Sequence[Sequence[Run]], rules: PricingRules
) -> tuple[UnitShare, ...]:
    """Split a line to its units, so that a return only has to read (law 6).

    What the customer gets back for a unit is what the shelf said less its part
    of the allowance. Tax follows these amounts, rate by rate, and net is the
    rest, so no unit comes back a cent dearer than it was sold.
    """
    shares = []
    for count, (total, discount, *tax) in align(
        (units.totals, units.discounts, *taxes)
    ):
        net = total - (sum(tax) if rules.prices_include_tax else 0)
        shares.append(UnitShare(count, net, sum(tax), discount, tuple(tax)))
    return tuple(shares)
