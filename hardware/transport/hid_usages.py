"""What a HID device is for: the usages of its collections, from its descriptor.

Source: Device Class Definition for HID 1.11, chapter 6.2.2; HID Point of Sale Usage
Tables 1.02 (page 0x8C: bar code scanners, page 0x8D: scales).
"""

from __future__ import annotations

from collections.abc import Iterator

SCANNER_PAGE, SCALE_PAGE = 0x8C, 0x8D
#: A descriptor is at most so long (Linux: HID_MAX_DESCRIPTOR_SIZE).
_MOST_BYTES = 4096
_USAGE_PAGE, _USAGE, _COLLECTION, _END_COLLECTION = 0x04, 0x08, 0xA0, 0xC0
_LONG_ITEM = 0xFE


def top_usages(descriptor: bytes) -> tuple[tuple[int, int], ...]:
    """Return (usage page, usage) of each outermost collection; any bytes allowed."""
    found: list[tuple[int, int]] = []
    page, usage, depth = 0, None, 0
    for tag, value, size in _items(descriptor[:_MOST_BYTES]):
        if tag == _USAGE_PAGE:
            page = value
        elif tag == _USAGE and usage is None:
            # Four bytes bring their own page with them.
            usage = (value >> 16, value & 0xFFFF) if size == 4 else (page, value)
        elif tag == _COLLECTION:
            if depth == 0:
                found.append(usage or (page, 0))
            depth, usage = depth + 1, None
        elif tag == _END_COLLECTION:
            depth, usage = max(0, depth - 1), None
        elif tag & 0x0C == 0:  # a main item ends what was local to it
            usage = None
    return tuple(found)


def _items(descriptor: bytes) -> Iterator[tuple[int, int, int]]:
    """Return each item's tag with its type, value and size; stops at half an item."""
    at = 0
    while at < len(descriptor):
        head = descriptor[at]
        if head == _LONG_ITEM:
            at += 3 + (descriptor[at + 1] if at + 1 < len(descriptor) else 0)
            continue
        size = (0, 1, 2, 4)[head & 3]
        data = descriptor[at + 1 : at + 1 + size]
        if len(data) < size:
            return
        yield head & 0xFC, int.from_bytes(data, "little"), size
        at += 1 + size
