"""The layer trap, measured: best item deals first, then an amount off from a threshold.

    python -m tests.measure_layer_trap [baskets]

A deal can push a basket under a threshold that was held against what is left of it
(`Qualifies.NET`): the customer pays more with the deal than without it. Held against the
list prices (`Qualifies.LIST`, the default) no deal ever does. Each basket of 2 to 9 units
of 3.00 to 60.00 has deals of 5 to 50 % on some of its goods and one threshold of 80.00 to
200.00 that gives 8.00 to 30.00 off; the true best tries every choice of deals.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from pos_app.domain.item import SellingUnit
from pos_app.domain.promotion.deal import Qualifies
from pos_app.domain.promotion.promotion import Promotion
from tests.builders_promotions import (
    cut,
    goods,
    items,
    percent,
    price_with,
    promotion,
    sold,
    spend,
    unit_deal,
)


@dataclass(frozen=True, slots=True)
class Trap:
    """What a few thousand baskets told.

    Attributes:
        baskets: in all. missed: that cost more than the best choice of deals.
        mean_loss: how much of the possible saving those lost, per cent.
        worst_loss: the same of the worst of them.
        dearer: baskets that cost more with the deals than without any of them.
    """

    baskets: int
    missed: int
    mean_loss: float
    worst_loss: float
    dearer: int


@dataclass(frozen=True, slots=True)
class Case:
    """One basket: single units, the deals of some, the threshold and what it gives."""

    goods: tuple[SellingUnit, ...]
    deals: tuple[Promotion, ...]
    threshold_minor: int
    off_minor: int

    def saving(self, deals: Sequence[Promotion], qualifies: Qualifies) -> int:
        """Return what the basket saves where only these deals hold."""
        order = promotion(
            spend((self.threshold_minor, cut(self.off_minor)), qualifies=qualifies),
            "order",
        )
        lines = [sold(one) for one in self.goods]
        return price_with(lines, *deals, order).promoted.saving_minor

    def best(self, qualifies: Qualifies) -> int:
        """Try every choice of deals."""
        return max(
            self.saving(chosen, qualifies)
            for size in range(len(self.deals) + 1)
            for chosen in combinations(self.deals, size)
        )


def cases(count: int, seed: int = 1) -> Iterator[Case]:
    """Return so many baskets, always the same."""
    chance = Random(seed)
    for _ in range(count):
        units = tuple(
            goods(f"goods-{at}", chance.randrange(300, 6_001))
            for at in range(chance.randint(2, 9))
        )
        deals = []
        for at in range(len(units)):
            off = chance.choice((0, 0, 5, 10, 20, 30, 50))
            if off:
                deal = unit_deal(items(f"goods-{at}"), percent(str(off)))
                deals.append(promotion(deal, f"deal-{at}"))
        yield Case(
            units,
            tuple(deals),
            chance.randrange(8_000, 20_001),
            chance.randrange(800, 3_001),
        )


def measure(count: int, qualifies: Qualifies) -> Trap:
    """Price baskets as the till does, and by every choice of deals."""
    losses, dearer = [], 0
    for case in cases(count):
        ours = case.saving(case.deals, qualifies)
        best = case.best(qualifies)
        dearer += ours < case.saving((), qualifies)
        if ours < best:
            losses.append(100 * (best - ours) / best)
    return Trap(
        count,
        len(losses),
        sum(losses) / len(losses) if losses else 0,
        max(losses, default=0),
        dearer,
    )


def table(count: int) -> list[str]:
    """Return the table for people."""
    rows = ["threshold held against   missed  mean loss  worst loss  dearer than none"]
    for qualifies in Qualifies:
        trap = measure(count, qualifies)
        rows.append(
            f"{qualifies.value:24} {100 * trap.missed / count:5.1f} %"
            f"  {trap.mean_loss:7.1f} %  {trap.worst_loss:8.1f} %"
            f"  {100 * trap.dearer / count:14.1f} %"
        )
    return rows


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    sys.stdout.write("\n".join(table(asked)) + "\n")
