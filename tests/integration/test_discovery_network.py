"""A printer that announces itself is found; a search ends in time, whatever hangs."""

from __future__ import annotations

import socket
import threading
import time

import pytest
from zeroconf import ServiceInfo, Zeroconf

from hardware.discovery.network_devices import (
    SERVICE,
    announced_printers,
    asked_printers,
)
from hardware.discovery.search import _together, search
from hardware.discovery.usb_printers import libusb_printers
from pos_app.ports.devices import Connection, ConnectionKind, FoundDevice
from tests.printer_model import PrinterModel
from tests.usbip_backend import Backend
from tests.virtual_printer import UsbPort, VirtualPrinter


@pytest.fixture
def announcer():
    try:
        bus = Zeroconf()
    except OSError:
        pytest.skip("this machine has no network for multicast")
    info = ServiceInfo(
        SERVICE,
        f"Guitai Test Slips.{SERVICE}",
        addresses=[socket.inet_aton("192.0.2.7")],
        port=9100,
        properties={"ty": "EPSON TM-m30", "usb_MFG": "EPSON", "usb_MDL": "TM-m30"},
    )
    bus.register_service(info)
    yield bus
    bus.unregister_service(info)
    bus.close()


def test_a_printer_that_announces_itself_is_found(announcer) -> None:
    deadline = time.monotonic() + 20
    found: tuple[FoundDevice, ...] = ()
    while not found and time.monotonic() < deadline:
        heard = announced_printers(1.0)
        found = tuple(x for x in heard if x.connection.address == "192.0.2.7:9100")
    (printer,) = found
    assert printer.name == "EPSON TM-m30"
    assert printer.keywords["model"] == "TM-m30"


def test_a_network_of_nobody_has_no_printers() -> None:
    assert asked_printers(lambda: ()) == ()


def test_a_look_that_hangs_or_fails_hides_nothing_of_the_others() -> None:
    hanging = threading.Event()
    there = FoundDevice(None, Connection(ConnectionKind.QUEUE, "slips"), "", "slips")

    def hangs() -> tuple[FoundDevice, ...]:
        hanging.wait(60)
        return ()

    def fails() -> tuple[FoundDevice, ...]:
        raise OSError("no such part")

    began = time.monotonic()
    found = _together([hangs, fails, lambda: (there,)], began + 0.5)
    hanging.set()
    assert found == (there,)


def test_a_search_of_this_computer_ends() -> None:
    for found in search(2.0):
        assert found.connection.address
        assert found.name


def test_libusb_finds_the_same_printers_where_there_is_no_sys() -> None:
    ports = UsbPort(), UsbPort(), UsbPort()
    printers = [
        VirtualPrinter(PrinterModel(), serial="A"),
        VirtualPrinter(PrinterModel(), vid=0x0519, serial="", interface_class=0xFF),
        VirtualPrinter(PrinterModel(), vid=0x1234, serial="C", interface_class=3),
    ]
    for printer, port in zip(printers, ports, strict=True):
        printer.plug(via=port)
    found = libusb_printers(Backend(*ports))
    assert [x.connection.address for x in found] == ["04b8:0202:A", "0519:0202@2-1"]
    assert found[0].name == "EPSON TM-T88V"
    for printer in printers:
        printer.close()
