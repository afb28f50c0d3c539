"""Fits a text into its place on a label: smaller first, an ellipsis last.

Works in any unit; printers and pictures fit in dots, so that what was measured is
what is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.documents.label import LabelText
from pos_app.documents.wrapping import clusters, printable, wrap

#: Width of a text at a glyph size, both in the reader's unit.
SizedMeasure = Callable[[str, int], int]
_ELLIPSIS = "…"
#: A Chinese character stands in a line this much higher than itself, in percent.
_PITCH_PERCENT = 122


@dataclass(frozen=True, slots=True)
class Room:
    """A text's box in the reader's unit.

    Attributes:
        width, height: of the box.
        size, least: of a glyph, largest and smallest; at least 1.
    """

    width: int
    height: int
    size: int
    least: int


@dataclass(frozen=True, slots=True)
class FittedText:
    """A text as it is drawn.

    Attributes:
        size: of a glyph. pitch: from line to line.
        rows: the lines; never wider than the room, never higher together.
    """

    size: int
    pitch: int
    rows: tuple[str, ...]


def pitch_of(size: int) -> int:
    """Return the height of a line of glyphs of a size, rounded up."""
    return -(-size * _PITCH_PERCENT // 100)


def fit_text(text: LabelText, room: Room, measure: SizedMeasure) -> FittedText:
    """Return a text in the largest size that fits; see `LabelText`.

    Where not even one character fits, there are no rows.
    """
    written = " ".join(printable(text.text).split())
    largest = max(1, min(room.size, room.height * 100 // _PITCH_PERCENT))
    while largest > 1 and pitch_of(largest) > room.height:
        largest -= 1
    least = 1 if text.is_whole else min(largest, max(1, room.least))
    if text.is_whole:
        return _whole(written, room, largest, measure)
    for size in range(largest, least - 1, -1):
        rows = _wrapped(written, room, size, measure)
        most = _most_rows(text, room, size)
        if len(rows) <= most and all(measure(x, size) <= room.width for x in rows):
            return FittedText(size, pitch_of(size), rows)
    most = _most_rows(text, room, least)
    rows = _wrapped(written, room, least, measure)
    rows = (*rows[: most - 1], _shortened(rows[most - 1 :], room, least, measure))
    fits = all(measure(row, least) <= room.width for row in rows)
    return FittedText(least, pitch_of(least), rows if fits else ())


def _whole(written: str, room: Room, largest: int, measure: SizedMeasure) -> FittedText:
    """One line, however small; a price that is cut is another price."""
    size = largest
    while size > 1 and measure(written, size) > room.width:
        # Straight to what the width allows, then one by one: widths round up.
        guess = size * room.width // max(1, measure(written, size))
        size = max(1, min(size - 1, guess + 1))
    return FittedText(size, pitch_of(size), (written,))


def _most_rows(text: LabelText, room: Room, size: int) -> int:
    return max(1, min(text.lines, room.height // pitch_of(size)))


def _wrapped(
    written: str, room: Room, size: int, measure: SizedMeasure
) -> tuple[str, ...]:
    return wrap(written, room.width, lambda part: measure(part, size))


def _shortened(
    rows: tuple[str, ...], room: Room, size: int, measure: SizedMeasure
) -> str:
    """Return one line of what is left, ending in an ellipsis."""
    if len(rows) == 1 and measure(rows[0], size) <= room.width:
        return rows[0]
    kept = ""
    for cluster in clusters(" ".join(rows)):
        if measure(kept + cluster + _ELLIPSIS, size) > room.width:
            break
        kept += cluster
    return kept.rstrip() + _ELLIPSIS
