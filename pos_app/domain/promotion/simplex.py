"""The least prices of units, exactly: linear programming in whole numbers.

Dantzig's simplex method on the full tableau with Edmonds' integer pivoting: every
entry is a whole number over one common denominator, every division comes out even.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Column(NamedTuple):
    """Something that can be done: what it gains, and what it takes of which rows."""

    gain: int
    takes: tuple[tuple[int, int], ...]


def least_prices(
    columns: Sequence[Column], left: Sequence[int], pivots: int
) -> list[int] | None:
    """Return the prices of rows at which nothing gains more than it takes.

    Args:
        columns: what can be done.
        left: how much of each row there is.
        pivots: so many exchanges at most.

    Returns:
        Prices rounded up to whole numbers, so that what the rows cost together is
        as little as can be; None where the pivots did not suffice.
    """
    rows = _tableau(columns, left)
    width = len(columns)
    denominator = 1
    for _ in range(pivots):
        goal = rows[-1]
        best = min(goal[:-1])
        if best >= 0:
            prices = goal[width : width + len(left)]
            return [-(-price // denominator) for price in prices]
        entering = goal.index(best)
        leaving = _leaving(rows, entering)
        denominator = _exchange(rows, leaving, entering, denominator)
    return None


def _tableau(columns: Sequence[Column], left: Sequence[int]) -> list[list[int]]:
    width, height = len(columns), len(left)
    rows = [[0] * (width + height + 1) for _ in range(height + 1)]
    for at, column in enumerate(columns):
        rows[-1][at] = -column.gain
        for row, units in column.takes:
            rows[row][at] += units
    for row, units in enumerate(left):
        rows[row][width + row] = 1
        rows[row][-1] = units
    return rows


def _leaving(rows: Sequence[Sequence[int]], entering: int) -> int:
    """Return the row that runs out first; of several the first."""
    best = -1
    for at in range(len(rows) - 1):
        pivot = rows[at][entering]
        if pivot <= 0:
            continue
        if best < 0 or rows[at][-1] * rows[best][entering] < rows[best][-1] * pivot:
            best = at
    assert best >= 0  # every column takes something, and there is only so much
    return best


def _exchange(
    rows: list[list[int]], leaving: int, entering: int, denominator: int
) -> int:
    """Pivot; return the new common denominator."""
    chosen = rows[leaving]
    pivot = chosen[entering]
    for at, row in enumerate(rows):
        factor = row[entering]
        if at == leaving or (not factor and pivot == denominator):
            continue
        if pivot == denominator == 1:
            rows[at] = [x - factor * y for x, y in zip(row, chosen, strict=True)]
        else:
            rows[at] = [
                (x * pivot - factor * y) // denominator
                for x, y in zip(row, chosen, strict=True)
            ]
    return pivot
