"""Whatever goes wrong at the counter, no slip is lost and none lies there twice.

The real print engine over a USB printer in Python. What lies on the paper is exactly
one copy of each CONFIRMED job; every other job is HELD, UNKNOWN or FAILED until
somebody mends the printer or answers the question.
"""

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.printer.profile import load_profile
from pos_app.documents.layout import Cut, Layout, QrCode, Text
from pos_app.persistence.ledger.ledger import SqlLedger
from pos_app.ports.printing import PrintJob, PrintJobState
from tests.builders_ledger import CountingIds
from tests.effort import examples
from tests.faulty_counter import FaultyCounter
from tests.print_queue import NOW, MemoryQueue
from tests.printer_model import Paper, PrinterModel

CONFIRMED, UNKNOWN, SENT = (
    PrintJobState.CONFIRMED,
    PrintJobState.UNKNOWN,
    PrintJobState.SENT,
)


def slip(number: int, copy: int = 0) -> PrintJob:
    mark = f"{number:04}" + (f"-COPY{copy}" if copy else "-ORIG")
    lines = [Text(f"line {index} of {number}") for index in range(25)]
    blocks = (Text(f"JOB-{mark}"), *lines, QrCode("GUITAI"), Text(f"END-{mark}"), Cut())
    return PrintJob(
        job_id=f"{number:04}-{copy}",
        document_id=f"sale-{number}",
        kind="slip",
        copy_number=copy,
        printer="slip",
        layout=Layout(blocks, "en"),
        opens_drawer=False,
        state=PrintJobState.QUEUED,
        offset_bytes=0,
        reason="",
        queued_at=NOW.plus_seconds(number + 100 * copy),
    )


def mark_of(job: PrintJob) -> str:
    number = job.document_id.removeprefix("sale-")
    return f"{int(number):04}" + (
        f"-COPY{job.copy_number}" if job.copy_number else "-ORIG"
    )


# ------------------------------------------------------------------ what goes wrong
Fault = tuple[str, int]
SLIP_BYTES = 900
faults = st.one_of(
    st.tuples(st.just("paper out"), st.just(0)),
    st.tuples(st.just("paper ends"), st.integers(1, 3 * SLIP_BYTES)),
    st.tuples(st.just("pulled out"), st.integers(1, 4 * SLIP_BYTES)),
    st.tuples(st.just("takes only"), st.integers(1, 4 * SLIP_BYTES)),
    st.tuples(st.just("stalls"), st.just(0)),
    st.tuples(st.just("slow"), st.integers(1500, 20_000)),
    st.tuples(st.just("cover open"), st.just(0)),
    st.tuples(st.just("silent"), st.just(0)),
    st.tuples(st.just("garbage"), st.integers(0x80, 0xFF)),
    st.tuples(st.just("in use"), st.just(0)),
    st.tuples(st.just("power cycle"), st.integers(1, 3 * SLIP_BYTES)),
    st.tuples(st.just("silent from"), st.integers(1, 3 * SLIP_BYTES)),
    st.tuples(st.just("till dies"), st.integers(0, 40)),
)


def inflict(counter: FaultyCounter, fault: Fault) -> None:
    """Let one thing go wrong, now or once so many bytes went over."""
    name, at = fault
    model = counter.model
    effects: dict[str, Callable[[], None]] = {
        "paper out": lambda: setattr(model, "paper", Paper.OUT),
        "paper ends": lambda: setattr(model, "paper_ends_at", len(model.printed) + at),
        "pulled out": lambda: setattr(model, "unplug_at", len(model.received) + at),
        "takes only": lambda: setattr(
            model, "stop_taking_at", len(model.received) + at
        ),
        "stalls": lambda: setattr(model, "stalled", True),
        "slow": lambda: setattr(model, "rate", at),
        "cover open": lambda: setattr(model, "cover_open", True),
        "silent": lambda: setattr(model, "silent", True),
        "garbage": lambda: setattr(model, "noise", bytes([at, 0])),
        "in use": counter.intrude,
        "till dies": lambda: None,
    }
    if name in effects:
        effects[name]()


def later(counter: FaultyCounter, fault: Fault) -> None:
    """Let happen what happens in the middle of a slip, by somebody's hand."""
    name, at = fault
    model = counter.model
    if name in ("power cycle", "silent from"):
        reached = model.wait(lambda m: len(m.received) >= at, 0.5)
        if reached and name == "power cycle":
            counter.replug(loses_buffer=True)
        elif reached:
            model.silent = True


def play(counter: FaultyCounter, wrong: list[Fault], jobs: list[PrintJob]) -> None:
    """Let all that go wrong, one after the other; then mend it and wait."""
    names = [job.job_id for job in jobs]
    for fault in wrong:
        inflict(counter, fault)
        dies_at = fault[1] if fault[0] == "till dies" else -1
        counter.start(dies_at)
        later(counter, fault)
        threading.Event().wait(0.15)  # as long as a person looks on
        counter.bury()
    counter.mend()
    counter.start()
    counter.settle(names)


def judge(counter: FaultyCounter, jobs: list[PrintJob]) -> list[PrintJob]:
    """Compare paper and queue; return the jobs of which nobody knows the end."""
    unknown = []
    for job in jobs:
        begun, ended = counter.copies(mark_of(job))
        state = counter.state_of(job.job_id)
        assert state in (CONFIRMED, UNKNOWN), (job.job_id, state)
        assert begun <= 1, (job.job_id, begun)
        assert ended <= 1, (job.job_id, ended)
        if state is CONFIRMED:
            assert (begun, ended) == (1, 1), (job.job_id, begun, ended)
        else:
            unknown.append(job)
    return unknown


@contextmanager
def counter_of(queue, state_of) -> Iterator[FaultyCounter]:
    counter = FaultyCounter(queue, state_of, model=PrinterModel(capacity=1024))
    try:
        yield counter
    finally:
        counter.close()


def hold_the_matrix(wrong: list[Fault], count: int) -> None:
    queue = MemoryQueue()
    jobs = [slip(number) for number in range(count)]
    queue.jobs = {job.job_id: job for job in jobs}
    with counter_of(queue, queue.state) as counter:
        play(counter, wrong, jobs)
        unknown = judge(counter, jobs)
        # Somebody answers each question: print it again, and it says COPY 1.
        again = [slip(int(job.document_id[5:]), copy=1) for job in unknown]
        for job in again:
            queue.jobs[job.job_id] = job
        counter.settle([job.job_id for job in again])
        assert judge(counter, again) == []


LIVELY = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@settings(LIVELY, max_examples=examples(4, 6))
@given(st.lists(faults, min_size=1, max_size=3), st.integers(1, 3))
def test_each_confirmed_slip_lies_there_once_whatever_goes_wrong(wrong, count) -> None:
    hold_the_matrix(wrong, count)


@pytest.mark.slow
@pytest.mark.timeout(3000)
@settings(LIVELY, max_examples=250)
@given(st.lists(faults, min_size=1, max_size=4), st.integers(1, 4))
def test_each_confirmed_slip_lies_there_once_after_hundreds_of_troubles(
    wrong, count
) -> None:
    hold_the_matrix(wrong, count)


@pytest.mark.slow
@pytest.mark.parametrize("step", range(14))
def test_a_till_that_dies_at_any_step_leaves_one_copy_or_a_question(step: int) -> None:
    hold_the_matrix([("till dies", step)], 2)


@pytest.mark.slow
@pytest.mark.parametrize("byte", [1, 2, 3, 63, 512, 513, 700, 1023, 1024, 1025, 1500])
@pytest.mark.parametrize("fault", ["pulled out", "takes only", "paper ends"])
def test_trouble_at_any_byte_leaves_one_copy_or_a_question(fault, byte) -> None:
    hold_the_matrix([(fault, byte)], 2)


@settings(LIVELY, max_examples=3)
@given(st.lists(faults, min_size=1, max_size=2), st.integers(0, 30))
def test_the_real_ledger_loses_no_slip_either(wrong, dies_at) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ledger = SqlLedger(Path(folder) / "ledger.db", bytes(range(32)), CountingIds())
        jobs = [slip(number) for number in range(2)]
        for job in jobs:
            ledger.submit(lambda unit, job=job: unit.add_print_job(job)).result()

        def state_of(job_id: str) -> PrintJobState:
            number = int(job_id[:4])
            (found,) = ledger.print_jobs_of(f"sale-{number}")
            return found.state

        try:
            with counter_of(ledger, state_of) as counter:
                play(counter, [*wrong, ("till dies", dies_at)], jobs)
                judge(counter, jobs)
        finally:
            ledger.stop()
            ledger.close()


def test_a_printer_that_cannot_answer_gets_each_slip_once_and_says_sent() -> None:
    queue = MemoryQueue()
    jobs = [slip(number) for number in range(3)]
    queue.jobs = {job.job_id: job for job in jobs}
    mute = replace(load_profile("epson", 80), answers=False)
    small = PrinterModel(capacity=512)
    counter = FaultyCounter(queue, queue.state, profile=mute, model=small)
    counter.model.silent = True
    try:
        counter.start()
        counter.settle([job.job_id for job in jobs])
        assert {queue.state(job.job_id) for job in jobs} == {SENT}
        counter.model.wait(lambda m: m.printed.count(b"END-") == 3, 20)
        assert all(counter.copies(mark_of(job)) == (1, 1) for job in jobs)
    finally:
        counter.close()
