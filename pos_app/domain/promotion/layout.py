"""The offers for a set of stacks, laid out for the search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pos_app.domain.promotion.chains import ChainStack, is_chain
from pos_app.domain.promotion.deal import (
    BundleDeal,
    GiftDeal,
    NForDeal,
    NthDeal,
    TierDeal,
    UnitDeal,
)
from pos_app.domain.promotion.effort import FULL_EFFORT, Effort
from pos_app.domain.promotion.enumeration import Pool, uses_of
from pos_app.domain.promotion.group_saving import Use, Worth
from pos_app.domain.promotion.off_amount import unit_saving
from pos_app.domain.promotion.packing import (
    Amounts,
    Group,
    Packing,
    Scale,
    Single,
    in_order,
)
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.stacks import Stack
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

    @property
    def is_possible(self) -> bool:  # noqa: PLR0911 - one flat case for each kind
        """Tell whether its deal can be fulfilled at all, whoever wrote it."""
        match self.promotion.deal:
            case NthDeal(every=every, cheapest=cheapest):
                return every >= cheapest > 0
            case NForDeal(count=count):
                return count > 0
            case BundleDeal(slots=slots):
                return bool(slots) and all(slot.count > 0 for slot in slots)
            case GiftDeal() as deal:
                return deal.gift_count > 0 and (
                    deal.threshold_minor > 0 or deal.count > 0
                )
            case TierDeal(breaks=breaks):
                quantities = [x.quantity for x in breaks]
                if not all(x.is_finite() for x in quantities):
                    return False
                return (
                    quantities == sorted(quantities) and min(quantities, default=0) > 0
                )
        return True

    @property
    def is_group(self) -> bool:
        """Tell whether its deal is one of several units together."""
        return not isinstance(self.promotion.deal, UnitDeal | TierDeal)


@dataclass(frozen=True, slots=True)
class Layout:
    """The offers of one choice.

    Attributes:
        stacks: the units. entrants: by rank. scale: of values.
        effort: what laying them out may cost.
        singles: what single units of each stack may have.
        alone: what one unit of each is worth without groups and limits.
        ladders: quantity breaks that several stacks fulfil together.
        groups: by the units that they take. worths: by rank and units.
        caps: how much of each limit is left.
        chains: group deals that stand alone on their goods: rank and stacks.
        cut_short: by rank: the deals of which not every possible use was laid out.
    """

    stacks: Sequence[Stack]
    entrants: Sequence[Entrant]
    scale: Scale
    effort: Effort
    singles: list[list[Single]]
    alone: list[int] = field(default_factory=list)
    ladders: list[Ladder] = field(default_factory=list)
    groups: dict[Use, list[Group]] = field(default_factory=dict)
    worths: dict[tuple[int, Use], Worth] = field(default_factory=dict)
    caps: list[int] = field(default_factory=list)
    chains: list[tuple[int, list[ChainStack]]] = field(default_factory=list)
    cut_short: set[int] = field(default_factory=set)

    @property
    def is_complete(self) -> bool:
        """Tell whether every possible use was laid out."""
        return not self.cut_short


def laid_out(
    stacks: Sequence[Stack], entrants: Sequence[Entrant], effort: Effort = FULL_EFFORT
) -> Layout:
    """Lay the offers of some promotions for some units out."""
    units = sum(stack.count for stack in stacks)
    stands_alone = any(entrant.promotion.exclusive for entrant in entrants)
    scale = Scale.of(units, len(entrants), spares=stands_alone)
    layout = Layout(stacks, entrants, scale, effort, [[] for _ in stacks])
    groups = []
    for rank, entrant in enumerate(entrants):
        match entrant.promotion.deal:
            case UnitDeal():
                _lay_singles(layout, rank, entrant)
            case TierDeal():
                _lay_ladders(layout, rank, entrant)
            case _:
                groups.append((rank, entrant))
    layout.alone.extend(
        max((x.value for x in singles if x.is_plain), default=0)
        for singles in layout.singles
    )
    shared = _shared(layout, groups)
    for rank, entrant in groups:
        if not _lay_chain(layout, rank, entrant, shared):
            _lay_groups(layout, rank, entrant, len(groups))
    return layout


def _shared(layout: Layout, groups: Sequence[tuple[int, Entrant]]) -> set[int]:
    """Return the stacks that more than one group deal, a limit or a break is about."""
    shared = {at for ladder in layout.ladders for at in ladder.stacks}
    for at, singles in enumerate(layout.singles):
        if not all(single.is_plain for single in singles):
            shared.add(at)
    named: set[int] = set()
    for _, entrant in groups:
        own = {at for pool in entrant.pools for at in pool}
        shared |= named & own
        named |= own
    return shared


def _lay_chain(layout: Layout, rank: int, entrant: Entrant, shared: set[int]) -> bool:
    """Set a group deal aside that stands alone on its goods; tell whether it does."""
    deal, stacks = entrant.promotion.deal, layout.stacks
    pool = [at for at in entrant.pools[0] if stacks[at].is_counted]
    if entrant.uses_left is not None or not shared.isdisjoint(pool):
        return False
    if not is_chain(deal, [stacks[at] for at in pool], layout.effort.walk):
        return False
    chain = [ChainStack(at, stacks[at], layout.alone[at]) for at in pool]
    layout.chains.append((rank, chain))
    return True


def packing_of(layout: Layout) -> Packing:
    """Return what is left to search through."""
    chained = {one.at for _, chain in layout.chains for one in chain}
    groups = [group for found in layout.groups.values() for group in _best(found)]
    return Packing(
        counts=tuple(stack.count for stack in layout.stacks),
        singles=tuple(
            () if at in chained else in_order(singles)
            for at, singles in enumerate(layout.singles)
        ),
        groups=tuple(groups),
        caps=tuple(layout.caps),
    )


def _best(groups: Sequence[Group]) -> list[Group]:
    """Return the groups of one use that may be chosen: one without a cap at most."""
    free = max((x for x in groups if not x.takes), key=_value, default=None)
    if free is None:
        return list(groups)
    return [free, *(x for x in groups if x.takes and x.value > free.value)]


def _lay_singles(layout: Layout, rank: int, entrant: Entrant) -> None:
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


def _lay_ladders(layout: Layout, rank: int, entrant: Entrant) -> None:
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


def _lay_groups(layout: Layout, rank: int, entrant: Entrant, groups: int) -> None:
    stacks = layout.stacks
    deal, pools = entrant.promotion.deal, entrant.pools
    uses = uses_of(deal, pools, stacks, layout.effort, groups)
    if not uses.is_complete:
        layout.cut_short.add(rank)
    kept = []
    for use, worth in uses.worths.items():
        units = sum(n for _, n in use)
        value = layout.scale.value(worth.saving_minor, units, rank)
        if value > sum(n * layout.alone[at] for at, n in use):
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


def _takes(layout: Layout, entrant: Entrant, most: int) -> Callable[[Use], Amounts]:
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


def _limit(layout: Layout, left: int | None, most: int) -> Amounts:
    """Return what one use takes of a limit; nothing where it can never be reached."""
    if left is None or left >= most:
        return ()
    layout.caps.append(left)
    return ((len(layout.caps) - 1, 1),)


def _value(group: Group) -> int:
    return group.value
