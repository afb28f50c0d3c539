"""Slips through the real kernel: usblp and libusb, replug, stall, two programs."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest

from hardware.making import make_printer
from hardware.printer.escpos_device import EscposDevice
from hardware.printer.patience import Patience
from hardware.printer.rhythm import Listeners
from hardware.printer.worker import PrinterWorker
from hardware.transport.sysfs import find_usb
from hardware.transport.usb import LibusbTransport
from hardware.transport.usb_identity import UsbIdentity
from hardware.transport.usblp import UsblpTransport, ieee1284_id
from pos_app.errors import DeviceError
from pos_app.ports.devices import ConnectionKind
from pos_app.ports.printing import PrinterStatus, PrintJobState
from tests.builders_devices import context, receipt_printer
from tests.print_queue import MemoryQueue, SteadyClock

gadgets = pytest.importorskip("gadgets", reason="only in the lab's machine")
pytestmark = pytest.mark.usb

BOTH_WAYS = [ConnectionKind.USB_PRINTER, ConnectionKind.USB]
BOTH_TRANSPORTS = [UsblpTransport, LibusbTransport]
#: Everything is ten times slower there, and slower still beside other work.
LONG_S = 240.0
PATIENT = Patience(connect_s=20, status_s=10, confirm_s=120)


def soon(seconds: float = 10) -> float:
    return time.monotonic() + seconds


def eventually(condition: Callable[[], bool], seconds: float = LONG_S) -> bool:
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends:
            return False
        time.sleep(0.05)
    return True


def wait_for(queue: MemoryQueue, job: str, state: PrintJobState) -> None:
    queue.wait(lambda: queue.jobs[job].state is state, LONG_S)


def address_of(printer: Any) -> str:
    return f"{printer.vid:04x}:{printer.pid:04x}:{printer.serial}"


@pytest.fixture
def printer() -> Iterator[Any]:
    with gadgets.PrinterGadget(q_len=1) as printer:
        yield printer


@contextmanager
def running(
    printer: Any, kind: ConnectionKind, queue: MemoryQueue
) -> Iterator[PrinterWorker]:
    settings = receipt_printer("escpos", kind, address_of(printer), profile="china")
    device = make_printer(settings, context())
    assert isinstance(device, EscposDevice)
    device._patience = PATIENT
    name = settings.device_id
    heard = Listeners(lambda *_: None)
    worker = PrinterWorker(name, device, queue, SteadyClock(), listeners=heard)
    worker.start()
    try:
        yield worker
    finally:
        was_ended = worker.stop(60)
    assert was_ended


@pytest.mark.parametrize("kind", BOTH_WAYS)
def test_print(printer, kind) -> None:
    """a slip of the china profile is printed once and confirmed"""
    queue = MemoryQueue()
    first, second = queue.add(1), queue.add(2, filling=60)
    with running(printer, kind, queue):
        for job in (first, second):
            wait_for(queue, job, PrintJobState.CONFIRMED)
    printed = bytes(printer.model.printed)
    for number in (1, 2):
        assert printed.count(b"JOB-%04d" % number) == 1
        assert printed.count(b"END-%04d" % number) == 1


@pytest.mark.parametrize("kind", BOTH_WAYS)
def test_replug(printer, kind) -> None:
    """a printer that was unplugged holds the slip, and prints it when it is back"""
    queue = MemoryQueue()
    with running(printer, kind, queue) as worker:
        before = queue.add(1)
        worker.wake()
        wait_for(queue, before, PrintJobState.CONFIRMED)
        printer.unplug()
        job = queue.add(2)
        worker.wake()
        wait_for(queue, job, PrintJobState.HELD)
        printer.plug()
        worker.wake()  # as the hotplug watch does
        wait_for(queue, job, PrintJobState.CONFIRMED)
    assert bytes(printer.model.printed).count(b"END-0002") == 1


@pytest.mark.parametrize("kind", BOTH_WAYS)
def test_stall(printer, kind) -> None:
    """a printer that takes nothing for a while gets the rest, not a second copy"""
    queue = MemoryQueue()
    with running(printer, kind, queue) as worker:
        assert eventually(lambda: worker.status() is PrinterStatus.READY)
        printer.model.stop_taking_at = len(printer.model.received) + 2048
        job = queue.add(3, filling=1000)
        worker.wake()
        queue.wait(lambda: queue.jobs[job].offset_bytes > 0, LONG_S)
        time.sleep(2)
        assert queue.state(job) is PrintJobState.SENDING
        printer.model.stop_taking_at = None
        wait_for(queue, job, PrintJobState.CONFIRMED)
    printed = bytes(printer.model.printed)
    assert (printed.count(b"JOB-0003"), printed.count(b"END-0003")) == (1, 1)


@pytest.mark.parametrize("kind", BOTH_WAYS)
def test_pulled_out(printer, kind) -> None:
    """a printer pulled out in the middle of a slip leaves it UNKNOWN, never twice"""
    queue = MemoryQueue()
    with running(printer, kind, queue) as worker:
        assert eventually(lambda: worker.status() is PrinterStatus.READY)
        printer.model.unplug_at = len(printer.model.received) + 1500
        job = queue.add(4, filling=300)
        worker.wake()
        wait_for(queue, job, PrintJobState.UNKNOWN)
        gadgets.wait_for(lambda: not printer.plugged, LONG_S)
        printer._thread.join(LONG_S)  # it was the printer's own thread that pulled it
        printer.model.unplug_at = None
        printer.plug()
        after = queue.add(5)
        worker.wake()
        wait_for(queue, after, PrintJobState.CONFIRMED)
        assert queue.state(job) is PrintJobState.UNKNOWN
    printed = bytes(printer.model.printed)
    assert printed.count(b"END-0004") == 0
    assert printed.count(b"END-0005") == 1


def test_in_use(printer) -> None:
    """errno 16: a second program on usblp is told that the printer is in use"""
    printer.host_node("lp*")
    first, second = (UsblpTransport(address_of(printer)) for _ in range(2))
    first.open(soon())
    with pytest.raises(DeviceError) as caught:
        second.open(soon())
    assert caught.value.key == "device_in_use"
    assert first.write_some(b"still mine", soon()) == 10
    first.close()
    second.open(soon())
    second.close()


def test_in_use_by_libusb(printer) -> None:
    """a printer held through libusb is in use for usblp, and the other way round"""
    node = printer.host_node("lp*")
    libusb, usblp = (
        LibusbTransport(address_of(printer)),
        UsblpTransport(address_of(printer)),
    )
    libusb.open(soon())
    assert not node.exists()
    with pytest.raises(DeviceError) as caught:
        usblp.open(soon())
    assert caught.value.key == "device_in_use"
    with pytest.raises(DeviceError) as twice:
        LibusbTransport(address_of(printer)).open(soon())
    assert twice.value.key == "device_in_use"
    libusb.close()
    assert eventually(lambda: _opens(usblp))
    usblp.close()


def test_given_back(printer) -> None:
    """libusb: the kernel's driver gets its printer back, and nothing was reset"""
    node = printer.host_node("lp*")
    handed = _connects(printer)
    transport = LibusbTransport(address_of(printer))
    transport.open(soon())
    assert transport.write_some(b"\x10\x04\x01", soon()) == 3
    assert transport.read(soon()) == b"\x12"
    transport.close()
    assert eventually(node.exists)
    assert _connects(printer) == handed


def test_facts(printer) -> None:
    """usblp tells the IEEE 1284 id, and the port's status without a word of ESC/POS"""
    printer.host_node("lp*")
    device = find_usb(UsbIdentity("04b8", "0202", printer.serial))
    assert device is not None
    assert "MDL:TM-T88V" in ieee1284_id(device)
    transport = UsblpTransport(address_of(printer))
    transport.open(soon())
    for status in (0x18, 0x38):
        printer.set_port_status(status)
        assert transport.port_status() == status
    assert transport.capabilities.reads
    transport.close()


@pytest.mark.parametrize("make", BOTH_TRANSPORTS, ids=["usblp", "libusb"])
def test_counts(printer, make) -> None:
    """a stalled printer: every count is what the kernel took, and none waits long"""
    printer.host_node("lp*")
    transport = make(address_of(printer))
    transport.open(soon())
    printer.model.stalled = True
    sent = 0
    while taken := transport.write_some(b"Z" * 4096, soon(1.0)):
        sent += taken
        assert sent < 300_000
    began = time.monotonic()
    assert transport.write_some(b"Z" * 4096, soon(0.5)) == 0
    assert time.monotonic() - began < 5
    printer.model.stalled = False
    assert eventually(lambda: transport.write_some(b"END", soon(0.5)) == 3)
    assert eventually(lambda: len(printer.model.received) == sent + 3)
    transport.close()


@pytest.mark.parametrize("make", BOTH_TRANSPORTS, ids=["usblp", "libusb"])
def test_unplugged_at_once(printer, make) -> None:
    """a printer that was pulled out is gone at the next write and at the next read"""
    transport = make(address_of(printer))
    for act in (partial(transport.write_some, b"lost"), transport.read):
        printer.host_node("lp*")
        transport.open(soon())
        printer.unplug()
        with pytest.raises(DeviceError) as caught:
            act(soon(2))
        assert caught.value.key == "device_gone"
        assert not transport.is_open
        printer.plug()


def test_forbidden(printer) -> None:
    """errno 13: without rights the till is told so, not that nothing is there"""
    node, raw = printer.host_node("lp*"), printer.host_node("usb")
    for each in (node, raw):
        each.chmod(0o600)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgid(65534)
        os.setuid(65534)
        keys = []
        for transport in (
            UsblpTransport(address_of(printer)),
            LibusbTransport(address_of(printer)),
        ):
            try:
                transport.open(soon())
                keys.append("opened")
            except DeviceError as error:
                keys.append(error.key)
        os.write(write, " ".join(keys).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(write)
    said = os.read(read, 1000).decode()
    os.close(read)
    assert said == "device_forbidden device_forbidden"


def _opens(transport: Any) -> bool:
    try:
        transport.open(soon())
    except DeviceError:
        return False
    return True


def _connects(printer: Any) -> str:
    """Return its number on the bus: a reset or a replug would give it another."""
    device = find_usb(UsbIdentity("04b8", "0202", printer.serial))
    assert device is not None
    return device.node
