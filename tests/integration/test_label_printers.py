"""Label printers on a loopback socket: confirmed, waiting for labels, gone, silent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field

import pytest

from hardware.label_printer.device import (
    LabelDevice,
    LabelPatience,
)
from hardware.label_printer.drivers import DRIVERS
from hardware.label_printer.status import TsplAnswers, ZplAnswers
from hardware.printer.device import TellingPrinter
from hardware.registry import best_driver
from pos_app.documents.label_forms import FORMS
from pos_app.documents.layout import Layout
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
    FoundDevice,
)
from pos_app.ports.printing import (
    LABEL_CALIBRATE,
    LABEL_FEED,
    PrinterStatus,
    PrintJob,
    PrintJobState,
)
from tests.builders_devices import context
from tests.builders_labels import label
from tests.label_reading import read_tspl, read_zpl
from tests.print_queue import NOW
from ui.presenters.device_words import answer_words

QUICK = LabelPatience(
    connect_s=2, status_s=0.4, chunk_s=0.2, poll_s=0.01, quiet_s=0.3, stall_s=5
)
READY = b"\x02030,0,0,0304,000,0,0,0,000,0,0,0\x03\r\n"


def zpl_status(*, paper_out: int = 0, head: int = 0, left: int = 0) -> bytes:
    first = f"030,{paper_out},0,0304,000,0,0,0,000,0,0,0"
    second = f"001,0,{head},0,1,2,6,0,{left:08d},1,000"
    lines = (first, second, "1234,0")
    return b"".join(b"\x02" + x.encode() + b"\x03\r\n" for x in lines)


@dataclass
class TcpLabelPrinter:
    """Takes bytes; answers each question as told, the last answer for ever."""

    ask: bytes
    answers: list[bytes]
    gone_after: int = 1 << 30
    taken: bytearray = field(default_factory=bytearray)
    asked: int = 0

    def __post_init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _who = self._server.accept()
                with closing(connection), suppress(OSError):
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        while data := connection.recv(4096):
            self.taken += data
            if len(self.taken) > self.gone_after:
                self.gone_after = 1 << 30
                return
            for _question in range(data.count(self.ask)):
                at = min(self.asked, len(self.answers) - 1)
                self.asked += 1
                if self.answers:
                    connection.sendall(self.answers[at])

    @property
    def printed(self) -> bytes:
        return bytes(self.taken).replace(self.ask, b"")

    def close(self) -> None:
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)  # wakes whoever accepts
        self._server.close()
        self._thread.join(5)


class Patient:
    """An attendant who goes on for ever."""

    def __init__(self) -> None:
        self.offsets: list[int] = []

    def report(self, offset_bytes: int) -> None:
        self.offsets.append(offset_bytes)

    def may_go_on(self) -> bool:
        return True

    def between_commands(self) -> None:
        pass


def settings(driver: str, port: int) -> DeviceSettings:
    way = Connection(ConnectionKind.NETWORK, f"127.0.0.1:{port}")
    return DeviceSettings("labels", DeviceCategory.LABEL_PRINTER, "", driver, way)


def made(driver: str, port: int) -> LabelDevice:
    found = next(x for x in DRIVERS if x.facts.key == driver)
    device = found.make(settings(driver, port), context())
    assert isinstance(device, LabelDevice)
    device._patience = QUICK
    return device


def job(kind: str = "label") -> PrintJob:
    layout = Layout((label(FORMS[0]),), "zh-CN")
    return PrintJob(
        "job-1", "doc-1", kind, 0, "labels", layout, opens_drawer=False,
        state=PrintJobState.QUEUED, offset_bytes=0, reason="", queued_at=NOW,
    )  # fmt: skip


Make = Callable[..., tuple[TcpLabelPrinter, LabelDevice]]


@pytest.fixture
def counter() -> Iterator[Make]:
    printers: list[TcpLabelPrinter] = []
    devices: list[LabelDevice] = []

    def make(driver: str, *answers: bytes, **how: int):
        ask = {"zpl": b"~HS\r\n", "tspl": b"\x1b!?"}[driver]
        printer = TcpLabelPrinter(ask, list(answers), **how)
        printers.append(printer)
        devices.append(made(driver, printer.port))
        return printer, devices[-1]

    yield make
    for device in devices:
        device.release()
    for printer in printers:
        printer.close()


def test_a_zpl_printer_confirms_when_no_label_is_left(counter: Make) -> None:
    states = (zpl_status(), zpl_status(left=1), zpl_status(left=1), zpl_status())
    printer, device = counter("zpl", *states)
    assert device.check() is PrinterStatus.READY
    delivery = device.deliver(job(), Patient())
    assert delivery.state is PrintJobState.CONFIRMED
    (paper,) = read_zpl(printer.printed)
    assert (paper.width, paper.copies) == (560, 1)
    assert delivery.offset_bytes == len(printer.printed)


def test_a_job_waits_while_the_roll_is_empty_and_is_confirmed_then(
    counter: Make,
) -> None:
    out = zpl_status(paper_out=1, left=1)
    printer, device = counter("zpl", zpl_status(), *[out] * 20, zpl_status())
    assert device.check() is PrinterStatus.READY
    assert device.deliver(job(), Patient()).state is PrintJobState.CONFIRMED
    assert len(read_zpl(printer.printed)) == 1  # once, not again after the roll


def test_a_tspl_printer_confirms_once_it_was_seen_printing(counter: Make) -> None:
    printer, device = counter("tspl", b"\x00", b"\x20", b"\x20", b"\x00")
    assert device.check() is PrinterStatus.READY
    assert device.deliver(job(), Patient()).state is PrintJobState.CONFIRMED
    assert len(read_tspl(printer.printed)) == 1


def test_one_that_never_says_that_it_prints_is_sent_not_printed(counter: Make) -> None:
    _printer, device = counter("tspl", b"\x00")
    device.check()
    assert device.deliver(job(), Patient()).state is PrintJobState.SENT


@pytest.mark.parametrize("driver", ["zpl", "tspl"])
def test_one_that_goes_away_in_the_middle_is_unknown(
    counter: Make, driver: str
) -> None:
    answer = {"zpl": zpl_status(), "tspl": b"\x00"}[driver]
    _printer, device = counter(driver, answer, gone_after=1_000)
    assert device.check() is PrinterStatus.READY
    assert device.deliver(job(), Patient()).state is PrintJobState.UNKNOWN


def test_what_an_interrupted_job_left_is_cleared_before_the_next(
    counter: Make,
) -> None:
    printer, device = counter("zpl", zpl_status())
    device.suspect()
    device.check()
    device.deliver(job(), Patient())
    assert printer.printed.startswith(b"^XZ~JA\r\n^XA")


@pytest.mark.parametrize(
    ("driver", "answer", "status"),
    [
        ("zpl", zpl_status(), PrinterStatus.READY),
        ("zpl", zpl_status(paper_out=1), PrinterStatus.PAPER_OUT),
        ("zpl", zpl_status(head=1), PrinterStatus.COVER_OPEN),
        ("zpl", b"garbage \x00\xff\x02\x03\x02,,,\x03" * 50, PrinterStatus.OFFLINE),
        ("zpl", b"\x02030,0,0,0304", PrinterStatus.OFFLINE),
        ("tspl", b"\x00", PrinterStatus.READY),
        ("tspl", b"\x20", PrinterStatus.READY),
        ("tspl", b"\x01", PrinterStatus.COVER_OPEN),
        ("tspl", b"\x04", PrinterStatus.PAPER_OUT),
        ("tspl", b"\x0c", PrinterStatus.PAPER_OUT),
        ("tspl", b"\x08", PrinterStatus.OFFLINE),
        ("tspl", b"\x10", PrinterStatus.OFFLINE),
    ],
)
def test_what_a_printer_says_is_understood(
    counter: Make, driver: str, answer: bytes, status: PrinterStatus
) -> None:
    _printer, device = counter(driver, answer)
    assert device.check() is status


@pytest.mark.parametrize(
    ("answer", "fault"),
    [(b"\x02", "paper_jam"), (b"\x08", "ribbon_out"), (b"\x10", "paused")],
)
def test_what_a_person_has_to_do_is_told_in_words(
    counter: Make, answer: bytes, fault: str
) -> None:
    _printer, device = counter("tspl", answer)
    assert isinstance(device, TellingPrinter)
    device.check()
    assert ("fault", fault) in device.condition.facts
    assert answer_words(("fault", fault)) is not None
    told = [answer_words(x) for x in device.condition.facts]
    assert all(told)


def test_one_that_answers_nothing_is_offline_and_one_that_is_not_there_unreachable(
    counter: Make,
) -> None:
    printer, device = counter("zpl")
    assert device.check() is PrinterStatus.OFFLINE
    device.release()
    printer.close()
    gone = made("zpl", printer.port)
    assert gone.check() is PrinterStatus.UNREACHABLE


def test_the_roll_is_measured_and_moved_on(counter: Make) -> None:
    printer, device = counter("tspl", b"\x00")
    device.check()
    device.deliver(job(LABEL_CALIBRATE), Patient())
    device.deliver(job(LABEL_FEED), Patient())
    assert printer.printed == b"GAPDETECT\r\nFORMFEED\r\n"


def test_answers_may_come_in_any_pieces() -> None:
    whole = b"noise" + zpl_status(left=3)
    reader = ZplAnswers()
    found = [reader.feed(whole[x : x + 1]) for x in range(len(whole))]
    reading = next(x for x in found if x is not None)
    assert (reading.status, reading.is_busy) == (PrinterStatus.READY, True)
    assert TsplAnswers().feed(b"") is None


@pytest.mark.parametrize(
    ("name", "words", "driver"),
    [
        ("ZD421", {"vid": "0a5f"}, "zpl"),
        ("x", {"ieee1284": "MFG:Zebra ;CMD:ZPL;MDL:GK420"}, "zpl"),
        ("TTP-244", {"vid": "1203"}, "tspl"),
        ("Gprinter GP-1324D", {}, "tspl"),
        ("Xprinter XP-420B", {}, "tspl"),
        ("Xprinter XP-80C", {}, "escpos"),
        ("Gprinter GP-L80160I", {}, "escpos"),
    ],
)
def test_a_label_printer_is_recognised(name: str, words: dict[str, str], driver: str):
    way = Connection(ConnectionKind.USB_PRINTER, "x")
    found = FoundDevice(None, way, "", name, keywords=words)
    best = best_driver(found)
    assert best is not None
    assert best.facts.key == driver
