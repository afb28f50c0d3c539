"""How wide a text is, and where its lines may break."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

#: Tells how wide a text is, in the units of its reader: columns or dots.
Measure = Callable[[str], int]

#: No line starts with one of these (kinsoku; GB/T 15834 section 5.1).
_CLOSING = frozenset("，。、；：！？）】》」』〉”’…·,.;:!?)]}%")
#: No line ends with one of these.
_OPENING = frozenset("（【《「『〈“‘([{¥￥$€")
#: ZWJ and ZWNJ shape a text; the marks that reverse it are taken out, so that a
#: name can never turn the amount beside it around (Unicode TR 36, section 2.5).
_SHAPING = frozenset("\u200c\u200d")


def printable(text: str) -> str:
    """Make any text safe for paper.

    Controls become spaces, unpaired surrogates U+FFFD; marks that only steer
    direction vanish. Every visible character stays.
    """
    return "".join(_safe(char) for char in text)


def _safe(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    if category == "Cs":
        return "\ufffd"
    if category == "Cf" and char not in _SHAPING:
        return ""
    return char


def text_columns(text: str) -> int:
    """Return how many columns `text` takes: CJK two, combining marks none.

    Source: Unicode UAX #11; ambiguous widths count one.
    """
    return sum(_char_columns(char) for char in text)


def _char_columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def clusters(text: str) -> tuple[str, ...]:
    """Split into what must stay together: a base and its marks and joiners."""
    found: list[str] = []
    for char in text:
        joins = bool(found) and (_is_mark(char) or found[-1].endswith("\u200d"))
        if joins:
            found[-1] += char
        else:
            found.append(char)
    return tuple(found)


def _is_mark(char: str) -> bool:
    # Variation selectors are Mn; the last range is the skin tones of emoji.
    is_combining = unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf")
    return is_combining or "\U0001f3fb" <= char <= "\U0001f3ff"


def wrap(text: str, limit: int, measure: Measure) -> tuple[str, ...]:
    """Break `text` into lines no wider than `limit`; one empty line if empty.

    Lines break at spaces and between Chinese characters; a word too long for a
    line is broken where it must. A single character wider than the line stands
    alone on its line.
    """
    lines: list[str] = []
    line = ""
    for word in _words(printable(text)):
        if measure((line + word).rstrip()) <= limit:
            line += word
            continue
        if line.strip():
            lines.append(line.rstrip())
        *full, line = _break_word(word.lstrip(), limit, measure)
        lines.extend(full)
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)


def _words(text: str) -> Iterable[str]:
    """Yield pieces between which a line may break."""
    word = ""
    for cluster in clusters(text):
        if word and _may_break(word, cluster):
            yield word
            word = ""
        word += cluster
    if word:
        yield word


def _may_break(word: str, following: str) -> bool:
    before, after = word[-1], following[0]
    if after == " " or after in _CLOSING or before in _OPENING:
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _break_word(word: str, limit: int, measure: Measure) -> list[str]:
    lines = [""]
    for cluster in clusters(word):
        if lines[-1] and measure((lines[-1] + cluster).rstrip()) > limit:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        if lines[-1] or cluster != " ":
            lines[-1] += cluster
    return lines
