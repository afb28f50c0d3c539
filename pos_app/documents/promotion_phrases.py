"""The phrases of promotions in one language: whole clauses with named blanks.

A clause names its blanks in the order of its language; nothing is glued together
from single words. Each language has its own table and its own way with numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pos_app.values.percentage import Percentage


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language.

    Attributes:
        clauses: key -> clause with named blanks; a key with ".one" is for the
            number one.
        percentage: how much comes off: "8 折", "20% off", "half price".
        count: a quantity in digits.
        ordinal: "second", the 二 of 第二件半价. spoken: the 三 and 一 of 买三免一.
        days: the short names of the weekdays, Monday first.
        day: writes a calendar day given as (year, month, day).
    """

    clauses: Mapping[str, str]
    percentage: Callable[[Percentage], str]
    count: Callable[[Decimal], str]
    ordinal: Callable[[int], str]
    spoken: Callable[[int], str]
    days: tuple[str, ...]
    day: Callable[[int, int, int], str]
