"""The thread of one printer: takes jobs, prints them once, says what became of them.

A job is marked SENDING before its first byte goes out. Whoever finds it SENDING
after a crash cannot know what is on the paper: it becomes UNKNOWN and a person is
asked (law 11). No job is ever begun again by itself once a byte was accepted.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from hardware.printer.device import Delivery, PrinterDevice
from hardware.printer.status import can_print
from pos_app.ports.clock import Clock
from pos_app.ports.printing import (
    PrinterStatus,
    PrintJob,
    PrintJobState,
    PrintQueue,
)

_log = logging.getLogger(__name__)
#: What the thread needs to record its last state before `stop` returns.
_LAST_WORDS_S = 0.5

_REASONS = {
    PrinterStatus.PAPER_OUT: "paper_out",
    PrinterStatus.COVER_OPEN: "cover_open",
    PrinterStatus.OFFLINE: "offline",
    PrinterStatus.UNREACHABLE: "unreachable",
}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often the worker looks, in seconds.

    Attributes:
        hold_s: between two looks at a printer that holds a job.
        idle_s: between two looks at a printer that has nothing to do.
        drawer_s: after this a wish to open the drawer has lapsed; a drawer that
            opens by itself minutes later is a danger, not a service.
    """

    hold_s: float = 1.0
    idle_s: float = 10.0
    drawer_s: float = 5.0


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told; called on the printer's thread, so they must return at once.

    Attributes:
        job_changed: job id and its new state, after it is recorded.
        drawer_kicked: whether the printer took the command in time.
    """

    job_changed: Callable[[str, PrintJobState], None]
    drawer_kicked: Callable[[bool], None] = lambda _was_kicked: None


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
        rhythm: Rhythm = Rhythm(),
    ) -> None:
        self._name = name
        self._device = device
        self._queue = queue
        self._clock = clock
        self._listeners = listeners
        self._rhythm = rhythm
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._give_up_at = 0.0  # read only once `_stopping` is set
        self._drawer_wishes: deque[int] = deque()  # when, in clock.monotonic_ms
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
        self._drawer_wishes.append(self._clock.monotonic_ms())
        self._awake.set()

    def stop(self, timeout_s: float) -> bool:
        """End after the job under way, or when time runs out on it.

        A slip that is printing when the till closes is given until shortly before
        `timeout_s` to be confirmed; after that it is UNKNOWN.

        Returns:
            Whether the thread ended in time. If not, its job stays SENDING in the
            queue and is UNKNOWN at the next start.
        """
        self._give_up_at = time.monotonic() + max(0.0, timeout_s - _LAST_WORDS_S)
        self._stopping.set()
        self._awake.set()
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
            except Exception:  # noqa: BLE001 - the loop of last resort
                # The thread outlives any fault of one turn: a till whose printer
                # thread is gone looks well and prints nothing.
                _log.exception("printer %s: a turn failed", self._name)
                self._rest(self._rhythm.hold_s)
        for _wish in range(len(self._drawer_wishes)):
            self._kick(is_fresh=False)
        self._device.release()

    def _recover(self) -> None:
        for job in self._queue.interrupted(self._name):
            self._device.suspect()
            self._record(job, Delivery(PrintJobState.UNKNOWN, job.offset_bytes))

    def _turn(self) -> None:
        self._assert_own_thread()
        self._awake.clear()
        job = self._queue.next_job(self._name)
        if job is None:
            self._device.check()
            self._serve_drawer()
            self._device.release()
            self._rest(self._rhythm.idle_s)
            return
        status = self._device.check()
        self._serve_drawer()
        if can_print(status):
            self._print(job)
        else:
            self._hold(job, _REASONS.get(status, "other"))

    def _rest(self, seconds: float) -> None:
        self._awake.wait(seconds)

    def _hold(self, job: PrintJob, reason: str) -> None:
        if job.state is not PrintJobState.HELD or job.reason != reason:
            self._record(job, Delivery(PrintJobState.HELD, 0, reason))
        self._rest(self._rhythm.hold_s)

    def _print(self, job: PrintJob) -> None:
        self._record(job, Delivery(PrintJobState.SENDING, 0))
        attended = _Attended(self, job)
        try:
            delivery = self._device.deliver(job, attended)
        except Exception:
            # A bug, or a ledger that cannot record. What is on the paper is not
            # known; the job must not stay SENDING for as long as the till runs.
            self._device.suspect()
            self._record(job, Delivery(PrintJobState.UNKNOWN, attended.offset_bytes))
            raise
        self._record(job, delivery)
        if delivery.state is PrintJobState.HELD:
            self._rest(self._rhythm.hold_s)

    def _record(self, job: PrintJob, delivery: Delivery) -> None:
        self._assert_own_thread()
        self._queue.set_state(
            job.job_id,
            delivery.state,
            offset_bytes=delivery.offset_bytes,
            reason=delivery.reason,
        )
        self._listeners.job_changed(job.job_id, delivery.state)

    def _serve_drawer(self) -> None:
        """Kick for each wish of this run; no job does, however it was queued."""
        self._assert_own_thread()
        while self._drawer_wishes:
            age_ms = self._clock.monotonic_ms() - self._drawer_wishes.popleft()
            self._kick(is_fresh=age_ms <= self._rhythm.drawer_s * 1000)

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
        """Tell whether the till runs on, or its last seconds are not over."""
        worker = self._worker
        is_stopping = worker._stopping.is_set()  # noqa: SLF001 - its other half
        return not is_stopping or time.monotonic() < worker._give_up_at  # noqa: SLF001

    def between_commands(self) -> None:
        """Open the drawer for whoever asked while the printer waits for paper."""
        self._worker._serve_drawer()  # noqa: SLF001 - its other half
