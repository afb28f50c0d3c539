"""Most of what is repeated very often is settled at once; the rest is searched through."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.domain.promotion.packing import Group, Packed, Packing

#: Of so many units most are settled; so many repetitions are left to the search.
_MANY = 400
_KEPT = 16


@dataclass(frozen=True, slots=True)
class Settled:
    """Groups that are settled, and what is left.

    Attributes:
        groups: with how often each is used. rest: what is still to be chosen.
        is_exact: whether some best choice has all of these groups.
    """

    groups: tuple[tuple[Group, int], ...]
    rest: Packing
    is_exact: bool


def settle(packing: Packing, first: Packed) -> Settled | None:
    """Settle most of what a greedy choice repeats often; None where nothing is.

    Of a single stack the best group for its size makes up all but a few units of some
    best choice (of as many others as it has units some fill whole ones), so this is
    exact there.
    """
    if sum(packing.counts) <= _MANY or not packing.groups:
        return None
    kept = max(_KEPT, *(sum(n for _, n in x.use) for x in packing.groups))
    groups = tuple((x, times - kept) for x, times in first.groups if times > kept)
    if not groups:
        return None
    counts, caps = list(packing.counts), list(packing.caps)
    for group, times in groups:
        for at, n in group.use:
            counts[at] -= n * times
        for cap, n in group.takes:
            caps[cap] -= n * times
    is_exact = (
        len(counts) == 1 and not caps and all(x.is_plain for x in packing.singles[0])
    )
    rest = replace(packing, counts=tuple(counts), caps=tuple(caps))
    return Settled(groups, rest, is_exact)
