"""A good choice at once: the deals that save the most for each unit go first."""

from __future__ import annotations

from pos_app.domain.promotion.packing import Amounts, Group, Packed, Packing, Taken

#: Gains of one unit are compared to this part: what 1 to 16 units divide evenly.
_FINE = 720_720


def greedy(packing: Packing) -> Packed:
    """Return a choice that breaks no limit; the same one on every machine."""
    left = list(packing.counts)
    caps = list(packing.caps)
    simple = [packing.alone(at) for at in range(len(left))]

    def gain(group: Group) -> int:
        units = sum(n for _, n in group.use)
        alone = sum(n * simple[at] for at, n in group.use)
        return (group.value - alone) * _FINE // units

    ranked = sorted(packing.groups, key=lambda x: (-gain(x), x.rank, x.use))
    groups: list[tuple[Group, int]] = []
    value = 0
    for group in ranked:
        times = min(left[at] // n for at, n in group.use)
        for cap, amount in group.takes:
            times = min(times, caps[cap] // amount)
        if times:
            _use(group.takes, times, caps)
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
        if single.saving_minor
    ]
    offers.sort(key=lambda x: (-x[0], x[2].rank, x[1]))
    found, value = [], 0
    used: set[tuple[int, int]] = set()
    for each, at, single in offers:
        units = min(left[at], single.most) if single.most else left[at]
        for cap, amount in single.takes:
            units = min(units, caps[cap] // amount)
        if units and units >= single.least and (at, single.rank) not in used:
            used.add((at, single.rank))
            _use(single.takes, units, caps)
            found.append(Taken(at, single, units))
            left[at] -= units
            value += units * each
    return found, value


def _use(takes: Amounts, times: int, caps: list[int]) -> None:
    for cap, amount in takes:
        caps[cap] -= times * amount
