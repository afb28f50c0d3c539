"""A device with a thread of its own that is opened, served, and opened again."""

from __future__ import annotations

from typing import Protocol


class RunningDevice(Protocol):
    """Served by one `hardware.device_worker.DeviceWorker`, on its thread only.

    `open` and `turn` raise DeviceError when the device is not there, or is gone; the
    worker then closes it and tries again, later and later (0.2 to 5 seconds).
    """

    def open(self) -> None:
        """Reach the device."""
        ...

    def turn(self) -> None:
        """Serve it for a moment: wait for input, at most half a second."""
        ...

    def close(self) -> None:
        """Let it go; never raises."""
        ...
