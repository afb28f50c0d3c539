"""The shop's ladders for marking goods down, as one setting of the catalogue."""

from __future__ import annotations

import json
from typing import Any

from pos_app.domain.markdown import Ladder, Rung
from pos_app.values.percentage import Percentage

LADDERS_KEY = "markdown_ladders"


def read_ladders(stored: str | None) -> tuple[Ladder, ...]:
    """Read what is stored; a shop without any has none."""
    return tuple(map(_ladder, json.loads(stored))) if stored else ()


def written_ladders(ladders: tuple[Ladder, ...]) -> str:
    """Return ladders as they are stored, by their target."""
    ordered = sorted(ladders, key=lambda ladder: ladder.target)
    return json.dumps(list(map(_plain, ordered)))


def told_ladder(ladder: Ladder | None) -> str:
    """Return a ladder as the journal tells it; "" for none."""
    if ladder is None:
        return ""
    rungs = (
        f"{x.days_left} d {x.from_minute // 60:02d}:{x.from_minute % 60:02d} −{x.off}"
        for x in ladder.rungs
    )
    steps = "; ".join(rungs) if ladder.is_on else "–"
    return f"{steps}; > {ladder.above_cost} (v{ladder.version})"


def _plain(ladder: Ladder) -> dict[str, Any]:
    """Return a ladder as it is stored."""
    return {
        "target": ladder.target,
        "version": ladder.version,
        "above_cost": ladder.above_cost.millionths,
        "is_on": ladder.is_on,
        "rungs": [
            [rung.days_left, rung.from_minute, rung.off.millionths]
            for rung in ladder.rungs
        ],
    }


def _ladder(plain: dict[str, Any]) -> Ladder:
    return Ladder(
        plain["target"],
        plain["version"],
        tuple(
            Rung(days, minute, Percentage(off)) for days, minute, off in plain["rungs"]
        ),
        Percentage(plain["above_cost"]),
        plain["is_on"],
    )
