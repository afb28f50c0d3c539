"""The till's own window, opened for the bench on Qt's offscreen platform."""

from __future__ import annotations

import time

from pos_app.bootstrap import Options, Till
from pos_app.cli.till_workplace import workplace
from pos_app.persistence.catalog.generated import goods
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.printing import SETTLED, PrintJobState
from ui.app import TillWindow, beep, make_application
from ui.bridge import Bridge
from ui.idle_memory import leave_start_alone
from ui.paint_count import PaintCount
from ui.scanning.typist import type_scan

FIRST_CODE = goods(1).barcode
SIZE = (1366, 768)
#: A ticket that was not painted by then never will be.
PATIENCE_S = 2.0
FRAME_S = 1 / 60


class BenchWindow:
    """A window with a cashier signed on, driven without a person.

    Args:
        folder: the shop.
    """

    def __init__(self, folder: ShopFolder) -> None:
        self._application = make_application([])
        bridge = Bridge()
        #: When each slip was settled, by the performance counter.
        self.settled: list[float] = []

        def on_print(job_id: str, state: PrintJobState) -> None:
            if state in SETTLED:
                self.settled.append(time.perf_counter())
            bridge.tell_print(job_id, state)

        self._till = Till(
            folder, Options(on_lost=bridge.tell_lost, on_print_change=on_print)
        )
        self._window = TillWindow(workplace(self._till, beep), bridge)
        self._window.window.resize(*SIZE)  # before it is shown, as a screen does
        self._window.open(full_screen=False)
        self._application.processEvents()
        sale = self._window.flow.screens.sale
        self._paints = PaintCount(sale.ticket.ticket.viewport())
        self._sign_on()
        leave_start_alone()

    def _sign_on(self) -> None:
        """Scan the badge and wait: it is checked beside the window, not in it."""
        from pos_app.cli.bench_shop import badge

        session = self._till.counter.desk.session
        until = time.perf_counter() + PATIENCE_S
        self._window.flow.on_scanned(badge())
        while session.staff is None:
            assert time.perf_counter() < until, "the badge let nobody in"
            self._application.processEvents()

    @property
    def lines(self) -> int:
        """Lines of the open basket."""
        basket = self._till.counter.sale.basket
        return len(basket.lines) if basket else 0

    @property
    def pieces(self) -> int:
        """Pieces in the open basket."""
        basket = self._till.counter.sale.basket
        return int(sum(line.quantity for line in basket.lines)) if basket else 0

    def scan(self, code: str) -> None:
        """Hear a code; come back when the ticket with it was painted."""
        before, until = self._paints.count, time.perf_counter() + PATIENCE_S
        self._window.flow.on_scanned(code)
        while self._paints.count == before:
            assert time.perf_counter() < until, "the ticket was not painted"
            self._application.processEvents()

    def type_scan(self, code: str) -> None:
        """Type a code as a scanner does, below the focus system."""
        type_scan(self._window.window, code)

    def wait_until(self, moment: float) -> None:
        """Let the window live until a moment of the performance counter."""
        while time.perf_counter() < moment:
            self._application.processEvents()
            time.sleep(0.001)

    def reprint(self) -> None:
        """Ask for a copy of the last slip, as the cashier does."""
        self._window.flow.devices.reprint()

    def await_slips(self, patience_s: float) -> None:
        """Let the window live until no slip waits."""
        until = time.perf_counter() + patience_s
        ledger = self._till.ledger
        ledger.flush()
        while ledger.open_print_heads():
            assert time.perf_counter() < until, "slips are not printed"
            self.wait_until(time.perf_counter() + 0.02)

    def frames(self, seconds: float) -> list[float]:
        """Paint the ticket at 60 Hz; return the times between frames, ms."""
        until = time.perf_counter() + seconds
        view = self._window.flow.screens.sale.ticket.ticket.viewport()
        gaps, last, due = [], time.perf_counter(), 0.0
        while (now := time.perf_counter()) < until:
            if now >= due:
                painted = self._paints.count
                due = now + FRAME_S
                view.update()
                while self._paints.count == painted:
                    self._application.processEvents()
                ended = time.perf_counter()
                gaps.append((ended - last) * 1000)
                last = ended
            self._application.processEvents()
            time.sleep(0.001)
        return gaps

    def void(self) -> None:
        """Give the basket up."""
        self._till.counter.checkout.void_sale("customer_left").result()
        self._till.counter.checkout.finished()
        self._window.flow.go_to_sale()
        self._application.processEvents()

    def close(self) -> None:
        """Close the window and the till."""
        self._window.close()
        self._till.close()
