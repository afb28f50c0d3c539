"""Quantity breaks that several stacks fulfil together: which are held to be reached.

Every choice of breaks is tried, each as if its quantities were reached. Where they
are not by themselves, the search is made again with the quantities as needs: some
units then take part that something else would lower more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from math import prod

from pos_app.domain.promotion.effort import FULL_EFFORT, Effort
from pos_app.domain.promotion.packing import (
    IMPOSSIBLE,
    NOTHING_PACKED,
    Packed,
    Packing,
    Single,
    Taken,
    in_order,
)
from pos_app.domain.promotion.parts import joined, split
from pos_app.domain.promotion.search import pack
from pos_app.domain.promotion.tiers import Ladder, Step

#: So many choices of breaks are tried; of more only those with the highest ones.
_CHOICES = 64
#: And in a large basket fewer, but so many.
_LEAST_CHOICES = 4
#: Needs are searched for exactly up to so many stacks.
_STACKS = 150
_NOTHING = Single(0, -1, 0)


def pack_with_ladders(
    packing: Packing,
    ladders: Sequence[Ladder],
    quantities: Sequence[int],
    budget: int,
    effort: Effort = FULL_EFFORT,
) -> Packed:
    """Return the best choice of a part with deals of several breaks.

    Args:
        packing: the part without them.
        ladders: the breaks; positions are the part's.
        quantities: thousandths of one unit of each stack.
        budget: states to look at.
        effort: what else may be done.
    """
    best, nodes = NOTHING_PACKED, 0
    most = min(_CHOICES, max(_LEAST_CHOICES, effort.passes // len(packing.counts)))
    is_optimal = prod(len(x.steps) + 1 for x in ladders) <= most
    for chosen in _choices(ladders, most):
        taking = _Taking(packing, chosen, quantities, effort)
        found = taking.packed(best.value, budget - nodes)
        nodes += found.nodes
        is_optimal = is_optimal and found.is_optimal
        if found.value > best.value:
            best = found
    return replace(best, nodes=nodes, is_optimal=is_optimal)


def _choices(ladders: Sequence[Ladder], most: int) -> Iterator[tuple[Step | None, ...]]:
    """Yield choices of breaks, the highest first."""
    if prod(len(x.steps) + 1 for x in ladders) <= most:
        yield from product(*((*x.steps, None) for x in ladders))
        return
    highest = tuple(x.steps[0] for x in ladders)
    yield highest
    yield tuple(None for _ in ladders)
    few = most if most == _CHOICES else (most - 2) // 2
    for k in range(min(len(ladders), few)):
        yield tuple(x if i == k else None for i, x in enumerate(highest))
        yield tuple(None if i == k else x for i, x in enumerate(highest))


class _Taking:
    """One choice of breaks."""

    def __init__(
        self,
        packing: Packing,
        chosen: Sequence[Step | None],
        quantities: Sequence[int],
        effort: Effort,
    ) -> None:
        self._packing = packing
        self._steps = [step for step in chosen if step is not None]
        self._quantities = quantities
        self._effort = effort

    def packed(self, known: int, budget: int) -> Packed:
        """Return the best choice under it, or what shows that none is better."""
        relaxed = self._packing if not self._steps else self._with(has_needs=False)
        parts, nodes = [], 0
        for part in split(relaxed):
            found = pack(part.packing, budget - nodes, self._effort)
            nodes += found.nodes
            parts.append((part.stacks, found))
        free = joined(parts)
        if self._is_fulfilled(free):
            return free
        if free.is_optimal and free.value <= known:
            return replace(NOTHING_PACKED, nodes=nodes)
        repaired = self._repaired(free)
        if len(self._packing.counts) > _STACKS:
            return replace(repaired, nodes=nodes, is_optimal=False)
        needy = self._with(has_needs=True)
        found = pack(needy, budget - nodes, self._effort, repaired)
        return replace(found, nodes=nodes + found.nodes)

    def _with(self, *, has_needs: bool) -> Packing:
        singles = [list(found) for found in self._packing.singles]
        caps = list(self._packing.caps)
        for need, step in enumerate(self._steps):
            for at, single in step.singles:
                quantity = self._quantities[at]
                takes = single.takes
                if step.room is not None:
                    takes = (*takes, (len(caps), quantity))
                gives = ((need, quantity),) if has_needs else ()
                if not gives and not single.saving_minor:
                    continue
                singles[at].append(single._replace(takes=takes, gives=gives))
            if step.room is not None:
                caps.append(step.room)
        return replace(
            self._packing,
            singles=tuple(map(in_order, singles)),
            caps=tuple(caps),
            needs=tuple(step.need for step in self._steps) if has_needs else (),
        )

    def _is_fulfilled(self, packed: Packed) -> bool:
        return all(self._missing(step, packed) <= 0 for step in self._steps)

    def _missing(self, step: Step, packed: Packed) -> int:
        own = {at: (x.rank, x.step) for at, x in step.singles}
        return step.need - sum(
            self._quantities[one.stack] * one.units
            for one in packed.singles
            if own.get(one.stack) == (one.single.rank, one.single.step)
        )

    def _repaired(self, packed: Packed) -> Packed:
        """Let units take part that something plain would lower more, the nearest first.

        Returns what is impossible where that does not do, or limits are in the way.
        """
        held = self._held(packed)
        value = packed.value
        if any(step.room is not None for step in self._steps):
            return IMPOSSIBLE
        held_to = {single for step in self._steps for _, single in step.singles}
        for step in self._steps:
            missing = self._missing(step, packed)
            own = {at: x for at, x in step.singles if not x.takes}
            losses = sorted(
                (single.value - own[at].value, at, single)
                for at, single in held
                if at in own and single.is_plain and single not in held_to
            )
            for loss, at, single in losses:
                if missing <= 0:
                    break
                quantity = self._quantities[at]
                n = min(held[at, single], -(-missing // quantity))
                held[at, single] -= n
                held[at, own[at]] = held.get((at, own[at]), 0) + n
                missing -= n * quantity
                value -= n * loss
            if missing > 0:
                return IMPOSSIBLE
        singles = tuple(
            Taken(at, x, n) for (at, x), n in held.items() if n and x.rank >= 0
        )
        repaired = replace(packed, singles=singles, value=value)
        return repaired if self._is_fulfilled(repaired) else IMPOSSIBLE

    def _held(self, packed: Packed) -> dict[tuple[int, Single], int]:
        """Return what single units have, those that have nothing as well."""
        left = list(self._packing.counts)
        for group, times in packed.groups:
            for at, n in group.use:
                left[at] -= n * times
        held: dict[tuple[int, Single], int] = {}
        for one in packed.singles:
            held[one.stack, one.single] = (
                held.get((one.stack, one.single), 0) + one.units
            )
            left[one.stack] -= one.units
        held.update(((at, _NOTHING), n) for at, n in enumerate(left) if n)
        return held
