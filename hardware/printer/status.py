"""What a printer answers: DLE EOT, automatic status back, GS r.

All three arrive on one wire without names; their fixed bits tell them apart
(Epson ESC/POS command reference, "Identification of transmission data").
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.ports.printing import PrinterStatus

#: DLE EOT 1 (printer), 2 (cause of offline), 4 (paper): asked in one go.
ASK_STATUS = b"\x10\x04\x01\x10\x04\x02\x10\x04\x04"
ANSWERS_TO_ASK = 3

_KIND_MASK = 0x93
_REAL_TIME = 0x12
_AUTOMATIC = 0x10
_AUTOMATIC_BYTES = 4
#: Clear in the second to fourth byte of automatic status back.
_FOLLOWING_MASK = 0x90
#: GS r 1 uses four bits; anything else on the wire is noise.
_SENSOR_MASK = 0xF0


class AnswerKind(StrEnum):
    """The families of answers."""

    REAL_TIME = "real_time"
    AUTOMATIC = "automatic"
    SENSOR = "sensor"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the printer: its family and its one or four bytes."""

    kind: AnswerKind
    data: bytes


class AnswerReader:
    """Cuts the bytes that come in into answers."""

    def __init__(self) -> None:
        self._automatic = b""

    def feed(self, data: bytes) -> tuple[Answer, ...]:
        """Take what came in; a four-byte answer may be spread over several calls."""
        found: list[Answer] = []
        for byte in data:
            answer = self._take(byte)
            if answer is not None:
                found.append(answer)
        return tuple(found)

    def _take(self, byte: int) -> Answer | None:
        if self._automatic and byte & _FOLLOWING_MASK == 0:
            self._automatic += bytes([byte])
            if len(self._automatic) < _AUTOMATIC_BYTES:
                return None
            data, self._automatic = self._automatic, b""
            return Answer(AnswerKind.AUTOMATIC, data)
        if byte & _KIND_MASK == _REAL_TIME:
            return Answer(AnswerKind.REAL_TIME, bytes([byte]))
        if byte & _KIND_MASK == _AUTOMATIC:
            self._automatic = bytes([byte])
        elif byte & _SENSOR_MASK == 0:
            return Answer(AnswerKind.SENSOR, bytes([byte]))
        return None


def status_of_real_time(printer: int, cause: int, paper: int) -> PrinterStatus:
    """Read the answers to DLE EOT 1, 2 and 4."""
    if cause & 0x04:
        return PrinterStatus.COVER_OPEN
    if paper & 0x60 or cause & 0x20:
        return PrinterStatus.PAPER_OUT
    if printer & 0x08 or cause & 0x40:
        return PrinterStatus.OFFLINE
    return PrinterStatus.PAPER_LOW if paper & 0x0C else PrinterStatus.READY


def status_of_automatic(data: bytes) -> PrinterStatus:
    """Read the four bytes of automatic status back."""
    assert len(data) == _AUTOMATIC_BYTES
    first, errors, paper, _ = data
    if first & 0x20:
        return PrinterStatus.COVER_OPEN
    if paper & 0x0C:
        return PrinterStatus.PAPER_OUT
    if first & 0x08 or errors & 0x2C:
        return PrinterStatus.OFFLINE
    return PrinterStatus.PAPER_LOW if paper & 0x03 else PrinterStatus.READY


def can_print(status: PrinterStatus) -> bool:
    """Tell whether a job may start."""
    return status in (
        PrinterStatus.READY,
        PrinterStatus.PAPER_LOW,
        PrinterStatus.UNKNOWN,
    )
