"""A scanner as its worker sees it."""

from __future__ import annotations

from typing import Protocol

from hardware.running_device import RunningDevice


class ScannerDevice(RunningDevice, Protocol):
    """Reads codes in `turn` and hands each to `DriverContext.on_scan`.

    Code goes over whole or not at all: bounded in length, without prefix, suffix and
    terminator, the AIM identifier kept, garbage dropped.
    """
