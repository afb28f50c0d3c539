"""The conversation with an ESC/POS printer over any transport."""

from __future__ import annotations

import time
from dataclasses import dataclass

from hardware.printer.device import Attendant, Delivery
from hardware.printer.escpos import KICK, KICK_NOW, RESET, encode
from hardware.printer.profile import PrinterProfile
from hardware.printer.status import (
    ANSWERS_TO_ASK,
    ASK_STATUS,
    Answer,
    AnswerKind,
    AnswerReader,
    can_print,
    status_of_automatic,
    status_of_real_time,
)
from hardware.transport.base import CHUNK_BYTES, Transport
from pos_app.errors import DeviceError
from pos_app.ports.printing import PrinterStatus, PrintJob, PrintJobState

#: Fills up whatever picture or code an interrupted job left half sent
#: (receiptio sends the same before it starts anew).
FLUSH = bytes(8192) + RESET


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the till waits for a printer, in seconds.

    Attributes:
        connect_s: for a connection. status_s: for the answers to DLE EOT.
        chunk_s: for one chunk before it counts as a stall.
        confirm_s: for the answer to GS r 1 of a printer that is ready.
        stall_s: for a stall, or for paper in the middle of a slip, to end.
    """

    connect_s: float = 3.0
    status_s: float = 0.5
    chunk_s: float = 1.0
    confirm_s: float = 30.0
    stall_s: float = 900.0


class EscposDevice:
    """Implements `hardware.printer.device.PrinterDevice`."""

    def __init__(
        self,
        transport: Transport,
        profile: PrinterProfile,
        patience: Patience = Patience(),
    ) -> None:
        self._transport = transport
        self._profile = profile
        self._patience = patience
        self._answers = AnswerReader()
        self._real_time: list[int] = []  # answers to ASK_STATUS so far
        self._times_answered = 0
        self._is_suspect = False
        self._status = PrinterStatus.UNKNOWN

    @property
    def last_status(self) -> PrinterStatus:
        """The last status known; a plain read, safe from any thread."""
        return self._status

    def check(self) -> PrinterStatus:
        """Ask DLE EOT 1, 2 and 4; a connection that died while idle is renewed."""
        was_open = self._transport.is_open
        self._status = self._asked()
        if was_open and self._status is PrinterStatus.UNREACHABLE:
            self._status = self._asked()
        return self._status

    def _asked(self) -> PrinterStatus:
        try:
            if not self._transport.is_open:
                self._answers = AnswerReader()
                self._transport.open(time.monotonic() + self._patience.connect_s)
            if not self._profile.answers or not self._transport.capabilities.reads:
                return PrinterStatus.UNKNOWN
            return self._real_time_status()
        except DeviceError:
            return PrinterStatus.UNREACHABLE

    def _real_time_status(self) -> PrinterStatus:
        deadline = time.monotonic() + self._patience.status_s
        while self._transport.read(time.monotonic()):
            pass  # answers nobody waits for any more
        self._answers = AnswerReader()
        self._real_time.clear()
        if self._write_all(ASK_STATUS, deadline):
            answered = self._times_answered
            while time.monotonic() < deadline:
                self._listen(deadline)
                if self._times_answered > answered:
                    return self._status
        # Half a question, or a late answer, must not be taken for the next one.
        self._transport.close()
        return PrinterStatus.OFFLINE

    def _write_all(self, data: bytes, deadline: float) -> bool:
        offset = 0
        while offset < len(data):
            chunk = data[offset : offset + CHUNK_BYTES]
            taken = self._transport.write_some(chunk, deadline)
            offset += taken
            if not taken and time.monotonic() >= deadline:
                return False
        return True

    def kick_drawer(self) -> bool:
        """Pulse the drawer; without paper only the real-time command works."""
        if can_print(self._status):
            pulse = KICK
        elif self._profile.has_realtime_drawer and self._transport.is_open:
            pulse = KICK_NOW
        else:
            return False
        try:
            return self._write_all(pulse, time.monotonic() + self._patience.chunk_s)
        except DeviceError:
            return False

    def suspect(self) -> None:
        """Flush the printer before its next job."""
        self._is_suspect = True

    def release(self) -> None:
        """Close the connection; the next `check` opens it again."""
        self._transport.close()

    def deliver(self, job: PrintJob, attendant: Attendant) -> Delivery:
        """Send a job once, go on from where it stalls, and ask whether it is done."""
        try:
            data = encode(job.layout, self._profile)
        except DeviceError as error:
            return Delivery(PrintJobState.FAILED, 0, error.key)
        try:
            if not self._flushed():
                return Delivery(PrintJobState.HELD, 0, "offline")
        except DeviceError:
            return Delivery(PrintJobState.HELD, 0, "unreachable")
        sending = _Sending(data)
        try:
            return self._sent(sending, attendant)
        except DeviceError:
            self._status = PrinterStatus.UNREACHABLE
            return self._broken_off(sending.offset, "unreachable")

    def _flushed(self) -> bool:
        if not self._is_suspect:
            return True
        is_flushed = self._write_all(FLUSH, time.monotonic() + self._patience.chunk_s)
        if is_flushed:
            self._is_suspect = False
        else:
            self._transport.close()
        return is_flushed

    def _sent(self, sending: _Sending, attendant: Attendant) -> Delivery:
        stalled_since: float | None = None
        while sending.offset < len(sending.data):
            now = time.monotonic()
            chunk = sending.data[sending.offset : sending.offset + CHUNK_BYTES]
            taken = self._transport.write_some(chunk, now + self._patience.chunk_s)
            sending.offset += taken
            if taken:
                stalled_since = None
            elif stalled_since is None:
                stalled_since = now
                attendant.report(sending.offset)
            elif (
                not attendant.may_go_on()
                or now > stalled_since + self._patience.stall_s
            ):
                return self._broken_off(sending.offset, "offline")
            if self._transport.capabilities.reads and sending.offset < len(
                sending.data
            ):
                self._listen(now)
        attendant.report(sending.offset)
        if not self._profile.answers or not self._transport.capabilities.reads:
            self._transport.close()  # sends off what the system still holds
            return Delivery(PrintJobState.SENT, sending.offset)
        return self._confirmed(sending.offset, attendant)

    def _confirmed(self, offset: int, attendant: Attendant) -> Delivery:
        """Wait for the answer to GS r 1; as long as it takes while paper is out."""
        begun = asked_at = ready_since = time.monotonic()
        while True:
            now = time.monotonic()
            answers = self._listen(now + min(0.2, self._patience.confirm_s))
            if any(answer.kind is AnswerKind.SENSOR for answer in answers):
                return Delivery(PrintJobState.CONFIRMED, offset)
            if now > asked_at + self._patience.confirm_s / 4:
                # Not every printer reports by itself that its paper ran out.
                self._real_time.clear()
                self._write_all(ASK_STATUS, now + self._patience.status_s)
                asked_at = now
            attendant.between_commands()
            if not can_print(self._status):
                ready_since = time.monotonic()
            is_late = now > ready_since + self._patience.confirm_s
            is_late = is_late or now > begun + self._patience.stall_s
            if is_late or not attendant.may_go_on():
                return self._broken_off(offset, "offline")

    def _broken_off(self, offset: int, reason: str) -> Delivery:
        self._transport.close()
        if offset == 0:
            return Delivery(PrintJobState.HELD, 0, reason)
        self._is_suspect = True
        return Delivery(PrintJobState.UNKNOWN, offset)

    def _listen(self, deadline: float) -> tuple[Answer, ...]:
        answers = self._answers.feed(self._transport.read(deadline))
        for answer in answers:
            if answer.kind is AnswerKind.AUTOMATIC:
                self._status = status_of_automatic(answer.data)
            elif answer.kind is AnswerKind.REAL_TIME:
                self._real_time.append(answer.data[0])
            if len(self._real_time) == ANSWERS_TO_ASK:
                self._status = status_of_real_time(*self._real_time)
                self._real_time.clear()
                self._times_answered += 1
        return answers


class _Sending:
    """A job under way; outlives the error that breaks it off."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.offset = 0
