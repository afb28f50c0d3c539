"""The conversation with a receipt printer over any transport, in any tongue."""

from __future__ import annotations

import time

from hardware.printer.condition import Condition
from hardware.printer.device import Attendant, Delivery
from hardware.printer.drawer_pulse import DrawerPulse
from hardware.printer.escpos_line import EscposLine
from hardware.printer.patience import Patience
from hardware.printer.profile import PrinterProfile
from hardware.printer.status import AnswerKind, can_print
from hardware.printer.tongue import ESCPOS, Pulse, Tongue
from hardware.transport.base import CHUNK_BYTES, Transport, finish_document
from pos_app.errors import DeviceError
from pos_app.ports.printing import PrinterStatus, PrintJob, PrintJobState

_USUAL, _USUAL_PULSE = Patience(), DrawerPulse()


class EscposDevice:
    """Implements `hardware.printer.device.TellingPrinter`; a Star's too."""

    def __init__(
        self,
        transport: Transport,
        profile: PrinterProfile,
        patience: Patience = _USUAL,
        pulse: Pulse = _USUAL_PULSE,
        tongue: Tongue = ESCPOS,
    ) -> None:
        self._transport = transport
        self._profile = profile
        self._patience = patience
        self._pulse = pulse
        self._tongue = tongue
        self._line = EscposLine(transport, patience, tongue)
        self._is_suspect = False
        self._problem: DeviceError | None = None

    @property
    def last_status(self) -> PrinterStatus:
        """The last status known; a plain read, safe from any thread."""
        return self._line.status

    @property
    def condition(self) -> Condition:
        """What the printer said last; old as soon as it is unreachable."""
        return self._line.ears.condition

    @property
    def problem(self) -> DeviceError | None:
        """Why it cannot be reached; None while it can."""
        return self._problem

    @property
    def is_shared(self) -> bool:
        """Whether others may wait for it: a network printer serves one at a time."""
        return self._transport.capabilities.is_shared

    def check(self) -> PrinterStatus:
        """Ask DLE EOT 1, 2 and 4; a connection that died while idle is renewed."""
        was_open = self._transport.is_open
        self._line.status = self._asked()
        if was_open and self._line.status is PrinterStatus.UNREACHABLE:
            self._line.status = self._asked()
        return self._line.status

    def _asked(self) -> PrinterStatus:
        try:
            if not self._transport.is_open:
                self._line.ears.begin()
                self._transport.open(time.monotonic() + self._patience.connect_s)
            self._problem = None
            if not self._profile.answers or not self._transport.capabilities.reads:
                return PrinterStatus.UNKNOWN
            return self._line.real_time_status()
        except DeviceError as error:
            self._problem = error
            return PrinterStatus.UNREACHABLE

    def kick_drawer(self) -> bool:
        """Pulse the drawer; without paper only the real-time command works."""
        if can_print(self._line.status):
            pulse = self._pulse.queued
        elif self._profile.has_realtime_drawer and self._transport.is_open:
            pulse = self._pulse.at_once
        else:
            return False
        try:
            deadline = time.monotonic() + self._patience.chunk_s
            if not self._line.write_all(pulse, deadline):
                return False
            return finish_document(self._transport, self._spooled_by())
        except DeviceError:
            return False

    def _spooled_by(self) -> float:
        return time.monotonic() + self._patience.spool_s

    def suspect(self) -> None:
        """Flush the printer before its next job."""
        self._is_suspect = True

    def release(self) -> None:
        """Close the connection; the next `check` opens it again."""
        self._transport.close()

    def deliver(self, job: PrintJob, attendant: Attendant) -> Delivery:
        """Send a job once, go on from where it stalls, and ask whether it is done."""
        try:
            data = self._tongue.job(job.layout, self._profile, self._line.ears)
        except DeviceError as error:
            return Delivery(PrintJobState.FAILED, 0, error.key)
        try:
            if not self._flushed(attendant):
                return Delivery(PrintJobState.HELD, 0, "offline")
        except DeviceError:
            self._line.status = PrinterStatus.UNREACHABLE
            return Delivery(PrintJobState.HELD, 0, "unreachable")
        sending = _Sending(data)
        try:
            return self._sent(sending, attendant)
        except DeviceError:
            self._line.status = PrinterStatus.UNREACHABLE
            # How much of the piece under way was taken cannot be known.
            return self._broken_off(sending.offset, "unreachable", is_begun=True)

    @property
    def _can_answer(self) -> bool:
        return self._profile.answers and self._transport.capabilities.reads

    @property
    def _can_confirm(self) -> bool:
        return self._can_answer and self._profile.confirms

    def _flushed(self, attendant: Attendant) -> bool:
        """Clear what an interrupted job left, and its answers still to come.

        Whatever the printer still owes arrives before the answers asked for here.
        """
        self._line.ears.heard_garbage = False
        if not self._is_suspect:
            return True
        question, answers = b"", 0
        if self._can_confirm:
            question, answers = self._tongue.end_flush(self._line.ears)
        if not self._line.write_steadily(self._tongue.flush + question, attendant):
            self._transport.close()
            return False
        self._is_suspect = False
        if answers and not self._line.is_silent_again(attendant, answers):
            # A late answer might be taken for the next job's.
            self._line.ears.heard_garbage = True
        return True

    def _sent(self, sending: _Sending, attendant: Attendant) -> Delivery:
        stalled_since: float | None = None
        while sending.offset < len(sending.data):
            now = time.monotonic()
            chunk = sending.data[sending.offset : sending.offset + CHUNK_BYTES]
            taken = self._transport.write_some(chunk, now + self._patience.chunk_s)
            sending.offset += taken
            if taken:
                self._goes_on(stalled_since)
                stalled_since = None
            elif stalled_since is None:
                stalled_since = now
                attendant.report(sending.offset)
            elif not attendant.may_go_on():
                return self._broken_off(sending.offset, "offline")
            if stalled_since is not None and self._is_over(stalled_since, now):
                return self._broken_off(sending.offset, "offline")
            if self._can_answer and sending.offset < len(sending.data):
                self._hear_early(now)
        attendant.report(sending.offset)
        if not self._can_confirm:
            return self._sent_off(sending.offset)
        return self._confirmed(sending.offset, attendant)

    def _sent_off(self, offset: int) -> Delivery:
        """End a job of which nobody says more; a spooler may refuse all of it."""
        is_taken = finish_document(self._transport, self._spooled_by())
        self._transport.close()  # sends off what the system still holds
        if not is_taken:
            return Delivery(PrintJobState.HELD, 0, "offline")
        return Delivery(PrintJobState.SENT, offset)

    def _is_over(self, stalled_since: float, now: float) -> bool:
        """Tell whether a stall took too long; say that it is one in time."""
        stalled_s = now - stalled_since
        if stalled_s > self._patience.stall_word_s and can_print(self._line.status):
            self._line.status = PrinterStatus.OFFLINE
        return stalled_s > self._patience.stall_s

    def _goes_on(self, stalled_since: float | None) -> None:
        """It takes bytes: whatever was said of a stall is over."""
        if stalled_since is not None and self._can_answer:
            self._line.status = self._line.ears.condition.status

    def _hear_early(self, now: float) -> None:
        """Listen within a job: whoever says now that it is done says nothing."""
        answers = self._line.listen(now)
        if any(answer.kind is AnswerKind.SENSOR for answer in answers):
            self._line.ears.heard_garbage = True

    def _confirmed(self, offset: int, attendant: Attendant) -> Delivery:
        """Wait for the answer to GS r 1; as long as it takes while paper is out."""
        begun = asked_at = ready_since = time.monotonic()
        while True:
            now = time.monotonic()
            answers = self._line.listen(now + min(0.2, self._patience.confirm_s))
            if any(answer.kind is AnswerKind.SENSOR for answer in answers):
                return self._answered(offset)
            if now > asked_at + self._patience.confirm_s / 4:
                # Not every printer reports by itself that its paper ran out.
                self._line.ears.begin_question()
                question = self._tongue.ask_status
                self._line.write_all(question, now + self._patience.status_s)
                asked_at = now
            attendant.between_commands()
            if not can_print(self._line.status):
                ready_since = time.monotonic()
            is_late = now > ready_since + self._patience.confirm_s
            is_late = is_late or now > begun + self._patience.stall_s
            if is_late or not attendant.may_go_on():
                return self._broken_off(offset, "offline")

    def _answered(self, offset: int) -> Delivery:
        """The printer says that it is done; on a line full of garbage nobody did."""
        if self._line.ears.heard_garbage:
            return self._broken_off(offset, "offline")
        self._line.status = self._line.ears.condition.status
        return Delivery(PrintJobState.CONFIRMED, offset)

    def _broken_off(
        self, offset: int, reason: str, *, is_begun: bool = False
    ) -> Delivery:
        self._transport.close()
        self._is_suspect = True
        if offset == 0 and not is_begun:
            return Delivery(PrintJobState.HELD, 0, reason)
        return Delivery(PrintJobState.UNKNOWN, offset)


class _Sending:
    """A job under way; outlives the error that breaks it off."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.offset = 0
