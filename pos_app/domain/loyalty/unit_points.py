"""Points of a line split to its single units, as its amounts are (law 6).

What the first so many units carry is a fixed sum, so a returned part carries the sum
after it less the sum before it: whatever the sizes and the order of the parts,
together they are exactly what the line carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pos_app.values.rounding import Run, apportion_runs, divide

_ONE = 1000  # thousandths of one unit


@dataclass(frozen=True, slots=True)
class WeightedLine:
    """A line that carries a share of points.

    Attributes:
        position: of the sale's line, from 1; 0 for what belongs to no line.
        sold_thousandths: how much was sold, in thousandths of its unit.
        is_by_piece: whether only whole units come back (`refund.comes_by_piece`).
        units: (count, weight) in the stored order; a weighed line is one unit.
    """

    position: int
    sold_thousandths: int
    is_by_piece: bool
    units: tuple[Run, ...]

    @property
    def weight(self) -> int:
        """What all units weigh together."""
        return sum(count * each for count, each in self.units)


@dataclass(frozen=True, slots=True)
class LinePoints:
    """The points of one line; attributes as in `WeightedLine`, runs of points."""

    position: int
    sold_thousandths: int
    is_by_piece: bool
    runs: tuple[Run, ...]

    @property
    def points(self) -> int:
        """Points of the whole line."""
        return sum(count * each for count, each in self.runs)

    def first(self, thousandths: int) -> int:
        """Return the points of the first so many thousandths of the line."""
        assert 0 <= thousandths <= self.sold_thousandths
        if not self.is_by_piece:
            return divide(self.points * thousandths, self.sold_thousandths)
        left, points = thousandths // _ONE, 0
        for count, each in self.runs:
            some = min(count, left)
            points, left = points + some * each, left - some
        return points

    def between(self, start: int, end: int) -> int:
        """Return the points of a part, from one thousandth to another."""
        return self.first(end) - self.first(start)


def whole(points: int) -> tuple[LinePoints, ...]:
    """Return points that come back only together, such as for a gift at the desk."""
    return (LinePoints(0, _ONE, is_by_piece=True, runs=((1, points),)),)


def points_of(lines: Iterable[LinePoints]) -> int:
    """Add up the points of lines."""
    return sum(line.points for line in lines)


def split_points(points: int, lines: Sequence[WeightedLine]) -> tuple[LinePoints, ...]:
    """Split points to the units of lines by the largest remainder.

    Args:
        points: zero or more.
        lines: not all without weight, unless there are no points.
    """
    assert points >= 0
    runs = [unit for line in lines for unit in line.units]
    shares = list(reversed(apportion_runs(points, runs)))
    return tuple(
        LinePoints(
            line.position,
            line.sold_thousandths,
            line.is_by_piece,
            _take(shares, sum(count for count, _ in line.units)),
        )
        for line in lines
    )


def _take(shares: list[Run], count: int) -> tuple[Run, ...]:
    """Use up so many units from the end of a list of runs."""
    taken: list[Run] = []
    while count:
        length, each = shares.pop()
        some = min(length, count)
        if length > some:
            shares.append((length - some, each))
        taken.append((some, each))
        count -= some
    return tuple(taken)
