"""Threads that answer late: finds what a test, or the till, takes for granted.

On a quiet machine a commit is done before the next line of a test. With
GUITAI_LATE_THREADS=SEED each thread but the first dawdles now and then: before and
after a ledger write and a task, after a wait. Another seed, other moments.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from pos_app.persistence.ledger.core_thread import CoreThread

#: One moment in two is not late, one in ten very much so.
_IN_TIME, _VERY_LATE = 0.45, 0.88
_LATE_S, _VERY_LATE_S = 0.03, 0.12
#: A test with thousands of writes is late for so long, then in time.
_ENOUGH_S = 5.0

Work = Callable[..., Any]


class LateThreads:
    """A plugin of pytest; what it makes late stays so until the process ends.

    Args:
        seed: other seeds are late at other moments.
    """

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._random = random.Random(seed)
        self._left_s = _ENOUGH_S

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Begin each test alike, whatever ran before."""
        self._random = random.Random(self._seed + item.nodeid)
        self._left_s = _ENOUGH_S

    def begin(self) -> None:
        """Make the ledger's thread, tasks and everybody who waits late."""
        wait, submit = threading.Event.wait, ThreadPoolExecutor.submit

        def late_wait(event: threading.Event, timeout: float | None = None) -> bool:
            is_set = wait(event, timeout)
            self._dawdle()
            return is_set

        def late_submit(
            pool: ThreadPoolExecutor, work: Work, /, *args: Any, **names: Any
        ) -> Future[Any]:
            return submit(pool, self._late(work), *args, **names)

        changed: Any = (threading.Event, ThreadPoolExecutor, CoreThread)
        event, pool, core = changed
        event.wait, pool.submit = late_wait, late_submit
        core._commit = self._late(core._commit)
        core._transact = self._late(core._transact)

    def _late(self, work: Work) -> Work:
        def late(*args: Any, **names: Any) -> Any:
            self._dawdle()
            try:
                return work(*args, **names)
            finally:
                self._dawdle()

        return late

    def _dawdle(self) -> None:
        luck = self._random.random()
        is_first = threading.current_thread() is threading.main_thread()
        if is_first or self._left_s <= 0 or luck < _IN_TIME:
            return
        late_s = _LATE_S * self._random.random() if luck < _VERY_LATE else _VERY_LATE_S
        self._left_s -= late_s
        time.sleep(late_s)
