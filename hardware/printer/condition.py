"""How a printer is, as far as it says: paper, cover, faults, the drawer's pin."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.printer.status import (
    ANSWERS_TO_ASK,
    Answer,
    AnswerKind,
    AnswerReader,
    can_print,
    status_of_automatic,
    status_of_real_time,
)
from pos_app.ports.printing import PrinterStatus

#: DLE EOT 3: which fault it is; asked when DLE EOT 2 says that there is one.
ASK_FAULT = b"\x10\x04\x03"
_CAUSE_FAULT = 0x40
_PIN = 0x04
#: What GS r 1 can say: two bits for each of two sensors.
_PAPER_SENSOR = frozenset({0x00, 0x03, 0x0C, 0x0F})
_CUTTER, _BROKEN, _RESTS = 0x08, 0x20, 0x40


@dataclass(frozen=True, slots=True)
class Condition:
    """What a printer said of itself last.

    Attributes:
        status: what it means for a job.
        drawer_level: whether the drawer's pin is high; None when nothing was heard.
            Which level means open depends on the drawer's switch: it is calibrated.
        facts: for the settings page, such as ("paper", "ok"), ("cover", "closed"),
            ("cutter", "ok" | "error"), ("online", "yes" | "no"),
            ("drawer_pin", "high" | "low"), and ("fault", "broken" | "resting") when
            there is one.
    """

    status: PrinterStatus = PrinterStatus.UNKNOWN
    drawer_level: bool | None = None
    facts: tuple[tuple[str, str], ...] = ()


def condition_of_real_time(
    printer: int, cause: int, paper: int, fault: int = 0
) -> Condition:
    """Read the answers to DLE EOT 1, 2, 4 and 3 (0 when that was not asked)."""
    return _condition(
        status_of_real_time(printer, cause, paper),
        has_paper=not (paper & 0x60 or cause & 0x20),
        is_low=bool(paper & 0x0C),
        is_open=bool(cause & 0x04),
        fault=fault,
        level=bool(printer & _PIN),
    )


def condition_of_automatic(data: bytes) -> Condition:
    """Read the four bytes of automatic status back."""
    first, fault, paper, _ = data
    return _condition(
        status_of_automatic(data),
        has_paper=not paper & 0x0C,
        is_low=bool(paper & 0x03),
        is_open=bool(first & 0x20),
        fault=fault,
        level=bool(first & _PIN),
    )


def _condition(  # noqa: PLR0913 - the bits of one answer, by name
    status: PrinterStatus,
    *,
    has_paper: bool,
    is_low: bool,
    is_open: bool,
    fault: int,
    level: bool,
) -> Condition:
    paper = ("low" if is_low else "ok") if has_paper else "out"
    facts = (
        ("paper", paper),
        ("cover", "open" if is_open else "closed"),
        ("cutter", "error" if fault & _CUTTER else "ok"),
        ("online", "yes" if can_print(status) else "no"),
        ("drawer_pin", "high" if level else "low"),
        *_other_faults(fault),
    )
    return Condition(status, level, facts)


def _other_faults(bits: int) -> tuple[tuple[str, str], ...]:
    if bits & _BROKEN:
        return (("fault", "broken"),)
    return (("fault", "resting"),) if bits & _RESTS else ()


class Ears:
    """Hears what a printer says, and keeps what it said last."""

    def __init__(self) -> None:
        self._reader = AnswerReader()
        self._real_time: list[int] = []  # answers to ASK_STATUS so far
        self._awaits_fault = False
        #: Whether something came in that no printer says; reset by whoever asks.
        self.heard_garbage = False
        #: How often a whole set of answers came; how it is now.
        self.times_answered = 0
        self.condition = Condition()

    @property
    def has_fault(self) -> bool:
        """Whether the last set of answers names a fault nobody asked after yet."""
        return self._awaits_fault

    def begin(self) -> None:
        """A new connection, or a new question: half an answer counts no more."""
        self._reader = AnswerReader()
        self._real_time.clear()
        self._awaits_fault = False

    def begin_question(self) -> None:
        """Ask anew within a job; half a report that came by itself still counts."""
        self._real_time.clear()
        self._awaits_fault = False

    def hear(self, data: bytes) -> tuple[Answer, ...]:
        """Take what came in."""
        answers = self._reader.feed(data)
        # Every answer has its highest bit clear.
        if any(byte & 0x80 for byte in data):
            self.heard_garbage = True
        for answer in answers:
            if answer.kind is AnswerKind.AUTOMATIC:
                self.condition = condition_of_automatic(answer.data)
            elif answer.kind is AnswerKind.REAL_TIME:
                self._take(answer.data[0])
            elif answer.data[0] not in _PAPER_SENSOR:
                self.heard_garbage = True
        return answers

    def _take(self, byte: int) -> None:
        self._real_time.append(byte)
        if len(self._real_time) == ANSWERS_TO_ASK:
            self._awaits_fault = bool(self._real_time[1] & _CAUSE_FAULT)
            self._said(self._real_time)
        elif len(self._real_time) > ANSWERS_TO_ASK:
            self._awaits_fault = False
            self._said(self._real_time)

    def _said(self, answers: list[int]) -> None:
        self.condition = condition_of_real_time(*answers)
        self.times_answered += 1
        if not self._awaits_fault:
            self._real_time.clear()
