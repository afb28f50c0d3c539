"""Sentences of published scenarios (Sylius), and what they do to the shop."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from pos_app.values.times import Timestamp

Step: TypeAlias = Callable[..., None]

#: A word in quotes.
Q = r'"([^"]*)"'
GIVEN: list[tuple[re.Pattern[str], Step]] = []


def step(*patterns: str) -> Callable[[Step], Step]:
    """Keep a step for the sentences that match any of the patterns whole."""

    def keep(action: Step) -> Step:
        GIVEN.extend((re.compile(x + "$"), action) for x in patterns)
        return action

    return keep


def noon(day: str) -> Timestamp:
    """Return noon of a day such as 2026-11-21."""
    return Timestamp.parse(f"{day}T12:00:00Z")
