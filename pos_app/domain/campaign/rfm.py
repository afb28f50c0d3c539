"""Recency, frequency, money: five steps each, cut where the shop's own customers are.

The rule is that of the R package `rfm` (rsquaredacademy, MIT), which its readme's
rows prove: inner cuts are the quintiles (R's type 7, between neighbours in proportion)
plus one; a bin takes its lower cut and not its upper one, so that of whole numbers one
that equals a quintile stays below; of recency the fewest days are 5.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: Steps of a score.
STEPS = 5


@dataclass(frozen=True, slots=True)
class Bought:
    """What a person bought until a day, as sums.

    Attributes:
        member_id: the person. last_on: business day of the last purchase.
        visits: tickets with goods sold that were not undone.
        spend_minor: paid for them, less what came back; minor units.
    """

    member_id: str
    last_on: date
    visits: int
    spend_minor: int

    def days(self, today: date) -> int:
        """Return how long ago the last purchase is; 0 for today."""
        return max(0, (today - self.last_on).days)


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the steps of one measure begin, in fifths so that none is rounded.

    Attributes:
        fifths: four numbers, five times the cut each.
    """

    fifths: tuple[int, ...]

    def step(self, value: int) -> int:
        """Return 1 for the lowest fifth to 5 for the highest."""
        return 1 + bisect_right(self.fifths, STEPS * value)

    @classmethod
    def of(cls, values: Sequence[int]) -> Cuts:
        """Return the cuts of values in any order; none where there are no values."""
        ordered = sorted(values)
        return cls(tuple(_fifths(ordered, k) for k in range(1, STEPS) if ordered))


def place_of(count: int, k: int) -> tuple[int, int]:
    """Return between which values a quintile lies.

    Args:
        count: of values.
        k: which, 1 to 4.

    Returns:
        The place of the lower one, from 0, and how many fifths of the way to the next.
    """
    return divmod((count - 1) * k, STEPS)


def cut_in_fifths(lower: int, upper: int, part: int) -> int:
    """Return five times the cut between two neighbours: quintile plus one."""
    return STEPS * lower + part * (upper - lower) + STEPS


def _fifths(ordered: Sequence[int], k: int) -> int:
    place, part = place_of(len(ordered), k)
    upper = ordered[min(place + 1, len(ordered) - 1)]
    return cut_in_fifths(ordered[place], upper, part)


@dataclass(frozen=True, slots=True)
class RfmCuts:
    """The cuts of a night; a sale is scored with those of the night before it."""

    days: Cuts
    visits: Cuts
    spend: Cuts

    @classmethod
    def of(cls, all_bought: Sequence[Bought], today: date) -> RfmCuts:
        """Return the cuts of everybody who ever bought."""
        return cls(
            Cuts.of([each.days(today) for each in all_bought]),
            Cuts.of([each.visits for each in all_bought]),
            Cuts.of([each.spend_minor for each in all_bought]),
        )

    def score(self, bought: Bought, today: date) -> RfmScore:
        """Return a person's score."""
        return RfmScore(
            STEPS + 1 - self.days.step(bought.days(today)),
            self.visits.step(bought.visits),
            self.spend.step(bought.spend_minor),
        )


class RfmGroup(StrEnum):
    """Names that the trade gives to scores."""

    CHAMPIONS = "champions"
    POTENTIAL_LOYALIST = "potential_loyalist"
    LOYAL = "loyal"
    PROMISING = "promising"
    NEW = "new"
    CANT_LOSE = "cant_lose"
    AT_RISK = "at_risk"
    NEED_ATTENTION = "need_attention"
    ABOUT_TO_SLEEP = "about_to_sleep"
    LOST = "lost"
    OTHERS = "others"


#: Recency, frequency, money: from, to. They overlap: the first that fits holds.
GROUPS: tuple[tuple[RfmGroup, tuple[tuple[int, int], ...]], ...] = (
    (RfmGroup.CHAMPIONS, ((5, 5), (5, 5), (5, 5))),
    (RfmGroup.POTENTIAL_LOYALIST, ((3, 5), (3, 5), (2, 5))),
    (RfmGroup.LOYAL, ((2, 4), (2, 4), (2, 4))),
    (RfmGroup.PROMISING, ((3, 4), (1, 3), (3, 5))),
    (RfmGroup.NEW, ((4, 5), (1, 3), (1, 5))),
    (RfmGroup.CANT_LOSE, ((1, 2), (3, 4), (4, 5))),
    (RfmGroup.AT_RISK, ((1, 2), (2, 5), (4, 5))),
    (RfmGroup.NEED_ATTENTION, ((1, 3), (3, 5), (3, 5))),
    (RfmGroup.ABOUT_TO_SLEEP, ((2, 3), (1, 3), (1, 4))),
    (RfmGroup.LOST, ((1, 1), (1, 5), (1, 5))),
)


@dataclass(frozen=True, slots=True)
class RfmScore:
    """1 to 5 each; 5 is best: came lately, comes often, spends much."""

    recency: int
    frequency: int
    money: int

    @property
    def number(self) -> int:
        """Return it as people write it: 343."""
        return 100 * self.recency + 10 * self.frequency + self.money

    @property
    def group(self) -> RfmGroup:
        """Return the first group that it fits."""
        mine = (self.recency, self.frequency, self.money)
        for group, ranges in GROUPS:
            if all(a <= x <= b for x, (a, b) in zip(mine, ranges, strict=True)):
                return group
        return RfmGroup.OTHERS
