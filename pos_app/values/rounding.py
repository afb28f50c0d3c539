"""The only place that rounds.

Everything is an integer count of minor units or an exact ratio of integers, so
a rounding is one integer division with a named rule (IEEE 754 names the same
rules for decimals).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeAlias

#: (count, value): so many units in a row that all have the same value.
Run: TypeAlias = tuple[int, int]


class RoundingMode(StrEnum):
    """How a number between two neighbours moves (names of java.math and CLDR)."""

    HALF_UP = "half_up"  # ties away from zero: what retail law means by "rounded"
    HALF_DOWN = "half_down"
    HALF_EVEN = "half_even"
    UP = "up"
    DOWN = "down"
    CEILING = "ceiling"
    FLOOR = "floor"


def divide(
    numerator: int, denominator: int, mode: RoundingMode = RoundingMode.HALF_UP
) -> int:
    """Divide exactly, then round once.

    Args:
        numerator: any integer.
        denominator: any integer but zero.
        mode: what happens to a remainder.

    Returns:
        The rounded quotient.
    """
    assert denominator != 0
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    sign = -1 if numerator < 0 else 1
    quotient, remainder = divmod(abs(numerator), denominator)
    if remainder and _moves_away(quotient, 2 * remainder - denominator, sign, mode):
        quotient += 1
    return sign * quotient


def _moves_away(quotient: int, beyond_half: int, sign: int, mode: RoundingMode) -> bool:
    """Tell whether the magnitude grows by one; `beyond_half` is 0 at a tie."""
    match mode:
        case RoundingMode.HALF_UP:
            moves = beyond_half >= 0
        case RoundingMode.HALF_DOWN:
            moves = beyond_half > 0
        case RoundingMode.HALF_EVEN:
            moves = beyond_half > 0 or (beyond_half == 0 and quotient % 2 == 1)
        case RoundingMode.UP:
            moves = True
        case RoundingMode.DOWN:
            moves = False
        case RoundingMode.CEILING:
            moves = sign > 0
        case _:
            assert mode is RoundingMode.FLOOR
            moves = sign < 0
    return moves


def to_step(
    amount_minor: int, step_minor: int, mode: RoundingMode = RoundingMode.HALF_UP
) -> int:
    """Round an amount to a multiple of a step, as cash rounding does.

    Args:
        amount_minor: minor units, any sign.
        step_minor: the smallest coin, minor units, one or more.
        mode: what happens in between; ties move away from zero by default.

    Returns:
        The nearest multiple of `step_minor`.
    """
    assert step_minor > 0
    return divide(amount_minor, step_minor, mode) * step_minor


def to_ending(amount_minor: int, ending: int) -> int:
    """Round an amount to the nearest one with a given last digit, as shelf prices are.

    Args:
        amount_minor: minor units, above zero.
        ending: the last digit: 0 for 12.30, 9 for 12.39.

    Returns:
        The nearest such amount that is above zero; of two equally near the higher.
    """
    assert amount_minor > 0
    assert 0 <= ending <= 9
    nearest = divide(amount_minor - ending, 10) * 10 + ending
    if (amount_minor - ending) % 10 == 5 and nearest < amount_minor:
        nearest += 10  # a tie below zero was rounded away from it
    return nearest if nearest > 0 else nearest + 10


def apportion(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split `total` in proportion to `weights` by the largest remainder.

    Args:
        total: minor units, any sign.
        weights: zero or more each, not all zero unless `total` is zero.

    Returns:
        One share per weight, in order; their sum is `total` exactly. Odd units
        go to the largest remainders, ties to the earlier weight (Hamilton).
    """
    assert all(weight >= 0 for weight in weights)
    whole = sum(weights)
    if whole == 0:
        assert total == 0, "nothing to carry the amount"
        return tuple(0 for _ in weights)
    sign = -1 if total < 0 else 1
    floors = [abs(total) * weight // whole for weight in weights]
    remainders = [abs(total) * weight % whole for weight in weights]
    left = abs(total) - sum(floors)
    if not left:
        return tuple(sign * share for share in floors)
    # Sorting is stable, also in reverse: equal remainders keep their order.
    order = sorted(range(len(weights)), key=remainders.__getitem__, reverse=True)
    for index in order[:left]:
        floors[index] += 1
    return tuple(sign * share for share in floors)


def apportion_runs(total: int, runs: Sequence[Run]) -> tuple[Run, ...]:
    """Split `total` like `apportion`, over runs of equal weights.

    Ninety-nine thousand bottles are one run, not ninety-nine thousand steps.

    Args:
        total: minor units, any sign.
        runs: (count, weight) pairs; counts above zero, weights zero or more.

    Returns:
        (count, share) pairs in the same order. Written out unit by unit they
        are exactly what `apportion` says of the weights written out.
    """
    assert all(count > 0 and weight >= 0 for count, weight in runs)
    whole = sum(count * weight for count, weight in runs)
    if whole == 0:
        assert total == 0, "nothing to carry the amount"
        return tuple((count, 0) for count, _ in runs)
    sign, size = (-1, -total) if total < 0 else (1, total)
    if len(runs) == 1:  # nearly every line of a till
        count = runs[0][0]
        floor, odd = divmod(size, count)
        even = (count - odd, sign * floor)
        return ((odd, sign * (floor + 1)), even) if odd else (even,)
    parts = [divmod(size * weight, whole) for _, weight in runs]
    left = size - sum(run[0] * part[0] for run, part in zip(runs, parts, strict=True))
    shares: dict[int, tuple[Run, Run]] = {}
    for index in sorted(range(len(runs)), key=lambda i: (-parts[i][1], i)):
        count, floor = runs[index][0], parts[index][0]
        odd = min(left, count)
        left -= odd
        shares[index] = ((odd, sign * (floor + 1)), (count - odd, sign * floor))
    return tuple(run for i in range(len(runs)) for run in shares[i] if run[0])
