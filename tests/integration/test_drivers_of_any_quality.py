"""A third party's driver of any quality: it stops itself at most, never the till."""

import sys
import threading
import time
from dataclasses import replace

import pytest

from hardware import registry
from hardware.driver import ENTRY_POINTS
from hardware.manager import DeviceListeners, DeviceManager
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceHealth,
    DeviceSettings,
    FoundDevice,
)
from pos_app.ports.printing import PrinterStatus, PrintJobState
from pos_app.services.no_devices import NoDrawer, NoLineDisplay
from tests.print_queue import MemoryQueue, SteadyClock

MODULE = '''
import threading
from hardware.driver import Driver
from pos_app.ports.devices import ConnectionKind, DeviceCategory, DriverFacts
from pos_app.ports.printing import PrinterStatus

HELD = threading.Event()


class Device:
    """Behaves as its address says."""

    last_status = PrinterStatus.READY
    lives = 0

    def __init__(self, way):
        self.way = way

    def open(self):
        Device.lives += 1

    def turn(self):
        if self.way == "leaves":
            raise SystemExit(3)
        if self.way == "hangs":
            HELD.wait()
        raise ValueError("a fault")

    def close(self):
        if self.way == "cannot close":
            raise RuntimeError("cannot close")

    def reading(self):
        return None

    def check(self):
        return PrinterStatus.READY

    def deliver(self, job, attendant):
        if self.way == "leaves":
            raise SystemExit(3)
        return "a word" if self.way == "garbage" else None

    def kick_drawer(self):
        raise ValueError("no drawer")

    def suspect(self):
        pass

    def release(self):
        if self.way == "cannot close":
            raise RuntimeError("cannot close")


def make(settings, context):
    way = settings.connection.address
    if way == "cannot be made":
        raise KeyError("baud")
    if way == "exits":
        raise SystemExit(1)
    if way == "is nothing":
        return None
    return Device(way)


def recognise(found):
    raise AttributeError("no such fact")


def driver_of(key, category):
    facts = DriverFacts(key, category, key, (ConnectionKind.VIRTUAL,))
    return Driver(facts, make, recognise)


SCALE = driver_of("odd_scale", DeviceCategory.SCALE)
PRINTER = driver_of("odd_printer", DeviceCategory.RECEIPT_PRINTER)
DRAWER = driver_of("odd_drawer", DeviceCategory.CASH_DRAWER)
NO_FACTS = Driver(None, make)
NO_KEY = driver_of(7, DeviceCategory.SCALE)
NO_CATEGORY = driver_of("odd_thing", "toaster")
NO_WAY = Driver(DriverFacts("odd_way", DeviceCategory.SCALE, "x", ()), make)
NO_OPTION = Driver(
    DriverFacts("o", DeviceCategory.SCALE, "x", (ConnectionKind.USB,), ("baud",)), make
)
'''


BROKEN = ("NO_FACTS", "NO_KEY", "NO_CATEGORY", "NO_WAY", "NO_OPTION")
ENTRIES = (*BROKEN, "SCALE", "PRINTER", "DRAWER")


@pytest.fixture
def odd(tmp_path, monkeypatch):
    """A package of drivers without manners, laid where pip would lay it."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "odd_drivers.py").write_text(MODULE, "utf-8")
    facts = folder / "odd_drivers-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Name: odd_drivers\nVersion: 1.0\n", "utf-8")
    names = (f"{x.lower()} = odd_drivers:{x}" for x in ENTRIES)
    points = "\n".join((f"[{ENTRY_POINTS}]", *names))
    (facts / "entry_points.txt").write_text(points + "\n", "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    registry.drivers.cache_clear()
    registry.drivers()
    module = sys.modules["odd_drivers"]
    yield module
    module.HELD.set()
    registry.drivers.cache_clear()
    del sys.modules["odd_drivers"]


@pytest.fixture
def queue():
    return MemoryQueue()


@pytest.fixture
def manager(queue, odd):
    made = DeviceManager(queue, SteadyClock(), DeviceListeners())
    yield made
    odd.HELD.set()
    made.stop(5)


def device(name: str, way: str, device_id: str = "odd") -> DeviceSettings:
    category = {
        "odd_scale": DeviceCategory.SCALE,
        "odd_printer": DeviceCategory.RECEIPT_PRINTER,
        "odd_drawer": DeviceCategory.CASH_DRAWER,
    }[name]
    way_there = Connection(ConnectionKind.VIRTUAL, way)
    return DeviceSettings(device_id, category, "", name, way_there)


def good_scale(folder) -> DeviceSettings:
    way = Connection(ConnectionKind.FOLDER, str(folder))
    return DeviceSettings("good", DeviceCategory.SCALE, "", "scale_virtual", way)


def wait(condition, timeout_s: float = 100) -> None:
    until = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.005)


def key_of(manager: DeviceManager, device_id: str) -> str:
    return next(x.key for x in manager.reports() if x.device_id == device_id)


@pytest.mark.parametrize("way", ["cannot be made", "exits", "is nothing"])
@pytest.mark.parametrize("name", ["odd_scale", "odd_printer", "odd_drawer"])
def test_a_device_that_cannot_be_made_is_reported_and_the_others_run(
    manager, tmp_path, name, way
) -> None:
    manager.use([device(name, way), good_scale(tmp_path)])
    report = next(x for x in manager.reports() if x.device_id == "odd")
    assert (report.health, report.key) == (DeviceHealth.WAITING, "device_driver_failed")
    wait(lambda: key_of(manager, "good") == "device_works")
    assert manager.receipt_printer().status() is PrinterStatus.UNREACHABLE
    assert isinstance(manager.drawer(), NoDrawer)
    assert isinstance(manager.line_display(), NoLineDisplay)


def test_a_driver_for_something_else_is_no_printer(manager) -> None:
    way = Connection(ConnectionKind.FOLDER, "here")
    kind = DeviceCategory.RECEIPT_PRINTER
    manager.use([DeviceSettings("receipt", kind, "", "scale_virtual", way)])
    assert manager.receipt_printer().status() is PrinterStatus.UNREACHABLE
    assert key_of(manager, "receipt") == "device_driver_unknown"


@pytest.mark.parametrize("way", ["leaves", "cannot close", "faults"])
def test_a_device_that_fails_in_any_way_is_tried_again(manager, odd, way) -> None:
    manager.use([device("odd_scale", way)])
    wait(lambda: odd.Device.lives >= 3)
    assert manager.stop(10)


@pytest.mark.parametrize("way", ["leaves", "garbage", "nothing"])
def test_a_printer_that_fails_in_any_way_leaves_a_question(manager, queue, way) -> None:
    job = queue.add(1)
    manager.use([device("odd_printer", way, "slip")])
    queue.wait_for(job, PrintJobState.UNKNOWN)
    second = queue.add(2)
    manager.wake()
    queue.wait_for(second, PrintJobState.UNKNOWN)
    assert manager.stop(10)


@pytest.mark.parametrize("is_on", [True, False])
def test_a_slip_under_way_at_a_printer_that_runs_no_more_is_asked_about(
    manager, queue, is_on
) -> None:
    job = queue.add(1)
    queue.set_state(job, PrintJobState.SENDING, offset_bytes=99, reason="")
    gone = replace(device("odd_printer", "cannot be made", "slip"), is_on=is_on)
    manager.use([gone])
    assert queue.state(job) is PrintJobState.UNKNOWN
    assert queue.jobs[job].offset_bytes == 99


def test_a_printer_whose_drawer_fails_prints_on(manager, queue) -> None:
    manager.use([device("odd_printer", "nothing", "receipt")])
    manager.drawer().kick()
    manager.drawer().kick()
    assert manager.stop(10)


def test_a_device_that_hangs_keeps_neither_settings_nor_the_till(
    manager, tmp_path, odd
) -> None:
    manager.use([device("odd_scale", "hangs")], timeout_s=0.1)
    wait(lambda: odd.Device.lives)
    changed = threading.Event()

    def change() -> None:
        manager.use([good_scale(tmp_path)], timeout_s=0.1)
        changed.set()

    threading.Thread(target=change, daemon=True).start()
    assert changed.wait(100)
    wait(lambda: key_of(manager, "good") == "device_works")
    assert manager.stop(10)


def test_a_driver_that_cannot_look_hides_nothing_that_was_found(odd) -> None:
    way = Connection(ConnectionKind.VIRTUAL, "x")
    found = FoundDevice(DeviceCategory.SCALE, way, "", "a scale")
    assert registry.best_driver(found) is None


def test_drivers_without_facts_are_left_out(odd) -> None:
    found = registry.drivers()
    assert {"odd_scale", "odd_printer", "odd_drawer"} <= found.keys()
    broken = [getattr(odd, name) for name in BROKEN]
    assert not [x for x in found.values() if x in broken]
