"""Keeps Python's search for cyclic garbage on the screen's thread, out of a scan's way.

Python looks for cycles on whichever thread happens to make the next object. A task
thread that frees a Qt object so takes Qt's lock and waits for Python's, while the
screen holds Python's and waits for Qt's: the till stands still (seen, with both
stacks). So the automatic search is off while there is a window, and this looks.

Reference counts free nearly everything a till makes. What is left are cycles, and
to look for them Python walks over every object there is: 100 ms of a running till,
in the middle of a scan (measured). So what the start has made is never looked at
again, and the rest is looked at when nobody is doing anything.
"""

from __future__ import annotations

import gc

#: Objects made until the young ones are looked at; young cycles are cheap to find.
YOUNG = 10_000
#: More than these are what a long work keeps, a file of 20,000 rows: to walk over them
#: every second took 270 ms of the screen each time (measured). They wait for a rest.
MANY = 50_000
#: How long nobody must have touched anything.
REST_MS = 5_000


def leave_start_alone() -> None:
    """The start is over: look at nothing that it made."""
    gc.freeze()


class IdleMemory:
    """Looks for garbage: a little as it comes, all of it once in each rest."""

    def __init__(self) -> None:
        self._has_looked = False
        gc.disable()

    def rest(self, idle_ms: int) -> None:
        """Nobody has touched anything for so many milliseconds."""
        if YOUNG < gc.get_count()[0] <= MANY:
            gc.collect(1)
        if idle_ms < REST_MS:
            self._has_looked = False
        elif not self._has_looked:
            self._has_looked = True
            gc.collect()
