"""Reads a HID report descriptor: where in a report a scanner puts what.

Every maker lays its reports out otherwise, so nothing is taken from fixed offsets.
Source: USB HID 1.11, section 6.2.2 (items); USB HID Point of Sale Usage Tables 1.02,
section 3 (bar code scanner, usage page 0x8C).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

#: Usage page of bar code scanners.
SCANNER_PAGE = 0x8C
#: Bits beyond this are no report of a scanner: 1 KB.
_BITS_LIMIT = 8192
_MAIN, _GLOBAL, _LOCAL = 0, 1, 2
_INPUT = 8
_CONSTANT = 0x01
_VARIABLE = 0x02


@dataclass(frozen=True, slots=True)
class Field:
    """Where one usage stands in an input report.

    Attributes:
        usage: page in the upper sixteen bits, usage in the lower.
        bit: first bit, behind the report id. bits: how many in each element.
        count: how many elements.
        is_array: the elements name usages instead of carrying them.
    """

    usage: int
    bit: int
    bits: int
    count: int
    is_array: bool = False


@dataclass(frozen=True, slots=True)
class ReportLayout:
    """The input reports of a device.

    Attributes:
        fields: of each report id; 0 where there are no ids.
        has_ids: whether a report begins with its id.
    """

    fields: Mapping[int, tuple[Field, ...]]
    has_ids: bool


@dataclass(frozen=True, slots=True)
class _Globals:
    page: int = 0
    size: int = 0
    count: int = 0
    report: int = 0


@dataclass(slots=True)
class _Reader:
    """The parser's state (HID 1.11, 6.2.2.3)."""

    now: _Globals = _Globals()
    stack: list[_Globals] = field(default_factory=list)
    usages: list[int] = field(default_factory=list)
    least: int = -1
    fields: dict[int, list[Field]] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    has_ids: bool = False


def read_layout(descriptor: bytes) -> ReportLayout:
    """Read a report descriptor; what makes no sense is left out, never a crash."""
    reader = _Reader()
    at = 0
    while at < len(descriptor):
        head = descriptor[at]
        if head == 0xFE:  # a long item: nobody has defined one
            at += 3 + (descriptor[at + 1] if at + 1 < len(descriptor) else 0)
            continue
        size = (0, 1, 2, 4)[head & 3]
        data = descriptor[at + 1 : at + 1 + size]
        _take(reader, head >> 2 & 3, head >> 4, data)
        at += 1 + size
    layout = {report: tuple(found) for report, found in reader.fields.items()}
    return ReportLayout(layout, reader.has_ids)


def values_of(field_: Field, report: bytes) -> Sequence[int]:
    """Return the elements of a field; those that the report does not reach are 0.

    Args:
        field_: one of the layout's.
        report: without its id.
    """
    if not field_.bits:
        return ()
    number = int.from_bytes(report, "little")
    mask = (1 << field_.bits) - 1
    first = number >> field_.bit
    return [first >> (field_.bits * i) & mask for i in range(field_.count)]


def _take(reader: _Reader, kind: int, tag: int, data: bytes) -> None:
    value = int.from_bytes(data, "little")
    if kind == _GLOBAL:
        _take_global(reader, tag, value)
    elif kind == _LOCAL:
        _take_local(reader, tag, value, len(data))
    elif kind == _MAIN:
        if tag == _INPUT:
            _place(reader, value)
        reader.usages, reader.least = [], -1


def _take_global(reader: _Reader, tag: int, value: int) -> None:
    if tag == 0:
        reader.now = replace(reader.now, page=value & 0xFFFF)
    elif tag == 7:
        reader.now = replace(reader.now, size=min(value, 64))
    elif tag == 8:
        reader.now = replace(reader.now, report=value)
        reader.has_ids = True
    elif tag == 9:
        reader.now = replace(reader.now, count=min(value, _BITS_LIMIT))
    elif tag == 10:
        reader.stack.append(reader.now)
    elif tag == 11 and reader.stack:
        reader.now = reader.stack.pop()


def _take_local(reader: _Reader, tag: int, value: int, size: int) -> None:
    # Four bytes carry their own page (extended usage).
    usage = value if size == 4 else reader.now.page << 16 | value
    if tag == 0:
        reader.usages.append(usage)
    elif tag == 1:
        reader.least = usage
    elif tag == 2 and reader.least >= 0:
        span = range(reader.least, min(usage + 1, reader.least + _BITS_LIMIT))
        reader.usages.extend(span)
        reader.least = -1


def _place(reader: _Reader, flags: int) -> None:
    now = reader.now
    start = reader.ends.get(now.report, 0)
    length = now.size * now.count
    if start + length > _BITS_LIMIT:
        return
    reader.ends[now.report] = start + length
    if flags & _CONSTANT or not length:
        return
    found = reader.fields.setdefault(now.report, [])
    usages = reader.usages or [now.page << 16]
    if not flags & _VARIABLE:
        for usage in usages:
            found.append(Field(usage, start, now.size, now.count, is_array=True))
        return
    for i, usage in enumerate(usages[: now.count]):
        is_last = i == min(len(usages), now.count) - 1
        count = now.count - i if is_last else 1  # the last usage names all that follow
        found.append(Field(usage, start + i * now.size, now.size, count))
