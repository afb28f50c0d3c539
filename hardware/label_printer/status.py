"""What label printers answer when they are asked how they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from pos_app.ports.printing import PrinterStatus

_STX, _ETX = b"\x02", b"\x03"
_MOST_BYTES = 4096


@dataclass(frozen=True, slots=True)
class LabelReading:
    """One answer, understood.

    Attributes:
        status: whether it can print.
        is_busy: whether it still has something to print.
        problem: what a person has to do beyond the status: "ribbon_out", "paused",
            "head_open", "paper_jam"; "" for nothing.
    """

    status: PrinterStatus
    is_busy: bool
    problem: str = ""


class AnswerReader(Protocol):
    """Collects the bytes of one answer; a new one for each question."""

    def feed(self, data: bytes) -> LabelReading | None:
        """Take what came in; the answer once it is whole."""
        ...


class ZplAnswers:
    """Reads ~HS: three lines between STX and ETX (Programming Guide, ~HS)."""

    def __init__(self) -> None:
        self._heard = b""

    def feed(self, data: bytes) -> LabelReading | None:
        """Take what came in; lines that make no sense are passed over."""
        self._heard = (self._heard + data)[-_MOST_BYTES:]
        lines = [
            part.rpartition(_STX)[2].decode("ascii", "replace").strip()
            for part in self._heard.split(_ETX)[:-1]
        ]
        fields = [line.split(",") for line in lines]
        for first, second in pairwise(fields):
            if len(first) == 12 and len(second) == 11:
                return _zpl_reading(first, second)
        return None


def _zpl_reading(first: list[str], second: list[str]) -> LabelReading | None:
    """Read the first two lines of ~HS; None when a figure is none."""
    try:
        paper_out, paused, waiting, in_part = (int(first[x]) for x in (1, 2, 4, 7))
        head_open, ribbon_out, remaining = (int(second[x]) for x in (2, 3, 8))
    except ValueError:
        return None
    told = (
        (head_open, PrinterStatus.COVER_OPEN, "head_open"),
        (paper_out, PrinterStatus.PAPER_OUT, ""),
        (ribbon_out, PrinterStatus.OFFLINE, "ribbon_out"),
        (paused, PrinterStatus.OFFLINE, "paused"),
        (True, PrinterStatus.READY, ""),
    )
    status, problem = next((x, why) for is_so, x, why in told if is_so)
    return LabelReading(status, bool(waiting or in_part or remaining), problem)


#: Bits of the answer to ESC ! ? (TSPL/TSPL2 manual, "Status Polling").
_HEAD, _JAM, _PAPER, _RIBBON, _PAUSED, _PRINTING, _OTHER = 1, 2, 4, 8, 16, 32, 128


class TsplAnswers:
    """Reads the one byte that answers ESC ! ?; of several the last one counts."""

    def feed(self, data: bytes) -> LabelReading | None:
        """Take what came in."""
        if not data:
            return None
        bits = data[-1]
        is_busy = bool(bits & _PRINTING)
        if bits & _HEAD:
            return LabelReading(PrinterStatus.COVER_OPEN, is_busy, "head_open")
        if bits & _PAPER:
            return LabelReading(PrinterStatus.PAPER_OUT, is_busy)
        for bit, problem in (
            (_JAM, "paper_jam"),
            (_RIBBON, "ribbon_out"),
            (_PAUSED, "paused"),
            (_OTHER, ""),
        ):
            if bits & bit:
                return LabelReading(PrinterStatus.OFFLINE, is_busy, problem)
        return LabelReading(PrinterStatus.READY, is_busy)
