"""How much of each kind of work one pricing may do, all of it counted, none of it timed.

Everything grows with the states that may be looked at (`Offers.search`): a frame of the
screen lays fewer uses out, tries fewer breaks and walks less far than the search to the
end, and a basket that is too large even for that is not dealt with in a frame at all.
"""

from __future__ import annotations

from dataclasses import dataclass

#: States that the search for the best item deals looks at for one basket; a count,
#: so that a slow till and a fast one give the same answer.
FULL_SEARCH = 20_000

#: As many as fit into a frame of the screen: nearly every basket is done by then, and
#: its answer is the one of the full search. The others are painted at what was found,
#: and searched to the end before money is taken.
FRAME_SEARCH = 500

#: So many uses of one deal are laid out at most.
_USES = 3_000


@dataclass(frozen=True, slots=True)
class Effort:
    """What one pricing may do.

    Attributes:
        uses, least_uses: of all group deals that are laid out, and of each of them; of
            more only the most natural ones.
        squares: what uses cost to search through grows with the square of their stacks.
        looks: parts that are looked at where choices are laid side by side.
        walk: places of units in groups that a chain is walked through.
        table: entries of the table of least prices. pivots: entries exchanged in it.
        passes: stacks that are gone through for all choices of breaks together.
    """

    uses: int
    least_uses: int
    squares: int
    looks: int
    walk: int
    table: int
    pivots: int
    passes: int

    def uses_of_each(self, groups: int) -> int:
        """Return how many uses of each of so many group deals are laid out."""
        return min(_USES, max(self.least_uses, self.uses // max(1, groups)))


def effort_of(budget: int) -> Effort:
    """Return what may be done where so many states may be looked at."""
    return Effort(
        uses=2 * budget,
        least_uses=3 * budget // 20,
        squares=200 * budget,
        looks=5 * budget,
        walk=100 * budget,
        table=min(60_000, 20 * budget),
        pivots=2_000 * budget,
        passes=budget,
    )


#: Of the search to the end.
FULL_EFFORT = effort_of(FULL_SEARCH)
