"""What item deals save at best, as a mixed integer programme (SciPy's HiGHS).

For baskets that are too large to try everything. Its list of what can be done is its
own: per deal the numbers of units it may take of each line. Exclusive deals, which are
a programme of their own, and weighed goods are left to `promotion_oracle`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

from pos_app.domain.promotion.deal import (
    BundleDeal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
    TierCount,
    TierDeal,
    UnitDeal,
)
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.selector import Selector
from tests.promotion_oracle import Parents, Piece, is_for, off_of, saving_of_group


@dataclass(frozen=True, slots=True)
class Heap:
    """Equal units of one line."""

    piece: Piece
    count: int


@dataclass(slots=True)
class _Programme:
    """Columns with what they save, and rows of upper bounds."""

    savings: list[int] = field(default_factory=list)
    rows: list[dict[int, int]] = field(default_factory=list)
    limits: list[int] = field(default_factory=list)

    def column(self, saving: int = 0) -> int:
        self.savings.append(saving)
        return len(self.savings) - 1

    def at_most(self, row: Mapping[int, int], limit: int) -> None:
        self.rows.append(dict(row))
        self.limits.append(limit)

    def best(self) -> int:
        if not self.savings:
            return 0
        table = lil_matrix((len(self.rows), len(self.savings)))
        for at, row in enumerate(self.rows):
            for column, factor in row.items():
                table[at, column] = factor
        found = milp(
            c=-np.array(self.savings, dtype=float),
            constraints=LinearConstraint(
                table.tocsr(), ub=np.array(self.limits, dtype=float)
            ),
            integrality=np.ones(len(self.savings)),
            bounds=Bounds(0, np.inf),
            options={"mip_rel_gap": 0},
        )
        assert found.success, found.message
        return sum(
            saving * round(times)
            for saving, times in zip(self.savings, found.x, strict=True)
        )


def heaps_of(pieces: Sequence[Piece]) -> list[Heap]:
    """Gather the units of each line."""
    heaps: dict[str, Heap] = {}
    for piece in pieces:
        assert not piece.by_weight
        known = heaps.get(piece.line_id)
        heaps[piece.line_id] = Heap(piece, (known.count if known else 0) + 1)
    return list(heaps.values())


def best_saving(
    pieces: Sequence[Piece],
    promotions: Sequence[Promotion],
    parents: Parents | None = None,
) -> int:
    """Return the most that item deals save, each unit in at most one of them."""
    heaps, programme = heaps_of(pieces), _Programme()
    takes: list[dict[int, int]] = [{} for _ in heaps]
    for promotion in promotions:
        assert not promotion.exclusive
        shelves = parents or {}
        match promotion.deal:
            case TierDeal():
                uses = _add_tier(programme, promotion, heaps, shelves, takes)
            case GiftDeal() as deal if deal.threshold_minor:
                uses = _add_threshold(programme, promotion, heaps, shelves, takes)
            case _:
                uses = _add_groups(programme, promotion, heaps, shelves, takes)
        if promotion.limits.per_basket is not None and uses:
            programme.at_most(uses, promotion.limits.per_basket)
    for heap, row in zip(heaps, takes, strict=True):
        programme.at_most(row, heap.count)
    return programme.best()


def _add_groups(
    programme: _Programme,
    promotion: Promotion,
    heaps: Sequence[Heap],
    parents: Parents,
    takes: list[dict[int, int]],
) -> dict[int, int]:
    uses = {}
    for taken in _takings(promotion, heaps, parents):
        group = [
            heap.piece
            for heap, count in zip(heaps, taken, strict=True)
            for _ in range(count)
        ]
        saving = saving_of_group(promotion, group, parents)
        if saving <= 0:
            continue
        column = programme.column(saving)
        uses[column] = 1
        for row, count in zip(takes, taken, strict=True):
            if count:
                row[column] = count
    return uses


def _takings(
    promotion: Promotion, heaps: Sequence[Heap], parents: Parents
) -> Iterator[tuple[int, ...]]:
    """Yield how many units of each line one use may take."""
    match promotion.deal:
        case UnitDeal(goods):
            wanted = [(goods, 1)]
        case NthDeal(goods, every):
            wanted = [(goods, every)]
        case NForDeal(goods, count):
            wanted = [(goods, count)]
        case BundleDeal(slots):
            wanted = [(slot.goods, slot.count) for slot in slots]
        case GiftDeal() as deal:
            for given in range(1, deal.gift_count + 1):
                both = [(deal.goods, deal.count), (deal.gift, given)]
                yield from sorted(set(_laid(both, heaps, parents)))
            return
        case _:
            raise AssertionError(promotion.deal)
    yield from sorted(set(_laid(wanted, heaps, parents)))


def _laid(
    wanted: Sequence[tuple[Selector, int]], heaps: Sequence[Heap], parents: Parents
) -> Iterator[tuple[int, ...]]:
    if not wanted:
        yield tuple(0 for _ in heaps)
        return
    goods, count = wanted[0]
    fits = [is_for(goods, heap.piece.goods, parents) for heap in heaps]
    for others in _laid(wanted[1:], heaps, parents):
        free = [
            heap.count - used if fit else 0
            for heap, used, fit in zip(heaps, others, fits, strict=True)
        ]
        for more in _spread(count, free):
            yield tuple(a + b for a, b in zip(others, more, strict=True))


def _spread(count: int, free: Sequence[int]) -> Iterator[tuple[int, ...]]:
    if not free:
        if not count:
            yield ()
        return
    for here in range(min(count, free[0]) + 1):
        for rest in _spread(count - here, free[1:]):
            yield (here, *rest)


def _unit_saving(off: Off, piece: Piece) -> int:
    return min(off_of(off, [piece]), max(0, piece.base - piece.floor))


def _add_tier(
    programme: _Programme,
    promotion: Promotion,
    heaps: Sequence[Heap],
    parents: Parents,
    takes: list[dict[int, int]],
) -> dict[int, int]:
    """One switch per break; units count only while exactly their break is reached."""
    deal = promotion.deal
    assert isinstance(deal, TierDeal)
    inside = [
        i for i, x in enumerate(heaps) if is_for(deal.goods, x.piece.goods, parents)
    ]
    groups: dict[str, list[int]] = {}
    for i in inside:
        key = heaps[i].piece.goods.unit_id if deal.counts is TierCount.LINE else ""
        groups.setdefault(key, []).append(i)
    uses = {}
    for members in groups.values():
        all_of_them = sum(heaps[i].count for i in members)
        switches = {}
        for at, step in enumerate(deal.breaks):
            above = deal.breaks[at + 1 :]
            most = -(-above[0].quantity // 1) - 1 if above else all_of_them
            least = -(-step.quantity // 1)
            switch = programme.column()
            switches[switch] = 1
            units = {}
            for i in members:
                column = programme.column(_unit_saving(step.off, heaps[i].piece))
                units[column] = 1
                takes[i][column] = 1
            uses.update(units)
            programme.at_most({switch: int(least), **dict.fromkeys(units, -1)}, 0)
            programme.at_most({switch: -int(most), **units}, 0)
        programme.at_most(switches, 1)
    return uses


def _add_threshold(
    programme: _Programme,
    promotion: Promotion,
    heaps: Sequence[Heap],
    parents: Parents,
    takes: list[dict[int, int]],
) -> dict[int, int]:
    """What is given does not count for the threshold; each use gives so many."""
    deal = promotion.deal
    assert isinstance(deal, GiftDeal)
    counts = [is_for(deal.goods, heap.piece.goods, parents) for heap in heaps]
    enough: dict[int, int] = {}
    for given in range(1, deal.gift_count + 1):
        for taken in sorted(set(_laid([(deal.gift, given)], heaps, parents))):
            group = [
                heap.piece
                for heap, count in zip(heaps, taken, strict=True)
                for _ in range(count)
            ]
            saving = off_of(Off(price_minor=deal.price_minor), group)
            above = sum(max(0, piece.base - piece.floor) for piece in group)
            column = programme.column(min(saving, above))
            enough[column] = deal.threshold_minor
            for i, count in enumerate(taken):
                if count:
                    takes[i][column] = count
                    enough[column] += heaps[i].piece.base * count * counts[i]
    whole = sum(
        heap.piece.base * heap.count
        for heap, fits in zip(heaps, counts, strict=True)
        if fits
    )
    programme.at_most(enough, whole)
    return dict.fromkeys(enough, 1)
