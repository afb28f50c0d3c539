"""Drawers of their own: opened once or never, and what they know of themselves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware.cash_drawer.device import CashDrawerDevice
from hardware.cash_drawer.drivers import DRIVERS
from hardware.cash_drawer.printer_drawer import PrinterDrawer
from hardware.cash_drawer.serial_drawer import SerialDrawer
from hardware.cash_drawer.virtual import FILE, VirtualDrawer
from hardware.device_worker import BackOff, DeviceWorker
from pos_app.domain.drawer_level import OPEN_LEVEL, open_level
from pos_app.errors import UserError
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
)
from tests.builders_devices import context
from tests.print_queue import SteadyClock
from tests.virtual_scales import SpokenLine


@contextmanager
def running(drawer: CashDrawerDevice) -> Iterator[None]:
    back_off = BackOff(0.01, 1.0, 0.05)
    worker = DeviceWorker("drawer", drawer, lambda _report: None, back_off)
    worker.start()
    try:
        yield
    finally:
        assert worker.stop(20)


def wait_for(condition: Callable[[], object], timeout_s: float = 60) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.005)


def serial_drawer(
    line: SpokenLine, clock: SteadyClock
) -> tuple[SerialDrawer, list[bool]]:
    kicked: list[bool] = []
    return SerialDrawer(line, b"\x07", clock, kicked.append), kicked


def test_a_trigger_gets_its_bytes_once_for_each_wish() -> None:
    line = SpokenLine(lambda _sent: b"")
    drawer, kicked = serial_drawer(line, SteadyClock())

    with running(drawer):
        drawer.kick()
        wait_for(lambda: kicked == [True])
        drawer.kick()
        wait_for(lambda: kicked == [True, True])
    assert line.sent == b"\x07\x07"
    assert drawer.is_open() is None


def test_a_wish_that_lapsed_opens_no_drawer_minutes_later() -> None:
    line, clock = SpokenLine(lambda _sent: b""), SteadyClock()
    line.is_there = False
    drawer, kicked = serial_drawer(line, clock)

    with running(drawer):
        drawer.kick()
        clock.ms += 5001
        wait_for(lambda: kicked == [False])
        line.is_there = True
        wait_for(lambda: line.is_open)
    assert line.sent == b""


def test_a_trigger_that_is_gone_while_it_is_written_to_is_not_tried_again() -> None:
    line = SpokenLine(lambda _sent: b"")
    drawer, kicked = serial_drawer(line, SteadyClock())

    with running(drawer):
        wait_for(lambda: line.is_open)
        line.is_there = False
        drawer.kick()
        wait_for(lambda: kicked == [False])
        line.is_there = True
        wait_for(lambda: line.is_open)
    assert (line.sent, kicked) == (b"", [False])


def test_the_drawer_for_practice_opens_in_its_file(tmp_path: Path) -> None:
    kicked: list[bool] = []
    drawer = VirtualDrawer(tmp_path / FILE, kicked.append)

    with running(drawer):
        wait_for(lambda: drawer.is_open() is False)
        drawer.kick()
        wait_for(lambda: drawer.is_open() is True)
        assert kicked == [True]
        (tmp_path / FILE).write_text("shut")
        wait_for(lambda: drawer.is_open() is False)


@pytest.mark.parametrize(
    ("command", "is_right"),
    [("07", True), ("1b 70 00 19 fa", True), ("", False), ("0", False), ("xy", False)],
)
def test_the_bytes_of_a_trigger_are_hexadecimal(command: str, is_right: bool) -> None:
    line = SpokenLine(lambda _sent: b"")
    settings = DeviceSettings(
        "drawer",
        DeviceCategory.CASH_DRAWER,
        "",
        "drawer_serial",
        Connection(ConnectionKind.NETWORK, "127.0.0.1:1"),
        {"command": command},
    )
    del line
    if is_right:
        assert DRIVERS[0].make(settings, context())
        return
    with pytest.raises(UserError) as refused:
        DRIVERS[0].make(settings, context())
    assert refused.value.params == {"field": "command"}


class PinPrinter:
    """A printer whose drawer's pin is set by the test."""

    def __init__(self) -> None:
        self.level: bool | None = None
        self.kicks = 0

    def open_drawer(self) -> None:
        self.kicks += 1

    def drawer_level(self) -> bool | None:
        return self.level


def test_a_drawer_that_nobody_calibrated_claims_nothing() -> None:
    printer = PinPrinter()
    printer.level = True

    assert PrinterDrawer(printer, {}).is_open() is None


@pytest.mark.parametrize(
    ("option", "level", "is_open"),
    [
        (1, True, True),
        (1, False, False),
        (0, True, False),
        (0, False, True),
        (1, None, None),
        ("x", True, None),
    ],
)
def test_the_calibrated_level_tells_whether_the_drawer_is_open(
    option: int | str, level: bool | None, is_open: bool | None
) -> None:
    printer = PinPrinter()
    printer.level = level
    drawer = PrinterDrawer(printer, {OPEN_LEVEL: option})

    drawer.kick()

    assert drawer.is_open() is is_open
    assert printer.kicks == 1


def test_calibration_is_two_looks_that_differ() -> None:
    assert open_level(when_open=True, when_shut=False) == 1
    assert open_level(when_open=False, when_shut=True) == 0


@pytest.mark.parametrize(
    ("when_open", "when_shut", "key"),
    [
        (None, True, "drawer_level_unknown"),
        (True, None, "drawer_level_unknown"),
        (True, True, "drawer_level_same"),
        (False, False, "drawer_level_same"),
    ],
)
def test_calibration_that_tells_nothing_is_refused(
    when_open: bool | None, when_shut: bool | None, key: str
) -> None:
    with pytest.raises(UserError) as refused:
        open_level(when_open=when_open, when_shut=when_shut)
    assert refused.value.key == key
