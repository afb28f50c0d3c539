"""Whatever goes wrong in any thread is in the shop's log."""

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from hardware.printer.profile import load_profile
from hardware.printer.virtual import VirtualDevice
from hardware.printer.worker import Listeners, PrinterWorker, Rhythm
from hardware.transport.file import SlipFolder
from pos_app.logs import start_logging, stop_logging
from pos_app.ports.printing import PrintJobState
from tests.print_queue import MemoryQueue, SteadyClock


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    hook = threading.excepthook
    start_logging(tmp_path / "logs")
    yield tmp_path / "logs" / "guitai.log"
    stop_logging()
    threading.excepthook = hook


def test_a_bug_in_the_printers_thread_is_in_the_log(log: Path, tmp_path: Path) -> None:
    happened = threading.Event()

    def spoilt(_job_id: str, _state: PrintJobState) -> None:
        happened.set()
        raise RuntimeError("a bug of the screen's")

    queue, clock = MemoryQueue(), SteadyClock()
    device = VirtualDevice(
        SlipFolder(tmp_path / "slips"), load_profile("china", 80), clock
    )
    worker = PrinterWorker(
        "slip",
        device,
        queue,
        clock,
        listeners=Listeners(spoilt),
        rhythm=Rhythm(hold_s=0.05, idle_s=0.05),
    )
    queue.add(1)
    worker.start()
    assert happened.wait(100)
    assert worker.stop(60)
    said = log.read_text("utf-8")
    assert "hardware.printer.worker" in said
    assert "RuntimeError: a bug of the screen's" in said
    assert "printer-slip" in said


def test_a_bug_in_a_callback_of_the_ledgers_is_in_the_log(log: Path) -> None:
    done: Future[int] = Future()
    done.add_done_callback(lambda _done: {}[1])
    done.set_result(1)
    said = log.read_text("utf-8")
    assert "concurrent.futures" in said
    assert "KeyError: 1" in said


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_ends_a_thread_is_in_the_log(log: Path, capsys) -> None:
    thread = threading.Thread(target=lambda: 1 // 0, name="till-core")
    thread.start()
    thread.join()
    said = log.read_text("utf-8")
    assert "the thread till-core ended unexpectedly" in said
    assert "ZeroDivisionError" in said
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_libraries_are_heard_only_when_something_is_wrong(log: Path) -> None:
    logging.getLogger("PIL.PngImagePlugin").info("chunk IHDR")
    logging.getLogger("alembic.runtime").warning("odd")
    logging.getLogger("guitai.bootstrap").info("begun")
    said = log.read_text("utf-8")
    assert "IHDR" not in said
    assert "odd" in said
    assert "begun" in said


def test_a_log_begun_again_writes_each_line_once(log: Path) -> None:
    start_logging(log.parent)
    logging.getLogger("guitai.ui").warning("once")
    assert log.read_text("utf-8").count("once") == 1


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    hook = threading.excepthook
    (tmp_path / "logs").write_bytes(b"a file where the folder should be")
    start_logging(tmp_path / "logs")
    logging.getLogger("guitai.ui").warning("unheard")
    stop_logging()
    threading.excepthook = hook
    assert (tmp_path / "logs").is_file()
