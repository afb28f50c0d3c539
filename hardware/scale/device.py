"""A scale as its worker sees it."""

from __future__ import annotations

from typing import Protocol

from hardware.running_device import RunningDevice
from pos_app.ports.weighing import Weighing


class ScaleDevice(RunningDevice, Weighing, Protocol):
    """Asks the scale in `turn`; `Weighing`'s methods are for any thread."""
