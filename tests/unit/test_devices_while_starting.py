"""The counter asks its devices while others are being started."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from hardware.manager import DeviceListeners, DeviceManager
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
)
from tests.print_queue import MemoryQueue, SteadyClock


@pytest.fixture
def nervous() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def scanner(number: int) -> DeviceSettings:
    way = Connection(ConnectionKind.VIRTUAL)
    name = f"scanner-{number}"
    return DeviceSettings(name, DeviceCategory.SCANNER, "", "scanner_virtual", way)


@pytest.mark.usefixtures("nervous")
def test_the_screen_may_ask_for_the_drawer_while_devices_start() -> None:
    manager = DeviceManager(MemoryQueue(), SteadyClock(), DeviceListeners())
    failures: list[BaseException] = []
    is_over = threading.Event()

    def ask() -> None:
        while not is_over.is_set():
            try:
                manager.drawer().is_open()
                manager.scale()
                manager.wake()
            except RuntimeError as error:
                failures.append(error)
                return

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    try:
        for round_ in range(3):
            manager.use([scanner(round_ * 100 + x) for x in range(40)])
    finally:
        is_over.set()
        for asker in askers:
            asker.join(60)
        assert manager.stop(60.0)
    assert failures == []
