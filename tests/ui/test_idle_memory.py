"""Garbage is looked for while nobody does anything, once in each rest."""

import gc
from collections.abc import Callable

from ui.idle_memory import MANY, REST_MS, YOUNG, IdleMemory


class Cycle:
    """Refers to itself, so that no reference count frees it."""

    def __init__(self, gone: Callable[[], None]) -> None:
        self.itself, self.gone = self, gone

    def __del__(self) -> None:
        self.gone()


def test_cycles_are_freed_in_a_rest_and_not_before() -> None:
    freed: list[int] = []
    memory = IdleMemory()
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        for number in range(3):
            Cycle(lambda number=number: freed.append(number))  # type: ignore[misc]
            memory.rest(REST_MS if number else REST_MS - 1)
        assert sorted(freed) == [0, 1]  # the third came in the same rest
        memory.rest(0)
        memory.rest(REST_MS)
        assert sorted(freed) == [0, 1, 2]
    finally:
        if was_enabled:
            gc.enable()


def test_what_a_long_work_keeps_is_not_walked_over_before_a_rest() -> None:
    freed: list[int] = []
    memory = IdleMemory()
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        gc.collect()
        Cycle(lambda: freed.append(1))
        few = [[number] for number in range(YOUNG + 1)]
        memory.rest(0)
        assert freed == [1]
        Cycle(lambda: freed.append(2))
        kept = [[number] for number in range(MANY + 1)]
        memory.rest(0)
        assert freed == [1]
        memory.rest(REST_MS)
        assert freed == [1, 2]
        assert len(few) + len(kept) == YOUNG + MANY + 2
    finally:
        if was_enabled:
            gc.enable()


def test_no_other_thread_looks_for_garbage_while_there_is_a_window() -> None:
    was_enabled = gc.isenabled()
    gc.enable()
    try:
        IdleMemory()
        assert not gc.isenabled()
    finally:
        if was_enabled:
            gc.enable()
