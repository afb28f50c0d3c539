"""What the search chooses from: stacks of units, and what may be done with them.

Values are whole numbers that order first by saving, then by rank (`Scale`), so that
the best choice is the best by the rule for ties as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pos_app.domain.promotion.group_saving import Use


class Scale(NamedTuple):
    """Turns savings into values: a minor unit outweighs every rank.

    Attributes:
        one: what a minor unit is worth.
        ranks: how many promotions there are.
    """

    one: int
    ranks: int

    def value(self, saving_minor: int, units: int, rank: int) -> int:
        """Return what a saving is worth, of so many units in a deal of a rank."""
        return saving_minor * self.one + units * (self.ranks - rank)


class Single(NamedTuple):
    """A deal of single units, for each unit of a stack.

    Attributes:
        value: of one unit. rank: of the promotion. saving_minor: of one unit.
        cap: position of the limit that each unit uses up; -1 for none.
    """

    value: int
    rank: int
    saving_minor: int
    cap: int = -1


class Group(NamedTuple):
    """A possible use of a group deal.

    Attributes:
        use: units by stack. value: of one use. rank: of the promotion.
        cap: position of the limit that each use uses up; -1 for none.
    """

    use: Use
    value: int
    rank: int
    cap: int = -1


@dataclass(frozen=True, slots=True)
class Packing:
    """Units to be dealt to deals, each to one at most.

    Attributes:
        counts: units of each stack.
        singles: what may be done with single units of each stack, the best first;
            at most one without a cap, and it stands last.
        groups: what may be done with several together.
        caps: how much of each limit is left.
    """

    counts: tuple[int, ...]
    singles: tuple[tuple[Single, ...], ...]
    groups: tuple[Group, ...]
    caps: tuple[int, ...] = ()

    def alone(self, at: int) -> int:
        """Return what one unit of a stack is worth without groups and limits."""
        singles = self.singles[at]
        return singles[-1].value if singles and singles[-1].cap < 0 else 0


class Taken(NamedTuple):
    """Single units of a stack that a deal takes."""

    stack: int
    single: Single
    units: int


@dataclass(frozen=True, slots=True)
class Packed:
    """A choice.

    Attributes:
        groups: with how often each is used. singles: what single units get.
        value: of all of it.
        nodes: how many states were looked at. is_optimal: whether none is better.
    """

    groups: tuple[tuple[Group, int], ...]
    singles: tuple[Taken, ...]
    value: int
    nodes: int = 0
    is_optimal: bool = True


NOTHING_PACKED = Packed((), (), 0)
