"""A printer is tried before any shop exists: one page, one kick, found on request."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from hardware.printer.network_search import search_printers
from hardware.printer_trial import PrinterTrial
from hardware.system_clock import RandomIds, SystemClock
from pos_app.documents.setup_slips import recovery_slip, trial_page
from pos_app.documents.text import text_lines
from pos_app.i18n import Words
from pos_app.ports.devices import DeviceSettings
from pos_app.ports.printing import PrinterStatus
from tests.builders_devices import folder_printer, tcp_printer


def trial(settings: DeviceSettings) -> PrinterTrial:
    return PrinterTrial(settings, SystemClock(), RandomIds())


def test_the_virtual_printer_takes_a_page_and_opens_its_drawer(tmp_path: Path):
    printer = trial(folder_printer(tmp_path))
    assert printer.print_page(trial_page(Words("zh-CN"))) is PrinterStatus.READY
    assert printer.kick_drawer()
    assert len(list(tmp_path.glob("*.png"))) == 1
    assert len(list(tmp_path.glob("*drawer.log"))) == 1


def nobodys_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def test_a_printer_that_is_off_is_unreachable_and_opens_no_drawer():
    printer = trial(tcp_printer("127.0.0.1", nobodys_port()))
    assert printer.print_page(trial_page(Words("en"))) is PrinterStatus.UNREACHABLE
    assert not printer.kick_drawer()


@pytest.fixture
def silent_printer():
    """A printer that takes everything and answers nothing."""
    taken: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)

        def serve() -> None:
            try:
                while True:
                    connection, _address = server.accept()
                    with connection:
                        while data := connection.recv(4096):
                            taken.append(data)
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1], taken
        server.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def test_a_printer_without_answers_prints_pictures(silent_printer):
    port, taken = silent_printer
    printer = trial(tcp_printer("127.0.0.1", port, profile="silent"))
    assert printer.print_page(trial_page(Words("zh-TW"))) is PrinterStatus.READY
    assert b"".join(taken)


def test_printers_are_found_at_the_ports_that_answer(silent_printer):
    port, _taken = silent_printer
    ports = (nobodys_port(), port)
    found = search_printers(["127.0.0.1"], ports, patience_s=5)
    assert found == (("127.0.0.1", port),)


def test_the_recovery_slip_says_every_group_with_its_number():
    groups = [f"AAA{x}" for x in range(8)]
    text = "\n".join(text_lines(recovery_slip("店", "-".join(groups), Words("en")), 48))
    for number, group in enumerate(groups, 1):
        assert f"{number}  {group}" in text
