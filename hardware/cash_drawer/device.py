"""A cash drawer with a connection of its own (not through a printer)."""

from __future__ import annotations

from typing import Protocol

from hardware.running_device import RunningDevice


class CashDrawerDevice(RunningDevice, Protocol):
    """A drawer on a serial line or a USB trigger.

    One behind a printer is the printer's own (`PrinterDevice.kick_drawer`).
    """

    def kick(self) -> None:
        """Ask, from any thread, for one opening at the next turn, or never."""
        ...

    def is_open(self) -> bool | None:
        """Tell what it said last; None where it cannot tell. Any thread."""
        ...
