"""Printers through libusb: exact counts, nothing reset, the kernel gets its own back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import usb.core

from hardware.transport.base import CHUNK_BYTES
from hardware.transport.usb import LibusbTransport
from pos_app.errors import DeviceError
from tests.printer_model import PrinterModel
from tests.usbip_backend import Backend, access_denied, no_driver
from tests.virtual_printer import UsbPort, VirtualPrinter

ADDRESS = "04b8:0202:SIM-1"
SLIP = b"\x1b@" + b"Milk 1L      2.50\n" * 400 + b"\x1dV\x00"


def soon(seconds: float = 60) -> float:
    return time.monotonic() + seconds


class Bench:
    def __init__(self, model: PrinterModel, **backend: Any) -> None:
        self.port = UsbPort()
        self.printer = VirtualPrinter(model)
        self.printer.plug(via=self.port)
        self.backend = Backend(self.port, **backend)

    @property
    def model(self) -> PrinterModel:
        return self.printer.model

    def transport(self, address: str = ADDRESS) -> LibusbTransport:
        return LibusbTransport(address, self.backend)


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench(PrinterModel(capacity=4096))
    yield bench
    bench.printer.close()


def opened(bench: Bench, address: str = ADDRESS) -> LibusbTransport:
    transport = bench.transport(address)
    transport.open(soon())
    return transport


def test_bytes_go_both_ways(bench: Bench) -> None:
    transport = opened(bench)
    assert transport.write_some(b"\x10\x04\x01", soon()) == 3
    assert transport.read(soon()) == b"\x12"
    assert transport.read(soon(0.05)) == b""
    transport.close()
    assert not transport.is_open
    assert bench.backend.resets == 0


def test_no_write_hands_over_more_than_a_chunk(bench: Bench) -> None:
    transport = opened(bench)
    assert transport.write_some(b"A" * 20_000, soon()) == CHUNK_BYTES
    transport.close()


def test_a_printer_that_stops_taking_is_counted_to_the_byte(bench: Bench) -> None:
    transport = opened(bench)
    bench.model.stop_taking_at = 5000
    sent = 0
    while taken := transport.write_some(SLIP[sent : sent + CHUNK_BYTES], soon(0.2)):
        sent += taken
    assert sent == len(bench.model.received) == 4608
    bench.model.stop_taking_at = None
    while sent < len(SLIP):
        sent += transport.write_some(SLIP[sent : sent + CHUNK_BYTES], soon())
    assert bench.model.wait(lambda model: bytes(model.printed) == SLIP)
    transport.close()


@pytest.mark.parametrize("byte", [0, 1, 512, 700])
def test_a_printer_pulled_out_is_gone_and_is_found_again(bench: Bench, byte) -> None:
    transport = opened(bench)
    bench.model.unplug_at = byte
    with pytest.raises(DeviceError) as caught:
        transport.write_some(SLIP[:CHUNK_BYTES], soon())
    assert caught.value.key == "device_gone"
    assert not transport.is_open
    with pytest.raises(DeviceError) as missing:
        transport.open(soon())
    assert missing.value.key == "device_unreachable"
    bench.model.unplug_at = None
    bench.printer.plug(via=bench.port)
    transport.open(soon())
    assert transport.write_some(b"back", soon()) == 4
    transport.close()


def test_the_kernels_driver_is_moved_aside_and_gets_it_back() -> None:
    bench = Bench(PrinterModel(), kernel_driver=True)
    device = usb.core.find(idVendor=0x04B8, backend=bench.backend)
    transport = opened(bench)
    assert not device.is_kernel_driver_active(0)
    assert transport.write_some(b"x", soon()) == 1
    transport.close()
    assert device.is_kernel_driver_active(0)
    bench.printer.close()


def test_a_printer_that_another_program_holds_is_in_use(bench: Bench) -> None:
    first, second = opened(bench), bench.transport()
    with pytest.raises(DeviceError) as caught:
        second.open(soon())
    assert (caught.value.key, second.is_open) == ("device_in_use", False)
    assert first.write_some(b"still mine", soon()) == 10
    first.close()
    second.open(soon())
    second.close()


@pytest.mark.parametrize(
    ("error", "key"),
    [(access_denied(), "device_forbidden"), (no_driver(), "device_has_no_driver")],
)
def test_what_the_system_refuses_has_a_word(error: Exception, key: str) -> None:
    bench = Bench(PrinterModel(), open_error=error)
    transport = bench.transport("04b8:0202")
    with pytest.raises(DeviceError) as caught:
        transport.open(soon())
    assert caught.value.key == key
    assert caught.value.params["device"] == "usb:04b8:0202"
    bench.printer.close()


def test_a_vendors_own_class_prints_too() -> None:
    port = UsbPort()
    printer = VirtualPrinter(PrinterModel(), interface_class=0xFF)
    printer.plug(via=port)
    transport = LibusbTransport("04b8:0202@1-1", Backend(port))
    transport.open(soon())
    assert transport.capabilities.reads
    assert transport.write_some(b"hello", soon()) == 5
    transport.close()
    printer.close()


def test_a_device_that_does_not_print_is_told(bench: Bench) -> None:
    port = UsbPort()
    printer = VirtualPrinter(PrinterModel(), interface_class=3)
    printer.plug(via=port)
    with pytest.raises(DeviceError) as caught:
        LibusbTransport(ADDRESS, Backend(port)).open(soon())
    assert caught.value.key == "device_has_no_driver"
    printer.close()


def test_one_of_two_alike_is_chosen_by_its_serial_number() -> None:
    ports = UsbPort(), UsbPort()
    printers = [VirtualPrinter(PrinterModel(), serial=x) for x in ("A", "B")]
    for printer, port in zip(printers, ports, strict=True):
        printer.plug(via=port)
    transport = LibusbTransport("04b8:0202:B", Backend(*ports))
    transport.open(soon())
    assert transport.write_some(b"for B", soon()) == 5
    assert [bytes(x.model.received) for x in printers] == [b"", b"for B"]
    transport.close()
    for printer in printers:
        printer.close()


def test_garbage_on_the_way_back_is_only_bytes(bench: Bench) -> None:
    bench.model.noise = bytes(range(256))
    transport = opened(bench)
    transport.write_some(b"\x10\x04\x01", soon())
    said = b""
    deadline = soon()
    while not said.endswith(b"\x12") and time.monotonic() < deadline:
        said += transport.read(soon(0.2))
    assert said == bytes(range(256)) + b"\x12"
    transport.close()
