"""Work off the GUI thread, and its answer back on it as a frozen value.

    tasks.watch(future).then(self.on_priced).otherwise(self.on_refused)

A bug in the work reaches the program's own hook; who waits for the answer says
`.after_bug(self.let_go)` and is let go before.

The methods run on the thread that called `watch`, never inside it; nothing runs if
their object is gone by then.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from pos_app.errors import GuitaiError

Value = TypeVar("Value")
Argument = TypeVar("Argument")

#: How long the screen's thread waits for Python while a task holds it. A paint asks
#: for it many times: at Python's own 5 ms, writing 8,000 items held the screen more
#: than 50 ms 12 to 48 times, at this 1 to 4 times, for the same work (measured).
PATIENCE_S = 0.001

#: Tasks nobody holds on to live here until they have answered.
_UNDER_WAY: set[Task[Any]] = set()


class _Bell(QObject):
    """Carries "done" from the worker's thread to the watcher's."""

    rung = Signal()


class Task(Generic[Value]):
    """A future and what to do with its answer."""

    def __init__(self, future: Future[Value]) -> None:
        self._future = future
        self._show: Callable[[Value], None] | None = None
        self._explain: Callable[[GuitaiError], None] | None = None
        self._let_go: Callable[[], None] | None = None
        self._bell = _Bell()
        self._bell.rung.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        _UNDER_WAY.add(self)
        future.add_done_callback(self._ring)

    def then(self, show: Callable[[Value], None]) -> Task[Value]:
        """Give the value to a bound method."""
        self._show = show
        return self

    def otherwise(self, explain: Callable[[GuitaiError], None]) -> Task[Value]:
        """Give an error that a person may meet to a bound method."""
        self._explain = explain
        return self

    def after_bug(self, let_go: Callable[[], None]) -> Task[Value]:
        """Call a bound method when the work failed by a bug, or was never done.

        The bug itself is not kept back: the program's hook logs it and says so.
        """
        self._let_go = let_go
        return self

    def _ring(self, _future: Future[Value]) -> None:
        self._bell.rung.emit()

    def _answer(self) -> None:
        _UNDER_WAY.discard(self)
        if self._future.cancelled():
            self._release()
            return
        error = self._future.exception()
        if error is None:
            _call(self._show, self._future.result())
        elif isinstance(error, GuitaiError) and self._explain is not None:
            _call(self._explain, error)
        else:
            self._release()
            raise error  # a bug of ours: the program's own hook says so

    def _release(self) -> None:
        if self._let_go is not None and _is_there(self._let_go):
            self._let_go()


def watch(future: Future[Value]) -> Task[Value]:
    """Return a task that brings the future's answer to the calling thread."""
    return Task(future)


class TaskRunner:
    """A few threads for work that is nobody's own: previews, checks, backups."""

    def __init__(self, threads: int = 2) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="task")
        sys.setswitchinterval(PATIENCE_S)
        self._is_closed = False

    def run(self, operation: Callable[[], Value]) -> Task[Value]:
        """Start an operation; it must return a frozen value and touch no widget.

        After `close` it is never done: a preview's clock may ring while the window
        goes.
        """
        if self._is_closed:
            never: Future[Value] = Future()
            never.cancel()
            return Task(never)
        return Task(self._threads.submit(operation))

    def close(self) -> None:
        """Let what runs finish, and start nothing more."""
        self._is_closed = True
        self._threads.shutdown(wait=True, cancel_futures=True)


def _call(method: Callable[[Argument], None] | None, argument: Argument) -> None:
    """Call a method unless its widget was deleted meanwhile."""
    if method is not None and _is_there(method):
        method(argument)


def _is_there(method: Callable[..., None]) -> bool:
    owner = getattr(method, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
