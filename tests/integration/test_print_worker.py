"""A slip is printed once, or the till knows that it does not know."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typing_extensions import override

from hardware.printer.escpos_device import EscposDevice, Patience
from hardware.printer.profile import load_profile
from hardware.printer.worker import Listeners, PrinterWorker, Rhythm
from hardware.transport.tcp import TcpTransport
from pos_app.documents.layout import Barcode, Layout
from pos_app.errors import StorageError
from pos_app.ports.printing import PrinterStatus, PrintJobState
from tests.paper_printer import PaperPrinter
from tests.print_queue import MemoryQueue, SteadyClock

QUEUED, SENDING, SENT, CONFIRMED, HELD, UNKNOWN, FAILED = (
    PrintJobState.QUEUED,
    PrintJobState.SENDING,
    PrintJobState.SENT,
    PrintJobState.CONFIRMED,
    PrintJobState.HELD,
    PrintJobState.UNKNOWN,
    PrintJobState.FAILED,
)
#: Where nobody measures it: a till that is given no time by its machine still waits.
CALM = Patience(
    connect_s=60, status_s=60, chunk_s=0.1, confirm_s=120, stall_s=240, flush_s=60
)
QUICK = Patience(connect_s=1, status_s=0.5, chunk_s=0.1, confirm_s=0.6, stall_s=1.5)
OFTEN = Rhythm(hold_s=0.05, idle_s=0.1)


@contextmanager
def till(
    printer: PaperPrinter | int,
    queue: MemoryQueue,
    *,
    clock: SteadyClock | None = None,
    profile: str = "china",
    kicks: list[bool] | None = None,
    patience: Patience = CALM,
    line: type[TcpTransport] = TcpTransport,
) -> Iterator[PrinterWorker]:
    port = printer if isinstance(printer, int) else printer.port
    device = EscposDevice(line("127.0.0.1", port), load_profile(profile, 80), patience)
    told = Listeners(
        job_changed=lambda job_id, state: None,
        drawer_kicked=(kicks if kicks is not None else []).append,
    )
    worker = PrinterWorker(
        "slip", device, queue, clock or SteadyClock(), listeners=told, rhythm=OFTEN
    )
    worker.start()
    try:
        yield worker
    finally:
        assert worker.stop(timeout_s=120)


class NarrowLine(TcpTransport):
    """The system keeps next to nothing: a printer that stops is felt at once."""

    @override
    def open(self, deadline: float) -> None:
        super().open(deadline)
        if self._socket is not None:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)


def until(is_so: Callable[[], object]) -> None:
    """Wait for what no step of the queue tells."""
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.002)


def copies(printer: PaperPrinter, job_id: str) -> tuple[int, int]:
    number = job_id.removeprefix("job-").encode()
    return printer.paper.count(b"JOB-" + number), printer.paper.count(b"END-" + number)


@pytest.fixture
def printer() -> Iterator[PaperPrinter]:
    with PaperPrinter() as running:
        yield running


@pytest.fixture
def queue() -> MemoryQueue:
    return MemoryQueue()


def test_a_slip_is_sent_confirmed_and_on_paper_once(printer, queue) -> None:
    job = queue.add(1)
    with till(printer, queue) as worker:
        queue.wait_for(job, CONFIRMED)
        assert worker.status() is PrinterStatus.READY
    assert copies(printer, job) == (1, 1)
    states = [step[1] for step in queue.steps]
    assert states == [SENDING, SENDING, CONFIRMED]
    assert queue.steps[0][2] == 0
    assert queue.steps[1][2] == queue.steps[2][2] > 0


def test_slips_come_in_the_order_of_their_sales(printer, queue) -> None:
    jobs = [queue.add(number) for number in range(5)]
    with till(printer, queue):
        queue.wait_for(jobs[-1], CONFIRMED)
    places = [printer.paper.index(b"JOB-000" + str(n).encode()) for n in range(5)]
    assert places == sorted(places)
    assert all(copies(printer, job) == (1, 1) for job in jobs)


def test_a_wake_up_prints_at_once(printer, queue) -> None:
    with till(printer, queue) as worker:
        job = queue.add(1)
        worker.wake()
        queue.wait_for(job, CONFIRMED)


@pytest.mark.parametrize(
    ("fault", "mend", "reason"),
    [
        pytest.param("pull_paper", "load_paper", "paper_out", id="paper"),
        pytest.param("open_cover", "close_cover", "cover_open", id="cover"),
    ],
)
def test_a_printer_that_is_not_ready_holds_the_slip(
    printer, queue, fault, mend, reason
) -> None:
    getattr(printer, fault)()
    job = queue.add(1)
    with till(printer, queue) as worker:
        queue.wait_for(job, HELD)
        assert queue.jobs[job].reason == reason
        assert copies(printer, job) == (0, 0)
        getattr(printer, mend)()
        worker.wake()
        queue.wait_for(job, CONFIRMED)
    assert copies(printer, job) == (1, 1)
    # Held once, not written again at every look.
    assert [step[1] for step in queue.steps].count(HELD) == 1


def test_a_printer_that_is_not_there_holds_the_slip_until_it_comes(queue) -> None:
    job = queue.add(1)
    with PaperPrinter() as gone:
        port = gone.port
    with till(port, queue) as worker:
        queue.wait_for(job, HELD)
        assert queue.jobs[job].reason == "unreachable"
        assert worker.status() is PrinterStatus.UNREACHABLE


def test_a_printer_that_answers_nothing_holds_the_slip(printer, queue) -> None:
    printer.is_silent = True
    job = queue.add(1)
    with till(printer, queue, patience=replace(CALM, status_s=0.5)):
        queue.wait_for(job, HELD)
        assert queue.jobs[job].reason == "offline"
        printer.is_silent = False
        queue.wait_for(job, CONFIRMED)
    assert copies(printer, job) == (1, 1)


def test_paper_that_ends_within_a_slip_is_waited_for(printer, queue) -> None:
    printer.paper_ends_at = 60
    job = queue.add(1, filling=20)
    with till(printer, queue) as worker:
        queue.wait(lambda: len(queue.steps) == 2)
        until(lambda: worker.status() is PrinterStatus.PAPER_OUT)
        assert queue.state(job) is SENDING
        printer.load_paper()
        queue.wait_for(job, CONFIRMED)
    assert copies(printer, job) == (1, 1)


def test_a_line_that_breaks_within_a_slip_leaves_a_question(printer, queue) -> None:
    printer.hang_up_at = 100
    first, second = queue.add(1, filling=2000), queue.add(2)
    with till(printer, queue):
        queue.wait_for(first, UNKNOWN)
        assert queue.jobs[first].offset_bytes > 0
        queue.wait_for(second, CONFIRMED)
    assert copies(printer, first) == (1, 0)
    assert copies(printer, second) == (1, 1)
    # The half-sent job was flushed out before the next one.
    tail = printer.paper[printer.paper.index(b"JOB-0001") :]
    assert bytes(8192) in tail[: tail.index(b"JOB-0002")]


def test_a_printer_that_stops_taking_bytes_is_waited_for(printer, queue) -> None:
    printer.stops_taking_at = 1000
    job = queue.add(1, filling=5_000)
    with till(printer, queue, line=NarrowLine):
        until(lambda: printer.takes_nothing)
        queue.wait(lambda: len(queue.steps) >= 2)
        assert queue.steps[1][1] is SENDING
        stalled_at = queue.steps[1][2]
        printer.takes_nothing = False
        queue.wait_for(job, CONFIRMED, UNKNOWN)
    assert queue.state(job) is CONFIRMED
    assert 0 < stalled_at < queue.jobs[job].offset_bytes
    assert copies(printer, job) == (1, 1)


def test_a_stall_without_end_leaves_a_question(printer, queue) -> None:
    printer.stops_taking_at = 1000
    job = queue.add(1, filling=5_000)
    with till(printer, queue, patience=QUICK, line=NarrowLine):
        queue.wait_for(job, UNKNOWN)
    assert 0 < queue.jobs[job].offset_bytes < 50_000  # of more than 60,000


def test_a_slow_printer_is_confirmed_when_it_is_done(printer, queue) -> None:
    printer.bytes_per_second = 2000
    job = queue.add(1, filling=20)
    with till(printer, queue):
        queue.wait_for(job, CONFIRMED)
    assert copies(printer, job) == (1, 1)


def test_a_job_that_was_under_way_when_the_till_died_is_a_question(
    printer, queue
) -> None:
    first, second = queue.add(1), queue.add(2)
    queue.jobs[first] = replace(queue.jobs[first], state=SENDING, offset_bytes=77)
    with till(printer, queue):
        queue.wait_for(second, CONFIRMED)
    assert queue.steps[0] == (first, UNKNOWN, 77, "")
    assert copies(printer, first) == (0, 0)
    assert bytes(8192) in printer.paper[: printer.paper.index(b"JOB-0002")]


def test_a_printer_without_a_voice_ends_with_sent(printer, queue) -> None:
    printer.is_silent = True
    job = queue.add(1)
    with till(printer, queue, profile="silent") as worker:
        queue.wait_for(job, SENT)
        assert worker.status() is PrinterStatus.UNKNOWN
    assert b"\x1dr" not in printer.paper


def test_what_cannot_be_drawn_fails_and_does_not_stop_the_queue(printer, queue) -> None:
    first, second = queue.add(1), queue.add(2)
    impossible = Layout((Barcode("ean13", "not digits"),))
    queue.jobs[first] = replace(queue.jobs[first], layout=impossible)
    with till(printer, queue):
        queue.wait_for(second, CONFIRMED)
    assert queue.state(first) is FAILED
    assert queue.jobs[first].reason == "barcode_impossible"


def test_the_drawer_opens_once_for_each_sale_while_slips_wait(printer, queue) -> None:
    printer.pull_paper()
    kicks: list[bool] = []
    with till(printer, queue, kicks=kicks) as worker:
        jobs = []
        for number in range(3):
            jobs.append(queue.add(number))
            worker.open_drawer()
            until(lambda number=number: len(kicks) > number)
        queue.wait_for(jobs[0], HELD)
        printer.load_paper()
        queue.wait_for(jobs[2], CONFIRMED)
    assert printer.kicks == 3
    assert kicks == [True] * 3


@pytest.mark.parametrize("age_ms", [-60_000, 0, 6_000])
def test_a_slip_of_an_earlier_run_never_opens_the_drawer(printer, queue, age_ms):
    clock = SteadyClock()
    clock.ms += age_ms
    kicks: list[bool] = []
    job = queue.add(1, opens_drawer=True)
    with till(printer, queue, clock=clock, kicks=kicks):
        queue.wait_for(job, CONFIRMED)
    assert printer.kicks == 0
    assert kicks == []


def test_the_drawer_opens_on_demand_and_is_never_tried_again(printer, queue) -> None:
    kicks: list[bool] = []
    with till(printer, queue, kicks=kicks) as worker:
        worker.open_drawer()
        until(lambda: kicks)
        done = queue.add(1)
        worker.wake()
        queue.wait_for(done, CONFIRMED)
    assert printer.kicks == 1
    assert kicks == [True]


def test_a_drawer_that_cannot_be_reached_says_so(queue) -> None:
    with PaperPrinter() as gone:
        port = gone.port
    kicks: list[bool] = []
    with till(port, queue, kicks=kicks) as worker:
        worker.open_drawer()
        until(lambda: kicks)
    assert kicks == [False]


def test_stopping_lets_the_slip_under_way_end(printer, queue) -> None:
    printer.bytes_per_second = 3000
    job = queue.add(1, filling=30)
    with till(printer, queue):
        queue.wait(lambda: bool(queue.steps))
    assert queue.state(job) is CONFIRMED


def test_the_drawer_opens_while_a_slip_waits_for_paper(printer, queue) -> None:
    printer.paper_ends_at = 60
    kicks: list[bool] = []
    job = queue.add(1, filling=20)
    with till(printer, queue, kicks=kicks) as worker:
        queue.wait(lambda: len(queue.steps) == 2)
        until(lambda: worker.status() is PrinterStatus.PAPER_OUT)
        worker.open_drawer()
        until(lambda: kicks)
        assert queue.state(job) is SENDING
        assert kicks == [True]
        printer.load_paper()
        queue.wait_for(job, CONFIRMED)
    assert printer.kicks == 1
    assert copies(printer, job) == (1, 1)


def test_a_ledger_that_stumbles_does_not_end_printing(printer, caplog) -> None:
    class Stumbling(MemoryQueue):
        falls = 2

        @override
        def interrupted(self, printer: str):
            self.falls -= 1
            if self.falls >= 0:
                raise StorageError("ledger_busy")
            return super().interrupted(printer)

    queue = Stumbling()
    job = queue.add(1)
    with till(printer, queue):
        queue.wait_for(job, CONFIRMED)
    assert copies(printer, job) == (1, 1)
    assert "a turn failed" in caplog.text


def test_a_bug_in_one_slip_does_not_stop_the_next(printer, queue, caplog) -> None:
    first, second = queue.add(1), queue.add(2)
    wrong = Layout((Barcode("codabar", "A1A"),))
    queue.jobs[first] = replace(queue.jobs[first], layout=wrong)
    with till(printer, queue):
        queue.wait_for(second, CONFIRMED)
    assert queue.state(first) is UNKNOWN
    assert copies(printer, second) == (1, 1)
    assert "a turn failed" in caplog.text


faults = st.one_of(
    st.tuples(st.just("hang_up_at"), st.integers(1, 4000)),
    st.tuples(st.just("paper_ends_at"), st.integers(1, 3000)),
    st.tuples(st.just("bytes_per_second"), st.integers(3000, 50_000)),
    st.tuples(st.just("no fault"), st.just(0)),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(faults, min_size=1, max_size=3), st.integers(1, 5))
def test_paper_holds_one_copy_of_each_confirmed_slip(wrong, count: int) -> None:
    queue = MemoryQueue()
    jobs = [queue.add(number, filling=15) for number in range(count)]
    with PaperPrinter() as printer:
        for fault, value in wrong:
            if fault != "no fault":
                setattr(printer, fault, value)
        with till(printer, queue, patience=QUICK):
            settled = {CONFIRMED, UNKNOWN, HELD}
            queue.wait(
                lambda: (
                    all(j.state in settled for j in queue.jobs.values())
                    or printer._paper_out
                )
            )
            printer.load_paper()
            queue.wait(
                lambda: all(
                    j.state in {CONFIRMED, UNKNOWN} for j in queue.jobs.values()
                )
            )
    for job in jobs:
        begun, ended = copies(printer, job)
        if queue.state(job) is CONFIRMED:
            assert (begun, ended) == (1, 1)
        assert begun <= 1
        assert ended <= 1
