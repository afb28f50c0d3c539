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
from hardware.printer.rom_fonts import ROM_FONTS, is_east_asian, rom_bytes, rom_of
from pos_app.documents.wrapping import clusters, printable

_FIRST_OF_UPPER_HALF = 0x80
#: Written from right to left, or with digits that turn around: a printer puts
#: letters side by side as they come, so these words would stand backwards.
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
#: Look-alikes, used where the character itself is not there.
_STAND_INS = {
    "\u2010": "-",
    "\u2011": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "￥": "¥",
    "￦": "₩",
}


@dataclass(frozen=True, slots=True)
class Glyph:
    """How one character is sent.

    Attributes:
        data: its bytes, one or two.
        page: number for ESC t; None for ASCII and for the double-byte font.
        in_rom: whether the double-byte font must be on.
    """

    data: bytes
    page: int | None = None
    in_rom: bool = False

    @property
    def is_double(self) -> bool:
        """Whether it takes two bytes, and two columns."""
        return len(self.data) == 2


class Charset:
    """The characters of one printer in one language."""

    def __init__(self, profile: PrinterProfile, language: str) -> None:
        rom = rom_of(profile.cjk, language)
        self._pages = profile.code_pages
        self._is_wide = is_east_asian(language)
        self._rom = rom
        #: How the double-byte font is switched on and off; None without one.
        self.rom = ROM_FONTS[rom] if rom is not None else None
        # Without a Chinese font a Chinese slip is drawn as a whole: half its
        # lines in another face, out of line with the rest, would look broken.
        self.draws_all = rom is None and (self._is_wide or not self._pages)

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
        return _glyph(char, self._rom, self._pages, self._is_wide)

    def width(self, text: str) -> int:
        """Return the columns of a text on this printer; double-byte takes two."""
        return sum(self._char_width(char) for char in text)

    def _char_width(self, char: str) -> int:
        glyph = self.glyph(char)
        return 2 if glyph is not None and glyph.is_double else 1


@lru_cache(maxsize=30_000)
def _glyph(
    char: str,
    rom: str | None,
    pages: tuple[tuple[str, int], ...],
    is_wide: bool,  # noqa: FBT001 - part of the cache's key
) -> Glyph | None:
    if unicodedata.bidirectional(char) in _RIGHT_TO_LEFT:
        return None
    # A minus is as narrow as the digits beside it, whatever the font has.
    candidates = ("-",) if char == "\u2212" else (char, _STAND_INS.get(char))
    for candidate in candidates:
        if candidate is None:
            continue
        if " " <= candidate <= "~":
            return _ascii(candidate, rom, pages)
        double = _double(candidate, rom)
        single = _single(candidate, pages)
        # Letters with accents are narrow in a code page and wide in the Chinese
        # font; signs such as × and · belong to the Chinese text around them.
        is_letter = unicodedata.category(candidate).startswith("L")
        prefers_double = is_wide and not (is_letter and single)
        found = (double or single) if prefers_double else (single or double)
        if found is not None:
            return found
    return None


def _ascii(
    char: str, rom: str | None, pages: tuple[tuple[str, int], ...]
) -> Glyph | None:
    data = char.encode("ascii")
    if char not in "\\~" or rom is None or ROM_FONTS[rom].has_ascii_signs:
        return Glyph(data)
    # Naming a page of single bytes switches the double-byte font off.
    return Glyph(data, page=pages[0][1]) if pages else None


def _double(char: str, rom: str | None) -> Glyph | None:
    data = rom_bytes(char, rom) if rom is not None else None
    return Glyph(data, in_rom=True) if data is not None else None


def _single(char: str, pages: tuple[tuple[str, int], ...]) -> Glyph | None:
    for codec, number in pages:
        try:
            data = char.encode(codec)
        except UnicodeEncodeError:
            continue
        if data[0] >= _FIRST_OF_UPPER_HALF:  # below are ASCII and the commands
            return Glyph(data, page=number)
    return None
