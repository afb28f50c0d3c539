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


class StarEars:
    """Implements `hardware.printer.tongue.Hearing`.

    A job clears the printer's count and ends with one or two ETB, so that its last
    report has a count that none of the reports before it had.
    """

    def __init__(self) -> None:
        self._reader = StarReader()
        self._count: int | None = None
        self._awaited: int | None = None
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
        self._awaited = 2 if self._count == 1 else 1
        return self._awaited

    def hear(self, data: bytes) -> tuple[Answer, ...]:
        """Take what came in; the report with the awaited count says "done"."""
        answers: list[Answer] = []
        for report in self._reader.feed(data):
            self.condition = condition_of(report)
            self.times_answered += 1
            answers.append(Answer(AnswerKind.AUTOMATIC, report))
            self._count = count_of(report)
            if self._awaited is not None and self._count == self._awaited:
                self._awaited = None
                answers.append(Answer(AnswerKind.SENSOR, report))
        return tuple(answers)


def _job(layout: Layout, profile: PrinterProfile, hearing: Hearing) -> bytes:
    data = star.encode(layout, profile)
    if not profile.confirms or not isinstance(hearing, StarEars):
        return data
    return data + star.COUNT_WHEN_DONE * hearing.await_done()


STAR = Tongue(
    ask_status=ASK_STATUS,
    ask_fault=b"",
    flush=bytes(8192) + _CANCEL + star.RESET,
    ask_when_done=b"",
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
