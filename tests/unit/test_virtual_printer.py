"""How a test uses the pretend printer, and the proof that the pretend printer behaves."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import usb.core
import usb.util
from usb.core import USBError, USBTimeoutError

from tests.escpos_lengths import command_length
from tests.printer_model import Paper, PrinterModel
from tests.usbip_backend import Backend, access_denied, no_driver
from tests.virtual_printer import UsbPort, VirtualPrinter

RECEIPT = b"\x1b@" + b"Milk 1L      2.50\n" * 40 + b"\x1dV\x00"
CONFIRM = b"\x1dr\x01"  # GS r 1: answered when printing has got this far
#: What is sure to come may take as long as a busy machine needs.
PATIENCE_MS = 60_000


class Bench:
    """One USB port, one printer, one backend for pyusb."""

    def __init__(self, model: PrinterModel, **backend: Any) -> None:
        self.port = UsbPort()
        self.printer = VirtualPrinter(model)
        self.printer.plug(via=self.port)
        self.backend = Backend(self.port, **backend)

    @property
    def model(self) -> PrinterModel:
        return self.printer.model

    def find(self) -> Any:
        device = usb.core.find(idVendor=0x04B8, backend=self.backend)
        if device is not None:
            device.default_timeout = PATIENCE_MS
        return device


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench(PrinterModel(capacity=4096, rate=200_000))
    yield bench
    bench.printer.close()


def send(device: Any, data: bytes, patience: float = PATIENCE_MS / 1000) -> int:
    """What a transport must do: count what was taken and go on from there. Returns how many bytes were taken."""
    sent, deadline = 0, time.monotonic() + patience
    while sent < len(data) and time.monotonic() < deadline:
        try:
            sent += device.write(0x01, data[sent : sent + 4096], 200)
        except USBTimeoutError:
            continue  # stalled: a till would ask for the status and tell the cashier here
    return sent


def read(device: Any, timeout: int = PATIENCE_MS) -> bytes:
    return bytes(device.read(0x82, 64, timeout))


# --- the good day ---------------------------------------------------------------------------------------------------
def test_a_receipt_is_printed_and_confirmed(bench: Bench) -> None:
    device = bench.find()
    assert (device.product, device.serial_number) == ("TM-T88V", "SIM-1")
    assert bytes(device.ctrl_transfer(0xA1, 0, 0, 0, 255))[2:].startswith(b"MFG:EPSON")
    assert send(device, RECEIPT + CONFIRM) == len(RECEIPT + CONFIRM)
    assert read(device) == b"\x00"
    assert bench.model.receipts[0] == RECEIPT


def test_status_follows_the_printer(bench: Bench) -> None:
    device = bench.find()

    def status() -> str:
        answers = []
        for n in (1, 2, 4):
            device.write(0x01, bytes([0x10, 0x04, n]))
            answers.append(read(device).hex())
        return " ".join(answers)

    assert status() == "12 12 12"
    bench.model.paper = Paper.NEAR_END
    assert status() == "12 12 1e"
    bench.model.paper = Paper.OUT
    assert status() == "1a 32 7e"
    bench.model.paper = Paper.OK
    bench.model.cover_open = True
    assert status() == "1a 16 12"


def test_automatic_status_back(bench: Bench) -> None:
    device = bench.find()
    device.write(0x01, b"\x1da\xff")
    assert read(device) == b"\x10\x00\x00\x00"
    bench.model.paper = Paper.OUT
    assert read(device) == b"\x18\x00\x0f\x00"
    device.write(
        0x01, b"\x1bp\x00\x19\xfa"
    )  # queued behind the missing paper: the drawer stays shut
    assert not bench.model.wait(lambda model: model.drawer_open, 0.2)
    bench.model.paper = Paper.OK
    assert read(device) == b"\x10\x00\x00\x00"
    assert read(device) == b"\x14\x00\x00\x00"
    assert bench.model.pulses == 1


# --- stalls and short writes ----------------------------------------------------------------------------------------
def test_a_stalled_printer_gives_a_short_count_and_no_exception(bench: Bench) -> None:
    device = bench.find()
    bench.model.stop_taking_at = 5000
    assert (
        device.write(0x01, b"Z" * 20_000, 1500) == 4608
    )  # 9 packets of 512: the tail is lost if nobody looks
    with pytest.raises(USBTimeoutError) as caught:
        device.write(0x01, b"Z" * 1000, 200)
    assert caught.value.errno == errno.ETIMEDOUT
    assert len(bench.model.received) == 4608


def test_a_sender_that_counts_prints_exactly_one_copy(bench: Bench) -> None:
    device = bench.find()
    bench.model.stop_taking_at = 300
    assert send(device, RECEIPT, patience=0.5) < len(RECEIPT)
    taken = len(bench.model.received)
    bench.model.stop_taking_at = None
    assert send(device, RECEIPT[taken:] + CONFIRM) == len(RECEIPT + CONFIRM) - taken
    assert read(device) == b"\x00"
    assert bench.model.receipts == [RECEIPT, CONFIRM]


def test_paper_out_in_the_middle_holds_the_confirmation(bench: Bench) -> None:
    device = bench.find()
    bench.model.paper_ends_at = 100
    assert send(device, RECEIPT + CONFIRM) == len(
        RECEIPT + CONFIRM
    )  # it fits into the printer's buffer
    with pytest.raises(USBTimeoutError):
        read(device, 300)
    assert len(bench.model.printed) < len(RECEIPT)
    bench.model.paper = Paper.OK
    assert read(device) == b"\x00"
    assert bench.model.receipts[0] == RECEIPT


def test_a_silent_printer_and_a_noisy_one(bench: Bench) -> None:
    device = bench.find()
    bench.model.silent = True
    device.write(0x01, b"\x10\x04\x01")
    with pytest.raises(USBTimeoutError):
        read(device, 200)
    bench.model.silent = False
    bench.model.noise = b"\xff\x00"
    device.write(0x01, b"\x10\x04\x01")
    assert read(device) == b"\xff\x00\x12"


# --- unplugging -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("byte", [0, 1, 511, 512, 513, 700, len(RECEIPT) - 1])
def test_pulled_out_at_byte(bench: Bench, byte: int) -> None:
    device = bench.find()
    bench.model.unplug_at = byte
    with pytest.raises(USBError) as caught:
        device.write(0x01, RECEIPT)
    assert caught.value.errno == errno.ENODEV
    assert bytes(bench.model.received) == RECEIPT[:byte]
    assert bench.find() is None

    bench.model.unplug_at = None
    bench.printer.plug(via=bench.port)
    with pytest.raises(USBError):
        device.write(0x01, b"x")  # the old handle stays dead
    again = bench.find()
    assert again.address != device.address
    assert again.write(0x01, b"back") == 4


def test_pulled_out_while_the_host_waits(bench: Bench) -> None:
    device = bench.find()
    bench.model.stalled = True
    bench.model.unplug_at = None

    def pull() -> None:
        time.sleep(0.2)
        bench.printer.unplug()

    threading.Thread(target=pull).start()
    with pytest.raises(USBError) as caught:
        device.write(0x01, RECEIPT, 0)  # time-out 0: for ever
    assert caught.value.errno == errno.ENODEV


def test_a_power_cycle_loses_what_was_not_printed(bench: Bench) -> None:
    device = bench.find()
    bench.model.paper = Paper.OUT
    send(device, RECEIPT)
    bench.printer.power_cycle(bench.port)
    model = bench.model
    assert not model.printed
    assert model.lost == model.received == RECEIPT


# --- opening --------------------------------------------------------------------------------------------------------
def test_the_kernel_driver_and_a_second_program_are_in_the_way() -> None:
    bench = Bench(PrinterModel(), kernel_driver=True)
    first, second = bench.find(), bench.find()
    with pytest.raises(USBError) as caught:
        first.write(0x01, b"x")
    assert caught.value.errno == errno.EBUSY
    assert first.is_kernel_driver_active(0)
    first.detach_kernel_driver(0)
    assert first.write(0x01, b"x") == 1
    with pytest.raises(USBError) as caught:
        second.write(0x01, b"y")
    assert caught.value.errno == errno.EBUSY
    usb.util.release_interface(first, 0)
    first.attach_kernel_driver(0)
    assert first.is_kernel_driver_active(0)
    bench.printer.close()


@pytest.mark.parametrize(
    ("error", "number"), [(access_denied(), errno.EACCES), (no_driver(), None)]
)
def test_opening_is_refused(error: Exception, number: int | None) -> None:
    bench = Bench(PrinterModel(), open_error=error)
    device = bench.find()
    with pytest.raises(type(error)) as caught:
        device.write(0x01, b"x")
    assert getattr(caught.value, "errno", None) == number
    bench.printer.close()


# --- the model itself -----------------------------------------------------------------------------------------------
def test_a_picture_is_not_mistaken_for_commands() -> None:
    raster = (
        b"\x1dv0\x00"
        + (10).to_bytes(2, "little")
        + (600).to_bytes(2, "little")
        + b"\x1dr\x01" * 2000
    )
    assert command_length(raster, 0) == len(raster)
    model = PrinterModel(capacity=512)
    answers: list[bytes] = []
    model.on_answer = answers.append
    for at in range(0, len(raster), 64):
        assert model.offer(raster[at : at + 64])
    assert answers == []
    assert bytes(model.printed) == raster
    model.offer(CONFIRM)
    assert answers == [b"\x00"]


def test_real_time_commands_are_seen_across_packets() -> None:
    model = PrinterModel(capacity=64)
    answers: list[bytes] = []
    model.on_answer = answers.append
    for byte in b"text\x10\x04\x01more\x10\x14\x01\x00\x05\x10\x04\x04":
        model.offer(bytes([byte]))
    assert answers == [b"\x12", b"\x12"]
    assert model.pulses == 1
