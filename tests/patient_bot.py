"""A robot for windows that waits as long as a slow machine needs; only a hang is over.

A passing test is not slower by it. The usual robot gives up after one second or five:
on a machine with ten other tests under way that is no hang.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot
from typing_extensions import override

PATIENCE_MS = 100_000


class PatientBot(QtBot):  # type: ignore[misc]
    """Does what the usual one does; what is not told otherwise, waits long."""

    @override
    def waitUntil(
        self, callback: Callable[[], Any], *, timeout: int = PATIENCE_MS
    ) -> None:
        super().waitUntil(callback, timeout=timeout)

    @override
    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **how)

    @override
    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitExposed(widget, timeout=timeout)

    @override
    def waitActive(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitActive(widget, timeout=timeout)
