"""Scanners as devices: opened, read, lost and found, each code said once."""

from __future__ import annotations

import os
import pty
import tty
from pathlib import Path
from time import monotonic, sleep

import pytest

from hardware.driver import Driver, DriverContext
from hardware.manager import DeviceListeners, DeviceManager
from hardware.registry import best_driver, driver, drivers_of
from hardware.scanner.hid_scanner import HidScanner
from hardware.scanner.key_reader import KeyReader
from hardware.scanner.virtual_scanner import RUNNING
from hardware.transport.base import Capabilities
from hardware.transport.opening import transport_of
from pos_app.errors import DeviceError, UserError
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceHealth,
    DeviceReport,
    DeviceSettings,
    FoundDevice,
    OptionValue,
    ScanEvent,
)
from tests.print_queue import MemoryQueue, SteadyClock

HID_POS = bytes.fromhex(
    "058c0902a1010912a1028502150026ff007508950309fb09fc09fd8102953b09fe820201950109ff8102c0c0"
)
SCANNERS = {
    "scanner_serial": ConnectionKind.SERIAL,
    "scanner_hid_pos": ConnectionKind.HID,
    "scanner_keyboard": ConnectionKind.KEYBOARD,
    "scanner_virtual": ConnectionKind.VIRTUAL,
}


def scanner(key: str, address: str = "", **options: OptionValue) -> DeviceSettings:
    way = Connection(SCANNERS[key], address)
    return DeviceSettings(f"id-{key}", DeviceCategory.SCANNER, "", key, way, options)


class Line:
    """A serial line whose bytes come in the pieces that a test gives."""

    identity = "line"
    capabilities = Capabilities(reads=True, is_exclusive=True)
    is_open = True

    def __init__(self, *pieces: bytes | None) -> None:
        self.pieces = list(pieces)

    def open(self, deadline: float) -> None: ...

    def close(self) -> None: ...

    def write_some(self, chunk: bytes, deadline: float) -> int:
        return len(chunk)

    def read(self, deadline: float) -> bytes:
        if not self.pieces:
            raise DeviceError("device_gone", device="line")
        return self.pieces.pop(0) or b""


def read_line(*pieces: bytes | None, **options: OptionValue) -> Heard:
    heard = Heard()
    line = Line(*pieces)
    context = DriverContext(
        SteadyClock(), lambda _: line, heard.codes.append, heard.reports.append
    )
    device = driver("scanner_serial").make(
        scanner("scanner_serial", **options), context
    )
    device.open()  # type: ignore[attr-defined]
    while line.pieces:
        device.turn()  # type: ignore[attr-defined]
    device.close()  # type: ignore[attr-defined]
    return heard


class Heard:
    def __init__(self) -> None:
        self.codes: list[str] = []
        self.reports: list[DeviceReport] = []


def test_every_way_to_read_codes_has_its_driver_and_says_what_it_is_for() -> None:
    found = drivers_of(DeviceCategory.SCANNER)
    assert {x.facts.key for x in found} == set(SCANNERS)
    for one in found:
        role = next(x for x in one.facts.options if x.key == "role")
        assert {value for value, _ in role.choices} == {"sale", "price_check"}
        assert not one.facts.is_tried


def test_a_serial_scanner_says_each_code_however_its_bytes_are_cut() -> None:
    heard = read_line(
        b"~4006", b"381333931\r", b"\n~]C1", b"0104006381333931\x1d10A\r", prefix="~"
    )
    assert heard.codes == ["4006381333931", "]C10104006381333931\x1d10A"]


def test_a_pause_ends_a_code_that_nothing_else_ends() -> None:
    assert read_line(b"123456", None, b"789\r").codes == ["123456", "789"]


def test_the_settings_page_learns_the_last_code_its_form_and_symbology() -> None:
    heard = read_line(b"\x02]E04006381333931\x03", prefix="<STX>")
    report, after = heard.reports
    assert after.facts == ()
    assert report.health is DeviceHealth.WORKING
    facts = dict(report.facts)
    assert facts["last_code"] == "]E04006381333931"
    assert facts["last_raw"] == "<STX>]E04006381333931<ETX>"
    assert (facts["symbology"], facts["last_ms"].isdigit()) == ("]E0", True)


def test_badges_and_payment_codes_are_served_and_never_shown() -> None:
    heard = read_line(b"130000000000000012\r", b"4111111111111111\r")
    assert len(heard.codes) == 2
    shown = {value for report in heard.reports for _, value in report.facts}
    assert not any("0000" in value or "1111" in value for value in shown)


def test_rubbish_and_what_is_too_long_is_said_once_and_no_code() -> None:
    heard = read_line(b"\x80\x81\x82\x83" * 1000, b"\r", b"y" * 4096, b"\r", b"1234\r")
    assert heard.codes == ["1234"]
    *before, last, bare = [report.key for report in heard.reports]
    assert last == bare == "device_works"
    assert before in (["scan_too_long"], ["scan_unreadable", "scan_too_long"])


def test_a_driver_knows_its_own_among_what_was_found() -> None:
    def best(kind: ConnectionKind, **keywords: str) -> str:
        found = FoundDevice(None, Connection(kind, "x"), "", "", "", keywords)
        one: Driver | None = best_driver(found)
        return one.facts.key if one else ""

    assert best(ConnectionKind.HID, usage_page="0x8c") == "scanner_hid_pos"
    assert best(ConnectionKind.KEYBOARD, vid="05e0") == "scanner_keyboard"
    assert best(ConnectionKind.SERIAL, vid="0c2e") == "scanner_serial"


def test_an_address_that_makes_no_sense_is_refused_when_it_is_set() -> None:
    context = DriverContext(SteadyClock(), transport_of, print, print)
    for key in ("scanner_hid_pos", "scanner_keyboard"):
        with pytest.raises(UserError, match="device_setting_missing"):
            driver(key).make(scanner(key, "somewhere"), context)


def test_a_hid_scanner_reads_reports_as_its_descriptor_lays_them_out() -> None:
    heard = Heard()
    report = b"\x02]d2" + b"0109506000134352\x1d10LOT".ljust(59, b"\0") + b"\0"
    line = Line(report, None, b"\x02]E0" + b"4006381333931".ljust(59, b"\0") + b"\0")
    context = DriverContext(
        SteadyClock(), lambda _: line, heard.codes.append, heard.reports.append
    )
    settings = scanner("scanner_hid_pos", "0c2e:0b61")
    device = HidScanner(settings, context, lambda _: HID_POS)
    device.open()
    while line.pieces:
        device.turn()
    assert heard.codes == ["]d20109506000134352\x1d10LOT", "]E04006381333931"]


def test_a_hid_device_of_another_kind_is_said_to_be_no_scanner() -> None:
    context = DriverContext(SteadyClock(), lambda _: Line(), print, print)
    settings = scanner("scanner_hid_pos", "0c2e:0b61")
    device = HidScanner(settings, context, lambda _: b"")
    with pytest.raises(DeviceError, match="device_is_no_scanner"):
        device.open()


def test_devices_that_are_not_there_are_missing_and_stop_nothing() -> None:
    reports: list[DeviceReport] = []
    codes: list[ScanEvent] = []
    manager = DeviceManager(
        MemoryQueue(),
        SteadyClock(),
        DeviceListeners(scanned=codes.append, reported=reports.append),
    )
    manager.use(
        [
            scanner("scanner_hid_pos", "0c2e:0b61:none"),
            scanner("scanner_keyboard", "05e0:1200:none"),
            scanner("scanner_virtual"),
        ]
    )
    try:
        RUNNING["id-scanner_virtual"].scan("4006381333931")
        wait_until(lambda: len(codes) == 1 and len(missing(reports)) == 2)
        assert codes == [ScanEvent("id-scanner_virtual", "4006381333931")]
        assert missing(reports) == {"id-scanner_hid_pos", "id-scanner_keyboard"}
    finally:
        assert manager.stop(60.0)


def test_a_practice_scanner_reads_the_lines_that_are_added_to_its_file(
    tmp_path: Path,
) -> None:
    file = tmp_path / "codes.txt"
    file.write_text("old\n")
    codes: list[ScanEvent] = []
    listeners = DeviceListeners(scanned=codes.append)
    manager = DeviceManager(MemoryQueue(), SteadyClock(), listeners)
    manager.use([scanner("scanner_virtual", str(file))])
    try:
        sleep(0)
        wait_until(lambda: manager.reports()[0].health is DeviceHealth.WORKING)
        with file.open("a") as more:
            more.write("4006381333931\n12345678\n")
        wait_until(lambda: len(codes) == 2)
        assert [x.code for x in codes] == ["4006381333931", "12345678"]
    finally:
        assert manager.stop(60.0)


def test_a_scanner_on_a_real_line_is_heard(tmp_path: Path) -> None:
    del tmp_path
    if ConnectionKind.SERIAL not in _makers():
        pytest.skip("no serial transport here")
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    codes: list[ScanEvent] = []
    listeners = DeviceListeners(scanned=codes.append)
    manager = DeviceManager(MemoryQueue(), SteadyClock(), listeners)
    manager.use([scanner("scanner_serial", os.ttyname(theirs))])
    try:
        wait_until(lambda: manager.reports()[0].health is DeviceHealth.WORKING)
        os.write(ours, b"]E04006381333931\r")
        wait_until(lambda: len(codes) == 1)
        assert codes[0].code == "]E04006381333931"
    finally:
        assert manager.stop(60.0)
        os.close(ours)
        os.close(theirs)


def _makers() -> set[ConnectionKind]:
    from hardware.transport import opening

    return set(opening._MAKERS)


def missing(reports: list[DeviceReport]) -> set[str]:
    return {x.device_id for x in list(reports) if x.health is DeviceHealth.MISSING}


def wait_until(is_so: object, timeout_s: float = 30.0) -> None:
    end = monotonic() + timeout_s
    while not is_so():  # type: ignore[operator]
        assert monotonic() < end, "it did not happen"
        sleep(0.01)


def test_what_a_scanner_read_is_told_once_and_kept_nowhere() -> None:
    """A customer's code is no fact of the device; it may be a card or a name."""
    told: list[DeviceReport] = []
    listeners = DeviceListeners(reported=told.append)
    manager = DeviceManager(MemoryQueue(), SteadyClock(), listeners)
    manager.use([scanner("scanner_virtual")])
    try:
        RUNNING["id-scanner_virtual"].scan("4006381333931")
        wait_until(lambda: any(x.facts for x in list(told)) and not told[-1].facts)
        codes = [dict(x.facts)["last_code"] for x in told if x.facts]
        assert codes == ["4006381333931"]
        assert manager.reports()[0].facts == ()
    finally:
        assert manager.stop(60.0)


@pytest.mark.parametrize("before", ["X", "AB", "]Q1", "A]Q1", "X]C0"])
@pytest.mark.parametrize(
    "secret", ["GTB0123456789ABCDEF0123", "130000000000000012", "4111111111111111"]
)
def test_a_secret_behind_a_prefix_that_nobody_learned_yet_is_never_shown(
    before: str, secret: str
) -> None:
    heard = read_line(f"{before}{secret}\r".encode())
    shown = " ".join(value for x in heard.reports for _, value in x.facts)
    assert secret not in shown
    assert "•••" in shown


def test_half_a_code_whose_other_keys_the_kernel_lost_is_sold_by_neither_half() -> None:
    """The rest of a number may be a number of other goods."""
    evdev = pytest.importorskip("evdev")
    from hardware.scanner.keyboard_scanner import KeyboardScanner

    digit = {str(x): evdev.ecodes.ecodes[f"KEY_{x}"] for x in range(10)}

    def keys(text: str) -> list[object]:
        codes = [digit[x] for x in text]
        return [
            evdev.InputEvent(0, 0, evdev.ecodes.EV_KEY, code, value)
            for code in codes
            for value in (1, 0)
        ]

    enter = [evdev.InputEvent(0, 0, evdev.ecodes.EV_KEY, evdev.ecodes.KEY_ENTER, 1)]
    lost = evdev.InputEvent(0, 0, evdev.ecodes.EV_SYN, evdev.ecodes.SYN_DROPPED, 0)

    class Node:
        fd = 7

        def read(self) -> list[object]:
            return [*keys("40063"), lost, *keys("96385074"), *enter, *keys("1"), *enter]

    heard = Heard()
    context = DriverContext(
        SteadyClock(), transport_of, heard.codes.append, heard.reports.append
    )
    device = KeyboardScanner(scanner("scanner_keyboard", "/dev/input/event0"), context)
    device._readers[7] = KeyReader()
    device._read(Node())  # type: ignore[arg-type]

    assert heard.codes == ["1"]
    assert heard.reports[0].key == "scan_unreadable"
