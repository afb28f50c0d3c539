"""From the order of speech to the order on paper, for right-to-left words in a line.

A slip runs from left to right; a name in Arabic or Hebrew in it runs the other way, and
numbers in that name run from left to right again. This is what the Unicode
Bidirectional Algorithm (UAX #9) comes to for lines without marks that steer, which are
taken out before (`pos_app.documents.wrapping.printable`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_NUMBERS = frozenset({"EN", "AN"})
#: Within a number: 12.50, 1,080.
_SEPARATORS = frozenset({"CS", "ES"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line that runs one way; stretches stand from left to right."""

    text: str
    is_reversed: bool = False


def stretches(text: str) -> tuple[Stretch, ...]:
    """Split a line into stretches in the order in which they stand on paper."""
    classes = [unicodedata.bidirectional(char) for char in text]
    if _RIGHT_TO_LEFT.isdisjoint(classes):
        return (Stretch(text),)
    found: list[Stretch] = []
    at = 0
    while at < len(text):
        start = at
        while at < len(text) and classes[at] not in _RIGHT_TO_LEFT:
            at += 1
        if at > start:
            found.append(Stretch(text[start:at]))
        end = _end(classes, at)
        found += reversed(list(_parts(text, classes, at, end)))
        at = end
    return tuple(found)


def _end(classes: list[str], start: int) -> int:
    """Return where a name that runs to the left ends, its numbers included."""
    end = start
    for at in range(start, len(classes)):
        if classes[at] == "L":
            break
        if (
            classes[at] in _RIGHT_TO_LEFT
            or classes[at] in _NUMBERS
            or (classes[at] == "NSM" and end == at)
        ):
            end = at + 1
    return end


def _parts(text: str, classes: list[str], start: int, end: int) -> Iterable[Stretch]:
    """Yield words and numbers in the order of speech."""
    at = start
    while at < end:
        begun, is_number = at, classes[at] in _NUMBERS
        while at < end and _is_number(classes, at, end) == is_number:
            at += 1
        yield Stretch(text[begun:at], is_reversed=not is_number)


def _is_number(classes: list[str], at: int, end: int) -> bool:
    if classes[at] in _NUMBERS:
        return True
    is_inside = 0 < at < end - 1 and classes[at] in _SEPARATORS
    return is_inside and classes[at - 1] in _NUMBERS and classes[at + 1] in _NUMBERS
