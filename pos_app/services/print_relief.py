"""Slips that wait for a printer: another printer takes them, or somebody lets them go.

The printer's own thread claims a job before its first byte, in the ledger; a job that
was moved or cancelled before that cannot be claimed any more (law 11).
"""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Future
from dataclasses import dataclass

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission
from pos_app.errors import UserError
from pos_app.ports.devices import DeviceCategory, DeviceHealth, DeviceSettings
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import LABEL_JOBS, OpenJob, PrintJob, PrintJobState
from pos_app.services.desk import Desk
from pos_app.services.devices import RECEIPT_ID, Devices

#: Options of a receipt printer: who takes over, and after how many seconds; 0: only
#: when somebody asks.
FAILOVER, FAILOVER_S = "failover", "failover_s"
USUAL_FAILOVER_S = 90
#: Why jobs were moved, in the journal.
BY_RULE, BY_HAND, BY_REMOVAL = "rule", "asked", "removed"

_PRINTS = frozenset({DeviceHealth.WORKING, DeviceHealth.ATTENTION})
_WAITS = frozenset({PrintJobState.QUEUED, PrintJobState.HELD})


@dataclass(frozen=True, slots=True)
class PrintCounts:
    """What is not printed yet, in figures.

    Attributes:
        slips: papers of a slip printer, those that nobody saw the end of included.
        stray_labels: labels that wait for a printer that is off or was removed.
        asks: whether somebody is to say how a job came out.
    """

    slips: int = 0
    stray_labels: int = 0
    asks: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    """Who takes over from a printer, and after how many milliseconds."""

    to: str
    after_ms: int


class PrintRelief:
    """Looks after jobs that wait; used on the thread of the screen, never waits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        #: Since when a printer does not print, in milliseconds of the steady clock.
        self._since: dict[str, int] = {}
        self._under_way: Future[int] | None = None
        #: The devices whose strays were looked for; none before the first look.
        self._looked_at: Devices = ()

    def look(self) -> Future[int] | None:
        """Move what waits too long, by the rule of its printer; asked every second.

        Returns:
            How many jobs move; None when none has to.
        """
        if self._under_way is not None and not self._under_way.done():
            return None
        stray = self._stray()
        if stray is not None:
            return self._move(*stray, BY_REMOVAL)
        health = self._health()
        now = self._desk.clock.monotonic_ms()
        printers = self._receipt_printers()
        # A rule may name what is no printer of slips any more, or never was.
        ready = {x.device_id for x in printers if health.get(x.device_id) in _PRINTS}
        for device in printers:
            name = device.device_id
            if name in ready:
                self._since.pop(name, None)
                continue
            since = self._since.setdefault(name, now)
            rule = _rule_of(device)
            is_due = rule is not None and now - since >= rule.after_ms
            if rule is None or not is_due or rule.to not in ready:
                continue
            if self._has_waiting(name):
                return self._move(name, rule.to, BY_RULE)
        return None

    def waiting(self) -> tuple[PrintJob, ...]:
        """Return the slips that printers did not finish yet, oldest first.

        Labels wait, too, but for a printer of labels: no other one can stand in.
        """
        states = {*_WAITS, PrintJobState.SENDING}
        jobs = self._desk.ledger.open_print_jobs()
        return tuple(x for x in jobs if x.state in states and x.kind not in LABEL_JOBS)

    def counts(self) -> PrintCounts:
        """Return how much is not printed yet; asks the database."""
        jobs = self._desk.ledger.open_print_heads()
        labels = [x for x in jobs if x.kind in LABEL_JOBS]
        asks = any(x.state is PrintJobState.UNKNOWN for x in jobs)
        stray = [x for x in labels if self._is_stray(x)]
        return PrintCounts(len(jobs) - len(labels), len(stray), asks)

    def helpers(self, printer: str) -> tuple[DeviceSettings, ...]:
        """Return the other receipt printers that print now."""
        health = self._health()
        others = (x for x in self._receipt_printers() if x.device_id != printer)
        return tuple(x for x in others if health.get(x.device_id) in _PRINTS)

    def begin_move(
        self, printer: str, to: str, only: Collection[str] | None = None
    ) -> Future[int]:
        """Hand what waits for a printer to another one, because somebody asked.

        Args:
            printer: which it waits for.
            to: the other one.
            only: ids of the jobs that were asked for; None for all.

        Returns:
            How many moved: what is printed by now has gone.

        Raises:
            UserError: "not_signed_on", "not_permitted", "device_unknown".
        """
        self._desk.session.require(Permission.SELL)
        is_known = any(x.device_id == to for x in self._receipt_printers())
        if not is_known or printer in self._label_printers():
            raise UserError("device_unknown")
        return self._move(printer, to, BY_HAND, only)

    def begin_cancel(self, job: PrintJob) -> Future[bool]:
        """Let a slip go that waits; one under way ends as soon as nothing moves.

        The sale stays; the slip can be reprinted, marked COPY n.

        Raises:
            UserError: "not_signed_on" or "not_permitted".
        """
        self._desk.session.require(Permission.SELL)
        stamp = self._desk.stamp()

        def work(unit: UnitOfWork) -> bool:
            is_cancelled = unit.cancel_print_job(job.job_id)
            unit.append(EntryKind.PRINT_CANCELLED, _named(job), stamp)
            return is_cancelled

        def go_on(done: Future[bool]) -> None:
            if done.exception() is None and not done.result():
                self._desk.devices.give_up(job.job_id)

        future = self._desk.record(work)
        future.add_done_callback(go_on)
        return future

    def begin_cancel_labels(self) -> Future[int]:
        """Let all labels go that wait for a printer that is off or was removed.

        Returns:
            How many.

        Raises:
            UserError: "not_signed_on" or "not_permitted".
        """
        self._desk.session.require(Permission.SELL)
        stamp, ledger = self._desk.stamp(), self._desk.ledger

        def work(unit: UnitOfWork) -> int:
            jobs = ledger.open_print_jobs()
            stray = [x for x in jobs if x.kind in LABEL_JOBS and self._is_stray(x)]
            gone = [x for x in stray if unit.cancel_print_job(x.job_id)]
            for job in gone:
                unit.append(EntryKind.PRINT_CANCELLED, _named(job), stamp)
            return len(gone)

        return self._desk.record(work)

    def try_now(self) -> None:
        """Look at the printers at once: paper is in, a cable is back."""
        self._desk.devices.wake()

    def _move(
        self, printer: str, to: str, why: str, only: Collection[str] | None = None
    ) -> Future[int]:
        stamp = self._desk.stamp()

        def work(unit: UnitOfWork) -> int:
            moved = unit.move_print_jobs(printer, to, only)
            for job in moved:
                body = {"job": job.job_id, "document": job.document_id}
                way = {"from": printer, "to": to, "why": why}
                unit.append(EntryKind.PRINT_MOVED, {**body, **way}, stamp)
            return len(moved)

        future = self._desk.record(work)
        future.add_done_callback(lambda _done: self._desk.devices.wake())
        self._under_way = future
        return future

    def _stray(self) -> tuple[str, str] | None:
        """Return a printer that prints no more though jobs wait for it, and another.

        Looked for only when the devices are others: nothing queues a job for a
        printer that is not there. Slips go to the printer of slips; labels to
        another printer of labels, where their own was removed.
        """
        book = self._desk.device_book
        if book.current is self._looked_at:
            return None
        to_labels = next(iter(self._running(DeviceCategory.LABEL_PRINTER)), "")
        to_slips = RECEIPT_ID if book.receipt.is_on else ""
        for job in filter(self._is_stray, self._desk.ledger.open_print_heads()):
            is_label = job.kind in LABEL_JOBS
            to = to_labels if is_label else to_slips
            stays = is_label and book.device(job.printer) is not None
            if to and not stays:
                return job.printer, to
        self._looked_at = book.current
        return None

    def _is_stray(self, job: OpenJob | PrintJob) -> bool:
        """Tell whether a job waits for a printer that is off, or was removed."""
        is_label = job.kind in LABEL_JOBS
        category = DeviceCategory.LABEL_PRINTER
        category = category if is_label else DeviceCategory.RECEIPT_PRINTER
        return job.state in _WAITS and job.printer not in self._running(category)

    def _running(self, category: DeviceCategory) -> tuple[str, ...]:
        devices = self._desk.device_book.of(category)
        return tuple(x.device_id for x in devices if x.is_on)

    def _health(self) -> dict[str, DeviceHealth]:
        return {x.device_id: x.health for x in self._desk.devices.reports()}

    def _receipt_printers(self) -> tuple[DeviceSettings, ...]:
        printers = self._desk.device_book.of(DeviceCategory.RECEIPT_PRINTER)
        return tuple(x for x in printers if x.is_on)

    def _label_printers(self) -> frozenset[str]:
        printers = self._desk.device_book.of(DeviceCategory.LABEL_PRINTER)
        return frozenset(x.device_id for x in printers)

    def _has_waiting(self, printer: str) -> bool:
        jobs = self._desk.ledger.open_print_jobs()
        return any(x.printer == printer and x.state in _WAITS for x in jobs)


def _named(job: PrintJob) -> dict[str, object]:
    return {"document": job.document_id, "job": job.job_id, "kind": job.kind}


def _rule_of(device: DeviceSettings) -> _Rule | None:
    to = device.options.get(FAILOVER, "")
    after_s = device.options.get(FAILOVER_S, USUAL_FAILOVER_S)
    if not isinstance(to, str) or not to or not isinstance(after_s, int):
        return None
    if after_s <= 0 or to == device.device_id:
        return None
    return _Rule(to, after_s * 1000)
