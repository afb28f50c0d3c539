"""The figures of `guitai bench`: percentiles, targets, a table for people."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value beside its target.

    Attributes:
        name: what was measured, and how far that is from what is promised.
        value: in `unit`.
        unit: "ms", "s", "MB" or "scans".
        target: the bound of the design, section 7; None where there is none.
    """

    name: str
    value: float
    unit: str
    target: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the value is within its target; None without one."""
        return None if self.target is None else self.value <= self.target

    def plain(self) -> dict[str, Any]:
        """Return the figure as JSON values."""
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "target": self.target,
            "met": self.met,
        }


def percentile(samples: Sequence[float], percent: int) -> float:
    """Return the nearest-rank percentile of at least one sample."""
    ordered = sorted(samples)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def spread(
    name: str, samples_ms: Sequence[float], targets: dict[int, float | None]
) -> list[Figure]:
    """Return a figure in milliseconds for each percentile of `targets`."""
    return [
        Figure(f"{name}, p{percent}", percentile(samples_ms, percent), "ms", target)
        for percent, target in targets.items()
    ]


def timed_ms(work: Callable[[], object]) -> float:
    """Return how long `work` took, in milliseconds."""
    started = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - started) / 1e6


def table_of(figures: Sequence[Figure]) -> list[str]:
    """Return the figures as lines for a terminal."""
    width = max(len(figure.name) for figure in figures)
    lines = []
    for figure in figures:
        value = f"{_number(figure.value):>9} {figure.unit:5}"
        if figure.target is None:
            lines.append(f"  {figure.name:{width}}  {value}")
            continue
        mark = "✓" if figure.met else "✗"
        bound = f"≤ {_number(figure.target)} {figure.unit}"
        lines.append(f"{mark} {figure.name:{width}}  {value}  {bound}")
    return lines


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
