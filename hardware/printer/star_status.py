"""What a Star printer says of itself: its automatic status, seven bytes or more.

Source: Star Line Mode and StarPRNT command specifications, appendix "Automatic Status
Back"; the same bits as receiptio 2.1.2 reads.
"""

from __future__ import annotations

from hardware.printer.condition import Condition
from pos_app.ports.printing import PrinterStatus

#: Answered at once, whatever the printer is busy with.
ASK_STATUS = b"\x1b\x06\x01"
#: Bits of the first byte that are fixed; the following ones have bit 0 clear.
_HEAD_MASK, _HEAD = 0x91, 0x01
_FOLLOWING_MASK = 0x91
_SHORTEST = 7
_LONGEST = 31


class StarReader:
    """Cuts the bytes that come in into whole reports."""

    def __init__(self) -> None:
        self._part = b""
        #: Whether something came in that no printer says; reset by whoever asks.
        self.heard_garbage = False

    def feed(self, data: bytes) -> tuple[bytes, ...]:
        """Take what came in; a report may be spread over several calls."""
        found: list[bytes] = []
        for byte in data:
            if byte & _HEAD_MASK == _HEAD:
                self.heard_garbage = self.heard_garbage or bool(self._part)
                self._part = bytes([byte])
            elif self._part and byte & _FOLLOWING_MASK == 0:
                self._part += bytes([byte])
            else:
                self.heard_garbage, self._part = True, b""
            if len(self._part) > 1 and len(self._part) == _length(self._part):
                found.append(self._part)
                self._part = b""
        return tuple(found)


def _length(part: bytes) -> int:
    """Return how many bytes the two header bytes announce."""
    length = (part[0] >> 2 & 0x18) | (part[0] >> 1 & 0x07)
    length += part[1] >> 6 & 0x02
    return max(_SHORTEST, min(_LONGEST, length))


def count_of(report: bytes) -> int | None:
    """Return the count of "done" (ETB), 0 to 31; None where it is not reported."""
    if len(report) < 8:
        return None
    bits = report[7]
    return (bits >> 2 & 0x18) | (bits >> 1 & 0x07)


def condition_of(report: bytes) -> Condition:
    """Read a whole report."""
    printer, faults, more_faults, paper = report[2], report[3], report[4], report[5]
    is_open, is_out = bool(printer & 0x20), bool(paper & 0x08)
    is_low = bool(paper & 0x06)
    is_broken = bool(faults & 0x2C or more_faults & 0x0A)
    if is_open:
        status = PrinterStatus.COVER_OPEN
    elif is_out:
        status = PrinterStatus.PAPER_OUT
    elif is_broken or printer & 0x08:
        status = PrinterStatus.OFFLINE
    else:
        status = PrinterStatus.PAPER_LOW if is_low else PrinterStatus.READY
    level = bool(printer & 0x04)
    facts = (
        ("paper", "out" if is_out else "low" if is_low else "ok"),
        ("cover", "open" if is_open else "closed"),
        ("fault", _fault(faults)),
        ("drawer_pin", "high" if level else "low"),
    )
    return Condition(status, level, facts)


def _fault(bits: int) -> str:
    if bits & 0x08:
        return "cutter"
    if bits & 0x24:
        return "broken"
    return "resting" if bits & 0x40 else "none"
