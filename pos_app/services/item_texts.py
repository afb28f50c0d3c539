"""Texts of item files: fit for a screen, and inert in a spreadsheet."""

from __future__ import annotations

import re
import unicodedata

#: What a spreadsheet would run, or was kept from running by quotes before it.
_ACTIVE = re.compile(r"'*[=+\-@\t\r]")


def shown_text(text: str) -> str:
    """Return a text fit for a screen: no control or direction-override characters.

    Right-to-left names stay as they are; only what could turn a whole line around
    (U+202A to U+202E, U+2066 to U+2069) goes. Joiners of emoji stay.
    """
    if text.isprintable():
        return " ".join(text.split())
    kept = (
        c if unicodedata.category(c) not in ("Cc", "Cs", "Co") else " "
        for c in text
        if not ("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069")
    )
    return " ".join("".join(kept).split())


def inert(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula (CWE-1236)."""
    return f"'{text}" if _ACTIVE.match(text) else text


def not_inert(text: str) -> str:
    """Undo `inert`."""
    return text[1:] if text.startswith("'") and _ACTIVE.match(text) else text


def split_tags(cell: str) -> tuple[str, ...]:
    """Return the words that stand in one cell, each once; blanks belong to a word."""
    parts = re.split(r"[,;、|，；\n\t]", cell)
    words = (shown_text(part) for part in parts)
    return tuple(dict.fromkeys(word for word in words if word))
