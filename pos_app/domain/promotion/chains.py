"""A group deal that stands alone on its goods, solved at once in any size.

第二件半价 on the whole shop is such a deal: nothing but deals of single units rivals
it. Then the best groups are neighbours by price, and one walk over the units from the
dearest to the cheapest finds which of them belong to groups, exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.domain.promotion.deal import Deal, NForDeal, NthDeal
from pos_app.domain.promotion.group_saving import Use
from pos_app.domain.promotion.off_amount import taken
from pos_app.domain.promotion.packing import Scale
from pos_app.domain.promotion.stacks import Stack

#: Of what cannot be: below any value that units could be worth.
_NEVER = -(1 << 256)


@dataclass(frozen=True, slots=True)
class ChainStack:
    """A stack of a chain: its position, and what one unit is worth by itself."""

    at: int
    stack: Stack
    alone: int


def is_chain(deal: Deal, stacks: Sequence[Stack], walk: int) -> bool:
    """Tell whether groups of neighbours are the best there are, to the minor unit.

    Not where a floor is near, and not where a percentage of several units together
    is rounded once: there odd minor units decide. Nor where more places of units in
    groups than `walk` would have to be walked through.
    """
    if any(x.room_minor < x.unit_minor for x in stacks):
        return False
    if isinstance(deal, NForDeal):
        return True
    if not isinstance(deal, NthDeal) or _is_long(deal.every, stacks, walk):
        return False
    part = deal.off.percentage
    return part is None or deal.cheapest == 1 or part.millionths >= 1_000_000


def _is_long(size: int, stacks: Sequence[Stack], walk: int) -> bool:
    return size * sum(min(x.count, 3 * size) for x in stacks) > walk


def chained(
    deal: Deal, chain: Sequence[ChainStack], scale: Scale, rank: int
) -> list[tuple[Use, int]]:
    """Return the uses that save most, and how often each."""
    bonus = scale.ranks - rank
    if isinstance(deal, NForDeal):
        return _together(_best_for_a_price(deal, chain, scale.one, bonus), deal.count)
    assert isinstance(deal, NthDeal)
    worth = {
        x.at: taken(deal.off, x.stack.unit_minor) * scale.one + bonus for x in chain
    }
    ordered = sorted(chain, key=lambda x: (-x.stack.unit_minor, x.at))
    walk = _Walk(deal.every, deal.every - deal.cheapest, bonus)
    for one in ordered:
        walk.pass_over(one, worth[one.at])
    return _together(walk.taken(), deal.every)


def _best_for_a_price(
    deal: NForDeal, chain: Sequence[ChainStack], unit: int, bonus: int
) -> list[tuple[int, int]]:
    """Return the units (position, count) that are worth more for the price together."""
    ordered = sorted(
        (
            (x.stack.unit_minor * unit + bonus - x.alone, x.at, x.stack.count)
            for x in chain
        ),
        key=lambda x: (-x[0], x[1]),
    )
    price = deal.price_minor * unit
    chosen: list[tuple[int, int]] = []
    group: list[tuple[int, int]] = []
    missing, gain = deal.count, -price
    for each, at, units in ordered:
        left = units
        if missing == deal.count and each * deal.count > price:
            whole = left // deal.count * deal.count
            chosen += [(at, whole)] if whole else []
            left -= whole
        while left:
            n = min(left, missing)
            group.append((at, n))
            gain += n * each
            left, missing = left - n, missing - n
            if missing:
                continue
            if gain <= 0:
                return chosen
            chosen += group
            group, missing, gain = [], deal.count, -price
            if left >= deal.count and each * deal.count > price:
                whole = left // deal.count * deal.count
                chosen.append((at, whole))
                left -= whole
    return chosen


class _Walk:
    """From the dearest unit to the cheapest: which ones belong to groups.

    For each number of units that stand in an unfinished group, the most that could be
    had so far, and how.
    """

    def __init__(self, size: int, full: int, bonus: int) -> None:
        self._size = size
        self._full = full  # so many of a group cost what they cost
        self._bonus = bonus
        self._best: list[tuple[int, _Way]] = [(_NEVER, None) for _ in range(size)]
        self._best[0] = (0, None)
        self._whole: dict[int, int] = {}

    def pass_over(self, one: ChainStack, reduced: int) -> None:
        """Take a stack's units into account; `reduced` is the value of one lowered."""
        size, units = self._size, one.stack.count
        inside = self._full * self._bonus + (size - self._full) * reduced
        if units > 2 * size:  # of so many equal ones whole groups can be told at once
            times = (units - 2 * size) // size
            units -= times * size
            if inside > size * one.alone:
                self._whole[one.at] = times * size
        for _ in range(units):
            grown = [
                (value + one.alone if value > _NEVER else _NEVER, way)
                for value, way in self._best
            ]
            for place, (value, way) in enumerate(self._best):
                if value == _NEVER:
                    continue
                more = value + (self._bonus if place < self._full else reduced)
                after = (place + 1) % size
                if more > grown[after][0]:
                    grown[after] = (more, (one.at, way))
            self._best = grown

    def taken(self) -> list[tuple[int, int]]:
        """Return the units (position, count) of groups, the dearest first."""
        way = self._best[0][1]
        singly: list[int] = []
        while way is not None:
            at, way = way
            singly.append(at)
        found = [(at, 1) for at in reversed(singly)]
        return found + list(self._whole.items())


#: (position of the last unit taken, those before it).
_Way = tuple[int, "_Way"] | None


def _together(units: Sequence[tuple[int, int]], size: int) -> list[tuple[Use, int]]:
    """Cut units into groups; count equal groups."""
    found: dict[Use, int] = {}
    group: dict[int, int] = {}
    missing = size
    for at, count in units:
        left = count
        while left:
            if missing == size and left >= size:
                found[((at, size),)] = found.get(((at, size),), 0) + left // size
                left %= size
                continue
            n = min(left, missing)
            group[at] = group.get(at, 0) + n
            left, missing = left - n, missing - n
            if not missing:
                use = tuple(sorted(group.items()))
                found[use] = found.get(use, 0) + 1
                group, missing = {}, size
    assert missing == size
    return list(found.items())
