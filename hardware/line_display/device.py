"""A two-line display as its worker sees it."""

from __future__ import annotations

from typing import Protocol

from hardware.running_device import RunningDevice


class LineDisplayDevice(RunningDevice, Protocol):
    """Shows the newest two lines at its next turn."""

    def show(self, upper: str, lower: str) -> None:
        """Keep two lines to be shown; any thread, at once."""
        ...
