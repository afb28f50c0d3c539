"""Which deals a set of stacks gets: the offers laid out, split, searched, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pos_app.domain.promotion.deal import TierDeal, UnitDeal
from pos_app.domain.promotion.enumeration import Pool, uses_of
from pos_app.domain.promotion.group_saving import Use, Worth
from pos_app.domain.promotion.off_amount import for_quantity, taken
from pos_app.domain.promotion.packing import Group, Packed, Packing, Scale, Single
from pos_app.domain.promotion.parts import joined, split
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.search import pack
from pos_app.domain.promotion.stacks import Stack


@dataclass(frozen=True, slots=True)
class Entrant:
    """A promotion that holds, and the stacks that it names.

    Attributes:
        promotion: which. pools: the stacks of each of its selectors.
        uses_left: how often it may be used; None for any number of times.
    """

    promotion: Promotion
    pools: tuple[Pool, ...]
    uses_left: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the stacks get.

    Attributes:
        packed: the choice. entrants: that ranks in it point to.
        worths: of group uses, by rank and use.
    """

    packed: Packed
    entrants: Sequence[Entrant]
    worths: Mapping[tuple[int, Use], Worth]


@dataclass(slots=True)
class _Layout:
    """The offers of one choice, being laid out."""

    stacks: Sequence[Stack]
    entrants: Sequence[Entrant]
    scale: Scale
    singles: list[list[Single]] = field(default_factory=list)
    groups: dict[Use, list[Group]] = field(default_factory=dict)
    worths: dict[tuple[int, Use], Worth] = field(default_factory=dict)
    caps: list[int] = field(default_factory=list)
    is_complete: bool = True


def choose(stacks: Sequence[Stack], entrants: Sequence[Entrant], budget: int) -> Chosen:
    """Return what saves most.

    Args:
        stacks: the units.
        entrants: by rank.
        budget: states that may be looked at, for all parts together.
    """
    layout = _laid_out(stacks, entrants)
    parts = []
    for part in split(_packing(layout)):
        packed = pack(part.packing, budget)
        budget -= packed.nodes
        parts.append((part, packed))
    packed = joined(parts, is_complete=layout.is_complete)
    return Chosen(packed, entrants, layout.worths)


def _laid_out(stacks: Sequence[Stack], entrants: Sequence[Entrant]) -> _Layout:
    units = sum(stack.count for stack in stacks)
    scale = Scale(units * len(entrants) + 1, len(entrants))
    layout = _Layout(stacks, entrants, scale)
    layout.singles = [[] for _ in stacks]
    for rank, entrant in enumerate(entrants):
        if isinstance(entrant.promotion.deal, UnitDeal):
            _lay_singles(layout, rank, entrant)
    for at, singles in enumerate(layout.singles):
        layout.singles[at] = _worth_having(singles)
    for rank, entrant in enumerate(entrants):
        if not isinstance(entrant.promotion.deal, UnitDeal | TierDeal):
            _lay_groups(layout, rank, entrant)
    return layout


def _packing(layout: _Layout) -> Packing:
    groups = [group for found in layout.groups.values() for group in _best(found)]
    return Packing(
        counts=tuple(stack.count for stack in layout.stacks),
        singles=tuple(tuple(singles) for singles in layout.singles),
        groups=tuple(groups),
        caps=tuple(layout.caps),
    )


def _best(groups: Sequence[Group]) -> list[Group]:
    """Return the groups of one use that may be chosen: one without a cap at most."""
    free = max((x for x in groups if x.cap < 0), key=_value, default=None)
    if free is None:
        return list(groups)
    return [free, *(x for x in groups if x.cap >= 0 and x.value > free.value)]


def _lay_singles(layout: _Layout, rank: int, entrant: Entrant) -> None:
    deal = entrant.promotion.deal
    assert isinstance(deal, UnitDeal)
    found = []
    for at in entrant.pools[0]:
        stack = layout.stacks[at]
        off = deal.off
        if not stack.is_counted and stack.thousandths != 1000:
            off = for_quantity(off, stack.thousandths)
        saving = min(taken(off, stack.unit_minor), stack.room_minor)
        if saving > 0:
            found.append((at, saving))
    cap = _cap(layout, entrant, sum(layout.stacks[at].count for at, _ in found))
    for at, saving in found:
        value = layout.scale.value(saving, 1, rank)
        layout.singles[at].append(Single(value, rank, saving, cap))


def _worth_having(singles: Sequence[Single]) -> list[Single]:
    """Return the singles that may be chosen, the best first, the free one last."""
    found = []
    for single in sorted(singles, key=lambda x: (-x.value, x.rank)):
        found.append(single)
        if single.cap < 0:
            break
    return found


def _lay_groups(layout: _Layout, rank: int, entrant: Entrant) -> None:
    stacks = layout.stacks
    uses = uses_of(entrant.promotion.deal, entrant.pools, stacks)
    layout.is_complete = layout.is_complete and uses.is_complete
    kept = []
    for use, worth in uses.worths.items():
        units = sum(n for _, n in use)
        value = layout.scale.value(worth.saving_minor, units, rank)
        if value > sum(n * _alone(layout, at) for at, n in use):
            layout.worths[rank, use] = worth
            kept.append((use, value, units))
    if not kept:
        return
    places = {at for use, _, _ in kept for at, _ in use}
    most = sum(stacks[at].count for at in places) // min(units for *_, units in kept)
    cap = _cap(layout, entrant, most)
    for use, value, _ in kept:
        layout.groups.setdefault(use, []).append(Group(use, value, rank, cap))


def _alone(layout: _Layout, at: int) -> int:
    """Return what one unit of a stack is worth without groups and limits."""
    singles = layout.singles[at]
    return singles[-1].value if singles and singles[-1].cap < 0 else 0


def _cap(layout: _Layout, entrant: Entrant, most: int) -> int:
    """Return the position of an entrant's limit; -1 where it can never be reached."""
    left = entrant.uses_left
    if left is None or left >= most:
        return -1
    layout.caps.append(left)
    return len(layout.caps) - 1


def _value(group: Group) -> int:
    return group.value
