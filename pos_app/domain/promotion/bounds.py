"""Prices of units that prove how much can be saved at most (linear duality).

A price for each unit, such that no deal saves more than its units cost, makes the
price of the whole basket an upper bound of every choice. What a deal saves less than
its units cost is its loss; the best choice is the one of the least loss.
"""

from __future__ import annotations

from pos_app.domain.promotion.packing import Packing

_SWEEPS = 4


def unit_prices(packing: Packing) -> list[int]:
    """Return a price for each stack's units, low but never too low; whole numbers."""
    prices = [
        max((single.value for single in singles), default=0)
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
    return prices


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
