"""The uses that group deals could have in a basket: which units together, what off.

Everything here speaks of stacks by position; a use is (position, units) pairs in
rising order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from math import prod
from typing import TypeAlias

from pos_app.domain.promotion.deal import (
    BundleDeal,
    Deal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
    Slot,
)
from pos_app.domain.promotion.effort import FULL_EFFORT, Effort
from pos_app.domain.promotion.group_saving import Use, Worth, worth_of
from pos_app.domain.promotion.off_amount import off_for_one, taken
from pos_app.domain.promotion.selector import Selector
from pos_app.domain.promotion.stacks import Stack

#: Choices are laid out one stack (or one part) inside the other; not deeper than this.
_DEEP = 200

#: Stacks that a selector names: positions.
Pool: TypeAlias = Sequence[int]


@dataclass(frozen=True, slots=True)
class Uses:
    """What a deal could do.

    Attributes:
        worths: by use; the best reading of each.
        is_complete: whether these are all.
    """

    worths: dict[Use, Worth]
    is_complete: bool


def uses_of(
    deal: Deal,
    pools: Sequence[Pool],
    stacks: Sequence[Stack],
    effort: Effort = FULL_EFFORT,
    groups: int = 1,
) -> Uses:
    """Return the uses of a group deal that save something.

    Args:
        deal: nth, nfor, bundle or gift.
        pools: the stacks of each of its selectors.
        stacks: of the basket.
        effort: what may be done.
        groups: how many deals share it.
    """
    limit = effort.uses_of_each(groups)
    deal, pools = _merged(deal, pools)
    sizes, pools = _parts_of(deal, pools, stacks)
    parts = []
    is_complete = True
    for size, pool in zip(sizes, pools, strict=True):
        choices, whole = _choices(size, pool, stacks, effort, limit)
        parts.append(choices)
        is_complete = is_complete and whole
    worths: dict[Use, Worth] = {}
    ways = prod(map(len, parts)) if len(parts) > 1 else 0
    if ways > limit or len(parts) > _DEEP:
        combined, is_complete = _side_by_side(parts, stacks, effort.looks), False
    else:
        combined = _combined(parts, stacks)
    squares = 0
    for roles in combined:
        if squares > effort.squares:
            return Uses(worths, is_complete=False)
        use, worth = worth_of(deal, roles, stacks)
        squares += len(use) ** 2
        known = worths.get(use)
        if worth.saving_minor > 0 and (
            known is None or worth.saving_minor > known.saving_minor
        ):
            worths[use] = worth
    return Uses(worths, is_complete)


def _merged(deal: Deal, pools: Sequence[Pool]) -> tuple[Deal, Sequence[Pool]]:
    """Lay slots for the same goods with the same off into one: 2 breads + 2 breads.

    A unit that fits one of them fits them all, so nothing is lost, and the ways of
    dealing the same units to them are not tried one by one.
    """
    if not isinstance(deal, BundleDeal) or len(deal.slots) < 2:
        return deal, pools
    counts: dict[tuple[Selector, Off | None], int] = {}
    kept: dict[tuple[Selector, Off | None], Pool] = {}
    for slot, pool in zip(deal.slots, pools, strict=True):
        key = (slot.goods, slot.off)
        counts[key] = counts.get(key, 0) + slot.count
        kept[key] = pool
    slots = tuple(Slot(goods, n, off) for (goods, off), n in counts.items())
    return replace(deal, slots=slots), list(kept.values())


def _side_by_side(
    parts: Sequence[Sequence[Use]], stacks: Sequence[Stack], looks: int
) -> Iterator[tuple[Use, ...]]:
    """Yield the first choices together, then the second ones, and so on."""
    if not all(parts):
        return
    turns = product(range(max(map(len, parts))), range(len(parts)))
    for k, turn in islice(turns, looks // len(parts)):
        roles = tuple(
            part[(k + (i == turn)) % len(part)] for i, part in enumerate(parts)
        )
        wanted = Counter[int]()
        for role in roles:
            wanted.update(dict(role))
        if all(n <= stacks[at].count for at, n in wanted.items()):
            yield roles


def _parts_of(
    deal: Deal, pools: Sequence[Pool], stacks: Sequence[Stack]
) -> tuple[list[tuple[int, int]], list[Pool]]:
    """Return (least, most) units of each part, and the stacks it may take them of."""
    if isinstance(deal, NthDeal | NForDeal):
        size = deal.every if isinstance(deal, NthDeal) else deal.count
        pool = [at for at in pools[0] if stacks[at].is_counted]
        return [(size, size)], [pool]
    if isinstance(deal, BundleDeal):
        return [(slot.count, slot.count) for slot in deal.slots], list(pools)
    assert isinstance(deal, GiftDeal)
    off = Off(price_minor=deal.price_minor)
    gifts = [
        at
        for at in pools[1]
        if taken(off_for_one(off, stacks[at]), stacks[at].unit_minor)
    ]
    if deal.threshold_minor:
        return [(1, deal.gift_count)], [gifts]
    return [(deal.count, deal.count), (1, deal.gift_count)], [pools[0], gifts]


def _choices(
    size: tuple[int, int],
    pool: Pool,
    stacks: Sequence[Stack],
    effort: Effort,
    limit: int,
) -> tuple[list[Use], bool]:
    """Return the choices of so many units of a pool, dearest first, and if all."""
    ordered = sorted(pool, key=lambda at: (-stacks[at].unit_minor, at))
    if min(size[1], len(ordered)) > _DEEP:
        return _windows(ordered, size[1], stacks, effort.looks), False
    found: list[Use] = []
    for units in range(size[1], size[0] - 1, -1):
        for choice in _picks(ordered, units, stacks):
            if len(found) >= limit:
                return _windows(ordered, size[1], stacks, effort.looks), False
            found.append(choice)
    return found, True


def _picks(
    ordered: Sequence[int], units: int, stacks: Sequence[Stack]
) -> Iterator[Use]:
    """Yield every choice of `units` units as (position, units) pairs."""
    below = [0] * (len(ordered) + 1)
    for k in range(len(ordered) - 1, -1, -1):
        below[k] = below[k + 1] + stacks[ordered[k]].count
    taken: list[tuple[int, int]] = []

    def pick(k: int, left: int) -> Iterator[Use]:
        if not left:
            yield tuple(taken)
            return
        for here in range(k, len(ordered)):
            if below[here] < left:
                return
            at = ordered[here]
            least = max(1, left - below[here + 1])
            for n in range(min(left, stacks[at].count), least - 1, -1):
                taken.append((at, n))
                yield from pick(here + 1, left - n)
                taken.pop()

    return pick(0, units)


def _windows(
    ordered: Sequence[int], units: int, stacks: Sequence[Stack], looks: int
) -> list[Use]:
    """Return the choices of neighbours by price: those of a pool too large for all.

    After so many looks only those that take the most of the first of them.
    """
    found: dict[Use, None] = {}
    for k in range(len(ordered)):
        heads = min(units, stacks[ordered[k]].count)
        least = max(1, heads - _DEEP) if looks > 0 else heads
        for head in range(least, heads + 1):
            left, use, at = units - head, [(ordered[k], head)], k + 1
            while left and at < len(ordered):
                n = min(left, stacks[ordered[at]].count)
                use.append((ordered[at], n))
                left, at = left - n, at + 1
            looks -= len(use)
            if not left:
                found[tuple(use)] = None
    return list(found)


def _combined(
    parts: Sequence[Sequence[Use]], stacks: Sequence[Stack]
) -> Iterator[tuple[Use, ...]]:
    """Yield one choice of each part, where there are units enough for all of them."""
    if len(parts) == 1:  # a choice of one part has its units
        yield from zip(parts[0], strict=True)
        return
    taken: dict[int, int] = {}
    chosen: list[Use] = []

    def combine(k: int) -> Iterator[tuple[Use, ...]]:
        if k == len(parts):
            yield tuple(chosen)
            return
        for choice in parts[k]:
            if any(taken.get(at, 0) + n > stacks[at].count for at, n in choice):
                continue
            for at, n in choice:
                taken[at] = taken.get(at, 0) + n
            chosen.append(choice)
            yield from combine(k + 1)
            chosen.pop()
            for at, n in choice:
                taken[at] -= n

    yield from combine(0)
