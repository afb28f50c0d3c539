"""Reads the text that a scanner types, from scan codes alone.

Caps Lock and Num Lock of the till mean nothing here, and neither does its keyboard
layout: the scanner says which key, a table says which character.
"""

from __future__ import annotations

from hardware.scanner.key_table import (
    ALT,
    ALT_GR,
    CONTROLS,
    ENTER,
    FUNCTION_KEYS,
    KEYPAD,
    KEYPAD_ENTER,
    SHIFTS,
    TAB,
    TABLES,
)

_GS = "\x1d"
_BRACKET = 27
_RELEASED, _PRESSED = 0, 1
#: Alt and digits never spell more than this.
_ALT_DIGITS = 5


class KeyReader:
    """Takes scan codes, gives characters.

    Args:
        layout: a key of `TABLES`; the US one where it is unknown.
        group_separator: a key of `FUNCTION_KEYS` that means GS; "" for none. Ctrl+]
            and Alt with 029 on the keypad always do.
    """

    def __init__(self, layout: str = "us", group_separator: str = "") -> None:
        self._table = TABLES.get(layout, TABLES["us"])
        self._named = {ENTER: "\r", KEYPAD_ENTER: "\r", TAB: "\t", **KEYPAD}
        if group_separator in FUNCTION_KEYS:
            self._named[FUNCTION_KEYS[group_separator]] = _GS
        self._down: set[int] = set()
        self._alt_digits = ""
        self._dead = ""

    def feed(self, code: int, value: int) -> str:
        """Take one key.

        Args:
            code: its scan code.
            value: 1 pressed, 0 released, 2 repeated (ignored).

        Returns:
            What it types: nothing, a character, or two (a dead key and the next).
        """
        if value == _RELEASED:
            self._down.discard(code)
            return self._end_alt() if code == ALT else ""
        if value != _PRESSED:
            return ""
        self._down.add(code)
        if code in SHIFTS | CONTROLS or code in (ALT, ALT_GR):
            return ""
        if ALT in self._down and code in KEYPAD and KEYPAD[code].isdigit():
            self._alt_digits = (self._alt_digits + KEYPAD[code])[-_ALT_DIGITS:]
            return ""
        return self._with_dead(self._char(code))

    def forget(self) -> None:
        """Forget what is down: keys were lost on the way."""
        self._down.clear()
        self._alt_digits = self._dead = ""

    def _char(self, code: int) -> str:
        named = self._named.get(code)
        if named is not None:
            return named
        table = self._table
        if ALT_GR in self._down or (CONTROLS & self._down and ALT in self._down):
            return table.third.get(code, "")
        rows = table.shifted if SHIFTS & self._down else table.plain
        char = rows.get(code, "")
        if CONTROLS & self._down:
            # By its place: on other keyboards than the US one "]" needs AltGr.
            return _GS if code == _BRACKET else _control(char)
        return char

    def _with_dead(self, char: str) -> str:
        """A dead key waits: with a space it is itself, before others it stays itself."""
        held, self._dead = self._dead, ""
        if held:
            return held if char == " " else held + char
        if char and char in self._table.dead:
            self._dead = char
            return ""
        return char

    def _end_alt(self) -> str:
        digits, self._alt_digits = self._alt_digits, ""
        if not digits:
            return ""
        number = int(digits) & 0xFF
        if number < 0x20:
            return chr(number)
        # Windows: with a leading zero the ANSI page, without it the OEM page.
        page = "cp1252" if digits.startswith("0") else "cp437"
        return bytes([number]).decode(page, "ignore")


def _control(char: str) -> str:
    """Return what Ctrl and a key type: Ctrl+] is GS, Ctrl+B is STX, Ctrl+M is CR."""
    upper = char.upper()
    if len(upper) == 1 and "@" <= upper <= "_":
        return chr(ord(upper) & 0x1F)
    return ""
