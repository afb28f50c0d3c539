"""The two languages that nearly every 2 x 20 display speaks."""

from __future__ import annotations

from typing import Protocol

_CLEAR = b"\x0c"
_RESET = b"\x1b@"
_CURSOR_OFF = b"\x1fC\x00"
#: Overwrite mode: the last column must not scroll the line away.
_OVERWRITE = b"\x1f\x01"
#: ESC t n by codec, for the codecs that have a page of their own.
_EPSON_PAGES = {"cp437": 0, "cp858": 19, "cp1252": 16}


class DisplayLanguage(Protocol):
    """Makes bytes; keeps nothing."""

    def begin(self, codec: str) -> bytes:
        """Return what makes a display ready after it was switched on."""
        ...

    def lines(self, upper: bytes, lower: bytes) -> bytes:
        """Return what shows two full lines; nothing flickers."""
        ...

    def clear(self) -> bytes:
        """Return what shows nothing."""
        ...


class EpsonDisplay:
    """Epson DM-D and what calls itself ESC/POS display.

    Source: Epson DM-D110 user's manual, commands US $, US MD1, US C, ESC t.
    """

    def begin(self, codec: str) -> bytes:
        """Reset, choose the font, hide the cursor."""
        page = _EPSON_PAGES.get(codec)
        font = b"" if page is None else b"\x1bt" + bytes([page])
        return _RESET + font + _OVERWRITE + _CURSOR_OFF + _CLEAR

    def lines(self, upper: bytes, lower: bytes) -> bytes:
        """Place each line at its first column."""
        return b"\x1f$\x01\x01" + upper + b"\x1f$\x01\x02" + lower

    def clear(self) -> bytes:
        """Show nothing."""
        return _CLEAR


class Cd5220Display:
    """CD5220 and its many copies (Bixolon BCD, Posiflex PD, VFD customer displays).

    Source: CD5220 command set as in the BCD-1100 manual: ESC Q A, ESC Q B.
    """

    def begin(self, codec: str) -> bytes:
        """Reset; a Chinese display has no page to choose."""
        del codec
        return _RESET + _CLEAR

    def lines(self, upper: bytes, lower: bytes) -> bytes:
        """Write each line over the one before."""
        return b"\x1bQA" + upper + b"\r" + b"\x1bQB" + lower + b"\r"

    def clear(self) -> bytes:
        """Show nothing."""
        return _CLEAR
