"""Keeps Python's search for cyclic garbage out of a scan's way.

Reference counts free nearly everything a till makes. What is left are cycles, and
to look for them Python walks over every object there is: 100 ms of a running till,
in the middle of a scan (measured). So what the start has made is never looked at
again, and the rest is looked at when nobody is doing anything.
"""

from __future__ import annotations

import gc

#: Objects made until the young ones are looked at; young cycles are cheap to find.
YOUNG = 10_000
#: So many looks at the young, and at the middle-aged, before the next older ones;
#: the second is never reached between two moments of rest.
_MIDDLE, _OLD = 20, 1_000
#: How long nobody must have touched anything.
REST_MS = 5_000


def leave_start_alone() -> None:
    """The start is over: look at nothing that it made, and at the rest rarely."""
    gc.freeze()
    gc.set_threshold(YOUNG, _MIDDLE, _OLD)


class IdleMemory:
    """Looks for garbage once in each rest."""

    def __init__(self) -> None:
        self._has_looked = False

    def rest(self, idle_ms: int) -> None:
        """Nobody has touched anything for so many milliseconds."""
        if idle_ms < REST_MS:
            self._has_looked = False
        elif not self._has_looked:
            self._has_looked = True
            gc.collect()
