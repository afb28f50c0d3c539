"""Prices of units that prove how much can be saved at most (linear duality).

A price for each unit and for each use of a limit, such that no deal saves more than
what it takes costs, makes the price of the whole basket an upper bound of every
choice. What a deal saves less than it costs is its loss; the best choice is the one
of the least loss.
"""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.promotion.effort import FULL_EFFORT, Effort
from pos_app.domain.promotion.packing import Packing
from pos_app.domain.promotion.simplex import Column, least_prices

_SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Prices:
    """What units and uses of limits cost.

    Attributes:
        units: of one unit of each stack. caps: of one use of each limit.
        total: of everything there is: no choice is worth more.
    """

    units: list[int]
    caps: list[int]
    total: int


def quick_prices(packing: Packing) -> Prices:
    """Return prices that are found at once; limits cost nothing."""
    prices = [
        max(0, max((single.value for single in singles), default=0))
        for singles in packing.singles
    ]
    least = list(prices)
    touching: list[list[int]] = [[] for _ in packing.counts]
    for number, group in enumerate(packing.groups):
        size = sum(n for _, n in group.use)
        spare = group.value - sum(n * least[at] for at, n in group.use)
        share = -(-spare // size)
        for at, _ in group.use:
            touching[at].append(number)
            prices[at] = max(prices[at], least[at] + share)
    for _ in range(_SWEEPS):
        if not _lowered(packing, touching, least, prices):
            break
    return _priced(packing, prices, [0] * len(packing.caps))


def least_possible(packing: Packing, effort: Effort = FULL_EFFORT) -> Prices | None:
    """Return the lowest prices there are; None where finding them would take long."""
    free = [packing.alone(at) for at in range(len(packing.counts))]
    first_cap = len(free)
    columns = []
    for group in packing.groups:
        gain = group.value - sum(n * free[at] for at, n in group.use)
        caps = tuple((first_cap + cap, n) for cap, n in group.takes)
        columns.append(Column(gain, (*group.use, *caps)))
    for at, singles in enumerate(packing.singles):
        for one in singles:
            if one.value > free[at]:
                caps = tuple((first_cap + cap, n) for cap, n in one.takes)
                columns.append(Column(one.value - free[at], ((at, 1), *caps)))
    height = first_cap + len(packing.caps)
    table = (height + len(columns)) * height
    if table > effort.table:
        return None
    left = (*packing.counts, *packing.caps)
    pivots = min(2 * (height + len(columns)), effort.pivots // max(1, table))
    found = least_prices(columns, left, pivots)
    if found is None:
        return None
    units = [x + y for x, y in zip(free, found[:first_cap], strict=True)]
    return _priced(packing, units, found[first_cap:])


def _priced(packing: Packing, units: list[int], caps: list[int]) -> Prices:
    total = sum(n * price for n, price in zip(packing.counts, units, strict=True))
    total += sum(n * price for n, price in zip(packing.caps, caps, strict=True))
    return Prices(units, caps, total)


def _lowered(
    packing: Packing, touching: list[list[int]], least: list[int], prices: list[int]
) -> bool:
    """Lower each price as far as the others let it; tell whether any moved."""
    groups = packing.groups
    has_moved = False
    for at, numbers in enumerate(touching):
        lowest = least[at]
        for number in numbers:
            group = groups[number]
            own, others = 1, 0
            for other, n in group.use:
                if other == at:
                    own = n
                else:
                    others += n * prices[other]
            lowest = max(lowest, -((others - group.value) // own))
        if lowest < prices[at]:
            prices[at] = lowest
            has_moved = True
    return has_moved
