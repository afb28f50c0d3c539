"""What was read of a member for the open sale: scans that change nothing ask nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from pos_app.services.desk import Desk

T = TypeVar("T")

_MINUTE_MS = 60_000


class MemberMemory(Generic[T]):
    """One answer of the ledger; holds until something but a scan is stored.

    What ends by itself (a day, points, a birthday) is noticed within a minute. It is
    for what is shown; what books asks the ledger.

    Args:
        desk: whose ledger is asked.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._key: tuple[str, int, int] | None = None
        self._kept: T | None = None

    def of(self, member_id: str, read: Callable[[], T]) -> T:
        """Return what was read of a member, reading it where it may be another now."""
        changes = self._desk.ledger.points.changes()  # before the reading
        minute = self._desk.clock.now().unix_ms // _MINUTE_MS
        key = (member_id, changes, minute)
        if self._kept is not None and self._key == key:
            return self._kept
        found = read()
        self._key, self._kept = key, found
        return found

    def forget(self) -> None:
        """Keep nothing of anybody."""
        self._key = self._kept = None
