"""Watches whether the drawer stands open: warns, journals, and never stops a sale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos_app.domain.drawer_level import ALARM_S, USUAL_ALARM_S
from pos_app.domain.journal import EntryKind
from pos_app.ports.devices import DeviceCategory
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk

#: Why a drawer opened that nobody told to: with its key, or by force.
BY_KEY = "key"
#: A command opens the drawer within this, and the pin is read a second later.
_OPENS_WITHIN_MS = 7_000
#: The word that a command went out may come after the drawer is seen open.
_PATIENCE_MS = 2_500


@dataclass(frozen=True, slots=True)
class DrawerSight:
    """How the drawer is now.

    Attributes:
        is_open: None where it cannot be told.
        open_ms: how long it has been open, as far as the till saw it.
        is_too_long: longer than the shop allows.
    """

    is_open: bool | None
    open_ms: int = 0
    is_too_long: bool = False


class DrawerWatch:
    """Looks now and then; used from one thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._was_open: bool | None = None
        self._opened_ms = 0
        self._kicked_ms: int | None = None
        self._wants_reason = False
        self._excused_ms: int | None = None
        self._is_told = False

    def kicked(self) -> None:
        """The drawer took a command: it will be open, and nobody used the key."""
        if self._wants_reason:  # the word of what was just seen
            self._wants_reason = False
        else:
            self._kicked_ms = self._desk.clock.monotonic_ms()

    def excuse(self) -> None:
        """The drawer is being counted: until it is shut it may stand open."""
        self._excused_ms = self._desk.clock.monotonic_ms()

    def look(self) -> DrawerSight:
        """Look, and journal what has become true."""
        now_ms = self._desk.clock.monotonic_ms()
        is_open = self._desk.devices.drawer().is_open()
        if is_open is None:
            # Nobody knows what happens to it now; what follows is a new beginning.
            self._was_open, self._wants_reason, self._is_told = None, False, False
            return DrawerSight(None)
        if is_open and not self._was_open:
            self._on_opened(now_ms)
        if self._wants_reason and now_ms - self._opened_ms > _PATIENCE_MS:
            self._wants_reason = False
            self._journal(EntryKind.DRAWER_OPENED, {"why": BY_KEY})
        if not is_open:
            self._on_shut(now_ms)
            return DrawerSight(is_open=False)
        self._was_open = True
        return self._open_sight(now_ms)

    def _on_opened(self, now_ms: int) -> None:
        self._opened_ms = now_ms
        kicked_ms = self._kicked_ms
        is_ours = kicked_ms is not None and now_ms - kicked_ms <= _OPENS_WITHIN_MS
        # Open from the first look on: nobody saw how it came about.
        self._wants_reason = self._was_open is False and not is_ours
        self._kicked_ms = None  # one command opens it once

    def _on_shut(self, now_ms: int) -> None:
        if self._was_open and self._is_told:
            seconds = (now_ms - self._opened_ms) // 1000
            body = {"seconds": seconds, "is_shut": True}
            self._journal(EntryKind.DRAWER_LEFT_OPEN, body)
        # It is excused before it opens: by its command, a second or two later.
        excused_ms = self._excused_ms
        is_stale = excused_ms is not None and now_ms - excused_ms > _OPENS_WITHIN_MS
        if self._was_open or is_stale:
            self._excused_ms = None
        self._was_open, self._is_told = False, False

    def _open_sight(self, now_ms: int) -> DrawerSight:
        open_ms, limit_s = now_ms - self._opened_ms, self._limit_s
        is_excused = self._excused_ms is not None
        too_long = bool(limit_s) and open_ms >= limit_s * 1000 and not is_excused
        if too_long and not self._is_told:
            self._is_told = True
            body = {"seconds": limit_s, "is_shut": False}
            self._journal(EntryKind.DRAWER_LEFT_OPEN, body)
        return DrawerSight(is_open=True, open_ms=open_ms, is_too_long=too_long)

    @property
    def _limit_s(self) -> int:
        book = self._desk.device_book
        own = [x for x in book.of(DeviceCategory.CASH_DRAWER) if x.is_on]
        options = (own[0] if own else book.receipt).options
        limit = options.get(ALARM_S, USUAL_ALARM_S)
        return limit if isinstance(limit, int) else USUAL_ALARM_S

    def _journal(self, kind: EntryKind, body: Mapping[str, object]) -> None:
        stamp = self._desk.stamp()

        def work(unit: UnitOfWork) -> None:
            unit.append(kind, body, stamp)

        self._desk.record(work)
