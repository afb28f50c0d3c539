"""Which bytes make a printer print a character in its own font.

The traps are the reason for this module: a raw GB18030 encoder sends four bytes
for what GBK lacks, which cheap printers print as digits and garbage; and a
printer left in Kanji mode swallows the byte after an é.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from hardware.printer.profile import PrinterProfile
from pos_app.documents.wrapping import clusters, printable

#: Codecs that a ROM font must agree on: GB18030's two-byte half differs from GBK
#: in rows that older fonts leave empty, so a character must be in both alike.
_ROM_CODECS = {"gb18030": ("gb18030", "gbk"), "big5": ("big5", "cp950")}
_FIRST_OF_UPPER_HALF = 0x80
#: Look-alikes, used where the character itself is not there.
_STAND_INS = {
    "\u2212": "-",  # minus
    "\u2010": "-",
    "\u2011": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "￥": "¥",
}
#: GBK has these only in full width; the narrow ¥ would be four bytes in GB18030
#: and is a backslash's place in Shift-JIS. In Chinese text they are always wide.
_FULL_WIDTH = {"¥": "￥", "£": "￡"}


@dataclass(frozen=True, slots=True)
class Glyph:
    """How one character is sent.

    Attributes:
        data: its bytes, one or two.
        page: number for ESC t; None for ASCII and for the double-byte font.
        is_double: whether it needs the double-byte font (and two columns).
    """

    data: bytes
    page: int | None = None
    is_double: bool = False


class Charset:
    """The characters of one printer in one language."""

    def __init__(self, profile: PrinterProfile, language: str) -> None:
        self._rom = _rom_of(profile, language)
        self._pages = profile.code_pages
        self._is_chinese = language.startswith("zh")
        # Without a Chinese font a Chinese slip is drawn as a whole: half its
        # lines in another face, out of line with the rest, would look broken.
        self.draws_all = not self._pages or (self._is_chinese and self._rom is None)

    def prepared(self, text: str) -> str:
        """Return `text` as it will be measured and sent."""
        return unicodedata.normalize("NFC", printable(text))

    def can_print(self, text: str) -> bool:
        """Tell whether every character is in the printer's own font."""
        if self.draws_all:
            return False
        return all(len(c) == 1 and self.glyph(c) for c in clusters(text))

    def glyph(self, char: str) -> Glyph | None:
        """Return how `char` is sent; None when it must be drawn."""
        return _glyph(char, self._rom, self._pages, self._is_chinese)

    def width(self, text: str) -> int:
        """Return the columns of a text on this printer; double-byte takes two."""
        return sum(self._char_width(char) for char in text)

    def _char_width(self, char: str) -> int:
        glyph = self.glyph(char)
        return 2 if glyph is not None and glyph.is_double else 1


def _rom_of(profile: PrinterProfile, language: str) -> str | None:
    if language == "zh-TW" and "big5" in profile.cjk:
        return "big5"
    return profile.cjk[0] if profile.cjk else None


@lru_cache(maxsize=30_000)
def _glyph(
    char: str,
    rom: str | None,
    pages: tuple[tuple[str, int], ...],
    is_chinese: bool,  # noqa: FBT001 - part of the cache's key
) -> Glyph | None:
    full_width = _FULL_WIDTH.get(char) if rom and is_chinese else None
    for candidate in (full_width, char, _STAND_INS.get(char)):
        if candidate is None:
            continue
        if " " <= candidate <= "~":
            return Glyph(candidate.encode("ascii"))
        double = _double(candidate, rom)
        single = _single(candidate, pages)
        # Letters with accents are narrow in a code page and wide in the Chinese
        # font; signs such as × and · belong to the Chinese text around them.
        is_letter = unicodedata.category(candidate).startswith("L")
        prefers_double = is_chinese and not (is_letter and single)
        found = (double or single) if prefers_double else (single or double)
        if found is not None:
            return found
    return None


def _double(char: str, rom: str | None) -> Glyph | None:
    if rom is None or unicodedata.category(char) in ("Co", "Cn", "Cs"):
        return None
    try:
        codes = {char.encode(codec) for codec in _ROM_CODECS[rom]}
    except UnicodeEncodeError:
        return None
    data = codes.pop()
    return Glyph(data, is_double=True) if not codes and len(data) == 2 else None


def _single(char: str, pages: tuple[tuple[str, int], ...]) -> Glyph | None:
    for codec, number in pages:
        try:
            data = char.encode(codec)
        except UnicodeEncodeError:
            continue
        if data[0] >= _FIRST_OF_UPPER_HALF:  # below are ASCII and the commands
            return Glyph(data, page=number)
    return None
