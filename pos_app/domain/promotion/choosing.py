"""Which deals a set of stacks gets: the offers laid out, split, searched, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.promotion.chains import chained
from pos_app.domain.promotion.effort import Effort, effort_of
from pos_app.domain.promotion.group_saving import Use, Worth, dearest_first, worth_of
from pos_app.domain.promotion.layout import Entrant, Layout, laid_out, packing_of
from pos_app.domain.promotion.packing import Group, Packed, Taken, in_order
from pos_app.domain.promotion.parts import Part, Tie, joined, split
from pos_app.domain.promotion.search import pack
from pos_app.domain.promotion.stacks import Stack
from pos_app.domain.promotion.steps import pack_with_ladders
from pos_app.domain.promotion.tiers import Ladder

#: Where the best choice is out of reach, so many group deals are tried without the
#: others, of a basket of so many stacks, with so many states each.
_ALONE = 8
_FEW = 1_000
_LITTLE = 500


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

    @property
    def saving_minor(self) -> int:
        """What it saves in all; minor units."""
        packed = self.packed
        saved = sum(one.single.saving_minor * one.units for one in packed.singles)
        return saved + sum(
            self.worths[group.rank, group.use].saving_minor * times
            for group, times in packed.groups
        )


def choose(
    stacks: Sequence[Stack],
    entrants: Sequence[Entrant],
    budget: int,
    effort: Effort | None = None,
) -> Chosen:
    """Return what saves most.

    Where that cannot be proven, one group deal by itself may do better than what was
    found with all of them; then it is taken.

    Args:
        stacks: the units.
        entrants: by rank.
        budget: states that may be looked at, for all parts together.
        effort: what else may be done; None for what goes with the budget.
    """
    effort = effort_of(budget) if effort is None else effort
    chosen = _choose(stacks, entrants, budget, effort)
    groups = [x for x in entrants if x.is_group]
    if chosen.packed.is_optimal or len(groups) < 2:
        return chosen
    best, nodes = chosen, chosen.packed.nodes
    for group in groups[: _ALONE if len(stacks) <= _FEW else 1]:
        others = [x for x in entrants if x is group or not x.is_group]
        found = _choose(stacks, others, min(_LITTLE, budget - nodes), effort)
        nodes += found.packed.nodes
        if found.saving_minor > best.saving_minor:
            best = found
    packed = replace(best.packed, nodes=nodes, is_optimal=False)
    return replace(best, packed=packed)


def _choose(
    stacks: Sequence[Stack], entrants: Sequence[Entrant], budget: int, effort: Effort
) -> Chosen:
    layout = laid_out(stacks, entrants, effort)
    parts = [_chained(layout)]
    ties = [Tie(x.stacks, x.takes) for x in layout.ladders]
    for part in split(packing_of(layout), ties):
        packed = _packed(layout, part, budget)
        budget -= packed.nodes
        parts.append((part.stacks, packed))
    packed = joined(parts)
    if not layout.is_complete:
        packed = replace(packed, is_optimal=False)
    return Chosen(packed, entrants, layout.worths)


def _packed(layout: Layout, part: Part, budget: int) -> Packed:
    place = {at: k for k, at in enumerate(part.stacks)}
    ladders = [_moved(x, place, part) for x in layout.ladders if x.stacks[0] in place]
    if not ladders:
        return pack(part.packing, budget, layout.effort)
    quantities = [layout.stacks[at].thousandths for at in part.stacks]
    return pack_with_ladders(part.packing, ladders, quantities, budget, layout.effort)


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


def _chained(layout: Layout) -> tuple[Sequence[int], Packed]:
    """Return what becomes of the goods on which one group deal stands alone."""
    groups: list[tuple[Group, int]] = []
    singles: list[Taken] = []
    for rank, chain in layout.chains:
        deal = layout.entrants[rank].promotion.deal
        left = {one.at: one.stack.count for one in chain}
        for use, times in chained(deal, chain, layout.scale, rank):
            worth = worth_of(deal, (dearest_first(use, layout.stacks),), layout.stacks)[
                1
            ]
            if worth.saving_minor <= 0:
                continue
            layout.worths[rank, use] = worth
            groups.append((Group(use, 0, rank), times))
            for at, n in use:
                left[at] -= n * times
        for at, units in left.items():
            plain = in_order(layout.singles[at])
            if units and plain:
                singles.append(Taken(at, plain[-1], units))
    return range(len(layout.stacks)), Packed(tuple(groups), tuple(singles), 0)
