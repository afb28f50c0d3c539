"""A printer that stalls is nobody's business but its own thread's."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from pos_app.ports.printing import PrintJobState
from tests.journeys.screen_printer import use_network_printer
from tests.journeys.screen_till import COLA_GTIN, ScreenTill
from tests.paper_printer import PaperPrinter

_ENDED = {PrintJobState.CONFIRMED, PrintJobState.UNKNOWN}


class Onlooker:
    """Looks at what the screen's thread does, a thousand times a second."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.looks = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(10)

    def _look(self) -> None:
        screen = threading.main_thread().ident
        assert screen is not None
        while not self._ended.wait(0.001):
            frame = sys._current_frames().get(screen)
            self.looks += 1
            files: set[str] = set()
            while frame is not None:
                files.add(Path(frame.f_code.co_filename).as_posix())
                frame = frame.f_back
            self.seen.update(files)

    def touched(self, room: str) -> list[str]:
        return sorted(x for x in self.seen if f"/{room}/" in x)

    def stayed(self, room: str) -> list[str]:
        """Return the files of a room where the thread was for longer than a moment.

        A call that only leaves word there is seen in one look, on a busy machine in
        some; whoever waits for a printer that stalls is seen in most of all looks.
        """
        most = max(20, self.looks // 10)
        return [x for x in self.touched(room) if self.seen[x] > most]


@pytest.fixture
def printer() -> Iterator[PaperPrinter]:
    with PaperPrinter() as running:
        yield running


def test_the_screen_waits_for_no_printer_that_stalls(till: ScreenTill, printer) -> None:
    manager = till.sign_on("1005")
    use_network_printer(manager, printer.port)
    printer.paper_ends_at = 60
    ledger = manager.till.ledger
    with Onlooker() as onlooker:
        for _sale in range(3):
            manager.scan(COLA_GTIN)
            manager.pay_cash()
            manager.work.counter.desk.printer.open_drawer()
            manager.settle()
        manager.wait(lambda: PrintJobState.SENDING in ledger_states(ledger))
        manager.wait(lambda: onlooker.looks > 200)
    assert onlooker.touched("hardware/transport") == []
    assert onlooker.stayed("hardware/printer") == []
    printer.load_paper()
    manager.wait(lambda: set(ledger_states(ledger)) <= _ENDED)


def ledger_states(ledger) -> list[PrintJobState]:
    return [x.state for x in ledger.open_print_jobs()]
