"""A printer that stalls is waited for, said to stall, and can be given up."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from time import monotonic, sleep

import pytest

from hardware.printer.escpos_device import EscposDevice
from hardware.printer.worker import Listeners, PrinterWorker
from hardware.transport.usb import LibusbTransport
from pos_app.ports.printing import PrinterStatus, PrintJobState
from tests import faulty_counter
from tests.faulty_counter import ADDRESS, HASTY, OFTEN, FaultyCounter
from tests.print_queue import MemoryQueue, SteadyClock
from tests.printer_model import Paper, PrinterModel

CONFIRMED, UNKNOWN, HELD, SENDING, CANCELLED = (
    PrintJobState.CONFIRMED,
    PrintJobState.UNKNOWN,
    PrintJobState.HELD,
    PrintJobState.SENDING,
    PrintJobState.CANCELLED,
)


def wait(condition: Callable[[], object], timeout_s: float = 60) -> None:
    until = monotonic() + timeout_s
    while not condition():
        assert monotonic() < until
        sleep(0.005)


@pytest.fixture
def queue() -> MemoryQueue:
    return MemoryQueue()


@pytest.fixture
def counter(queue, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultyCounter]:
    patient = replace(HASTY, stall_s=120, confirm_s=60)
    monkeypatch.setattr(faulty_counter, "HASTY", patient)
    made = FaultyCounter(queue, queue.state, model=PrinterModel(capacity=512))
    yield made
    made.close()


def slips_of(counter: FaultyCounter, number: int) -> tuple[int, int]:
    paper = bytes(counter.model.printed)
    name = f"{number:04}".encode()
    return paper.count(b"JOB-" + name), paper.count(b"END-" + name)


def test_a_stall_is_said_and_ends_when_the_printer_goes_on(counter, queue) -> None:
    counter.model.stop_taking_at = 1024
    job = queue.add(1, filling=200)
    worker = counter.start()
    wait(lambda: worker.status() is PrinterStatus.OFFLINE)
    assert queue.state(job) is SENDING
    assert 0 < queue.jobs[job].offset_bytes <= 1024
    counter.model.stop_taking_at = None
    wait(lambda: queue.state(job) is CONFIRMED)
    assert slips_of(counter, 1) == (1, 1)
    assert worker.status() is PrinterStatus.READY


def test_a_stalled_slip_that_is_given_up_leaves_the_next_one_whole(
    counter, queue
) -> None:
    counter.model.stop_taking_at = 1024
    first, second = queue.add(1, filling=200), queue.add(2)
    worker = counter.start()
    wait(lambda: worker.status() is PrinterStatus.OFFLINE)
    worker.give_up(first)
    wait(lambda: queue.state(first) is CANCELLED)
    counter.model.stop_taking_at = None
    wait(lambda: queue.state(second) is CONFIRMED)
    assert slips_of(counter, 2) == (1, 1)
    assert slips_of(counter, 1)[1] == 0


def test_paper_that_ends_in_a_stalled_slip_is_named(counter, queue) -> None:
    counter.model.paper_ends_at = 300
    job = queue.add(1, filling=200)
    worker = counter.start()
    wait(lambda: worker.status() is PrinterStatus.PAPER_OUT)
    assert queue.state(job) is SENDING
    counter.model.paper = Paper.OK
    wait(lambda: queue.state(job) is CONFIRMED)
    assert slips_of(counter, 1) == (1, 1)


def test_a_late_answer_is_never_taken_for_the_next_slips(
    queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurried = replace(HASTY, confirm_s=0.2, stall_s=60, flush_s=30)
    monkeypatch.setattr(faulty_counter, "HASTY", hurried)
    model = PrinterModel(capacity=65_536, rate=4000)
    counter = FaultyCounter(queue, queue.state, model=model)
    try:
        first = queue.add(1, filling=150)
        worker = counter.start()
        wait(lambda: queue.state(first) is UNKNOWN)  # it prints on, and answers late
        second = queue.add(2)
        worker.wake()
        wait(lambda: queue.state(second) in (CONFIRMED, UNKNOWN))
        if queue.state(second) is CONFIRMED:
            assert slips_of(counter, 2) == (1, 1)
        assert slips_of(counter, 1)[0] == 1
    finally:
        counter.close()


def test_a_printer_that_answers_busy_for_ever_holds_and_stops_nothing(
    counter, queue
) -> None:
    counter.model.cover_open = True
    job = queue.add(1)
    counter.start()
    wait(lambda: queue.state(job) is HELD)
    assert queue.jobs[job].reason == "cover_open"
    counter.bury()  # the till closes at once all the same


def test_a_program_that_holds_the_printer_is_waited_for(counter, queue) -> None:
    counter.intrude()
    job = queue.add(1)
    worker = counter.start()
    wait(lambda: queue.state(job) is HELD)
    problem = worker.problem()
    assert problem is not None
    assert problem.key == "device_in_use"
    counter.let_go()
    wait(lambda: queue.state(job) is CONFIRMED)
    assert slips_of(counter, 1) == (1, 1)


def test_a_drawer_that_cannot_open_in_a_stall_is_said_at_once(counter, queue) -> None:
    counter.model.stop_taking_at = 1024
    job, clock, kicks = queue.add(1, filling=200), SteadyClock(), list[bool]()
    transport = LibusbTransport(ADDRESS, counter.backend)
    device = EscposDevice(transport, counter.profile, faulty_counter.HASTY)
    told = Listeners(lambda *_: None, kicks.append)
    worker = PrinterWorker("slip", device, queue, clock, listeners=told, rhythm=OFTEN)
    worker.start()
    try:
        wait(lambda: worker.status() is PrinterStatus.OFFLINE)
        worker.open_drawer()
        clock.ms += 6000
        wait(lambda: kicks)
        assert queue.state(job) is SENDING
        counter.model.stop_taking_at = None
        wait(lambda: queue.state(job) is CONFIRMED)
        assert (kicks, counter.model.pulses) == ([False], 0)
    finally:
        assert worker.stop(60)
