"""Dates of GS1 messages: six digits, a century that slides, a day 00.

Source: GS1 General Specifications, section 7.12 (century) and 3.4 (day 00).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from pos_app.values.gs1.check_digit import is_digits

_DIGITS = 6


def gs1_date(text: str, today: date) -> date | None:
    """Return the day that YYMMDD means; None when it is no day.

    Args:
        text: as printed; more digits (a time, AI 7003) are left aside.
        today: of the shop; the century is the one within 50 years of it.
    """
    digits = text[:_DIGITS]
    if len(digits) < _DIGITS or not is_digits(digits):
        return None
    year, month, day = _year(int(digits[:2]), today), int(digits[2:4]), int(digits[4:])
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    # Day 00: the last day of the month.
    return date(year, month, day or last) if day <= last else None


def _year(two_digits: int, today: date) -> int:
    """Source: 7.12: 51 to 99 ahead is the past century, 50 to 99 behind the next."""
    ahead = two_digits - today.year % 100
    century = today.year - today.year % 100
    if ahead >= 51:
        century -= 100
    elif ahead <= -50:
        century += 100
    return century + two_digits
