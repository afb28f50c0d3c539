"""AIM symbology identifiers: what kind of code a scanner says it read.

Source: ISO/IEC 15424; GS1 General Specifications, figure 5.1.6-2.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

IDENTIFIER_LENGTH = 3

#: Identifiers whose data is a GS1 message (application identifiers).
_GS1_MESSAGE = frozenset({"]C1", "]e0", "]d2", "]Q3", "]J1"})
_EAN_13_WITH_ADD_ON = "]E3"
_EAN_13_DIGITS = 13


class DataKind(StrEnum):
    """What the data of a scan means, as far as the identifier tells."""

    UNKNOWN = "unknown"  # no identifier: decide by length and digits
    RETAIL = "retail"  # EAN or UPC
    GS1_MESSAGE = "gs1_message"
    PLAIN = "plain"  # Code 39, Code 128, QR …: the shop's own text


@dataclass(frozen=True, slots=True)
class ScanData:
    """A scan without its identifier.

    Attributes:
        kind: what the data is.
        data: the data; an EAN-13's add-on digits are dropped.
    """

    kind: DataKind
    data: str


def read_identifier(code: str) -> ScanData:
    """Take the AIM identifier off a scan, by its meaning.

    Args:
        code: as transmitted, cleaned.
    """
    identifier = code[:IDENTIFIER_LENGTH]
    if not _is_identifier(identifier):
        return ScanData(DataKind.UNKNOWN, code)
    data = code[IDENTIFIER_LENGTH:]
    if identifier in _GS1_MESSAGE:
        return ScanData(DataKind.GS1_MESSAGE, data.lstrip("\x1d"))
    if identifier == _EAN_13_WITH_ADD_ON:
        return ScanData(DataKind.RETAIL, data[:_EAN_13_DIGITS])
    if identifier.startswith("]E"):
        return ScanData(DataKind.RETAIL, data)
    return ScanData(DataKind.PLAIN, data)


def _is_identifier(text: str) -> bool:
    return (
        len(text) == IDENTIFIER_LENGTH
        and text.isascii()
        and text[0] == "]"
        and text[1].isalpha()
        and text[2].isalnum()
    )
