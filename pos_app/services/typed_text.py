"""Text from keyboards and scanners, made fit to be stored and printed."""

from __future__ import annotations

import unicodedata

#: Control characters, and halves of a pair that no encoding can write (a Windows
#: keyboard can deliver an emoji in two pieces).
_UNFIT = frozenset({"Cc", "Cs"})


def typed_text(text: str, limit: int) -> str:
    """Return at most `limit` characters of `text` that a database can hold.

    Emoji, joiners and right-to-left marks stay: they are part of names.
    """
    kept = "".join(c for c in text if unicodedata.category(c) not in _UNFIT)
    return kept.strip()[:limit]
