"""Money: an integer count of minor units and an ISO 4217 currency."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.errors import UserError
from pos_app.values.plain_number import TEXT_LIMIT, plain_number

# ISO 4217 minor units, for the currencies whose exponent is not 2. TWD is 0
# here: ISO lists 2, but CLDR 48 gives it 0 cash digits and no shop prices cents.
_EXPONENTS = {
    "BHD": 3,
    "CLP": 0,
    "IQD": 3,
    "ISK": 0,
    "JOD": 3,
    "JPY": 0,
    "KRW": 0,
    "KWD": 3,
    "LYD": 3,
    "OMR": 3,
    "PYG": 0,
    "TND": 3,
    "TWD": 0,
    "UGX": 0,
    "VND": 0,
    "XAF": 0,
    "XOF": 0,
    "XPF": 0,
}

#: The largest amount that a till may handle, in minor units. Far above any
#: basket, far below 2**63, so that no sum of a day can overflow SQLite.
AMOUNT_LIMIT_MINOR = 10**13


def exponent_of(currency: str) -> int:
    """Return how many decimals `currency` has at the counter (ISO 4217)."""
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of one currency.

    Attributes:
        minor: the amount in minor units (fen, cents), any sign.
        currency: ISO 4217 alphabetic code.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        assert isinstance(self.minor, int)
        assert len(self.currency) == 3

    def __add__(self, other: Money) -> Money:
        assert self.currency == other.currency
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        assert self.currency == other.currency
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)


def parse_minor(text: str, currency: str) -> int:
    """Read an amount that a person or a file wrote, exactly.

    Args:
        text: digits with an optional sign and decimal point or comma; spaces,
            thousands separators, full-width digits and ¥ $ € NT$ are understood.
        currency: ISO 4217 code; decides how many decimals are allowed.

    Returns:
        Minor units.

    Raises:
        UserError: "amount_unreadable" or "amount_too_precise".
    """
    shown = text[:TEXT_LIMIT]
    plain = plain_number(text) if len(text) <= TEXT_LIMIT else ""
    sign = -1 if plain.startswith("-") else 1
    whole, _, decimals = plain.removeprefix("-").partition(".")
    if not (whole + decimals).isdecimal():
        raise UserError("amount_unreadable", text=shown)
    places = exponent_of(currency)
    decimals = decimals.rstrip("0") if len(decimals) > places else decimals
    if len(decimals) > places:
        raise UserError("amount_too_precise", text=shown, places=places)
    minor = sign * int((whole or "0") + decimals.ljust(places, "0"))
    if abs(minor) > AMOUNT_LIMIT_MINOR:
        raise UserError("amount_absurd", text=shown)
    return minor


def format_minor(minor: int, currency: str) -> str:
    """Write minor units as a plain decimal number: `-1284.50`, `857`.

    Grouping, symbol and sign style belong to ui and documents; this is the
    form for files, journals and tests.
    """
    places = exponent_of(currency)
    sign = "-" if minor < 0 else ""
    digits = str(abs(minor)).rjust(places + 1, "0")
    if places == 0:
        return f"{sign}{digits}"
    return f"{sign}{digits[:-places]}.{digits[-places:]}"
