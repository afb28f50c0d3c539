"""Splits of points as short JSON; one shape for the rows of every sale."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pos_app.domain.loyalty.unit_points import LinePoints


def lines_to_json(lines: Iterable[LinePoints]) -> str:
    """Write `[[position, sold, by piece, [[count, points], …]], …]`."""
    rows = [
        [one.position, one.sold_thousandths, int(one.is_by_piece), one.runs]
        for one in lines
    ]
    return json.dumps(rows, separators=(",", ":"))


def lines_from_json(text: str) -> tuple[LinePoints, ...]:
    """Read what `lines_to_json` wrote."""
    return tuple(
        LinePoints(
            position,
            sold,
            bool(by_piece),
            tuple((count, points) for count, points in runs),
        )
        for position, sold, by_piece, runs in json.loads(text)
    )
