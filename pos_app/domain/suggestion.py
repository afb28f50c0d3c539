"""What is bought together, and what somebody usually buys: from the shop's own sales.

A pair is advice only where chance cannot have made it: it must stand in enough baskets
(support), follow often enough (confidence), more often than both are bought anyway
(lift), and lie so far beyond what chance gives that not one of a million pairs without
any connection would be taken for one. With too little data there is no advice at all.

Source: Agrawal, Imieliński, Swami, "Mining association rules between sets of items in
large databases", SIGMOD 1993 (support, confidence); Brin et al., "Dynamic itemset
counting", SIGMOD 1997 (lift, there called interest).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from pos_app.values.rounding import divide
from pos_app.values.times import BusinessDay

#: Items that pairs are counted of, the most bought ones: two million counters, 8 MB.
_MOST_ITEMS = 2000
#: A basket with more kinds of goods than this (a canteen's) says nothing of two of them.
_MOST_KINDS = 60
_PERMILLE = 1000


@dataclass(frozen=True, slots=True)
class PairRule:
    """From when on a pair is advice.

    Attributes:
        days: so many business days are looked at.
        least_baskets: in all; a shop with fewer gets no advice.
        least_together: baskets with both.
        least_permille: of the baskets with the one, so many have the other as well.
        least_lift: hundredths; 150: at least one and a half times as often as goods
            that have nothing to do with each other.
        deviations: how many standard deviations beyond chance.
        most_each: others of one item.
    """

    days: int = 180
    least_baskets: int = 300
    least_together: int = 15
    least_permille: int = 80
    least_lift: int = 150
    deviations: int = 7
    most_each: int = 5


@dataclass(frozen=True, slots=True)
class ItemPair:
    """Whoever buys `item_id` often buys `other_id`.

    Attributes:
        item_id, other_id: which. together: baskets with both.
        item_baskets, other_baskets: with each. baskets: of all.
    """

    item_id: str
    other_id: str
    together: int
    item_baskets: int
    other_baskets: int
    baskets: int

    @property
    def permille(self) -> int:
        """Of a thousand baskets with the item, so many have the other (confidence)."""
        return divide(_PERMILLE * self.together, self.item_baskets)

    @property
    def lift(self) -> int:
        """How much more often than by chance; hundredths, 100 is chance."""
        by_chance = self.item_baskets * self.other_baskets
        return divide(100 * self.together * self.baskets, by_chance)

    def is_advice(self, rule: PairRule) -> bool:
        """Tell whether it reaches every threshold of a rule."""
        if self.baskets < rule.least_baskets or self.together < rule.least_together:
            return False
        if self.permille < rule.least_permille or self.lift < rule.least_lift:
            return False
        by_chance = self.item_baskets * self.other_baskets
        beyond = self.together * self.baskets - by_chance
        # (seen - expected)^2 >= k^2 * expected, with expected = by_chance / baskets.
        return beyond > 0 and beyond**2 >= rule.deviations**2 * by_chance * self.baskets


class PairCounter:
    """Counts baskets, in any order; twice through them, so that it stays small.

    Args:
        counted: baskets of each item. baskets: of all.
        rule: what is rarer than it asks for is not counted in pairs.
    """

    def __init__(
        self, counted: Mapping[str, int], baskets: int, rule: PairRule
    ) -> None:
        often = (x for x in counted.items() if x[1] >= rule.least_together)
        chosen = sorted(often, key=lambda x: (-x[1], x[0]))[:_MOST_ITEMS]
        self._items = [item for item, _count in chosen]
        self._counts = [count for _item, count in chosen]
        self._place = {item: at for at, item in enumerate(self._items)}
        size = len(self._items)
        self._together = array("I", bytes(4 * (size * (size - 1) // 2)))
        self._baskets, self._rule = baskets, rule

    def add(self, items: Iterable[str]) -> None:
        """Count one basket; an item that stands in it twice is one."""
        place = self._place
        kinds = sorted({place[item] for item in items if item in place})
        if len(kinds) > _MOST_KINDS:
            return
        together = self._together
        for low, high in combinations(kinds, 2):
            together[high * (high - 1) // 2 + low] += 1

    def pairs(self) -> tuple[ItemPair, ...]:
        """Return what is advice, the best others of each item first."""
        found: dict[str, list[ItemPair]] = {}
        place = 0
        for high in range(len(self._items)):
            for low in range(high):
                together = self._together[place]
                place += 1
                if together >= self._rule.least_together:
                    for one, other in ((low, high), (high, low)):
                        self._judge(found, (one, other), together)
        most = self._rule.most_each
        best = (sorted(pairs, key=_order)[:most] for pairs in found.values())
        return tuple(pair for pairs in best for pair in pairs)

    def _judge(
        self, found: dict[str, list[ItemPair]], places: tuple[int, int], together: int
    ) -> None:
        one, other = places
        pair = ItemPair(
            self._items[one],
            self._items[other],
            together,
            self._counts[one],
            self._counts[other],
            self._baskets,
        )
        if pair.is_advice(self._rule):
            found.setdefault(pair.item_id, []).append(pair)


def _order(pair: ItemPair) -> tuple[int, int, str]:
    """Sort key: what follows most often first."""
    return (-pair.permille, -pair.lift, pair.other_id)


def best_of(pairs: Iterable[ItemPair], most: int) -> tuple[ItemPair, ...]:
    """Return the strongest advice for a whole basket, each other item once."""
    best: dict[str, ItemPair] = {}
    for pair in pairs:
        known = best.get(pair.other_id)
        if known is None or _order(pair) < _order(known):
            best[pair.other_id] = pair
    return tuple(sorted(best.values(), key=_order)[:most])


@dataclass(frozen=True, slots=True)
class BoughtItem:
    """What one person bought of an item.

    Attributes:
        item_id, unit_id, name: as bought last. days: business days, oldest first, each
            once, on which some of it was kept.
    """

    item_id: str
    unit_id: str
    name: str
    days: tuple[BusinessDay, ...]

    @property
    def last_on(self) -> BusinessDay:
        """The last day."""
        return self.days[-1]

    @property
    def every_days(self) -> int | None:
        """The usual number of days between two purchases; None where it has none."""
        return rhythm(self.days)

    def is_due(self, today: date) -> bool:
        """Tell whether the usual time has gone by, and not three times over."""
        every = self.every_days
        if every is None:
            return False
        return every <= (today - self.last_on).days <= 3 * every


#: Purchases before a rhythm is spoken of: three distances.
_RHYTHM_DAYS = 4


def rhythm(days: Sequence[date]) -> int | None:
    """Return the median distance of purchases; None where they have no rhythm.

    A rhythm is there when half of the distances lie within a third of the median.

    Args:
        days: oldest first, each once.
    """
    if len(days) < _RHYTHM_DAYS:
        return None
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    middle = gaps[len(gaps) // 2]
    near = sum(3 * abs(gap - middle) <= middle for gap in gaps)
    return middle if 2 * near > len(gaps) else None
