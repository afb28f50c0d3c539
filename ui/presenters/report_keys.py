"""Figures of a report as the keys of what is tapped."""

from __future__ import annotations

from pos_app.domain.report_rows import Figure, FigureKind


def figure_key(figure: Figure | None) -> str:
    """Write a figure as the key of what is tapped; "" for none."""
    return "" if figure is None else f"{figure.kind.value}:{figure.key}"


def figure_of(key: str) -> Figure:
    """Read such a key."""
    kind, _colon, rest = key.partition(":")
    return Figure(FigureKind(kind), rest)
