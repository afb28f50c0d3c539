"""Scanners through the real kernel: usbhid, evdev, hidraw, cdc-acm."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest

from hardware.manager import DeviceListeners, DeviceManager
from hardware.registry import drivers
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceHealth,
    DeviceReport,
    DeviceSettings,
    OptionValue,
    ScanEvent,
)
from tests.print_queue import MemoryQueue, SteadyClock

gadgets = pytest.importorskip("gadgets", reason="only in the lab's machine")
pytestmark = pytest.mark.usb
LONG_S = 60.0
GTIN = "4006381333931"
MESSAGE = "0109506000134352" + "10LOT-7" + "\x1d" + "21" + "S" * 18


class Counter:
    """A till's devices, and what they had to say."""

    def __init__(self) -> None:
        self.scans: list[ScanEvent] = []
        self.reports: list[DeviceReport] = []
        listeners = DeviceListeners(
            scanned=self.scans.append, reported=self.reports.append
        )
        self.manager = DeviceManager(MemoryQueue(), SteadyClock(), listeners)

    def wait(self, condition: Callable[[], bool]) -> None:
        ends = time.monotonic() + LONG_S
        while not condition():
            assert time.monotonic() < ends, (self.scans, self.reports)
            time.sleep(0.05)

    def wait_codes(self, *codes: str) -> None:
        self.wait(lambda: [x.code for x in self.scans] == list(codes))

    def wait_health(self, health: DeviceHealth) -> None:
        self.wait(lambda: self.manager.reports()[0].health is health)


@contextmanager
def counter(
    driver: str, kind: ConnectionKind, gadget: Any, **options: OptionValue
) -> Iterator[Counter]:
    address = f"{gadget.vid:04x}:{gadget.pid:04x}:{gadget.serial}"
    way = Connection(kind, address)
    made = Counter()
    made.manager.use(
        [DeviceSettings("s", DeviceCategory.SCANNER, "", driver, way, options)]
    )
    try:
        made.wait_health(DeviceHealth.WORKING)
        yield made
    finally:
        assert made.manager.stop(30)


@pytest.fixture
def wedge() -> Iterator[Any]:
    with gadgets.WedgeScanner() as scanner:
        scanner.host_node("event*")
        yield scanner


def type_codes(scanner: Any, *codes: str, end: str = "\n") -> None:
    """Type from a thread: the device's end waits until the till's has polled."""

    def work() -> None:
        for code in codes:
            scanner.scan(code, end=end)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(LONG_S)
    assert not thread.is_alive()


def test_grab(wedge: Any) -> None:
    """a scanner that types is held: its codes come, nobody else hears its keys"""
    from evdev import InputDevice

    # As a compositor does: it had the node open before the till came.
    listener = InputDevice(str(wedge.host_node("event*")))
    with counter("scanner_keyboard", ConnectionKind.KEYBOARD, wedge) as till:
        type_codes(wedge, GTIN, "]C1" + MESSAGE)
        till.wait_codes(GTIN, "]C1" + MESSAGE)
        assert listener.read_one() is None
    type_codes(wedge, "12")
    ends = time.monotonic() + LONG_S
    while listener.read_one() is None:  # given back: it types for everybody
        assert time.monotonic() < ends
        time.sleep(0.05)
    listener.close()


def test_lock_keys(wedge: Any) -> None:
    """capital and small letters arrive as printed, whatever Caps Lock says"""
    from evdev import UInput, ecodes

    hands = UInput({ecodes.EV_KEY: [ecodes.KEY_CAPSLOCK, ecodes.KEY_A]}, name="hands")
    hands.write(ecodes.EV_KEY, ecodes.KEY_CAPSLOCK, 1)
    hands.syn()
    try:
        with counter("scanner_keyboard", ConnectionKind.KEYBOARD, wedge) as till:
            type_codes(wedge, "aBc-12/Z", end="\t")
            till.wait_codes("aBc-12/Z")
    finally:
        hands.close()


def test_two_grabs(wedge: Any) -> None:
    """a scanner that another program holds is said to be in use, and taken later"""
    from evdev import InputDevice

    other = InputDevice(str(wedge.host_node("event*")))
    other.grab()
    made = Counter()
    address = f"{wedge.vid:04x}:{wedge.pid:04x}:{wedge.serial}"
    way = Connection(ConnectionKind.KEYBOARD, address)
    made.manager.use(
        [DeviceSettings("s", DeviceCategory.SCANNER, "", "scanner_keyboard", way)]
    )
    try:
        made.wait(lambda: made.manager.reports()[0].key == "device_in_use")
        other.ungrab()
        other.close()
        made.wait_health(DeviceHealth.WORKING)
        type_codes(wedge, GTIN)
        made.wait_codes(GTIN)
    finally:
        assert made.manager.stop(30)


def test_forbidden(wedge: Any) -> None:
    """without rights the till says so and offers the rule; with them it goes on"""
    node = wedge.host_node("event*")
    drivers()
    for name in ("evdev", "hardware.scanner.keyboard_scanner"):
        import_module(name)  # who has no rights may not read Python's own folder
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            made = Counter()
            address = f"{wedge.vid:04x}:{wedge.pid:04x}:{wedge.serial}"
            way = Connection(ConnectionKind.KEYBOARD, address)
            settings = DeviceSettings(
                "s", DeviceCategory.SCANNER, "", "scanner_keyboard", way
            )
            made.manager.use([settings])
            made.wait(lambda: made.manager.reports()[0].key == "device_forbidden")
            code = 0
        finally:
            os._exit(code)
    assert node.exists()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_replug(wedge: Any) -> None:
    """pulled out and put back it is found again, whatever its node is called"""
    with counter("scanner_keyboard", ConnectionKind.KEYBOARD, wedge) as till:
        type_codes(wedge, GTIN)
        till.wait_codes(GTIN)
        wedge.unplug()
        till.wait_health(DeviceHealth.MISSING)
        wedge.plug()
        till.wait_health(DeviceHealth.WORKING)
        type_codes(wedge, "96385074")
        till.wait_codes(GTIN, "96385074")


def test_hid_pos() -> None:
    """a HID POS scanner: AIM identifier, GS, a code of several reports, replug"""
    with gadgets.HidPosScanner() as scanner:
        scanner.host_node("hidraw*")
        with counter("scanner_hid_pos", ConnectionKind.HID, scanner) as till:
            send(scanner, MESSAGE.encode(), b"]d2")
            send(scanner, b"A" * 150, b"]Q1")
            till.wait_codes("]d2" + MESSAGE, "]Q1" + "A" * 150)
            scanner.unplug()
            till.wait_health(DeviceHealth.MISSING)
            scanner.plug()
            till.wait_health(DeviceHealth.WORKING)
            send(scanner, GTIN.encode(), b"]E0")
            till.wait(lambda: till.scans[-1].code == "]E0" + GTIN)


def send(scanner: Any, data: bytes, aim: bytes) -> None:
    thread = threading.Thread(target=lambda: scanner.scan(data, aim=aim), daemon=True)
    thread.start()
    thread.join(LONG_S)
    assert not thread.is_alive()


def test_usb_com() -> None:
    """a USB-COM scanner: codes with GS, garbage and 4 KB in between, replug"""
    with gadgets.AcmGadget() as scanner:
        scanner.host_node("ttyACM*")
        with counter("scanner_serial", ConnectionKind.SERIAL, scanner) as till:
            scanner.send(f"]C1{MESSAGE}\r\n".encode())
            scanner.send(b"\x80\x81\x82\x83" * 8 + b"\r")
            scanner.send(b"x" * 4096 + b"\r")
            scanner.send(f"{GTIN}\r".encode())
            till.wait_codes("]C1" + MESSAGE, GTIN)
            assert "scan_too_long" in {report.key for report in till.reports}
            scanner.unplug()
            till.wait_health(DeviceHealth.MISSING)
            scanner.plug()
            till.wait_health(DeviceHealth.WORKING)
            scanner.send(b"96385074\r")
            till.wait_codes("]C1" + MESSAGE, GTIN, "96385074")
