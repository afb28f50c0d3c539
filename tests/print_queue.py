"""A print queue in memory, for tests of what stands below the ledger."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from pos_app.documents.layout import Block, Cut, Layout, Text
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.values.times import Timestamp

NOW = Timestamp(1_795_243_926_000)


class SteadyClock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.ms = NOW.unix_ms

    def now(self) -> Timestamp:
        return Timestamp(self.ms)

    def monotonic_ms(self) -> int:
        return self.ms


class MemoryQueue:
    """Implements `pos_app.ports.printing.PrintQueue`; remembers every step."""

    def __init__(self) -> None:
        self.jobs: dict[str, PrintJob] = {}
        self.steps: list[tuple[str, PrintJobState, int, str]] = []
        self._changed = threading.Condition()

    def add(self, number: int, *, opens_drawer: bool = False, filling: int = 0) -> str:
        """Queue a slip that says JOB-<number>; `filling` makes it longer."""
        job_id = f"job-{number:04}"
        lines = [Text(f"line {index} of {number}") for index in range(filling)]
        blocks: tuple[Block, ...] = (
            Text(f"JOB-{number:04}"),
            *lines,
            Text(f"END-{number:04}"),
            Cut(),
        )
        job = PrintJob(
            job_id=job_id,
            document_id=f"sale-{number}",
            kind="slip",
            copy_number=0,
            printer="slip",
            layout=Layout(blocks, "en"),
            opens_drawer=opens_drawer,
            state=PrintJobState.QUEUED,
            offset_bytes=0,
            reason="",
            queued_at=NOW,
        )
        with self._changed:
            self.jobs[job_id] = job
        return job_id

    def next_job(self, printer: str) -> PrintJob | None:
        waiting = (PrintJobState.QUEUED, PrintJobState.HELD)
        with self._changed:
            found = (j for j in self.jobs.values() if j.state in waiting)
            return next((j for j in found if j.printer == printer), None)

    def claim(self, job: PrintJob) -> bool:
        return self._take(job, PrintJobState.SENDING, "")

    def hold(self, job: PrintJob, reason: str) -> bool:
        return self._take(job, PrintJobState.HELD, reason)

    def _take(self, job: PrintJob, state: PrintJobState, reason: str) -> bool:
        waiting = (PrintJobState.QUEUED, PrintJobState.HELD)
        with self._changed:
            now = self.jobs[job.job_id]
            if now.printer != job.printer or now.state not in waiting:
                return False
            self.set_state(job.job_id, state, offset_bytes=0, reason=reason)
            return True

    def set_state(
        self, job_id: str, state: PrintJobState, *, offset_bytes: int, reason: str
    ) -> None:
        with self._changed:
            self.jobs[job_id] = replace(
                self.jobs[job_id], state=state, offset_bytes=offset_bytes, reason=reason
            )
            self.steps.append((job_id, state, offset_bytes, reason))
            self._changed.notify_all()

    def interrupted(self, printer: str) -> tuple[PrintJob, ...]:
        with self._changed:
            return tuple(
                job
                for job in self.jobs.values()
                if job.printer == printer and job.state is PrintJobState.SENDING
            )

    def state(self, job_id: str) -> PrintJobState:
        with self._changed:
            return self.jobs[job_id].state

    def wait(self, condition: Callable[[], bool], timeout_s: float = 60) -> None:
        """Block until `condition` holds after some step; fail when it never does."""
        with self._changed:
            assert self._changed.wait_for(condition, timeout_s), self.steps

    def wait_for(self, job_id: str, *states: PrintJobState) -> None:
        self.wait(lambda: self.jobs[job_id].state in states)
