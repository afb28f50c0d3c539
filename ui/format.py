"""How money, quantities, times and names read on the screen, in a language.

The three languages of the till group and point alike (1,284.00), so the
separators are constants; a fourth language brings its own.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from pos_app.documents.amounts import (
    MINUS,
    counted,
    moved,
    slip_amount,
    slip_price,
    symbol_of,
)
from pos_app.i18n import current_language

__all__ = [
    "MINUS",
    "amount",
    "clock_text",
    "counted",
    "day_text",
    "grouped_code",
    "initial_of",
    "money",
    "moved",
    "quantity",
    "short_money",
    "symbol_of",
]

#: Shop numbers and PLUs are short and are read as one; barcodes are not.
_SHORTEST_GROUPED = 8
_DAYS = {
    "zh-CN": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "zh-TW": ("週一", "週二", "週三", "週四", "週五", "週六", "週日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def amount(minor: int, currency: str) -> str:
    """Write minor units without a sign of currency: "1,284.00", "−25.80"."""
    return slip_amount(minor, currency)


def money(minor: int, currency: str) -> str:
    """Write minor units with the sign of the currency: "¥1,284.00", "−¥45.00"."""
    return slip_price(minor, currency)


def short_money(minor: int, currency: str) -> str:
    """Write a note's value without empty decimals: "¥200", "¥0.50"."""
    text = money(minor, currency)
    head, point, decimals = text.partition(".")
    return head if point and not decimals.strip("0") else text


def quantity(count: Decimal, unit: str = "") -> str:
    """Write a quantity exactly, without empty decimals: "2", "0.382 kg"."""
    text = f"{count.normalize():f}" if count else "0"
    return f"{text} {unit}".rstrip().replace("-", MINUS)


def clock_text(moment: time) -> str:
    """Write a time of day, 24 hours: "14:32"."""
    return f"{moment.hour:02}:{moment.minute:02}"


def day_text(day: date, language: str | None = None) -> str:
    """Write a day: "11-21 周六", "11-21 週六", "Sat 21 Nov".

    Args:
        day: the day.
        language: tag of the language; None for the cashier's.
    """
    tag = language or current_language()
    weekday = _DAYS.get(tag, _DAYS["en"])[day.weekday()]
    if tag.startswith("zh"):
        return f"{day.month:02}-{day.day:02} {weekday}"
    return f"{weekday} {day.day} {_MONTHS[day.month - 1]}"


def grouped_code(code: str) -> str:
    """Write a barcode in groups of four: "6977 8800 1235"."""
    if len(code) < _SHORTEST_GROUPED:
        return code
    groups = [code[i : i + 4] for i in range(0, len(code), 4)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return " ".join(groups)


def initial_of(name: str) -> str:
    """Return what stands in a person's round picture: "陈", "C"."""
    return name.strip()[:1].upper()
