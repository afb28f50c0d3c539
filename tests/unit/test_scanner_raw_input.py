"""Windows' keys of one scanner are told from bytes; never run on Windows."""

from __future__ import annotations

import struct

from hardware.driver import DriverContext
from hardware.scanner.key_table import TABLES
from hardware.scanner.raw_input import RawKey, place_of_name, read_raw_input
from hardware.scanner.raw_input_scanner import RawInputScanner
from hardware.transport.opening import transport_of
from hardware.transport.usb_identity import UsbIdentity
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
    ScanEvent,
)
from tests.print_queue import SteadyClock
from ui.scanning.twins import WAIT_MS, ScanTwins

NAME = r"\\?\HID#VID_05E0&PID_1200&MI_00#7&2b1c&0&0000#{884b96c3-56ef-11d1-bc8c}"


def record(make: int, flags: int = 0, device: int = 0x1003D, kind: int = 1) -> bytes:
    """A RAWINPUT of 64-bit Windows, as winuser.h lays it out."""
    head = struct.pack("<IIQQ", kind, 40, device, 0)
    return head + struct.pack("<HHHHII", make, flags, 0, 0, 0x100, 0)


def test_a_key_is_told_with_its_keyboard() -> None:
    assert read_raw_input(record(5)) == RawKey(0x1003D, 5, 1)
    assert read_raw_input(record(5, flags=1)) == RawKey(0x1003D, 5, 0)
    assert read_raw_input(record(0x1C, flags=2)) == RawKey(0x1003D, 96, 1)


def test_mice_false_shifts_overruns_and_half_records_are_nothing() -> None:
    assert read_raw_input(record(5, kind=0)) is None
    assert read_raw_input(record(0x2A, flags=2)) is None
    assert read_raw_input(record(0xFF)) is None
    assert all(read_raw_input(record(5)[:n]) is None for n in range(40))


def test_32_bit_windows_has_shorter_headers() -> None:
    data = struct.pack("<IIII", 1, 32, 7, 0) + struct.pack("<HHHHII", 5, 0, 0, 0, 0, 0)
    assert read_raw_input(data, pointer_bytes=4) == RawKey(7, 5, 1)


def test_a_device_s_name_tells_vendor_and_product() -> None:
    assert place_of_name(NAME) == UsbIdentity("05e0", "1200")
    assert place_of_name(r"\\?\ROOT#RDP_KBD#0000") is None


def test_a_burst_of_one_keyboard_is_a_code_and_other_keyboards_are_not() -> None:
    heard: list[str] = []
    settings = DeviceSettings(
        "w",
        DeviceCategory.SCANNER,
        "",
        "scanner_keyboard",
        Connection(ConnectionKind.KEYBOARD, "05e0:1200"),
    )
    context = DriverContext(SteadyClock(), transport_of, heard.append, lambda _: None)
    scanner = RawInputScanner(settings, context)
    scanner._is_ours = {1: True, 2: False}  # what Windows would have said
    places = {char: code for code, char in TABLES["us"].plain.items()}
    for at, char in enumerate("4006381333931"):
        scanner.hear(RawKey(2, places["9"], 1), at / 100)
        scanner.hear(RawKey(1, places[char], 1), at / 100)
        scanner.hear(RawKey(1, places[char], 0), at / 100)
    scanner.hear(RawKey(1, 28, 1), 1.0)
    assert heard == ["4006381333931"]


def test_of_a_scan_that_comes_twice_one_is_served_whichever_comes_first() -> None:
    event = ScanEvent("w", "4006381333931")
    twins = ScanTwins()
    twins.typed("4006381333931", 0)
    twins.named(event, 40)
    assert twins.due(1000) == []
    twins.named(event, 2000)
    twins.typed("~4006381333931", 2030)
    assert twins.due(3000) == []


def test_a_scan_of_a_scanner_without_a_name_is_served_a_moment_later() -> None:
    twins = ScanTwins()
    twins.typed("123456", 0)
    assert twins.due(WAIT_MS - 1) == []
    assert twins.due(WAIT_MS) == [ScanEvent("", "123456")]


def test_the_same_code_scanned_twice_is_served_twice() -> None:
    twins = ScanTwins()
    for at in (0, 300):
        twins.named(ScanEvent("w", "123456"), at)
        twins.typed("123456", at + 20)
    assert twins.due(10_000) == []
    twins.typed("123456", 10_000)
    assert len(twins.due(11_000)) == 1
