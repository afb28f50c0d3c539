"""The exact search: branch and bound over stacks, bounded by a count of states.

The state is how many units of each stack and how many uses of each limit are left,
written into one whole number with a guard bit above each field; taking a deal is one
subtraction, and a guard bit that falls says that something ran out. The first stack
with units left is settled: it either stays out of all group deals, or one of those
that take it is used. Of two ways to the same state only the one of less loss goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from pos_app.domain.promotion.bounds import Prices, least_possible, quick_prices
from pos_app.domain.promotion.effort import FULL_EFFORT, Effort
from pos_app.domain.promotion.greedy import greedy
from pos_app.domain.promotion.packing import (
    DEALS_TRIED,
    IMPOSSIBLE,
    NOTHING_PACKED,
    Group,
    Packed,
    Packing,
    Single,
    Taken,
    plain_value,
    tried,
)
from pos_app.domain.promotion.settling import Settled, settle

#: (what was done, what was done before it); None for nothing.
_Trail: TypeAlias = Any

#: After so many states better prices are worth their while.
_FIRST_TRY = 100
#: More stacks than these in one part are left to the greedy choice.
_STACKS = 200
#: A state counts for more where many ways lead on, or many are looked at.
_ENDS = 4
_LOOKS = 64


class _Step(NamedTuple):
    """Something that can be done with the stack that is settled."""

    loss: int
    code: int
    group: Group | None
    singles: tuple[Taken, ...] = ()


def pack(
    packing: Packing,
    budget: int,
    effort: Effort = FULL_EFFORT,
    known: Packed = IMPOSSIBLE,
) -> Packed:
    """Return the best choice.

    Args:
        packing: what to choose from.
        budget: states to look at; when they are spent, the best choice found so
            far is returned and not called optimal.
        effort: what proving it may cost.
        known: a choice that fulfils the needs, where there are any.
    """
    first = known if packing.needs else greedy(packing)
    settled = settle(packing, first)
    if settled is not None:
        return _with_most_settled(packing, settled, budget, effort)
    prices = quick_prices(packing)
    if first.value == prices.total or budget <= 0 or len(packing.counts) > _STACKS:
        return replace(first, is_optimal=first.value == prices.total)
    first_need = len(packing.counts) + len(packing.caps)
    search = _Search(packing, prices, first_need)
    is_whole = search.run(first, min(budget, _FIRST_TRY))
    if not is_whole and budget > _FIRST_TRY:
        better = least_possible(packing, effort) or prices
        again = _Search(packing, better, first_need, search.nodes)
        is_whole = again.run(search.found, budget)
        search = again
    return replace(search.found, nodes=search.nodes, is_optimal=is_whole)


def _with_most_settled(
    packing: Packing, settled: Settled, budget: int, effort: Effort
) -> Packed:
    """Search through what is left; exact where the settling is, or at the bound."""
    rest = pack(settled.rest, budget, effort)
    value = rest.value + sum(group.value * times for group, times in settled.groups)
    is_best = value == quick_prices(packing).total
    return Packed(
        (*settled.groups, *rest.groups),
        rest.singles,
        value,
        rest.nodes,
        is_best or (settled.is_exact and rest.is_optimal),
    )


class _Search:
    """One search; `found` is the best choice so far, `least` its loss."""

    __slots__ = (
        *("packing", "prices", "first_need", "nodes", "least", "found"),
        *("shifts", "masks", "guards", "singles", "plain"),
    )

    def __init__(
        self, packing: Packing, prices: Prices, first_need: int, nodes: int = 0
    ) -> None:
        self.packing, self.prices, self.first_need = packing, prices, first_need
        self.nodes, self.least, self.guards = nodes, 0, 0
        self.found = NOTHING_PACKED
        self.shifts: list[int] = []
        self.masks: list[int] = []
        self.plain: list[int | None] = []
        self.singles: list[Sequence[Single]] = []

    def run(self, known: Packed, budget: int) -> bool:
        """Search for better than what is known; tell whether all was looked at."""
        self.found, self.least = known, self.prices.total - known.value
        open_ends: list[tuple[int, int, _Trail]] = [(0, self._fields(), None)]
        lines = (1 << self.shifts[len(self.packing.counts)]) - 1
        owner, steps = self._owners(), self._steps()
        self.singles = [tried(singles) for singles in self.packing.singles]
        self.plain = [plain_value(singles) for singles in self.singles]
        seen: dict[int, int] = {}
        while open_ends:
            loss, state, trail = open_ends.pop()
            if loss >= self.least or seen.get(state, loss + 1) <= loss:
                continue
            seen[state] = loss
            if self.nodes >= budget:
                return False
            units = state & lines
            if not units:
                self.nodes += 1
                self._arrived(state, loss, trail)
                continue
            at = owner[(units & -units).bit_length() - 1]
            before, room = (loss, trail), budget - self.nodes
            ends, ways = self._leaving(at, state, before, room * _ENDS)
            ends += self._grouped(steps[at], state, before)
            self.nodes += 1 + max(ways, len(ends)) // _ENDS + len(steps[at]) // _LOOKS
            if ways > room * _ENDS:
                return False
            ends.sort(key=_loss_of, reverse=True)
            open_ends += ends
        return all(len(x) <= DEALS_TRIED for x in self.packing.singles)

    def _grouped(
        self, steps: Sequence[_Step], state: int, before: tuple[int, _Trail]
    ) -> list[tuple[int, int, _Trail]]:
        """Return where the groups lead that a stack may be in."""
        ends, guards = [], self.guards
        for step in steps:
            cost = before[0] + step.loss
            if cost >= self.least:
                break
            left = (state | guards) - step.code
            if left & guards == guards:
                ends.append((cost, left ^ guards, (step, before[1])))
        return ends

    def _arrived(self, state: int, loss: int, trail: _Trail) -> None:
        """Keep the choice that a way leads to; uses that are left over are lost."""
        first = len(self.packing.counts)
        for cap, price in enumerate(self.prices.caps):
            loss += price * self._field(state, first + cap)
        if loss < self.least and not state >> self.shifts[self.first_need]:
            self.least = loss
            self.found = _packed(trail, self.prices.total - loss)

    def _field(self, state: int, position: int) -> int:
        return (state >> self.shifts[position]) & self.masks[position]

    def _fields(self) -> int:
        """Lay out the fields; return the state with everything left."""
        packing = self.packing
        shift = state = 0
        for left in (*packing.counts, *packing.caps, *packing.needs):
            self.shifts.append(shift)
            state |= left << shift
            width = left.bit_length() + 1
            self.masks.append((1 << width) - 1)
            shift += width
            self.guards |= 1 << (shift - 1)
        self.shifts.append(shift)
        return state

    def _owners(self) -> list[int]:
        owner = []
        for at in range(len(self.packing.counts)):
            owner += [at] * (self.shifts[at + 1] - self.shifts[at])
        return owner

    def _steps(self) -> list[list[_Step]]:
        steps: list[list[_Step]] = [[] for _ in self.packing.counts]
        first_cap = len(self.packing.counts)
        for group in self.packing.groups:
            code = sum(n << self.shifts[at] for at, n in group.use)
            price = sum(n * self.prices.units[at] for at, n in group.use)
            for cap, n in group.takes:
                code += n << self.shifts[first_cap + cap]
                price += n * self.prices.caps[cap]
            step = _Step(price - group.value, code, group)
            for at, _ in group.use:
                steps[at].append(step)
        for found in steps:
            found.sort(key=_loss_of)
        return steps

    def _leaving(
        self, at: int, state: int, before: tuple[int, _Trail], most: int
    ) -> tuple[list[tuple[int, int, _Trail]], int]:
        """Return what can become of a stack's units outside all group deals.

        And how many ways that are: one more than `most` where there are more.
        """
        loss, trail = before
        units, singles = self._field(state, at), self.singles[at]
        rest, plain = state - (units << self.shifts[at]), self.plain[at]
        if plain is not None:
            loss += units * (self.prices.units[at] - plain)
            if loss >= self.least:
                return [], 1
            taken = (Taken(at, singles[0], units),) if singles else ()
            return [(loss, rest, (_Step(0, 0, None, taken), trail))], 1
        cost = loss + units * self.prices.units[at]
        ways = list(islice(self._dealt(at, units, rest, ()), most + 1))
        ends = [
            (cost - value, end, (_Step(0, 0, None, taken), trail))
            for value, end, taken in ways
            if cost - value < self.least
        ]
        return ends, len(ways)

    def _dealt(
        self, at: int, units: int, state: int, tried: tuple[int, ...]
    ) -> Iterator[tuple[int, int, tuple[Taken, ...]]]:
        """Yield (value, state after it, units) for each way to deal units singly.

        `tried` are the ranks of the deals before this one, -1 for one that was given
        nothing: of one deal a stack gets one break only.
        """
        singles = self.singles[at]
        if len(tried) == len(singles) or not units:
            yield 0, state, ()
            return
        single = singles[len(tried)]
        numbers = self._numbers(single, units, state)
        for n in (0,) if single.rank in tried else numbers:
            own = (Taken(at, single, n),) if n else ()
            worth = n * single.value
            end = state
            for cap, amount in single.takes:
                worth -= n * amount * self.prices.caps[cap]
                end -= n * amount << self.shifts[len(self.packing.counts) + cap]
            for need, amount in single.gives:
                position = self.first_need + need
                given = min(self._field(end, position), n * amount)
                end -= given << self.shifts[position]
            for value, after, taken in self._dealt(
                at, units - n, end, (*tried, single.rank if n else -1)
            ):
                yield value + worth, after, own + taken

    def _numbers(self, single: Single, units: int, state: int) -> Sequence[int]:
        """Return how many of so many units a deal may be given, the most first."""
        most = min(units, single.most) if single.most else units
        if single.is_free and not single.most:  # nothing that comes later is better
            return (most if most >= single.least else 0,)
        first = len(self.packing.counts)
        for cap, amount in single.takes:
            most = min(most, self._field(state, first + cap) // amount)
        if most < single.least:
            return (0,)
        return (*range(most, max(1, single.least) - 1, -1), 0)


def _loss_of(one: Sequence[Any]) -> int:
    loss: int = one[0]
    return loss


def _packed(trail: _Trail, value: int) -> Packed:
    groups: dict[Group, int] = {}
    singles: list[Taken] = []
    while trail is not None:
        step, trail = trail
        if step.group is not None:
            groups[step.group] = groups.get(step.group, 0) + 1
        singles += step.singles
    return Packed(tuple(groups.items()), tuple(singles), value)
