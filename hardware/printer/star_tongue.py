"""The conversation with a Star printer: what is asked, and when a job is done."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.printer import star
from hardware.printer.condition import Condition
from hardware.printer.profile import PrinterProfile
from hardware.printer.star_status import (
    ASK_STATUS,
    StarReader,
    condition_of,
    count_of,
)
from hardware.printer.status import Answer, AnswerKind
from hardware.printer.tongue import Hearing, Tongue
from pos_app.documents.layout import Layout

#: Drops what is in the buffer and counts from 0 (CAN).
_CANCEL = b"\x18"
#: The highest count of a job, and of the printer.
_JOB_COUNTS, _HIGHEST_COUNT = 2, 31


class StarEars:
    """Implements `hardware.printer.tongue.Hearing`.

    A job clears the printer's count and ends with one or two ETB, so that its last
    report has a count that none of the reports before it had. A flush counts higher
    than any job, and than the flush before it: an interrupted job that the printer
    still ends by itself answers for nothing but itself.
    """

    def __init__(self) -> None:
        self._reader = StarReader()
        self._count: int | None = None
        self._awaited: int | None = None
        self._flush: int | None = None  # the count that ends the flush under way
        self._last_flush = _JOB_COUNTS
        self.times_answered = 0
        self.condition = Condition()

    @property
    def heard_garbage(self) -> bool:
        """Whether something came in that no printer says; reset by whoever asks."""
        return self._reader.heard_garbage

    @heard_garbage.setter
    def heard_garbage(self, value: bool) -> None:
        self._reader.heard_garbage = value

    @property
    def has_fault(self) -> bool:
        """A Star says at once which fault it is."""
        return False

    def begin(self) -> None:
        """Forget half a report."""
        garbage, self._reader = self.heard_garbage, StarReader()
        self.heard_garbage = garbage

    def begin_question(self) -> None:
        """Half a report that came by itself still counts."""

    def await_done(self) -> int:
        """Begin a job; how often it must say ETB at its end."""
        self._awaited, self._flush = 2 if self._count == 1 else 1, None
        return self._awaited

    def await_flush(self) -> int:
        """Begin a flush within a job; how often it must say ETB at its end."""
        is_highest = self._last_flush == _HIGHEST_COUNT
        self._last_flush = _JOB_COUNTS if is_highest else self._last_flush
        self._last_flush += 1
        self._flush = self._last_flush
        return self._flush

    def hear(self, data: bytes) -> tuple[Answer, ...]:
        """Take what came in; the report with the awaited count says "done"."""
        answers: list[Answer] = []
        for report in self._reader.feed(data):
            self.condition = condition_of(report)
            self.times_answered += 1
            answers.append(Answer(AnswerKind.AUTOMATIC, report))
            self._count = count_of(report)
            if self._is_awaited(self._count):
                answers.append(Answer(AnswerKind.SENSOR, report))
        return tuple(answers)

    def _is_awaited(self, count: int | None) -> bool:
        if self._flush is not None:
            is_it = count == self._flush
            self._flush = None if is_it else self._flush
            return is_it
        if self._awaited is None or count != self._awaited:
            return False
        self._awaited = None
        return True


def _end_flush(hearing: Hearing) -> tuple[bytes, int]:
    if not isinstance(hearing, StarEars):
        return b"", 0
    start = star.COUNT_FROM_ZERO + star.STATUS_BACK_ON
    return start + star.COUNT_WHEN_DONE * hearing.await_flush(), 1


def _job(layout: Layout, profile: PrinterProfile, hearing: Hearing) -> bytes:
    data = star.encode(layout, profile)
    if not profile.confirms or not isinstance(hearing, StarEars):
        return data
    return data + star.COUNT_WHEN_DONE * hearing.await_done()


STAR = Tongue(
    ask_status=ASK_STATUS,
    ask_fault=b"",
    flush=bytes(8192) + _CANCEL + star.RESET,
    end_flush=_end_flush,
    hearing=StarEars,
    job=_job,
)


@dataclass(frozen=True, slots=True)
class StarPulse:
    """The pulse that opens the drawer: ESC BEL sets it, BEL and SUB give it.

    Attributes:
        pin: 2 (external device 1) or 5 (external device 2).
        on_ms: how long the coil pulls. off_ms: how long it rests after.
    """

    pin: int = 2
    on_ms: int = 200
    off_ms: int = 200

    @property
    def queued(self) -> bytes:
        """The command that is carried out when printing gets there."""
        if self.pin == 5:
            return b"\x1a"  # its length is fixed, 200 ms
        times = [max(1, min(127, ms // 10)) for ms in (self.on_ms, self.off_ms)]
        return b"\x1b\x07" + bytes(times) + b"\x07"

    @property
    def at_once(self) -> bytes:
        """The same for a printer that is busy or has no paper (FS, EM)."""
        return b"\x19" if self.pin == 5 else b"\x1c"
