"""Price rows: what one unit costs, from when until when, and which row wins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pos_app.values.times import Period, Timestamp

#: Two ranks of rows: a price for a while lies over the shelf price, however late
#: that began, and what lies below is in force again when it ends.
SHELF, PROMOTION = 0, 1


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """One price row of a selling unit.

    Attributes:
        price_id: identity of the price row; the slip records it.
        minor: minor units for one unit (one kilogram when sold by weight).
        period: when the row is in force; half-open.
        priority: of rows that cover a moment the highest wins, then the one that
            began last; `SHELF` or `PROMOTION`.
    """

    price_id: str
    minor: int
    period: Period
    priority: int = SHELF


@dataclass(frozen=True, slots=True)
class TakePricesOf:
    """An intent: the goods of this open sale cost what they cost at `at`.

    A sale takes the prices of the moment it began; one that was parked, or that
    was emptied while prices changed, those of the moment it goes on.
    """

    at: Timestamp


@dataclass(frozen=True, slots=True)
class PriceStretch:
    """A while in which one row is in force, or none at all."""

    period: Period
    row: UnitPrice | None


def row_in_force(rows: Iterable[UnitPrice], moment: Timestamp) -> UnitPrice | None:
    """Return the row that holds at a moment; None where there is none.

    The catalogue's own question orders its rows the same way.
    """
    covering = [row for row in rows if row.period.covers(moment)]
    return max(covering, key=rank, default=None)


def rank(row: UnitPrice) -> tuple[int, int, str]:
    """Return what decides between rows that cover the same moment."""
    start = row.period.start
    return row.priority, 0 if start is None else start.unix_ms, row.price_id


def moments_of_change(rows: Iterable[UnitPrice]) -> list[Timestamp]:
    """Return every moment at which a row begins or ends, in order."""
    ends = {moment for row in rows for moment in (row.period.start, row.period.end)}
    return sorted(moment for moment in ends if moment is not None)


def stretches(rows: Sequence[UnitPrice]) -> tuple[PriceStretch, ...]:
    """Return which row is in force when, from the first moment to the last.

    Neighbours with the same row are one stretch; a row beaten by others all the
    time is in none.
    """
    bounds: list[Timestamp | None] = [None, *moments_of_change(rows), None]
    found: list[PriceStretch] = []
    for start, end in pairwise(bounds):
        row = row_in_force(rows, Timestamp(-1) if start is None else start)
        if found and found[-1].row == row:
            found[-1] = PriceStretch(Period(found[-1].period.start, end), row)
        else:
            found.append(PriceStretch(Period(start, end), row))
    return tuple(found)
