"""A printer as its worker sees it: ready or not, deliver, open the drawer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from hardware.printer.condition import Condition
from pos_app.errors import DeviceError
from pos_app.ports.printing import PrinterStatus, PrintJob, PrintJobState


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the delivery of a job ended.

    Attributes:
        state: SENT, CONFIRMED, UNKNOWN, HELD or FAILED.
        offset_bytes: how many bytes the printer accepted.
        reason: as in `PrintJob.reason`.
    """

    state: PrintJobState
    offset_bytes: int
    reason: str = ""


class Attendant(Protocol):
    """Who looks after a delivery while it takes its time."""

    def report(self, offset_bytes: int) -> None:
        """Record, durably, how far the job has come."""
        ...

    def may_go_on(self) -> bool:
        """Tell whether the till still runs and nobody gave the job up."""
        ...

    def between_commands(self) -> None:
        """Do what cannot wait (the drawer); no command is half sent now."""
        ...


class PrinterDevice(Protocol):
    """One printer; used by its worker's thread only, but for `last_status`."""

    @property
    def last_status(self) -> PrinterStatus:
        """The last status known; any thread may ask."""
        ...

    def check(self) -> PrinterStatus:
        """Ask the printer how it is; takes a second or so at most, never raises."""
        ...

    def deliver(self, job: PrintJob, attendant: Attendant) -> Delivery:
        """Print a job from its first byte; called after `check` said it can."""
        ...

    def kick_drawer(self) -> bool:
        """Open the drawer once; true when the printer took the whole command."""
        ...

    def suspect(self) -> None:
        """Remember that an earlier job may have stopped inside a command."""
        ...

    def release(self) -> None:
        """Let others use the printer until the next call."""
        ...


@runtime_checkable
class TellingPrinter(Protocol):
    """A printer that says more of itself than whether it can print."""

    @property
    def condition(self) -> Condition:
        """What it said last; any thread may ask."""
        ...

    @property
    def problem(self) -> DeviceError | None:
        """Why it cannot be reached ("device_in_use", ...); None while it can."""
        ...

    @property
    def is_shared(self) -> bool:
        """Whether other tills may wait for it while this one holds it."""
        ...
