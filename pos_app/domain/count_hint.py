"""What a wrong count may have been: one slip that explains the difference exactly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.shift import CashCount


class Slip(StrEnum):
    """The slips that people make when they count and type."""

    ONE_SHORT = "one_short"  # a piece was left out
    ONE_OVER = "one_over"  # a piece was counted twice
    MISTAKEN = "mistaken"  # one denomination counted as another
    REVERSED = "reversed"  # 12 typed as 21


@dataclass(frozen=True, slots=True)
class CountHint:
    """One slip that makes exactly the difference.

    Attributes:
        slip: what may have happened.
        value_minor: the denomination that was meant, minor units.
        other_minor: what it was counted as, for `MISTAKEN`; else 0.
        typed, meant: numbers of pieces, for `REVERSED`; else 0.
    """

    slip: Slip
    value_minor: int
    other_minor: int = 0
    typed: int = 0
    meant: int = 0


def count_hint(count: CashCount, difference_minor: int) -> CountHint | None:
    """Return the likeliest slip behind a difference.

    Args:
        count: as it was typed.
        difference_minor: counted less expected, minor units; minus is short.

    Returns:
        None where no single slip explains it, or nothing differs.
    """
    if difference_minor == 0:
        return None
    for guess in (_one_piece, _mistaken, _reversed):
        found = next(iter(guess(count, difference_minor)), None)
        if found is not None:
            return found
    return None


def _one_piece(count: CashCount, difference_minor: int) -> Iterable[CountHint]:
    for value, pieces in count.pieces:
        if difference_minor == -value:
            yield CountHint(Slip.ONE_SHORT, value)
        if difference_minor == value and pieces > 0:
            yield CountHint(Slip.ONE_OVER, value)


def _mistaken(count: CashCount, difference_minor: int) -> Iterable[CountHint]:
    """A piece of one value was put to the pile of another (50 counted as 5)."""
    values = [value for value, _pieces in count.pieces]
    for other, pieces in count.pieces:
        for value in values:
            if pieces > 0 and other - value == difference_minor:
                yield CountHint(Slip.MISTAKEN, value, other)


def _reversed(count: CashCount, difference_minor: int) -> Iterable[CountHint]:
    """Two digits changed places, which bookkeepers know by the nines."""
    for value, typed in count.pieces:
        meant = int(str(typed)[::-1])
        if typed > 9 and (typed - meant) * value == difference_minor:
            yield CountHint(Slip.REVERSED, value, typed=typed, meant=meant)
