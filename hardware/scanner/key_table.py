"""What each key of a keyboard types, by its place: for scanners that type.

The scan codes are those of the kernel (linux/input-event-codes.h), which are those of
a PC keyboard's set 1, so Windows' Raw Input uses the same numbers. A scanner is set to
a country's keyboard in its own guide; US is what most come with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: First scan code of each row of keys, and the lone keys.
_ROWS = (2, 16, 30, 44)
_GRAVE, _BACKSLASH, _LESS, _SPACE = 41, 43, 86, 57
#: The numeric pad types the same, whatever Num Lock says.
KEYPAD: Mapping[int, str] = {
    71: "7", 72: "8", 73: "9", 74: "-", 75: "4", 76: "5", 77: "6", 78: "+",
    79: "1", 80: "2", 81: "3", 82: "0", 83: ".", 55: "*", 98: "/",
}  # fmt: skip
ENTER, KEYPAD_ENTER, TAB = 28, 96, 15
SHIFTS = frozenset({42, 54})
CONTROLS = frozenset({29, 97})
ALT, ALT_GR = 56, 100
#: Function keys that scanners send for GS, by the words of the option.
FUNCTION_KEYS: Mapping[str, int] = {"f5": 63, "f6": 64, "f7": 65, "f8": 66, "f9": 67}


@dataclass(frozen=True, slots=True)
class KeyTable:
    """One country's keyboard.

    Attributes:
        plain, shifted, third: scan code -> character, alone, with Shift, with AltGr.
        dead: characters that wait for the next key; a space leaves them as they are.
    """

    plain: Mapping[int, str]
    shifted: Mapping[int, str]
    third: Mapping[int, str]
    dead: frozenset[str] = frozenset()


def _keys(rows: tuple[str, str, str, str], lone: str) -> dict[int, str]:
    """Place rows of characters; `lone` are the keys at 41, 43 and 86, in order."""
    placed = {
        first + i: char
        for first, row in zip(_ROWS, rows, strict=True)
        for i, char in enumerate(row)
    }
    placed |= dict(zip((_GRAVE, _BACKSLASH, _LESS), lone, strict=False))
    placed[_SPACE] = " "
    return placed


_US = KeyTable(
    _keys(("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"), "`\\\\"),
    _keys(("!@#$%^&*()_+", "QWERTYUIOP{}", 'ASDFGHJKL:"', "ZXCVBNM<>?"), "~||"),
    {},
)
_UK = KeyTable(
    _keys(("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"), "`#\\"),
    _keys(('!"£$%^&*()_+', "QWERTYUIOP{}", "ASDFGHJKL:@", "ZXCVBNM<>?"), "¬~|"),
    {5: "€", _GRAVE: "¦"},
)
_GERMAN = KeyTable(
    _keys(("1234567890ß´", "qwertzuiopü+", "asdfghjklöä", "yxcvbnm,.-"), "^#<"),
    _keys(('!"§$%&/()=?`', "QWERTZUIOPÜ*", "ASDFGHJKLÖÄ", "YXCVBNM;:_"), "°'>"),
    {
        3: "²", 4: "³", 8: "{", 9: "[", 10: "]", 11: "}", 12: "\\",
        16: "@", 18: "€", 27: "~", _LESS: "|", 50: "µ",
    },
    frozenset("^´`"),
)  # fmt: skip
_FRENCH = KeyTable(
    _keys(("&é\"'(-è_çà)=", "azertyuiop^$", "qsdfghjklmù", "wxcvbn,;:!"), "²*<"),
    _keys(("1234567890°+", "AZERTYUIOP¨£", "QSDFGHJKLM%", "WXCVBN?./§"), "²µ>"),
    {
        3: "~", 4: "#", 5: "{", 6: "[", 7: "|", 8: "`", 9: "\\", 10: "^",
        11: "@", 12: "]", 13: "}", 18: "€", 27: "¤",
    },
    frozenset("^¨"),
)  # fmt: skip

#: Key of the option "layout" -> table.
TABLES: Mapping[str, KeyTable] = {
    "us": _US,
    "uk": _UK,
    "de": _GERMAN,
    "fr": _FRENCH,
}
