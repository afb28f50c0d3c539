"""A till's print engine, a USB printer in Python, and all that goes wrong between them.

The engine is the real one: `PrinterWorker`, `EscposDevice`, `LibusbTransport`. The
till dies at any step that one names: its thread ends there without another word, as
after kill -9, and its hold on the printer is the system's to end.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

from hardware.printer.escpos_device import EscposDevice
from hardware.printer.patience import Patience
from hardware.printer.profile import PrinterProfile, load_profile
from hardware.printer.tongue import ESCPOS, Tongue
from hardware.printer.worker import Listeners, PrinterWorker, Rhythm
from hardware.transport.usb import LibusbTransport
from pos_app.ports.printing import PrintJob, PrintJobState, PrintQueue
from tests.print_queue import SteadyClock
from tests.printer_model import Paper, PrinterModel
from tests.usbip_backend import Backend
from tests.virtual_printer import UsbPort, VirtualPrinter

ADDRESS = "04b8:0202:SIM-1"
#: Short, so that a test of many stalls ends; what they mean does not change.
HASTY = Patience(
    connect_s=1,
    status_s=1,
    chunk_s=0.05,
    confirm_s=1.5,
    stall_s=1.5,
    stall_word_s=0.1,
    flush_s=1.0,
    quiet_s=0.2,
)
OFTEN = Rhythm(hold_s=0.02, idle_s=0.05)
SETTLED = (
    PrintJobState.SENT,
    PrintJobState.CONFIRMED,
    PrintJobState.UNKNOWN,
    PrintJobState.FAILED,
    PrintJobState.CANCELLED,
)


class TillKilled(BaseException):
    """The till ends here; no `except Exception` holds it."""


class MortalWorker(PrinterWorker):
    """The real worker in a till that may be killed."""

    @override
    def _run(self) -> None:
        with contextlib.suppress(TillKilled):
            super()._run()


class Fate:
    """Counts the steps of a till and ends it at one of them; -1: never."""

    def __init__(self, dies_at: int = -1) -> None:
        self._left = dies_at
        self.is_dead = False

    def step(self) -> None:
        """Take a step, unless it is one too many."""
        if self.is_dead or self._left == 0:
            self.is_dead = True
            raise TillKilled
        self._left -= 1


class MortalQueue:
    """A durable queue whose till may die before or after each record."""

    def __init__(self, queue: PrintQueue, fate: Fate) -> None:
        self._queue, self._fate = queue, fate

    def next_job(self, printer: str) -> PrintJob | None:
        return self._queue.next_job(printer)

    def interrupted(self, printer: str) -> tuple[PrintJob, ...]:
        return self._queue.interrupted(printer)

    def claim(self, job: PrintJob) -> bool:
        self._fate.step()
        is_mine = self._queue.claim(job)
        self._fate.step()
        return is_mine

    def hold(self, job: PrintJob, reason: str) -> bool:
        self._fate.step()
        return self._queue.hold(job, reason)

    def set_state(
        self, job_id: str, state: PrintJobState, *, offset_bytes: int, reason: str
    ) -> None:
        self._fate.step()
        self._queue.set_state(job_id, state, offset_bytes=offset_bytes, reason=reason)
        self._fate.step()


class MortalTransport(LibusbTransport):
    """The real transport of a till that may die before or after each write."""

    def __init__(self, backend: Backend, fate: Fate) -> None:
        super().__init__(ADDRESS, backend)
        self._fate = fate

    @override
    def write_some(self, chunk: bytes, deadline: float) -> int:
        self._fate.step()
        taken = super().write_some(chunk, deadline)
        self._fate.step()
        return taken


@dataclass
class FaultyCounter:
    """One printer and, one after the other, the tills that print on it."""

    queue: PrintQueue
    state_of: Callable[[str], PrintJobState]
    profile: PrinterProfile = field(default_factory=lambda: load_profile("epson", 80))
    model: PrinterModel = field(default_factory=PrinterModel)
    tongue: Tongue = ESCPOS

    def __post_init__(self) -> None:
        self.port = UsbPort()
        self.printer = VirtualPrinter(self.model)
        self.printer.plug(via=self.port)
        self.backend = Backend(self.port)
        self._intruder: Any = None
        self._till: tuple[PrinterWorker, MortalTransport, Fate] | None = None

    # ---------------------------------------------------------------- the till
    def start(self, dies_at: int = -1) -> PrinterWorker:
        fate = Fate(dies_at)
        transport = MortalTransport(self.backend, fate)
        device = EscposDevice(transport, self.profile, HASTY, tongue=self.tongue)
        worker = MortalWorker(
            "slip",
            device,
            MortalQueue(self.queue, fate),
            SteadyClock(),
            listeners=Listeners(lambda *_: None),
            rhythm=OFTEN,
        )
        self._till = worker, transport, fate
        worker.start()
        return worker

    @property
    def is_till_dead(self) -> bool:
        return self._till is not None and self._till[2].is_dead

    def bury(self) -> None:
        """The system ends what the dead till held."""
        assert self._till is not None
        worker, transport, _ = self._till
        assert worker.stop(timeout_s=60)
        transport.close()
        self._till = None

    def close(self) -> None:
        if self._till is not None:
            self.bury()
        self.let_go()
        self.printer.close()

    # -------------------------------------------------------------- the faults
    def replug(self, *, loses_buffer: bool = False) -> None:
        """Plug in what was pulled out, or what is about to be."""
        self.model.unplug_at = None
        self.printer.unplug()
        if loses_buffer:
            self.model.power_cycle()
        self.printer.plug(via=self.port)

    def intrude(self) -> None:
        """Let another program hold the printer, if it can get it."""
        other = LibusbTransport(ADDRESS, self.backend)
        try:
            other.open(time.monotonic() + 1)
        except Exception:  # noqa: BLE001 - the till had it first
            return
        self._intruder = other

    def let_go(self) -> None:
        other, self._intruder = self._intruder, None
        if other is not None:
            other.close()

    def mend(self) -> None:
        """Do all that a person can: paper, cover, cable, other programs."""
        model = self.model
        model.silent, model.noise, model.stop_taking_at = False, b"", None
        model.paper_ends_at, model.rate, model.stalled = None, None, False
        model.cover_open, model.paper = False, Paper.OK
        self.let_go()
        if model.unplug_at is not None:
            self.replug()

    # --------------------------------------------------------------- the paper
    def settle(self, jobs: list[str], timeout_s: float = 120) -> None:
        """Wait until each job is settled; nothing else may be left to do."""
        until = time.monotonic() + timeout_s
        pause = threading.Event()
        while not all(self.state_of(job) in SETTLED for job in jobs):
            assert not self.is_till_dead
            assert time.monotonic() < until, [self.state_of(job) for job in jobs]
            pause.wait(0.005)

    def copies(self, mark: str) -> tuple[int, int]:
        """Count on the paper how often a slip begins and how often it ends."""
        paper = bytes(self.model.printed)
        name = mark.encode()
        return paper.count(b"JOB-" + name), paper.count(b"END-" + name)
