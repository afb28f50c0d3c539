"""The keys of the on-screen pad, by what they type."""

from __future__ import annotations

from enum import StrEnum


class PadKey(StrEnum):
    """What a key of the pad says when it is pressed."""

    D0 = "0"
    D1 = "1"
    D2 = "2"
    D3 = "3"
    D4 = "4"
    D5 = "5"
    D6 = "6"
    D7 = "7"
    D8 = "8"
    D9 = "9"
    D00 = "00"
    POINT = "."
    TIMES = "×"
    CLEAR = "C"
    BACKSPACE = "⌫"
    ENTER = "⏎"
    ALL = "all"  # the full remaining amount, on the payment pad
