"""Quantity breaks: from so many units on, each of them gets something off.

Units count towards a break only where they take part. A deal that one stack alone can
fulfil is a matter of that stack (`Single.least`); otherwise the deal has steps: with
none, nobody gets anything; with a break chosen, every unit may have its off, and
together they must reach the quantity (`Step.need`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pos_app.domain.promotion.deal import TierCount, TierDeal
from pos_app.domain.promotion.off_amount import unit_saving
from pos_app.domain.promotion.packing import Amounts, Scale, Single
from pos_app.domain.promotion.stacks import Stack
from pos_app.values.rounding import RoundingMode, divide


@dataclass(frozen=True, slots=True)
class Step:
    """A break that is held to be reached.

    Attributes:
        need: thousandths that have to take part.
        room: thousandths that may take part at most; None for any number. Only where
            the next break is a worse one for some of the goods.
        singles: what each stack may have.
    """

    need: int
    room: int | None
    singles: tuple[tuple[int, Single], ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The breaks of one deal for stacks that count together.

    Attributes:
        steps: the highest first. stacks: that count together.
        takes: what each unit takes of limits.
    """

    steps: tuple[Step, ...]
    stacks: tuple[int, ...]
    takes: Amounts


def ladders_of(
    deal: TierDeal,
    pool: Sequence[int],
    stacks: Sequence[Stack],
    worth: tuple[Scale, int, Amounts],
) -> list[Ladder]:
    """Return the breaks of a deal, for each set of stacks that count together.

    Args:
        deal: with breaks by rising quantity.
        pool: the stacks it names.
        stacks: of the basket.
        worth: the scale of values, the deal's rank, what each unit takes of limits.
    """
    together: dict[str, list[int]] = {}
    for at in pool:
        by_line = deal.counts is TierCount.LINE
        key = stacks[at].goods.unit_id if by_line else ""
        together.setdefault(key, []).append(at)
    found = [_ladder(deal, members, stacks, worth) for members in together.values()]
    return [ladder for ladder in found if ladder.steps]


def own_singles(ladder: Ladder, stack: Stack) -> list[Single]:
    """Return a ladder of one stack as singles with a least and a most number."""
    found = []
    for step in ladder.steps:
        least = divide(step.need, stack.thousandths, RoundingMode.CEILING)
        most = step.room // stack.thousandths if step.room is not None else 0
        if most >= least or step.room is None:
            found += [
                single._replace(least=least, most=most)
                for _, single in step.singles
                if single.saving_minor
            ]
    return found


def _ladder(
    deal: TierDeal,
    members: Sequence[int],
    stacks: Sequence[Stack],
    worth: tuple[Scale, int, Amounts],
) -> Ladder:
    scale, rank, takes = worth
    savings = [
        [unit_saving(one.off, stacks[at]) for at in members] for one in deal.breaks
    ]
    whole = sum(stacks[at].thousandths * stacks[at].count for at in members)
    steps = []
    for k, one in enumerate(deal.breaks):
        need = _thousandths(one.quantity)
        if need > whole or not any(savings[k]):
            continue
        room = None
        if k + 1 < len(deal.breaks) and _is_worse(savings[k + 1], savings[k]):
            room = _thousandths(deal.breaks[k + 1].quantity) - 1
        singles = tuple(
            (at, Single(scale.value(saving, 1, rank), rank, saving, takes, step=k))
            for at, saving in zip(members, savings[k], strict=True)
        )
        steps.append(Step(need, room, singles))
    return Ladder(tuple(reversed(steps)), tuple(members), takes)


def _is_worse(later: Sequence[int], earlier: Sequence[int]) -> bool:
    return any(x < y for x, y in zip(later, earlier, strict=True))


def _thousandths(quantity: Decimal) -> int:
    scaled = quantity * 1000
    whole = int(scaled)
    return whole if whole == scaled else whole + 1
