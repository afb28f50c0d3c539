"""Word of plugging from udev, after its rules are done with a device."""

from __future__ import annotations

import contextlib
import os
import select
from collections.abc import Iterable

import pyudev

#: Nothing else that udev tells changes what the till could open.
_ACTIONS = frozenset({"add", "remove", "bind", "unbind", "change"})


class UdevSource:
    """Implements `hardware.hotplug.PlugSource`.

    Raises:
        OSError: there is no netlink here (a container).
    """

    def __init__(self, subsystems: Iterable[str]) -> None:
        self._monitor = pyudev.Monitor.from_netlink(pyudev.Context(), source="udev")
        for subsystem in subsystems:
            self._monitor.filter_by(subsystem)
        self._monitor.start()
        self._reads, self._writes = os.pipe()

    def wait(self, timeout_s: float) -> bool:
        """See `PlugSource.wait`."""
        handles = [self._monitor.fileno(), self._reads]
        ready = select.select(handles, [], [], timeout_s)[0]
        if self._reads in ready or not ready:
            return False
        device = self._monitor.poll(timeout=0)
        return device is not None and device.action in _ACTIONS

    def interrupt(self) -> None:
        """See `PlugSource.interrupt`."""
        with contextlib.suppress(OSError):
            os.write(self._writes, b"x")

    def close(self) -> None:
        """Close the pipe; the monitor's socket goes with the monitor."""
        os.close(self._reads)
        os.close(self._writes)
