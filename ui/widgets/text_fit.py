"""Fits a label into a button: smaller, then two lines, then without its icon.

Design section 14: a button never shows "…"; its text steps 16 -> 15 -> 13.5 px,
then breaks into two lines, then takes the place of the icon.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QFont

from ui.theme.fonts import metrics, sized_font, width_of
from ui.theme.theme import Theme

#: The steps of the design, relative to the role's size.
STEPS = (1.0, 15 / 16, 13.5 / 16)
#: Only for words that no step can hold (a German compound at text scale 1.5).
_LAST_RESORT = (0.75, 0.66, 0.58)


@dataclass(frozen=True, slots=True)
class FittedText:
    """A label that fits: its lines, the font for them, whether the icon stays."""

    lines: tuple[str, ...]
    font: QFont
    keeps_icon: bool

    @property
    def height(self) -> int:
        """Height of all lines at the button's line height of 1.15, pixels."""
        return len(self.lines) * line_height(self.font)

    @property
    def width(self) -> int:
        """Width of the widest line, pixels."""
        return max(width_of(line, self.font) for line in self.lines)


def line_height(used: QFont) -> int:
    """Return the line height of two-line buttons, pixels."""
    return round(used.pixelSize() * 1.2)


@lru_cache(maxsize=4096)
def fit_label(
    theme: Theme, text: str, pixels: int, weight: int, room: tuple[int, int, int]
) -> FittedText:
    """Fit a label.

    Args:
        theme: the theme in use; gives the language of the glyphs.
        text: what must be readable in full.
        pixels: the size to try first.
        weight: font weight.
        room: width beside or below the icon, width without the icon, height of
            the label's own area; pixels.
    """
    beside, alone, height = room
    fonts = [
        sized_font(theme.language, max(9, round(pixels * step)), weight)
        for step in STEPS
    ]
    for used in fonts:
        if width_of(text, used) <= beside:
            return FittedText((text,), used, keeps_icon=True)
    smallest = [
        sized_font(theme.language, max(9, round(pixels * step)), weight)
        for step in _LAST_RESORT
    ]
    for width, keeps in ((beside, True), (alone, False)):
        for used in (*fonts, *smallest):
            lines = two_lines(text, used, width)
            if lines and len(lines) * line_height(used) <= height + 2:
                return FittedText(lines, used, keeps_icon=keeps)
    return FittedText((text,), smallest[-1], keeps_icon=False)


def two_lines(text: str, used: QFont, width: int) -> tuple[str, ...]:
    """Break a text into at most two lines of `width`; empty when it cannot be."""
    measure = metrics(used).horizontalAdvance
    if measure(text) <= width:
        return (text,)
    best: tuple[int, tuple[str, str]] | None = None
    for cut in break_points(text):
        first, second = text[:cut].rstrip(" \u00ad"), text[cut:].lstrip()
        hyphen = "-" if text[cut - 1] == "\u00ad" else ""
        widest = max(measure(first + hyphen), measure(second))
        if widest <= width and (best is None or widest < best[0]):
            best = (widest, (first + hyphen, second))
    return best[1] if best else ()


def break_points(text: str) -> list[int]:
    """Return where a line may end: after spaces, hyphens, and between Han."""
    points = []
    for index in range(1, len(text)):
        before, after = text[index - 1], text[index]
        if after in "，。、：）%" or before in "（¥":
            continue
        if before in " -/·\u00ad" or is_han(before) or is_han(after):
            points.append(index)
    return points


def is_han(char: str) -> bool:
    """Tell whether a character is Han, kana or full-width (breaks anywhere)."""
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\uffef"
