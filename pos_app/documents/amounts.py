"""Amounts, counts and points as they stand on a slip and on a screen."""

from __future__ import annotations

from decimal import Decimal

from pos_app.values.money import format_minor
from pos_app.values.quantity import canonical

#: CLDR 48 narrow symbols of the currencies that a till here may meet; any other
#: currency is written with its ISO 4217 code.
_SYMBOLS = {
    "CNY": "¥",
    "TWD": "NT$",
    "HKD": "HK$",
    "MOP": "MOP$",
    "SGD": "S$",
    "USD": "$",
    "AUD": "A$",
    "NZD": "NZ$",
    "JPY": "¥",
    "KRW": "₩",
    "EUR": "€",
    "GBP": "£",
}
#: Minus is U+2212 (design section 14): as wide as a digit, unlike the hyphen.
MINUS = "\u2212"


def slip_amount(minor: int, currency: str) -> str:
    """Write minor units for a column of amounts: `1,284.50`, `−38.30`, `857`."""
    plain = format_minor(abs(minor), currency)
    whole, point, decimals = plain.partition(".")
    sign = MINUS if minor < 0 else ""
    return f"{sign}{int(whole):,}{point}{decimals}"


def slip_price(minor: int, currency: str) -> str:
    """Write minor units with the currency's symbol: `¥145.10`, `−NT$30`."""
    sign = MINUS if minor < 0 else ""
    return f"{sign}{symbol_of(currency)}{slip_amount(abs(minor), currency)}"


def symbol_of(currency: str) -> str:
    """Return the sign that stands before an amount: "¥", "NT$", "CHF "."""
    return _SYMBOLS.get(currency, f"{currency} ")


def counted(number: int) -> str:
    """Write how many there are, of points as of anything: `1,284`, `−300`."""
    return f"{MINUS if number < 0 else ''}{abs(number):,}"


def moved(number: int) -> str:
    """Write what came or went, with its sign: `+1,284`, `−300`; `0` has none."""
    return f"{'+' if number > 0 else ''}{counted(number)}"


def slip_quantity(quantity: Decimal) -> str:
    """Write a quantity without trailing zeros: `2`, `0.482`."""
    return str(canonical(quantity))
