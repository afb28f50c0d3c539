"""A machine that is slow behind the screen: what is asked for waits as long as a test wants."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event

from ui.tasks import TaskRunner

THREADS = 2


@contextmanager
def nothing_done(runner: TaskRunner) -> Iterator[None]:
    """Keep every thread for work behind the screen busy."""
    gate = Event()
    begun = [Event() for _thread in range(THREADS)]

    def hold(one: Event) -> None:
        one.set()
        gate.wait()

    for one in begun:
        runner.run(partial(hold, one))
    try:
        for one in begun:
            one.wait()
        yield
    finally:
        gate.set()
