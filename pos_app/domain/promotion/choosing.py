"""Which deals a set of stacks gets: the offers laid out, split, searched, put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pos_app.domain.promotion.deal import GiftDeal, TierDeal, UnitDeal
from pos_app.domain.promotion.enumeration import Pool, uses_of
from pos_app.domain.promotion.group_saving import Use, Worth
from pos_app.domain.promotion.off_amount import unit_saving
from pos_app.domain.promotion.packing import (
    Amounts,
    Group,
    Packed,
    Packing,
    Scale,
    Single,
    in_order,
)
from pos_app.domain.promotion.parts import Part, Tie, joined, split
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.search import pack
from pos_app.domain.promotion.stacks import Stack
from pos_app.domain.promotion.steps import pack_with_ladders
from pos_app.domain.promotion.tiers import Ladder, ladders_of, own_singles


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
    singles: list[list[Single]]
    ladders: list[Ladder] = field(default_factory=list)
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
    ties = [Tie(x.stacks, x.takes) for x in layout.ladders]
    for part in split(_packing(layout), ties):
        packed = _packed(layout, part, budget)
        budget -= packed.nodes
        parts.append((part.stacks, packed))
    packed = joined(parts)
    if not layout.is_complete:
        packed = replace(packed, is_optimal=False)
    return Chosen(packed, entrants, layout.worths)


def _packed(layout: _Layout, part: Part, budget: int) -> Packed:
    place = {at: k for k, at in enumerate(part.stacks)}
    ladders = [_moved(x, place, part) for x in layout.ladders if x.stacks[0] in place]
    if not ladders:
        return pack(part.packing, budget)
    quantities = [layout.stacks[at].thousandths for at in part.stacks]
    return pack_with_ladders(part.packing, ladders, quantities, budget)


def _moved(ladder: Ladder, place: Mapping[int, int], part: Part) -> Ladder:
    """Return a ladder in the positions of a part."""
    takes = tuple((part.caps[cap], n) for cap, n in ladder.takes)
    steps = [
        replace(
            step,
            singles=tuple(
                (place[at], one._replace(takes=takes)) for at, one in step.singles
            ),
        )
        for step in ladder.steps
    ]
    stacks = tuple(place[at] for at in ladder.stacks)
    return Ladder(tuple(steps), stacks, takes)


def _laid_out(stacks: Sequence[Stack], entrants: Sequence[Entrant]) -> _Layout:
    units = sum(stack.count for stack in stacks)
    scale = Scale(units * len(entrants) + 1, len(entrants))
    layout = _Layout(stacks, entrants, scale, [[] for _ in stacks])
    groups = []
    for rank, entrant in enumerate(entrants):
        match entrant.promotion.deal:
            case UnitDeal():
                _lay_singles(layout, rank, entrant)
            case TierDeal():
                _lay_ladders(layout, rank, entrant)
            case _:
                groups.append((rank, entrant))
    for rank, entrant in groups:
        _lay_groups(layout, rank, entrant)
    return layout


def _packing(layout: _Layout) -> Packing:
    groups = [group for found in layout.groups.values() for group in _best(found)]
    return Packing(
        counts=tuple(stack.count for stack in layout.stacks),
        singles=tuple(map(in_order, layout.singles)),
        groups=tuple(groups),
        caps=tuple(layout.caps),
    )


def _best(groups: Sequence[Group]) -> list[Group]:
    """Return the groups of one use that may be chosen: one without a cap at most."""
    free = max((x for x in groups if not x.takes), key=_value, default=None)
    if free is None:
        return list(groups)
    return [free, *(x for x in groups if x.takes and x.value > free.value)]


def _lay_singles(layout: _Layout, rank: int, entrant: Entrant) -> None:
    deal = entrant.promotion.deal
    assert isinstance(deal, UnitDeal)
    found = []
    for at in entrant.pools[0]:
        saving = unit_saving(deal.off, layout.stacks[at])
        if saving > 0:
            found.append((at, saving))
    units = sum(layout.stacks[at].count for at, _ in found)
    takes = _limit(layout, entrant.uses_left, units)
    for at, saving in found:
        value = layout.scale.value(saving, 1, rank)
        layout.singles[at].append(Single(value, rank, saving, takes))


def _lay_ladders(layout: _Layout, rank: int, entrant: Entrant) -> None:
    deal, stacks = entrant.promotion.deal, layout.stacks
    assert isinstance(deal, TierDeal)
    units = sum(stacks[at].count for at in entrant.pools[0])
    takes = _limit(layout, entrant.uses_left, units)
    worth = (layout.scale, rank, takes)
    for ladder in ladders_of(deal, entrant.pools[0], stacks, worth):
        if len(ladder.stacks) > 1:
            layout.ladders.append(ladder)
        else:
            at = ladder.stacks[0]
            layout.singles[at] += own_singles(ladder, stacks[at])


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
    takes_of = _takes(layout, entrant, most)
    for use, value, _ in kept:
        found = Group(use, value, rank, takes_of(use))
        layout.groups.setdefault(use, []).append(found)


def _takes(layout: _Layout, entrant: Entrant, most: int) -> Callable[[Use], Amounts]:
    """Return what says how much of which limits a use takes.

    A gift beside goods for so much is limited by how much they are. What is given
    does not pay for itself, so each gift that is such goods takes its own price too.
    """
    deal, left = entrant.promotion.deal, entrant.uses_left
    if not isinstance(deal, GiftDeal) or not deal.threshold_minor:
        takes = _limit(layout, left, most)
        return lambda _: takes
    goods, stacks = frozenset(entrant.pools[0]), layout.stacks
    amount = sum(stacks[at].unit_minor * stacks[at].count for at in goods)
    uses = amount // deal.threshold_minor
    takes = _limit(layout, uses if left is None else min(uses, left), most)
    if goods.isdisjoint(entrant.pools[1]):
        return lambda _: takes
    layout.caps.append(amount)
    last = len(layout.caps) - 1
    threshold = deal.threshold_minor

    def takes_of(use: Use) -> Amounts:
        given = sum(stacks[at].unit_minor * n for at, n in use if at in goods)
        return (*takes, (last, threshold + given))

    return takes_of


def _alone(layout: _Layout, at: int) -> int:
    """Return what one unit of a stack is worth without groups and limits."""
    return max((x.value for x in layout.singles[at] if x.is_plain), default=0)


def _limit(layout: _Layout, left: int | None, most: int) -> Amounts:
    """Return what one use takes of a limit; nothing where it can never be reached."""
    if left is None or left >= most:
        return ()
    layout.caps.append(left)
    return ((len(layout.caps) - 1, 1),)


def _value(group: Group) -> int:
    return group.value
