"""A printer that says how it is, but never when it is done: a slip is sent, no more."""

from dataclasses import replace

from hardware.printer.escpos_device import EscposDevice
from hardware.printer.patience import Patience
from hardware.printer.profile import load_profile
from hardware.printer.worker import Listeners, PrinterWorker, Rhythm
from hardware.printer_guide import GuidedTestPage
from hardware.transport.tcp import TcpTransport
from pos_app.ports.devices import Connection, ConnectionKind
from pos_app.ports.printing import PrinterStatus, PrintJobState
from tests.paper_printer import PaperPrinter
from tests.print_queue import MemoryQueue, SteadyClock

QUICK = Patience(connect_s=1, status_s=0.5, chunk_s=0.1, confirm_s=0.6, stall_s=1.5)


def test_its_slips_are_sent_and_its_paper_is_watched() -> None:
    queue = MemoryQueue()
    profile = replace(load_profile("china", 80), confirms=False)
    with PaperPrinter() as printer:
        transport = TcpTransport("127.0.0.1", printer.port)
        device = EscposDevice(transport, profile, QUICK)
        told = Listeners(lambda _job, _state: None)
        rhythm = Rhythm(hold_s=0.05, idle_s=0.1)
        worker = PrinterWorker(
            "slip", device, queue, SteadyClock(), listeners=told, rhythm=rhythm
        )
        printer.pull_paper()
        job = queue.add(1)
        worker.start()
        queue.wait_for(job, PrintJobState.HELD)
        printer.load_paper()
        worker.wake()
        queue.wait_for(job, PrintJobState.SENT)
        assert worker.stop(timeout_s=120)
    assert printer.paper.count(b"JOB-0001") == 1
    assert b"\x1dr\x01" not in printer.paper


def test_the_guided_page_hears_a_printer_that_answers() -> None:
    with PaperPrinter() as printer:
        connection = Connection(ConnectionKind.NETWORK, f"127.0.0.1:{printer.port}")
        heard = GuidedTestPage().print_page(connection, "escpos")
        assert heard.status is PrinterStatus.READY
        assert heard.answers
        assert heard.confirms
        printer.pull_paper()
        held = GuidedTestPage().print_page(connection, "escpos")
        assert held.status is PrinterStatus.PAPER_OUT
    assert printer.paper.count(b"ABC abc 0123456789") == 1
