"""A slip on a Star is printed once, or the till knows that it does not know."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from hardware.printer.escpos_device import EscposDevice
from hardware.printer.patience import Patience
from hardware.printer.profile import load_profile
from hardware.printer.star_tongue import STAR, StarPulse
from hardware.printer.worker import Listeners, PrinterWorker, Rhythm
from hardware.printer_guide import GuidedTestPage
from hardware.transport.tcp import TcpTransport
from pos_app.documents.layout import Cut, Layout, QrCode, Text
from pos_app.ports.devices import Connection, ConnectionKind
from pos_app.ports.printing import PrinterStatus, PrintJobState
from tests.emupos import wait_until
from tests.print_queue import MemoryQueue, SteadyClock
from tests.star_printer import StarPrinter

QUICK = Patience(connect_s=30, status_s=0.5, chunk_s=0.1, confirm_s=20, stall_s=60)
OFTEN = Rhythm(hold_s=0.05, idle_s=0.1)


@contextmanager
def till(
    printer: StarPrinter,
    queue: MemoryQueue,
    kicks: list[bool] | None = None,
    patience: Patience = QUICK,
) -> Iterator[PrinterWorker]:
    transport = TcpTransport("127.0.0.1", printer.port)
    device = EscposDevice(
        transport, load_profile("star", 80), patience, StarPulse(), STAR
    )
    told = Listeners(
        job_changed=lambda job_id, state: None,
        drawer_kicked=(kicks if kicks is not None else []).append,
    )
    worker = PrinterWorker(
        "slip", device, queue, SteadyClock(), listeners=told, rhythm=OFTEN
    )
    worker.start()
    try:
        yield worker
    finally:
        assert worker.stop(timeout_s=120)


def queued(queue: MemoryQueue, number: int) -> str:
    """Queue a slip that says its number first and last."""
    job = queue.add(number)
    blocks = (Text(f"FIRST-{number:04}"), QrCode("urn:1"), Text(f"LAST-{number:04}"))
    layout = Layout((*blocks, Cut()), "en")
    queue.jobs[job] = replace(queue.jobs[job], layout=layout)
    return job


def copies(printer: StarPrinter, number: int) -> tuple[int, int]:
    paper = bytes(printer.paper)
    first = paper.count(f"FIRST-{number:04}".encode())
    return first, paper.count(f"LAST-{number:04}".encode())


@pytest.fixture
def printer() -> Iterator[StarPrinter]:
    with StarPrinter() as running:
        yield running


@pytest.fixture
def queue() -> MemoryQueue:
    return MemoryQueue()


def test_slips_are_confirmed_by_the_printers_own_count(printer, queue) -> None:
    jobs = [queued(queue, number) for number in range(4)]
    with till(printer, queue) as worker:
        queue.wait_for(jobs[-1], PrintJobState.CONFIRMED)
        assert worker.status() is PrinterStatus.READY
    assert all(queue.jobs[job].state is PrintJobState.CONFIRMED for job in jobs)
    assert [copies(printer, number) for number in range(4)] == [(1, 1)] * 4


def test_no_paper_holds_and_fresh_paper_prints(printer, queue) -> None:
    printer.set_paper(is_there=False)
    job = queued(queue, 1)
    with till(printer, queue) as worker:
        queue.wait_for(job, PrintJobState.HELD)
        assert queue.jobs[job].reason == "paper_out"
        assert copies(printer, 1) == (0, 0)
        printer.set_paper(is_there=True)
        worker.wake()
        queue.wait_for(job, PrintJobState.CONFIRMED)
    assert copies(printer, 1) == (1, 1)


def test_paper_that_ends_within_a_slip_is_waited_for(printer, queue) -> None:
    printer.paper_ends_at = 60
    job = queued(queue, 1)
    with till(printer, queue) as worker:
        wait_until(lambda: worker.status() is PrinterStatus.PAPER_OUT)
        assert queue.jobs[job].state is PrintJobState.SENDING
        printer.set_paper(is_there=True)
        queue.wait_for(job, PrintJobState.CONFIRMED)
    assert copies(printer, 1) == (1, 1)


def test_an_old_count_confirms_nothing(printer, queue) -> None:
    """The cover opens as the second slip arrives: the report still has the first's."""
    first = queued(queue, 1)
    with till(printer, queue) as worker:
        queue.wait_for(first, PrintJobState.CONFIRMED)
        printer.cover_opens_at = len(printer.received) + 20
        second = queued(queue, 2)
        worker.wake()
        wait_until(lambda: worker.status() is PrinterStatus.COVER_OPEN)
        assert queue.jobs[second].state is not PrintJobState.CONFIRMED
        assert copies(printer, 2) == (0, 0)
        printer.set_cover(is_open=False)
        worker.wake()
        queue.wait_for(second, PrintJobState.CONFIRMED)
    assert copies(printer, 2) == (1, 1)


def test_a_printer_that_falls_silent_leaves_a_question(printer, queue) -> None:
    job = queued(queue, 1)
    with till(printer, queue):
        queue.wait_for(job, PrintJobState.CONFIRMED)
        printer.is_silent = True
        second = queued(queue, 2)
        queue.wait_for(second, PrintJobState.HELD)
        assert copies(printer, 2) == (0, 0)


def test_a_printer_that_counts_nothing_is_not_believed(queue) -> None:
    with StarPrinter(report_bytes=7) as old:
        job = queued(queue, 1)
        with till(old, queue, patience=replace(QUICK, confirm_s=0.6)):
            queue.wait_for(job, PrintJobState.UNKNOWN)
        assert copies(old, 1) == (1, 1)


def test_the_drawer_opens_with_and_without_paper(printer, queue) -> None:
    kicks: list[bool] = []
    with till(printer, queue, kicks) as worker:
        wait_until(lambda: worker.status() is PrinterStatus.READY)
        worker.open_drawer()
        wait_until(lambda: printer.kicks == [1])
        printer.set_paper(is_there=False)
        job = queued(queue, 1)
        worker.wake()
        queue.wait_for(job, PrintJobState.HELD)
        worker.open_drawer()
        wait_until(lambda: printer.kicks == [1, 1])
        printer.set_paper(is_there=True)
        queue.wait_for(job, PrintJobState.CONFIRMED)
    assert kicks == [True, True]


def test_the_second_drawer_has_a_command_of_its_own() -> None:
    assert StarPulse(pin=5).queued == b"\x1a"
    assert StarPulse(pin=5).at_once == b"\x19"
    assert StarPulse(on_ms=200, off_ms=200).queued == b"\x1b\x07\x14\x14\x07"


def test_the_guided_page_hears_that_a_star_answers(printer) -> None:
    connection = Connection(ConnectionKind.NETWORK, f"127.0.0.1:{printer.port}")
    heard = GuidedTestPage().print_page(connection, "star")
    assert heard.status is PrinterStatus.READY
    assert heard.answers
    assert heard.confirms
    assert b"ABC abc 0123456789" in printer.paper


def test_the_guided_page_is_not_printed_without_paper(printer) -> None:
    printer.set_paper(is_there=False)
    connection = Connection(ConnectionKind.NETWORK, f"127.0.0.1:{printer.port}")
    heard = GuidedTestPage().print_page(connection, "star")
    assert heard.status is PrinterStatus.PAPER_OUT
    assert not printer.paper


def test_nobody_there_is_said(queue) -> None:
    with StarPrinter() as gone:
        connection = Connection(ConnectionKind.NETWORK, f"127.0.0.1:{gone.port}")
    heard = GuidedTestPage().print_page(connection, "escpos")
    assert heard.status is PrinterStatus.UNREACHABLE
