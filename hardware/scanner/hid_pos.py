"""Reads codes from the reports of a HID POS scanner (usage page 0x8C).

Source: USB HID Point of Sale Usage Tables 1.02, section 3.4: decoded data 0xFE, AIM
symbology identifier 0xFB to 0xFD, "decode data continued" 0xFF, scanned data report.
"""

from __future__ import annotations

from collections.abc import Sequence

from hardware.scanner.framing import LIMIT_BYTES, Frame
from hardware.scanner.hid_descriptor import (
    SCANNER_PAGE,
    Field,
    ReportLayout,
    values_of,
)

_AIM = (0xFB, 0xFC, 0xFD)
_DATA = 0xFE
_CONTINUED = 0xFF
_LENGTH_BITS = 8


def is_scanner(layout: ReportLayout) -> bool:
    """Tell whether any report carries decoded data."""
    return any(_of(fields, _DATA) for fields in layout.fields.values())


class HidPosReader:
    """Puts reports together to codes.

    Args:
        layout: of the device's own descriptor.
    """

    def __init__(self, layout: ReportLayout) -> None:
        self._layout = layout
        self._aim = b""
        self._body = bytearray()
        self._lost = 0

    def feed(self, report: bytes) -> Frame | None:
        """Take one input report; return the code that it ends.

        Args:
            report: as read, with its id where the device has ids.
        """
        number = report[0] if self._layout.has_ids and report else 0
        body = report[1:] if self._layout.has_ids else report
        fields = self._layout.fields.get(number, ())
        data = _of(fields, _DATA)
        if not data:
            return None
        piece = _bytes(data, body)
        room = max(0, LIMIT_BYTES - len(self._body))
        self._body += piece[:room]
        self._lost += len(piece[room:])
        self._aim = self._aim or _aim_of(fields, body)
        if any(any(values_of(x, body)) for x in _of(fields, _CONTINUED)):
            return None
        return self._end()

    def forget(self) -> None:
        """Drop a code whose end never came."""
        self._aim, self._lost = b"", 0
        self._body.clear()

    def _end(self) -> Frame | None:
        text, lost = self._aim + bytes(self._body).strip(b"\r\n"), self._lost
        is_empty = not self._body
        raw = self._aim + bytes(self._body)
        self.forget()
        return None if is_empty else Frame(raw, text, lost)


def _of(fields: Sequence[Field], usage: int) -> list[Field]:
    return [x for x in fields if x.usage == SCANNER_PAGE << 16 | usage]


def _bytes(fields: Sequence[Field], report: bytes) -> bytes:
    """Return decoded data; the padding of NUL at its end is none."""
    elements = [x for each in fields for x in values_of(each, report)]
    return bytes(x & 0xFF for x in elements).rstrip(b"\0")


def _aim_of(fields: Sequence[Field], report: bytes) -> bytes:
    """Return the symbology identifier, "]E0", if the report has a whole one."""
    signs = b"".join(
        bytes(x & 0xFF for each in _of(fields, usage) for x in values_of(each, report))
        for usage in _AIM
    )
    is_aim = len(signs) == 3 and signs[:1] == b"]" and signs[1:].isalnum()
    return signs if is_aim else b""
