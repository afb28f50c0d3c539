"""Found, plugged in, let in: discovery, hotplug and the udev rule on a real kernel."""

from __future__ import annotations

import contextlib
import grp
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hardware.discovery.search import search
from hardware.hotplug import PlugWatch, Tempo
from hardware.manager import DeviceListeners, DeviceManager
from hardware.transport.usb import LibusbTransport
from hardware.udev_plugging import UdevSource
from hardware.udev_rule import Installation, RuleState, install_rule, rule_state
from pos_app.ports.devices import ConnectionKind, DeviceCategory, FoundDevice
from pos_app.ports.printing import PrintJobState
from tests.builders_devices import receipt_printer
from tests.print_queue import MemoryQueue, SteadyClock

gadgets = pytest.importorskip("gadgets", reason="only in the lab's machine")
pytestmark = pytest.mark.usb
LONG_S = 240.0


@pytest.fixture(autouse=True)
def settled() -> Iterator[None]:
    yield
    gadgets.settle()


def eventually(condition: Callable[[], bool], seconds: float = LONG_S) -> bool:
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends:
            return False
        time.sleep(0.05)
    return True


def group_or_root(name: str) -> str:
    """Return the group; udev gives what has no such group on this system to root."""
    try:
        return grp.getgrnam(name).gr_name
    except KeyError:
        return "root"


def access(node: Path) -> tuple[int, str]:
    facts = node.stat()
    return facts.st_mode & 0o777, grp.getgrgid(facts.st_gid).gr_name


def test_rule(tmp_path: Path) -> None:
    """the udev rule is installed by one action and gives each device to its group"""
    assert install_rule(tmp_path) is Installation.DONE
    assert rule_state() is RuleState.INSTALLED
    with contextlib.ExitStack() as counter:
        printer = counter.enter_context(gadgets.PrinterGadget())
        assert access(printer.host_node("lp*")) == (0o660, "lp")
        assert access(printer.host_node("usb")) == (0o660, "plugdev")
        for device, node, group in (
            (gadgets.HidPosScanner(), "hidraw*", "plugdev"),
            (gadgets.HidScale(), "hidraw*", "plugdev"),
            (gadgets.AcmScale(), "ttyACM*", "dialout"),
            (gadgets.WedgeScanner(), "event*", "input"),
        ):
            counter.enter_context(device)
            assert access(device.host_node(node)) == (0o660, group_or_root(group))


def test_search() -> None:
    """a search finds printer, scanners and scale, each with its address and category"""
    with contextlib.ExitStack() as counter:
        devices = {
            name: counter.enter_context(device)
            for name, device in (
                ("printer", gadgets.PrinterGadget()),
                ("scanner", gadgets.HidPosScanner()),
                ("scale", gadgets.HidScale()),
                ("wedge", gadgets.WedgeScanner()),
                ("line", gadgets.AcmScale()),
            )
        }
        nodes = ("lp*", "hidraw*", "hidraw*", "event*", "ttyACM*")
        for device, node in zip(devices.values(), nodes, strict=True):
            device.host_node(node)
        found = search(60.0)
        by_kind = {
            kind: [x for x in found if x.connection.kind is kind]
            for kind in ConnectionKind
        }
        (printer,) = by_kind[ConnectionKind.USB_PRINTER]
        assert printer.connection.address == f"04b8:0202:{devices['printer'].serial}"
        assert printer.keywords["model"] == "TM-T88V"
        assert printer.problem == ""
        hid = {x.category: x for x in by_kind[ConnectionKind.HID]}
        assert set(hid) == {DeviceCategory.SCANNER, DeviceCategory.SCALE}
        assert _address(devices["wedge"]) in _addresses(
            by_kind[ConnectionKind.KEYBOARD]
        )
        assert _address(devices["line"]) in _addresses(by_kind[ConnectionKind.SERIAL])


def test_search_tells_problems() -> None:
    """a search tells which printer another program holds"""
    with gadgets.PrinterGadget() as printer:
        printer.host_node("lp*")
        other = LibusbTransport(_address(printer))
        other.open(time.monotonic() + 10)
        # This very process holds it, so the search sees no problem in it ...
        assert _printer_found().problem == ""
        words = "import sys; from hardware.discovery.usb_printers import usb_printers;"
        words += "sys.exit(usb_printers()[0].problem != 'device_in_use')"
        # ... and another process does.
        assert (
            subprocess.run([sys.executable, "-c", words], check=False).returncode == 0
        )
        other.close()


def test_hotplug() -> None:
    """udev's word of plugging in and out comes once, soon after it is over"""
    told = threading.Condition()
    times: list[float] = []

    def hear() -> None:
        with told:
            times.append(time.monotonic())
            told.notify_all()

    begun = threading.Event()

    def source() -> UdevSource:
        made = UdevSource(("usb", "usbmisc", "tty", "hidraw", "input"))
        begun.set()
        return made

    watch = PlugWatch(hear, source, Tempo(quiet_s=0.5, begin_s=0))
    watch.start()
    assert begun.wait(LONG_S)
    with gadgets.PrinterGadget() as printer:
        with told:
            assert told.wait_for(lambda: len(times) >= 1, LONG_S)
        printer.unplug()
        with told:
            heard = len(times)
            assert told.wait_for(lambda: len(times) > heard, LONG_S)
    assert watch.stop(LONG_S)


def test_comes_back_by_itself() -> None:
    """a slip is printed when the printer is plugged in again, nobody touching the till"""
    queue = MemoryQueue()
    with gadgets.PrinterGadget(q_len=1) as printer:
        address = _address(printer)
        kind = ConnectionKind.USB_PRINTER
        settings = receipt_printer("escpos", kind, address, profile="china")
        manager = DeviceManager(queue, SteadyClock(), DeviceListeners())
        manager.use([settings])
        try:
            first = queue.add(1)
            queue.wait(lambda: queue.state(first) is PrintJobState.CONFIRMED, LONG_S)
            printer.unplug()
            job = queue.add(2)
            manager.wake()
            queue.wait(lambda: queue.state(job) is PrintJobState.HELD, LONG_S)
            printer.plug()
            queue.wait(lambda: queue.state(job) is PrintJobState.CONFIRMED, LONG_S)
        finally:
            assert manager.stop(30)
    assert bytes(printer.model.printed).count(b"END-0002") == 1


def _printer_found() -> FoundDevice:
    found = search(60.0)
    kind = ConnectionKind.USB_PRINTER
    return next(x for x in found if x.connection.kind is kind)


def _address(device: Any) -> str:
    return f"{device.vid:04x}:{device.pid:04x}:{device.serial}"


def _addresses(found: list[FoundDevice]) -> set[str]:
    return {x.connection.address for x in found}
