"""What the search chooses from: stacks of units, and what may be done with them.

Values are whole numbers that order first by saving, then by rank (`Scale`), so that
the best choice is the best by the rule for ties as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from pos_app.domain.promotion.group_saving import Use

#: (position of a limit or a need, how much of it) pairs.
Amounts: TypeAlias = tuple[tuple[int, int], ...]


class Scale(NamedTuple):
    """Turns savings into values: a minor unit outweighs every rank.

    Attributes:
        one: what a minor unit is worth.
        ranks: how many promotions there are; below nought where fewer units go first.
    """

    one: int
    ranks: int

    @classmethod
    def of(cls, units: int, promotions: int, *, spares: bool = False) -> Scale:
        """Return the scale for so many units and promotions.

        Args:
            units: of the basket.
            promotions: that are dealt with together.
            spares: of choices that save the same the one of fewest units goes first,
                then the ranks: what stands alone closes its units for all others.
        """
        if not spares:
            return cls(units * promotions + 1, promotions)
        each = units * promotions + 1
        return cls(units * (each + promotions) + 1, -each)

    def value(self, saving_minor: int, units: int, rank: int) -> int:
        """Return what a saving is worth, of so many units in a deal of a rank.

        No saving is worth a little less than nothing: such units take part in a deal
        only where it cannot do without them.
        """
        if not saving_minor:
            return units * min(-1, self.ranks)
        return saving_minor * self.one + units * (self.ranks - rank)


class Single(NamedTuple):
    """What a deal does for single units of a stack.

    Attributes:
        value: of one unit. rank: of the promotion. saving_minor: of one unit.
        takes: what each unit uses up of limits.
        gives: what each unit does for needs.
        least: for so many units of the stack together, or none.
        most: for no more of them; 0 for any number.
        step: which quantity break of the deal.
    """

    value: int
    rank: int
    saving_minor: int
    takes: Amounts = ()
    gives: Amounts = ()
    least: int = 1
    most: int = 0
    step: int = 0

    @property
    def is_free(self) -> bool:
        """Tell whether other stacks have nothing to do with it."""
        return not self.takes and not self.gives

    @property
    def is_plain(self) -> bool:
        """Tell whether nothing has to be asked before it is used."""
        return not self.takes and not self.gives and self.least <= 1 and not self.most


class Group(NamedTuple):
    """A possible use of a group deal.

    Attributes:
        use: units by stack. value: of one use. rank: of the promotion.
        takes: what each use takes of limits.
    """

    use: Use
    value: int
    rank: int
    takes: Amounts = ()


@dataclass(frozen=True, slots=True)
class Packing:
    """Units to be dealt to deals, each to one at most.

    Attributes:
        counts: units of each stack.
        singles: what may be done with single units of each stack, as `in_order`.
        groups: what may be done with several together.
        caps: how much of each limit is left.
        needs: how much of each need has to be given.
    """

    counts: tuple[int, ...]
    singles: tuple[tuple[Single, ...], ...]
    groups: tuple[Group, ...]
    caps: tuple[int, ...] = ()
    needs: tuple[int, ...] = ()

    def alone(self, at: int) -> int:
        """Return what one unit of a stack is worth without groups and limits."""
        return alone(self.singles[at])


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
#: Worse than every choice: what needs ask for cannot be given.
IMPOSSIBLE = Packed((), (), -1)


def alone(singles: tuple[Single, ...]) -> int:
    """Return what the plain one of a stack's singles is worth; 0 without one."""
    return singles[-1].value if singles and singles[-1].is_plain else 0


#: So many deals for single units of one stack are tried; of more only the best.
DEALS_TRIED = 64


def tried(singles: Sequence[Single]) -> Sequence[Single]:
    """Return the deals that are tried; the last one is what is left for all others."""
    if len(singles) <= DEALS_TRIED:
        return singles
    return (*singles[: DEALS_TRIED - 1], singles[-1])


def plain_value(singles: Sequence[Single]) -> int | None:
    """Return what a unit in no group is worth; None where more has to be asked."""
    if not singles:
        return 0
    return singles[0].value if singles[0].is_plain else None


def in_order(singles: list[Single]) -> tuple[Single, ...]:
    """Return the singles that may be chosen in the order in which they are tried.

    First those that limits or needs of other stacks hang on, then the free ones, each
    by falling value; after the plain one nothing can be better.
    """
    ranked = sorted(singles, key=lambda x: (-x.value, x.rank, x.least, x.step))
    free: list[Single] = []
    for single in ranked:
        if single.is_free:
            free.append(single)
            if single.is_plain:
                break
    plain = alone(tuple(free))
    tied = [x for x in ranked if not x.is_free and (x.gives or x.value > plain)]
    return (*tied, *free)
