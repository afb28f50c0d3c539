"""A printer that announces itself is found; a search ends in time, whatever hangs."""

from __future__ import annotations

import socket
import sys
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
from hardware.printer.network_search import search_printers
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
    assert asked_printers(1, lambda: ()) == ()


@pytest.fixture
def deaf_port():
    """A port of every loopback address that lets all connections hang."""
    with socket.socket() as full:
        full.bind(("0.0.0.0", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", full.getsockname()[1]))
        yield full.getsockname()[1]
        for each in waiting:
            each.close()


@pytest.mark.skipif(sys.platform != "linux", reason="loopback has other addresses here")
def test_a_printer_is_found_in_time_among_addresses_that_say_nothing(deaf_port) -> None:
    hosts = [f"127.0.1.{x}" for x in range(1, 255)]
    with socket.create_server(("127.0.1.200", 0)) as printer:
        port = printer.getsockname()[1]
        found: list[tuple[str, int]] = []

        def look() -> tuple[FoundDevice, ...]:
            ports = (deaf_port, port, deaf_port)
            found.extend(search_printers(hosts, ports, patience_s=2))
            return ()

        _together([look], time.monotonic() + 10)
        assert found == [("127.0.1.200", port)]


def test_a_look_that_hangs_or_fails_hides_nothing_of_the_others() -> None:
    hanging = threading.Event()
    there = FoundDevice(None, Connection(ConnectionKind.QUEUE, "slips"), "", "slips")

    def hangs() -> tuple[FoundDevice, ...]:
        hanging.wait(60)
        return ()

    def fails() -> tuple[FoundDevice, ...]:
        raise OSError("no such part")

    # As long as that is waited: the one that answers needs its thread to begin by then.
    found = _together([hangs, fails, lambda: (there,)], time.monotonic() + 2)
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
