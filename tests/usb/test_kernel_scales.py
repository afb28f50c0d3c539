"""Scales through the real kernel: hidraw and cdc-acm."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest

from hardware.manager import DeviceListeners, DeviceManager
from hardware.system_clock import SystemClock
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceHealth,
    DeviceSettings,
)
from pos_app.ports.weighing import ScaleReading, WeighingState
from tests.print_queue import MemoryQueue

gadgets = pytest.importorskip("gadgets", reason="only in the lab's machine")
pytestmark = pytest.mark.usb
LONG_S = 60.0
State = WeighingState


class Weighed:
    """A till's scale."""

    def __init__(self, manager: DeviceManager) -> None:
        self.manager = manager

    def reading(self) -> ScaleReading:
        scale = self.manager.scale()
        assert scale is not None
        return scale.reading()

    def wait(self, condition: Callable[[], bool]) -> None:
        ends = time.monotonic() + LONG_S
        while not condition():
            assert time.monotonic() < ends, (self.reading(), self.manager.reports())
            time.sleep(0.02)

    def says(self, state: State, kilograms: str | None = None) -> None:
        weight = None if kilograms is None else Decimal(kilograms)
        self.wait(
            lambda: (
                self.reading().state is state
                and (weight is None or self.reading().weight_kg == weight)
            )
        )

    def has_health(self, health: DeviceHealth) -> None:
        self.wait(lambda: self.manager.reports()[0].health is health)


@contextmanager
def counter(driver: str, kind: ConnectionKind, gadget: Any) -> Iterator[Weighed]:
    address = f"{gadget.vid:04x}:{gadget.pid:04x}:{gadget.serial}"
    manager = DeviceManager(MemoryQueue(), SystemClock(), DeviceListeners())
    way = Connection(kind, address)
    manager.use([DeviceSettings("s", DeviceCategory.SCALE, "", driver, way)])
    try:
        yield Weighed(manager)
    finally:
        assert manager.stop(30)


class Repeating:
    """A HID scale that says what it weighs all the time, as real ones do."""

    def __init__(self, scale: Any) -> None:
        self._scale = scale
        self.said: tuple[int, dict[str, int]] | None = (0, {"status": scale.ZERO})
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._repeat, daemon=True)
        self._thread.start()

    def _repeat(self) -> None:
        while not self._ended.wait(0.1):
            if self.said is None:
                continue
            raw, more = self.said
            try:
                self._scale.weigh(raw, **more)
            except OSError:
                continue  # unplugged

    def end(self) -> None:
        self._ended.set()
        self._thread.join(10)


def test_hid_scale() -> None:
    """HID scale: stable, moving, over, pounds, and silence after two seconds"""
    with gadgets.HidScale() as gadget:
        gadget.host_node("hidraw*")
        with counter("scale_hid", ConnectionKind.HID, gadget) as weighed:
            weighed.has_health(DeviceHealth.WORKING)
            scale = Repeating(gadget)
            try:
                weighed.says(State.ZERO)
                scale.said = (12345, {"exponent": -1})
                weighed.says(State.STABLE, "1.2345")
                scale.said = (12345, {"exponent": -1, "status": gadget.MOTION})
                weighed.says(State.MOVING)
                scale.said = (0, {"status": gadget.OVER})
                weighed.says(State.OVER)
                scale.said = (150, {"exponent": -2, "unit": gadget.POUND})
                weighed.says(State.STABLE, "0.680388555")
                scale.said = None
                weighed.says(State.SILENT)
            finally:
                scale.end()


def test_acm_scale() -> None:
    """Serial scale at 7E1 (Toledo 8217): stable, moving, silent, unplug and replug"""
    with gadgets.AcmScale() as gadget:
        gadget.host_node("ttyACM*")
        with counter("scale_toledo", ConnectionKind.SERIAL, gadget) as weighed:
            weighed.says(State.ZERO)
            gadget.weight = "01.235"
            weighed.says(State.STABLE, "1.235")
            gadget.status = gadget.MOTION
            weighed.says(State.MOVING)
            gadget.status = gadget.UNDER_ZERO
            weighed.says(State.UNDER_ZERO)
            gadget.status, gadget.silent = 0, True
            weighed.says(State.SILENT)
            weighed.has_health(DeviceHealth.MISSING)
            gadget.silent = False
            weighed.says(State.STABLE, "1.235")
            gadget.unplug()
            weighed.has_health(DeviceHealth.MISSING)
            assert weighed.reading().weight_kg is None
            gadget.plug()
            weighed.says(State.STABLE, "1.235")
