"""One printer, one worker, two queues: the ledger's, and papers of a guest.

A paper that somebody wants of training goes to the real printer without a line in the
real ledger. The one worker of the device asks here, so nothing ever prints at the same
time; the shop's own slips always come first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from pos_app.ports.printing import SETTLED, PrintJob, PrintJobState, PrintQueue


class GuestQueue:
    """Implements `ports.printing.PrintQueue` around the ledger's queue."""

    def __init__(self, own: PrintQueue) -> None:
        self._own = own
        self._guests: deque[PrintJob] = deque()
        self._known: set[str] = set()
        self._lock = Lock()

    def add(self, job: PrintJob) -> None:
        """Queue a paper of a guest; it opens no drawer."""
        assert not job.opens_drawer
        with self._lock:
            self._known.add(job.job_id)
            self._guests.append(job)

    def send_guests_away(self) -> None:
        """Drop what no guest waits for any more; the one under way is let end."""
        with self._lock:
            self._guests.clear()

    @property
    def waiting(self) -> int:
        """How many papers of a guest wait or are being printed."""
        with self._lock:
            return len(self._guests)

    def next_job(self, printer: str) -> PrintJob | None:
        """Return the shop's oldest waiting job, or else the guest's."""
        found = self._own.next_job(printer)
        if found is not None:
            return found
        with self._lock:
            here = (job for job in self._guests if job.printer == printer)
            return next(here, None)

    def interrupted(self, printer: str) -> tuple[PrintJob, ...]:
        """Return the shop's jobs that were SENDING; a guest's end with the till."""
        return self._own.interrupted(printer)

    def claim(self, job: PrintJob) -> bool:
        """Mark a waiting job SENDING; false when it waits here no more."""
        return self._take(job, PrintJobState.SENDING, "", self._own.claim)

    def hold(self, job: PrintJob, reason: str) -> bool:
        """Mark a waiting job HELD; false when it waits here no more."""
        state = PrintJobState.HELD
        return self._take(job, state, reason, lambda x: self._own.hold(x, reason))

    def _take(
        self,
        job: PrintJob,
        state: PrintJobState,
        reason: str,
        otherwise: Callable[[PrintJob], bool],
    ) -> bool:
        with self._lock:
            if job.job_id in self._known:
                is_here = any(x.job_id == job.job_id for x in self._guests)
                self._move(job.job_id, state, reason)
                return is_here
        return otherwise(job)

    def set_state(
        self, job_id: str, state: PrintJobState, *, offset_bytes: int, reason: str
    ) -> None:
        """Record where a job stands; of a guest's nothing is kept."""
        with self._lock:
            is_guest = job_id in self._known
            if is_guest:
                self._move(job_id, state, reason)
        if not is_guest:
            self._own.set_state(job_id, state, offset_bytes=offset_bytes, reason=reason)

    def _move(self, job_id: str, state: PrintJobState, reason: str) -> None:
        moved = (
            replace(job, state=state, reason=reason) if job.job_id == job_id else job
            for job in self._guests
        )
        kept = deque(job for job in moved if job.state not in SETTLED)
        self._guests = kept
