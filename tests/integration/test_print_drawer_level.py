"""The drawer's pin is seen through the printer; pulses are as somebody set them."""

import queue as queues
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from usb.core import USBError

from hardware.printer.drawer_pulse import DrawerPulse, pulse_of
from hardware.printer.escpos_device import EscposDevice
from hardware.printer.patience import Patience
from hardware.printer.profile import load_profile
from hardware.printer.worker import Listeners, PrinterWorker, Rhythm
from hardware.transport.usb import LibusbTransport
from pos_app.errors import UserError
from pos_app.ports.printing import PrinterStatus, PrintJobState
from tests.print_queue import MemoryQueue, SteadyClock
from tests.printer_model import Paper, PrinterModel
from tests.usbip_backend import Backend, access_denied
from tests.virtual_printer import UsbPort, VirtualPrinter

OFTEN = Rhythm(hold_s=0.05, idle_s=0.1, watch_s=0.05)
QUICK = Patience(status_s=2, chunk_s=0.2)
USUAL = DrawerPulse()


@contextmanager
def counter(
    queue: MemoryQueue,
    pulse: DrawerPulse = USUAL,
    open_error: Exception | None = None,
) -> Iterator[tuple[PrinterModel, PrinterWorker, queues.Queue[None]]]:
    port, printer = UsbPort(), VirtualPrinter(PrinterModel())
    printer.plug(via=port)
    changes: queues.Queue[None] = queues.Queue()
    device = EscposDevice(
        LibusbTransport("04b8:0202", Backend(port, open_error=open_error)),
        load_profile("china", 80),
        QUICK,
        pulse,
    )
    told = Listeners(lambda *_: None, changed=lambda: changes.put(None))
    worker = PrinterWorker(
        "slip", device, queue, SteadyClock(), listeners=told, rhythm=OFTEN
    )
    worker.start()
    try:
        yield printer.model, worker, changes
    finally:
        assert worker.stop(timeout_s=120)
        printer.close()


def test_the_level_of_the_drawers_pin_is_told_when_it_changes() -> None:
    levels: queues.Queue[bool | None] = queues.Queue()
    with counter(MemoryQueue()) as (model, worker, _):
        worker.watch_drawer(levels.put)
        assert levels.get(timeout=100) is False
        model.drawer_open = True
        assert levels.get(timeout=100) is True
        assert worker.drawer_level() is True
        model.drawer_open = False
        assert levels.get(timeout=100) is False


def test_a_kick_of_the_watched_drawer_is_seen_to_open_it_once() -> None:
    levels: queues.Queue[bool | None] = queues.Queue()
    with counter(MemoryQueue()) as (model, worker, _):
        worker.watch_drawer(levels.put)
        assert levels.get(timeout=100) is False
        worker.open_drawer()
        assert levels.get(timeout=100) is True
        assert model.pulses == 1


def test_the_level_is_seen_while_a_slip_waits_for_paper() -> None:
    levels: queues.Queue[bool | None] = queues.Queue()
    queue = MemoryQueue()
    with counter(queue) as (model, worker, _):
        worker.watch_drawer(levels.put)
        assert levels.get(timeout=100) is False
        model.paper = Paper.OUT
        job = queue.add(1)
        worker.wake()
        queue.wait_for(job, PrintJobState.HELD)
        worker.open_drawer()
        assert levels.get(timeout=100) is True
        assert queue.state(job) is PrintJobState.HELD
        model.paper = Paper.OK
        queue.wait_for(job, PrintJobState.CONFIRMED)


def test_what_the_printer_says_of_itself_is_told_in_facts() -> None:
    with counter(MemoryQueue()) as (model, worker, changes):
        changes.get(timeout=100)
        while dict(worker.facts()).get("paper") != "ok":
            changes.get(timeout=100)
        assert dict(worker.facts())["cover"] == "closed"
        assert dict(worker.facts())["cutter"] == "ok"
        assert dict(worker.facts())["online"] == "yes"
        model.cover_open = True
        worker.wake()
        while dict(worker.facts()).get("cover") != "open":
            changes.get(timeout=100)
        assert worker.status() is PrinterStatus.COVER_OPEN


def test_a_printer_without_rights_says_so() -> None:
    queue = MemoryQueue()
    refused: USBError = access_denied()
    with counter(queue, open_error=refused) as (_, worker, _changes):
        job = queue.add(1)
        worker.wake()
        queue.wait_for(job, PrintJobState.HELD)
        problem = worker.problem()
        assert problem is not None
        assert problem.key == "device_forbidden"


@pytest.mark.parametrize(
    ("options", "queued", "at_once"),
    [
        ({}, b"\x1bp\x00\x19\xfa", b"\x10\x14\x01\x00\x01"),
        (
            {"drawer_pin": 5, "drawer_on_ms": 120, "drawer_off_ms": 240},
            b"\x1bp\x01\x3c\x78",
            b"\x10\x14\x01\x01\x02",
        ),
        ({"drawer_on_ms": 2}, b"\x1bp\x00\x01\xfa", b"\x10\x14\x01\x00\x01"),
        ({"drawer_on_ms": 510}, b"\x1bp\x00\xff\xfa", b"\x10\x14\x01\x00\x06"),
    ],
)
def test_the_pulse_is_as_it_was_set(options, queued, at_once) -> None:
    pulse = pulse_of(options)
    assert (pulse.queued, pulse.at_once) == (queued, at_once)


@pytest.mark.parametrize(
    "options",
    [{"drawer_pin": 3}, {"drawer_on_ms": 1}, {"drawer_off_ms": "x"}],
)
def test_a_pulse_that_no_drawer_takes_is_refused(options) -> None:
    with pytest.raises(UserError) as refused:
        pulse_of(options)
    assert refused.value.key == "device_setting_missing"


def test_a_kick_goes_to_the_pin_that_was_set() -> None:
    pulse = DrawerPulse(pin=5, on_ms=100, off_ms=100)
    with counter(MemoryQueue(), pulse) as (model, worker, _):
        worker.open_drawer()
        assert model.wait(lambda m: m.pulses == 1, 100)
        assert pulse.queued in bytes(model.printed)
