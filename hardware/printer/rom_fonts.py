"""The double-byte fonts in printers' ROMs, and how each is switched on and off.

Source: Epson ESC/POS command reference (FS &, FS ., FS C, ESC R) and Star Line Mode command
specifications (ESC $, ESC R); the switches are those of receiptline 4.0.4.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RomFont:
    r"""One double-byte character set.

    Attributes:
        codecs: Python codecs that must agree on a character: where they do not, fonts
            do not either. What the second reads back must be that very character.
        enter, leave: on an ESC/POS printer.
        star_enter, star_leave: on a Star; empty where its memory switch has the font
            on for ever (China, Taiwan, Korea), so that it has no page of single bytes.
        page: number of ESC t that `enter` leaves behind.
        has_ascii_signs: whether \ and ~ look so while the font is on; in Shift_JIS
            they are ¥ and an overline.
    """

    codecs: tuple[str, str]
    enter: bytes
    leave: bytes
    star_enter: bytes = b""
    star_leave: bytes = b""
    page: int = 0
    has_ascii_signs: bool = True


_ENTER, _LEAVE = b"\x1bt\x00\x1c&", b"\x1c."
ROM_FONTS = {
    # GB18030's two-byte half differs from GBK in rows that older fonts leave empty.
    "gb18030": RomFont(("gb18030", "gbk"), _ENTER, _LEAVE),
    # cp950 is Big5 as printers have it; Python's own big5 has the narrow ¥ in it.
    "big5": RomFont(("cp950", "cp950"), _ENTER, _LEAVE),
    # NEC's and IBM's additions (cp932 alone) are in some ROMs only. In Shift_JIS the
    # printer does not heed FS . so FS C 0 comes before it.
    "shift_jis": RomFont(
        ("cp932", "shift_jis"),
        b"\x1bt\x01\x1cC\x01\x1bR\x08",
        b"\x1cC\x00\x1c.\x1bR\x00",
        b"\x1b$1\x1bR8",
        b"\x1b$0\x1bR0",
        page=1,
        has_ascii_signs=False,
    ),
    # cp949 alone has the 8 822 syllables of UHC, which ROMs of KS X 1001 lack.
    "euc_kr": RomFont(("cp949", "euc_kr"), _ENTER, _LEAVE),
}
#: Printers with these print $, \\ and ~ as their country's signs unless told not to.
NATIONAL_FONTS = frozenset({"shift_jis", "euc_kr"})
_LAST_OF_BIG5 = b"\xf9\xd5"
#: Signs that a double-byte font has in full width only; in East Asian text they are
#: always wide there. The narrow ¥ would be four bytes in GB18030.
_FULL_WIDTH = {"¥": "￥", "£": "￡", "₩": "￦"}
#: Microsoft's and the standard's way to the same cell of JIS X 0208.
_SAME_CELL = {"〜": "～", "‖": "∥"}


def rom_of(fonts: tuple[str, ...], language: str) -> str | None:
    """Return the font of `fonts` that a language is printed in; None without one."""
    wanted = _FONT_OF.get(language_key(language))
    if wanted in fonts:
        return wanted
    return fonts[0] if fonts else None


def is_east_asian(language: str) -> bool:
    """Tell whether a language is written in ideographs or Hangul."""
    return language_key(language) in _FONT_OF


def language_key(language: str) -> str:
    """Return zh-CN, zh-TW, ja, ko, or the first part of another language tag."""
    first, *rest = language.replace("_", "-").lower().split("-")
    if first != "zh":
        return first
    is_traditional = {"tw", "hk", "mo", "hant"}.intersection(rest)
    return "zh-TW" if is_traditional else "zh-CN"


_FONT_OF = {
    "zh-CN": "gb18030",
    "zh-TW": "big5",
    "ja": "shift_jis",
    "ko": "euc_kr",
}


def rom_bytes(char: str, rom: str) -> bytes | None:
    """Return the bytes of a character in a ROM font: one or two; None without."""
    if rom == "shift_jis":
        if char == "¥":
            return b"\\"  # under ESC R 8
        if "｡" <= char <= "ﾟ":  # half-width katakana
            return char.encode("cp932")
        return _shift_jis(char)
    return _two_bytes(_FULL_WIDTH.get(char, char), rom) or _two_bytes(char, rom)


def _two_bytes(char: str, rom: str) -> bytes | None:
    if unicodedata.category(char) in ("Co", "Cn", "Cs"):
        return None
    wide, narrow = ROM_FONTS[rom].codecs
    try:
        data = char.encode(wide)
        is_same = data == char.encode(narrow) and data.decode(narrow) == char
    except UnicodeError:
        return None
    # What ETEN added to Big5 comes last, and is in few ROMs.
    is_added = rom == "big5" and data > _LAST_OF_BIG5
    return data if is_same and len(data) == 2 and not is_added else None


def _shift_jis(char: str) -> bytes | None:
    try:
        data = _SAME_CELL.get(char, char).encode("cp932")
        if len(data) == 2 and unicodedata.category(char) != "Co":
            data.decode("shift_jis")  # within JIS X 0208
            return data
    except UnicodeError:
        return None
    return None
