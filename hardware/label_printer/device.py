"""The conversation with a label printer over any transport."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from hardware.label_printer.media import Media
from hardware.label_printer.status import AnswerReader, LabelReading
from hardware.printer.condition import Condition
from hardware.printer.device import Attendant, Delivery
from hardware.printer.status import can_print
from hardware.transport.base import CHUNK_BYTES, Transport, finish_document
from pos_app.documents.layout import Layout
from pos_app.errors import DeviceError
from pos_app.ports.printing import (
    LABEL_CALIBRATE,
    LABEL_FEED,
    PrinterStatus,
    PrintJob,
    PrintJobState,
)


@dataclass(frozen=True, slots=True)
class LabelPatience:
    """How long the till waits for a label printer, in seconds.

    Attributes:
        connect_s: for a connection. status_s: for the answer to one question.
        chunk_s: for one chunk before it counts as a stall.
        poll_s: between two questions while labels are printed.
        quiet_s: a printer that never says that it prints is believed after this.
        flush_s: for clearing what an interrupted job left.
        stall_s: for a stall, or for new labels in the middle of a job, to end.
        spool_s: for the system's spooler to take a whole document.
    """

    connect_s: float = 3.0
    status_s: float = 0.7
    chunk_s: float = 1.0
    poll_s: float = 0.2
    quiet_s: float = 3.0
    flush_s: float = 10.0
    stall_s: float = 900.0
    spool_s: float = 10.0


@dataclass(frozen=True, slots=True)
class LabelLanguage:
    """How one kind of label printer is spoken to.

    Attributes:
        encode: makes the bytes of a layout.
        ask: asks for the status. answers: makes a reader of the answer.
        flush: clears what an interrupted job left. calibrate: measures the roll.
        feed: moves it on by one label.
        counts: whether the status counts labels that wait: nothing left to print
            then means that all are printed.
    """

    encode: Callable[[Layout, Media], bytes]
    ask: bytes
    answers: Callable[[], AnswerReader]
    flush: bytes
    calibrate: bytes
    feed: bytes
    counts: bool


class LabelDevice:
    """Implements `hardware.printer.device.TellingPrinter`."""

    def __init__(
        self,
        transport: Transport,
        language: LabelLanguage,
        media: Media,
        patience: LabelPatience = LabelPatience(),
    ) -> None:
        self._transport, self._language = transport, language
        self._media, self._patience = media, patience
        self._is_suspect = False
        self._status = PrinterStatus.UNKNOWN
        self._said: tuple[tuple[str, str], ...] = ()
        self._problem: DeviceError | None = None

    @property
    def last_status(self) -> PrinterStatus:
        """The last status known; a plain read, safe from any thread."""
        return self._status

    @property
    def condition(self) -> Condition:
        """What it said last; no drawer hangs on it."""
        return Condition(self._status, facts=self._said)

    @property
    def problem(self) -> DeviceError | None:
        """Why it cannot be reached; None while it can."""
        return self._problem

    @property
    def is_shared(self) -> bool:
        """Whether others may wait for it: a network printer serves one at a time."""
        return self._transport.capabilities.is_shared

    def check(self) -> PrinterStatus:
        """Ask how it is; a connection that died while idle is renewed."""
        was_open = self._transport.is_open
        self._status = self._asked()
        if was_open and self._status is PrinterStatus.UNREACHABLE:
            self._status = self._asked()
        return self._status

    def _asked(self) -> PrinterStatus:
        try:
            if not self._transport.is_open:
                self._transport.open(time.monotonic() + self._patience.connect_s)
            self._problem = None
            if not self._transport.capabilities.reads:
                return PrinterStatus.UNKNOWN
            reading = self._reading()
        except DeviceError as error:
            self._problem = error
            return PrinterStatus.UNREACHABLE
        return reading.status if reading else PrinterStatus.OFFLINE

    def _reading(self) -> LabelReading | None:
        """Ask once; None when nothing came that makes sense."""
        deadline = time.monotonic() + self._patience.status_s
        while self._transport.read(time.monotonic()):
            if time.monotonic() > deadline:
                return None  # a line that never falls silent says nothing
        reader = self._language.answers()
        if not self._write_all(self._language.ask, deadline):
            # Half a question would stand before the next job.
            self._transport.close()
            return None
        while time.monotonic() < deadline:
            reading = reader.feed(self._transport.read(deadline))
            if reading is not None:
                self._said = _facts(reading)
                return reading
        return None

    def _write_all(self, data: bytes, deadline: float) -> bool:
        offset = 0
        while offset < len(data):
            chunk = data[offset : offset + CHUNK_BYTES]
            offset += self._transport.write_some(chunk, deadline)
            if offset < len(data) and time.monotonic() >= deadline:
                return False
        return True

    def kick_drawer(self) -> bool:
        """No drawer hangs on a label printer."""
        return False

    def suspect(self) -> None:
        """Flush the printer before its next job."""
        self._is_suspect = True

    def release(self) -> None:
        """Close the connection; the next `check` opens it again."""
        self._transport.close()

    # -------------------------------------------------------------------- one job

    def deliver(self, job: PrintJob, attendant: Attendant) -> Delivery:
        """Send a job once, go on from where it stalls, and ask whether it is done."""
        try:
            data = self._bytes_of(job)
        except DeviceError as error:
            return Delivery(PrintJobState.FAILED, 0, error.key)
        try:
            if not self._flushed():
                return Delivery(PrintJobState.HELD, 0, "offline")
        except DeviceError:
            self._status = PrinterStatus.UNREACHABLE
            return Delivery(PrintJobState.HELD, 0, "unreachable")
        sending = _Sending(data)
        try:
            return self._sent(sending, attendant)
        except DeviceError:
            self._status = PrinterStatus.UNREACHABLE
            # How much of the piece under way was taken cannot be known.
            return self._broken_off(sending.offset, "unreachable", is_begun=True)

    def _flushed(self) -> bool:
        """Clear what an interrupted job left in the printer."""
        if not self._is_suspect:
            return True
        deadline = time.monotonic() + self._patience.flush_s
        if not self._write_all(self._language.flush, deadline):
            self._transport.close()
            return False
        self._is_suspect = False
        return True

    def _bytes_of(self, job: PrintJob) -> bytes:
        if job.kind == LABEL_CALIBRATE:
            return self._language.calibrate
        if job.kind == LABEL_FEED:
            return self._language.feed
        return self._language.encode(job.layout, self._media)

    def _sent(self, sending: _Sending, attendant: Attendant) -> Delivery:
        moved_at = time.monotonic()
        while sending.offset < len(sending.data):
            now = time.monotonic()
            chunk = sending.data[sending.offset : sending.offset + CHUNK_BYTES]
            taken = self._transport.write_some(chunk, now + self._patience.chunk_s)
            sending.offset += taken
            if taken:
                moved_at = now
                continue
            attendant.report(sending.offset)
            is_over = now > moved_at + self._patience.stall_s
            if is_over or not attendant.may_go_on():
                return self._broken_off(sending.offset, "offline")
        attendant.report(sending.offset)
        if not self._transport.capabilities.reads:
            deadline = time.monotonic() + self._patience.spool_s
            is_taken = finish_document(self._transport, deadline)
            self._transport.close()  # sends off what the system still holds
            if not is_taken:
                return Delivery(PrintJobState.HELD, 0, "offline")
            return Delivery(PrintJobState.SENT, sending.offset)
        return self._printed(sending.offset, attendant)

    def _printed(self, offset: int, attendant: Attendant) -> Delivery:
        """Ask until nothing is left to print: twice, for it may be in between."""
        begun = ready_at = time.monotonic()
        clear, was_busy = 0, False
        while True:
            reading, now = self._reading(), time.monotonic()
            self._status = reading.status if reading else PrinterStatus.OFFLINE
            if not self._transport.is_open:
                return self._broken_off(offset, "offline")
            if not reading or not can_print(reading.status):
                ready_at, clear = now, 0
            elif reading.is_busy:
                was_busy, clear = True, 0
            else:
                clear += 1
            if clear >= 2 and (self._language.counts or was_busy):
                return Delivery(PrintJobState.CONFIRMED, offset)
            if clear >= 2 and now > ready_at + self._patience.quiet_s:
                return Delivery(PrintJobState.SENT, offset)
            attendant.between_commands()
            if now > begun + self._patience.stall_s or not attendant.may_go_on():
                return self._broken_off(offset, "offline")
            time.sleep(self._patience.poll_s)  # its own thread: nobody else waits

    def _broken_off(
        self, offset: int, reason: str, *, is_begun: bool = False
    ) -> Delivery:
        self._transport.close()
        self._is_suspect = True
        if offset == 0 and not is_begun:
            return Delivery(PrintJobState.HELD, 0, reason)
        return Delivery(PrintJobState.UNKNOWN, offset)


def _facts(reading: LabelReading) -> tuple[tuple[str, str], ...]:
    """Return what it said, as `Condition.facts`."""
    is_open = reading.status is PrinterStatus.COVER_OPEN
    has_labels = reading.status is not PrinterStatus.PAPER_OUT
    facts = [("labels", "ok" if has_labels else "out")]
    facts.append(("head", "open" if is_open else "closed"))
    if reading.problem and not is_open:
        facts.append(("fault", reading.problem))
    facts.append(("online", "yes" if can_print(reading.status) else "no"))
    return tuple(facts)


class _Sending:
    """A job under way; outlives the error that breaks it off."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.offset = 0
