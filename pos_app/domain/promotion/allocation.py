"""From a choice to applications: which units of which lines, and what each saves.

A group's saving is split over its units by largest remainder on what they cost: over
the stacks first, then evenly over the units of a stack, odd minor units to the first.
No unit falls below its floor. Equal uses of the same lines are one application.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pos_app.domain.promotion.application import Application, Claim
from pos_app.domain.promotion.choosing import Chosen
from pos_app.domain.promotion.deal import Off, TierDeal, UnitDeal, kind_of
from pos_app.domain.promotion.group_saving import Use, Worth, off_of
from pos_app.domain.promotion.off_amount import off_for_one, taken
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.packing import Taken
from pos_app.domain.promotion.promotion import Layer, Promotion
from pos_app.domain.promotion.stacks import Stack
from pos_app.domain.unit_split import split_evenly
from pos_app.values.rounding import Run, apportion


@dataclass(frozen=True, slots=True)
class Handing:
    """Hands units of stacks out to applications, in the order of the basket.

    Attributes:
        lines: of the basket.
        taken: how many units of each line are handed out already.
    """

    lines: Sequence[OfferedLine]
    taken: dict[int, int] = field(default_factory=dict)

    def applications(
        self, stacks: Sequence[Stack], chosen: Chosen
    ) -> list[Application]:
        """Return what a choice comes to, by rank."""
        left = [list(stack.lines) for stack in stacks]
        works: list[tuple[int, Use, int, Taken | None]] = [
            (group.rank, group.use, times, None)
            for group, times in chosen.packed.groups
        ]
        works += [
            (one.single.rank, ((one.stack, 1),), one.units, one)
            for one in chosen.packed.singles
        ]
        found = []
        for rank, use, times, single in sorted(works, key=_in_turn):
            promotion = chosen.entrants[rank].promotion
            plan = (
                _plan(promotion, chosen.worths[rank, use], use, stacks)
                if single is None
                else _single_plan(promotion, single, stacks)
            )
            if plan.saving_minor:
                found += self._handed(promotion, plan, times, left)
            elif found and found[-1].promotion_id == promotion.promotion_id:
                found[-1] = self._beside(found[-1], plan, times, left)
        return found

    def _beside(
        self,
        application: Application,
        plan: _Plan,
        times: int,
        left: list[list[tuple[int, int]]],
    ) -> Application:
        """Let units that save nothing take part in a deal that needs them."""
        claims = list(application.claims)
        for part in plan.parts:
            runs = ((False, ((times, 0),)),)
            whole = replace(part, units=times, runs=runs)
            claims += [claim for _, claim in self._claims(whole, 1, left[part.at])]
        places = {line.line_id: at for at, line in enumerate(self.lines)}
        claims.sort(key=lambda x: (places[x.line_id], x.first))
        return replace(application, claims=tuple(claims))

    def _handed(
        self,
        promotion: Promotion,
        plan: _Plan,
        times: int,
        left: list[list[tuple[int, int]]],
    ) -> list[Application]:
        found = []
        while times:
            whole = min(left[part.at][0][1] // part.units for part in plan.parts)
            uses = min(whole, times) or 1
            claims = []
            for part in plan.parts:
                claims += self._claims(part, uses, left[part.at])
            claims.sort(key=lambda x: (x[0], x[1].first))
            found.append(
                Application(
                    promotion_id=promotion.promotion_id,
                    version=promotion.version,
                    kind=kind_of(promotion.deal),
                    layer=Layer.ITEM,
                    name=promotion.name,
                    times=uses,
                    off=plan.off,
                    off_base_minor=plan.off_base_minor * uses,
                    saving_minor=plan.saving_minor * uses,
                    claims=tuple(claim for _, claim in claims),
                    names=promotion.names,
                    supplier_share=promotion.supplier_share,
                    return_basis=promotion.return_basis,
                )
            )
            times -= uses
        return found

    def _claims(
        self, part: _Part, uses: int, left: list[tuple[int, int]]
    ) -> list[tuple[int, Claim]]:
        """Claim a stack's units for so many uses; several lines only for one use."""
        found = []
        for is_reduced, runs in part.runs:
            wanted = [(n * uses, each) for n, each in runs]
            while wanted:
                position, spare = left[0]
                here, wanted = _cut(wanted, spare)
                units = sum(n for n, _ in here)
                first = self.taken.get(position, 0)
                self.taken[position] = first + units
                left[0] = (position, spare - units)
                if spare == units:
                    left.pop(0)
                base = units * part.unit_minor
                line_id = self.lines[position].line_id
                claim = Claim(line_id, first, units, base, tuple(here), is_reduced)
                found.append((position, claim))
        return found


@dataclass(frozen=True, slots=True)
class _Part:
    """A stack's part in one use: its units by whether the deal lowers them."""

    at: int
    units: int
    unit_minor: int
    runs: tuple[tuple[bool, tuple[Run, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """One use."""

    off: Off
    off_base_minor: int
    saving_minor: int
    parts: tuple[_Part, ...]


def _in_turn(work: tuple[int, Use, int, Taken | None]) -> tuple[int, bool, Use]:
    """By rank; units that save nothing go after those that do."""
    single = work[3]
    return work[0], single is not None and not single.single.saving_minor, work[1]


def _single_plan(promotion: Promotion, one: Taken, stacks: Sequence[Stack]) -> _Plan:
    stack, saving = stacks[one.stack], one.single.saving_minor
    deal = promotion.deal
    assert isinstance(deal, UnitDeal | TierDeal)
    off = deal.off if isinstance(deal, UnitDeal) else deal.breaks[one.single.step].off
    off = off_for_one(off, stack)
    if taken(off, stack.unit_minor) != saving:
        off = Off(amount_minor=saving)
    part = _Part(one.stack, 1, stack.unit_minor, ((True, ((1, saving),)),))
    return _Plan(off, stack.unit_minor, saving, (part,))


def _plan(
    promotion: Promotion, worth: Worth, use: Use, stacks: Sequence[Stack]
) -> _Plan:
    off, base = off_of(promotion.deal, worth, stacks)
    reduced = dict(worth.reduced)
    shares = split_within(
        worth.saving_minor,
        [n * stacks[at].unit_minor for at, n in use],
        [n * stacks[at].room_minor for at, n in use],
    )
    parts = []
    for (at, units), share in zip(use, shares, strict=True):
        lowered = reduced.get(at, 0)
        plain, rest = _cut(list(split_evenly(share, units)), units - lowered)
        runs = tuple(
            (flag, tuple(some)) for flag, some in ((False, plain), (True, rest)) if some
        )
        parts.append(_Part(at, units, stacks[at].unit_minor, runs))
    return _Plan(off, base, worth.saving_minor, tuple(parts))


def split_within(
    total: int, weights: Sequence[int], rooms: Sequence[int]
) -> tuple[int, ...]:
    """Split an amount by largest remainder, nobody more than there is room for.

    Args:
        total: minor units; no more than all rooms together.
        weights: zero or more each.
        rooms: the most for each.

    Returns:
        One share for each. What does not fit is split again among the others.
    """
    shares = list(apportion(total, weights)) if any(weights) else [0] * len(weights)
    missing = total - sum(shares)
    while True:
        missing += sum(max(0, x - y) for x, y in zip(shares, rooms, strict=True))
        shares = [min(x, y) for x, y in zip(shares, rooms, strict=True)]
        if not missing:
            return tuple(shares)
        spare = [y - x for x, y in zip(shares, rooms, strict=True)]
        open_weights = [w if s else 0 for w, s in zip(weights, spare, strict=True)]
        if not any(open_weights):
            open_weights = spare
        more = apportion(missing, open_weights)
        shares = [x + y for x, y in zip(shares, more, strict=True)]
        missing = 0


def _cut(runs: Sequence[Run], units: int) -> tuple[list[Run], list[Run]]:
    """Cut runs after so many units."""
    head: list[Run] = []
    for k, (n, each) in enumerate(runs):
        if n > units:
            if units:
                head.append((units, each))
            return head, [(n - units, each), *runs[k + 1 :]]
        head.append((n, each))
        units -= n
    return head, []
