"""What a conversation with a printer consists of, in its language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from hardware.printer import escpos
from hardware.printer.condition import ASK_FAULT, Condition, Ears
from hardware.printer.profile import PrinterProfile
from hardware.printer.status import ASK_STATUS, Answer
from pos_app.documents.layout import Layout


class Hearing(Protocol):
    """Hears what a printer says; "done" is an answer of the kind SENSOR.

    Attributes:
        heard_garbage: whether something came in that no printer says.
        times_answered: how often a whole answer to a question came.
        condition: what it said last.
    """

    heard_garbage: bool
    times_answered: int
    condition: Condition

    @property
    def has_fault(self) -> bool:
        """Whether it named a fault that can be asked after."""
        ...

    def begin(self) -> None:
        """A new connection, or a new question: half an answer counts no more."""
        ...

    def begin_question(self) -> None:
        """Ask anew within a job."""
        ...

    def hear(self, data: bytes) -> tuple[Answer, ...]:
        """Take what came in."""
        ...


@dataclass(frozen=True, slots=True)
class Tongue:
    """A printer language.

    Attributes:
        ask_status: answered at once.
        ask_fault: the same, where it said that there is a fault; b"" for none.
        flush: fills up whatever an interrupted job left half sent, and resets
            (receiptio sends the same before it starts anew).
        end_flush: the question that ends a flush, and how many answers of the kind
            SENSOR it gets: none of them can be an interrupted job's.
        hearing: makes what listens.
        job: a whole job, with the question whether it is printed where the printer
            answers that.
    """

    ask_status: bytes
    ask_fault: bytes
    flush: bytes
    end_flush: Callable[[Hearing], tuple[bytes, int]]
    hearing: Callable[[], Hearing]
    job: Callable[[Layout, PrinterProfile, Hearing], bytes]


class Pulse(Protocol):
    """The pulse that opens the drawer, as commands."""

    @property
    def queued(self) -> bytes:
        """Carried out when printing gets there."""
        ...

    @property
    def at_once(self) -> bytes:
        """For a printer that is busy or has no paper."""
        ...


def _escpos_job(layout: Layout, profile: PrinterProfile, _hearing: Hearing) -> bytes:
    return escpos.encode(layout, profile)


ESCPOS = Tongue(
    ask_status=ASK_STATUS,
    ask_fault=ASK_FAULT,
    flush=bytes(8192) + escpos.RESET,
    # Side by side: whatever the printer still owes comes before, and shows as a third.
    end_flush=lambda _hearing: (escpos.ASK_WHEN_DONE * 2, 2),
    hearing=Ears,
    job=_escpos_job,
)
