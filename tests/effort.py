"""How many examples a property is tried with: fewer at every run, all with `--all`."""

from __future__ import annotations

import os

#: `dev.py test --all` names this profile; "search" is for whoever looks for faults.
THOROUGH = frozenset({"thorough", "search"})


def examples(every_day: int, thorough: int) -> int:
    """Return how many examples a run tries.

    Args:
        every_day: at every run. thorough: with `dev.py test --all`.
    """
    profile = os.environ.get("HYPOTHESIS_PROFILE", "every-day")
    return thorough if profile in THOROUGH else every_day
