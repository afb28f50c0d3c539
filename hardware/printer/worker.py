"""The thread of one printer: takes jobs, prints them once, says what became of them.

A job is marked SENDING before its first byte goes out. Whoever finds it SENDING
after a crash cannot know what is on the paper: it becomes UNKNOWN and a person is
asked (law 11). No job is ever begun again by itself once a byte was accepted.
"""

from __future__ import annotations

import logging
import threading
import time

from hardware.printer.device import Delivery, PrinterDevice, TellingPrinter
from hardware.printer.drawer_wishes import DrawerWishes
from hardware.printer.rhythm import Listeners, Rhythm
from hardware.printer.said import HeardDrawer, Said
from hardware.printer.status import can_print
from pos_app.errors import DeviceError
from pos_app.ports.clock import Clock
from pos_app.ports.printing import (
    PrinterStatus,
    PrintJob,
    PrintJobState,
    PrintQueue,
)

__all__ = ["Listeners", "PrinterWorker", "Rhythm"]

_log = logging.getLogger(__name__)
_USUAL = Rhythm()
#: What the thread needs to record its last state before `stop` returns.
_LAST_WORDS_S = 0.5

_REASONS = {
    PrinterStatus.PAPER_OUT: "paper_out",
    PrinterStatus.COVER_OPEN: "cover_open",
    PrinterStatus.OFFLINE: "offline",
    PrinterStatus.UNREACHABLE: "unreachable",
}


class PrinterWorker:
    """Implements `pos_app.ports.printing.PrinterPort`."""

    def __init__(  # noqa: PLR0913 - wired once, by hardware.manager
        self,
        name: str,
        device: PrinterDevice,
        queue: PrintQueue,
        clock: Clock,
        *,
        listeners: Listeners,
        rhythm: Rhythm = _USUAL,
    ) -> None:
        self._name = name
        self._device = device
        self._queue = queue
        self._listeners = listeners
        self._rhythm = rhythm
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._give_up_at = 0.0  # read only once `_stopping` is set
        self._drawer_wishes = DrawerWishes(clock, rhythm.drawer_s)
        self._given_up: set[str] = set()
        self._owed: tuple[PrintJob, Delivery] | None = None  # not recorded yet
        self._said = Said(device, listeners.changed)
        self._thread = threading.Thread(
            target=self._run, name=f"printer-{name}", daemon=True
        )

    # ------------------------------------------------- from any thread, at once
    def start(self) -> None:
        """Start the thread; jobs left over from the last run come first."""
        self._thread.start()

    def wake(self) -> None:
        """Say that a job may be waiting, or that a held one may go on."""
        self._awake.set()

    def status(self) -> PrinterStatus:
        """Return the last status known."""
        return self._device.last_status

    def open_drawer(self) -> None:
        """Ask for one kick of the drawer; it lapses when it cannot be soon."""
        self._drawer_wishes.add()
        self._awake.set()

    def drawer_level(self) -> bool | None:
        """Tell whether the drawer's pin is high; None where nothing is known.

        Which level means open is a matter of the drawer's switch (calibrated).
        """
        return self._said.drawer_level()

    def watch_drawer(self, heard: HeardDrawer | None) -> None:
        """Look at the drawer's pin every second or so from now on.

        Args:
            heard: told the level when it changed, on the printer's thread, so it
                must return at once; None to watch no longer.
        """
        self._said.heard_drawer = heard
        self._awake.set()

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return what the printer last said of itself; slips since the till began."""
        return self._said.facts()

    def problem(self) -> DeviceError | None:
        """Return why the printer cannot be reached, as its transport says."""
        return self._said.problem

    def give_up(self, job_id: str) -> None:
        """End a job under way that nothing moves: it is CANCELLED then."""
        self._given_up.add(job_id)
        self._awake.set()

    def begin_stop(self, timeout_s: float) -> None:
        """Ask the thread to end within so long; `stop` waits for it."""
        self._give_up_at = time.monotonic() + max(0.0, timeout_s - _LAST_WORDS_S)
        self._stopping.set()
        self._awake.set()

    def stop(self, timeout_s: float) -> bool:
        """End after the job under way, or when time runs out on it.

        A slip that is printing when the till closes is given until shortly before
        `timeout_s` to be confirmed; after that it is UNKNOWN.

        Returns:
            Whether it ended in time. If not, its job is UNKNOWN at the next start.
        """
        self.begin_stop(timeout_s)
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    # ------------------------------------------------------ the printer's thread
    def _run(self) -> None:
        is_recovered = False
        while not self._stopping.is_set():
            try:
                if not is_recovered:
                    self._recover()
                    is_recovered = True
                self._turn()
            except (Exception, SystemExit):  # noqa: BLE001 - the loop of last resort
                # A till whose printer thread is gone looks well and prints nothing.
                is_recovered = False
                _log.exception("printer %s: a turn failed", self._name)
                self._awake.wait(self._rhythm.hold_s)
        for _wish in self._drawer_wishes.take():
            self._kick(is_fresh=False)
        self._release()

    def _release(self) -> None:
        try:
            self._device.release()
        except (Exception, SystemExit):  # noqa: BLE001 - a third party's, of any quality
            _log.exception("printer %s: cannot be released", self._name)

    def _recover(self) -> None:
        if self._owed is not None:
            self._settle(*self._owed)
        for job in self._queue.interrupted(self._name):
            self._device.suspect()
            self._record(job, Delivery(PrintJobState.UNKNOWN, job.offset_bytes))

    def _turn(self) -> None:
        self._assert_own_thread()
        self._awake.clear()
        job = self._queue.next_job(self._name)
        status = self._device.check()
        was_kicked = self._serve_drawer()
        self._said.tell()
        if job is None:
            self._idle(was_kicked=was_kicked)
        elif can_print(status):
            self._print(job)
        else:
            self._hold(job, _REASONS.get(status, "other"))

    def _idle(self, *, was_kicked: bool) -> None:
        """Wait for something to do; a watched drawer is looked at meanwhile."""
        if self._said.heard_drawer is None:
            self._device.release()
            self._awake.wait(self._rhythm.idle_s)
            return
        device = self._device
        if not isinstance(device, TellingPrinter) or device.is_shared:
            device.release()
        # Just after a pulse the next look shows whether it opened.
        self._awake.wait(self._rhythm.watch_s / (4 if was_kicked else 1))

    def _hold(self, job: PrintJob, reason: str) -> None:
        is_new = job.state is not PrintJobState.HELD or job.reason != reason
        if is_new and self._queue.hold(job, reason):
            self._listeners.job_changed(job.job_id, PrintJobState.HELD)
        self._awake.wait(self._rhythm.hold_s)

    def _print(self, job: PrintJob) -> None:
        if not self._queue.claim(job):
            return  # cancelled, or given to another printer, a moment ago
        self._listeners.job_changed(job.job_id, PrintJobState.SENDING)
        attended = _Attended(self, job)
        try:
            delivery = self._device.deliver(job, attended)
            assert isinstance(delivery, Delivery), delivery
        except (Exception, SystemExit):
            # A bug, or a ledger that cannot record. What is on the paper is not
            # known; the job must not stay SENDING for as long as the till runs.
            self._device.suspect()
            self._settle(job, Delivery(PrintJobState.UNKNOWN, attended.offset_bytes))
            raise
        self._settle(job, self._as_wished(job, delivery))
        self._said.tell()
        if delivery.state is PrintJobState.HELD:
            self._awake.wait(self._rhythm.hold_s)

    def _as_wished(self, job: PrintJob, delivery: Delivery) -> Delivery:
        """A job that somebody gave up is CANCELLED, unless it ended well."""
        is_given_up = job.job_id in self._given_up
        self._given_up.discard(job.job_id)
        if is_given_up and delivery.state in (
            PrintJobState.HELD,
            PrintJobState.UNKNOWN,
        ):
            offset = delivery.offset_bytes
            return Delivery(PrintJobState.CANCELLED, offset, "asked")
        return delivery

    def _settle(self, job: PrintJob, delivery: Delivery) -> None:
        """Record how a job ended; at the next turn if the ledger cannot now."""
        self._owed = job, delivery
        self._record(job, delivery)
        self._owed = None

    def _record(self, job: PrintJob, delivery: Delivery) -> None:
        self._assert_own_thread()
        self._queue.set_state(
            job.job_id,
            delivery.state,
            offset_bytes=delivery.offset_bytes,
            reason=delivery.reason,
        )
        self._said.count(delivery.state)
        self._listeners.job_changed(job.job_id, delivery.state)

    def _serve_drawer(self) -> bool:
        """Kick for each wish of this run; no job does, however it was queued."""
        self._assert_own_thread()
        wishes = tuple(self._drawer_wishes.take())
        for is_fresh in wishes:
            self._kick(is_fresh=is_fresh)
        return bool(wishes)

    def _lapse_wishes(self) -> None:
        """Say of wishes that a stall outlasted that the drawer stays shut."""
        for _wish in self._drawer_wishes.take_lapsed():
            self._kick(is_fresh=False)

    def _kick(self, *, is_fresh: bool) -> None:
        was_kicked = is_fresh and self._device.kick_drawer()
        self._listeners.drawer_kicked(was_kicked)

    def _assert_own_thread(self) -> None:
        assert threading.current_thread() is self._thread


class _Attended:
    """Implements `hardware.printer.device.Attendant` for one delivery."""

    def __init__(self, worker: PrinterWorker, job: PrintJob) -> None:
        self._worker = worker
        self._job = job
        self.offset_bytes = 0

    def report(self, offset_bytes: int) -> None:
        """Record the offset of the job under way."""
        self.offset_bytes = offset_bytes
        sending = Delivery(PrintJobState.SENDING, offset_bytes)
        self._worker._record(self._job, sending)  # noqa: SLF001 - its other half

    def may_go_on(self) -> bool:
        """Tell whether the till runs on and nobody gave the job up."""
        worker = self._worker
        worker._lapse_wishes()  # noqa: SLF001 - its other half
        worker._said.tell()  # noqa: SLF001 - its other half
        if self._job.job_id in worker._given_up:  # noqa: SLF001 - its other half
            return False
        is_stopping = worker._stopping.is_set()  # noqa: SLF001 - its other half
        return not is_stopping or time.monotonic() < worker._give_up_at  # noqa: SLF001

    def between_commands(self) -> None:
        """Open the drawer for whoever asked while the printer waits for paper."""
        self._worker._serve_drawer()  # noqa: SLF001 - its other half
