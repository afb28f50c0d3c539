"""A drawer on a serial line or a USB trigger: a few bytes open it.

Posiflex CR, APG SerialPRO and the many USB "trigger" cables open at the bytes of their
manual; the cheapest at any byte at all.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from hardware.transport.base import Transport
from pos_app.errors import DeviceError
from pos_app.ports.clock import Clock

#: After this a wish to open has lapsed: a drawer that opens by itself minutes later
#: is a danger, not a service. The same as behind a printer.
LAPSES_AFTER_MS = 5000
#: What is said of a wish that was not served.
_STAYED_SHUT = False
_OPEN_S, _WRITE_S, _TURN_S = 2.0, 1.0, 0.4


class SerialDrawer:
    """Implements `hardware.cash_drawer.device.CashDrawerDevice`.

    Args:
        transport: to the trigger.
        command: the bytes that open it.
        clock: the machine's.
        on_kicked: told, on the device's thread, whether the command went out in time.
    """

    def __init__(
        self,
        transport: Transport,
        command: bytes,
        clock: Clock,
        on_kicked: Callable[[bool], None],
    ) -> None:
        assert command
        self._transport, self._command, self._clock = transport, command, clock
        self._on_kicked = on_kicked
        self._wished = threading.Event()
        self._lock = threading.Lock()
        self._wish_ms: int | None = None

    # ------------------------------------------------------ any thread, at once
    def kick(self) -> None:
        """Ask for one opening; a second wish before it is served is the same one."""
        with self._lock:
            self._wish_ms = self._clock.monotonic_ms()
        self._wished.set()

    def is_open(self) -> bool | None:
        """A trigger tells nothing."""
        return None

    # ----------------------------------------------------- the drawer's thread
    def open(self) -> None:
        """Reach the trigger; a wish that lapsed meanwhile is given up."""
        self._drop_old_wish()
        self._transport.open(time.monotonic() + _OPEN_S)

    def turn(self) -> None:
        """Wait for a wish and serve it, once: what did not go out is not repeated."""
        if not self._wished.wait(_TURN_S):
            return
        self._drop_old_wish()
        if not self._take_wish():
            return
        deadline = time.monotonic() + _WRITE_S
        try:
            taken = self._transport.write_some(self._command, deadline)
        except DeviceError:
            self._on_kicked(_STAYED_SHUT)
            raise
        self._on_kicked(taken == len(self._command))

    def close(self) -> None:
        """Let it go."""
        self._transport.close()

    def _take_wish(self) -> bool:
        with self._lock:
            had, self._wish_ms = self._wish_ms is not None, None
            self._wished.clear()
            return had

    def _drop_old_wish(self) -> None:
        with self._lock:
            wish_ms = self._wish_ms
            age_ms = 0 if wish_ms is None else self._clock.monotonic_ms() - wish_ms
            has_lapsed = age_ms > LAPSES_AFTER_MS
        if has_lapsed and self._take_wish():
            self._on_kicked(_STAYED_SHUT)
