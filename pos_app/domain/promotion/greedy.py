"""A good choice at once: the deals that save the most for each unit go first."""

from __future__ import annotations

from fractions import Fraction

from pos_app.domain.promotion.packing import Group, Packed, Packing, Taken


def greedy(packing: Packing) -> Packed:
    """Return a choice that breaks no limit; the same one on every machine."""
    left = list(packing.counts)
    caps = list(packing.caps)
    simple = [packing.alone(at) for at in range(len(left))]

    def gain(group: Group) -> Fraction:
        units = sum(n for _, n in group.use)
        alone = sum(n * simple[at] for at, n in group.use)
        return Fraction(group.value - alone, units)

    ranked = sorted(packing.groups, key=lambda x: (-gain(x), x.rank, x.use))
    groups: list[tuple[Group, int]] = []
    value = 0
    for group in ranked:
        times = min(left[at] // n for at, n in group.use)
        if group.cap >= 0:
            times = min(times, caps[group.cap])
            caps[group.cap] -= times
        if times:
            groups.append((group, times))
            value += times * group.value
            for at, n in group.use:
                left[at] -= n * times
    singles, more = _singles(packing, left, caps)
    return Packed(tuple(groups), tuple(singles), value + more)


def _singles(
    packing: Packing, left: list[int], caps: list[int]
) -> tuple[list[Taken], int]:
    """Deal what is left; where a limit is short, the units that gain most go first."""
    offers = [
        (single.value, at, single)
        for at, singles in enumerate(packing.singles)
        if left[at]
        for single in singles
    ]
    offers.sort(key=lambda x: (-x[0], x[2].rank, x[1]))
    found, value = [], 0
    for each, at, single in offers:
        units = left[at]
        if single.cap >= 0:
            units = min(units, caps[single.cap])
            caps[single.cap] -= units
        if units:
            found.append(Taken(at, single, units))
            left[at] -= units
            value += units * each
    return found, value
