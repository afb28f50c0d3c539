"""Amounts of a line split to its single units, equal units kept as runs (law 6)."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.values.rounding import Run, apportion_runs


def split_evenly(total_minor: int, count: int) -> tuple[Run, ...]:
    """Split an amount to `count` equal units; odd minor units go to the first."""
    if count == 1:  # nearly every line of a till
        return ((1, total_minor),)
    return apportion_runs(total_minor, ((count, 1),))


def align(sequences: Sequence[Sequence[Run]]) -> list[tuple[int, tuple[int, ...]]]:
    """Lay runs over the same units side by side.

    Args:
        sequences: run lists, one or more, that all count the same units.

    Returns:
        (count, one value of each sequence): the longest runs in which no
        sequence changes.
    """
    assert len({sum(count for count, _ in runs) for runs in sequences}) == 1
    if all(len(runs) == 1 for runs in sequences):  # nearly every line of a till
        return [(sequences[0][0][0], tuple(runs[0][1] for runs in sequences))]
    aligned: list[tuple[int, tuple[int, ...]]] = []
    rest = [list(reversed(runs)) for runs in sequences]
    while rest[0]:
        count = min(runs[-1][0] for runs in rest)
        values = tuple(_take(runs, count) for runs in rest)
        if aligned and aligned[-1][1] == values:
            aligned[-1] = (aligned[-1][0] + count, values)
        else:
            aligned.append((count, values))
    return aligned


def _take(runs: list[Run], count: int) -> int:
    """Use up `count` units of the last run and return their value."""
    length, value = runs.pop()
    if length > count:
        runs.append((length - count, value))
    return value
