"""Two lines of twenty columns: what a customer must read is never cut."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.documents.wrapping import clusters, printable, text_columns

COLUMNS = 20


@dataclass(frozen=True, slots=True)
class DisplayRow:
    """One line of a display.

    Attributes:
        words: at the left; cut where there is no room.
        amount: at the right; never cut. "" puts the words in the middle.
    """

    words: str
    amount: str = ""


def two_lines(
    upper: DisplayRow, lower: DisplayRow, columns: int = COLUMNS
) -> tuple[str, str]:
    """Return both lines, each exactly so many columns wide; Chinese takes two."""
    return laid_out(upper, columns), laid_out(lower, columns)


def laid_out(row: DisplayRow, columns: int = COLUMNS) -> str:
    """Return one line.

    Nothing scrolls: a customer who looks up for a moment sees the whole line. An
    amount too long for the line takes all of it and drops its grouping first.
    """
    words, amount = printable(row.words).strip(), printable(row.amount).strip()
    if not amount:
        shown = _cut(words, columns)
        left = (columns - text_columns(shown)) // 2
        return _padded(" " * left + shown, columns)
    if text_columns(amount) > columns:
        amount = amount.replace(",", "").replace(" ", "")
    assert text_columns(amount) <= columns, amount
    room = columns - text_columns(amount) - 1
    shown = _cut(words, room) if room > 0 else ""
    gap = columns - text_columns(shown) - text_columns(amount)
    return shown + " " * gap + amount


def _cut(words: str, columns: int) -> str:
    """Return as much as fits, whole characters only."""
    shown, left = "", columns
    for cluster in clusters(words):
        left -= text_columns(cluster)
        if left < 0:
            break
        shown += cluster
    return shown.rstrip()


def _padded(words: str, columns: int) -> str:
    return words + " " * (columns - text_columns(words))
