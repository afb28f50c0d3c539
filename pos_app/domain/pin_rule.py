"""Which PINs are too easy: what a thief tries first is not taken."""

from __future__ import annotations

from pos_app.errors import UserError

#: Digits of a PIN, least and most.
PIN_DIGITS = (4, 8)
_UP, _DOWN = "01234567890", "09876543210"
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check_pin(pin: str, number: str) -> None:
    """Refuse a PIN that is no PIN, or one of those that are tried first.

    Args:
        pin: as typed.
        number: the number that its owner signs on with.

    Raises:
        UserError: "pin_shape" with the digits allowed, "pin_is_number", or
            "pin_too_easy": one digit repeated, digits in a row, a pattern
            repeated, a year or a day of birth.

    Source: Bonneau, Preibusch, Anderson, "A birthday present every eleven
    wallets?" (2012): a blacklist of these halves what a thief guesses.
    """
    shortest, longest = PIN_DIGITS
    if not (pin.isascii() and pin.isdigit() and shortest <= len(pin) <= longest):
        raise UserError("pin_shape", shortest=shortest, longest=longest)
    if number and (pin == number or pin == number[::-1]):
        raise UserError("pin_is_number")
    if _is_pattern(pin) or _is_birthday(pin):
        raise UserError("pin_too_easy")


def _is_pattern(pin: str) -> bool:
    """Tell whether a PIN repeats itself, or counts up or down."""
    is_row = pin in _UP or pin in _DOWN
    halves = [size for size in (1, 2, 3, 4) if len(pin) % size == 0 and size < len(pin)]
    return is_row or any(pin == pin[:size] * (len(pin) // size) for size in halves)


def _is_birthday(pin: str) -> bool:
    """Tell whether a PIN may be a year or a day of birth, in any order of writing."""
    if len(pin) == 4:
        return pin[:2] in {"19", "20"} or _is_day(pin[:2], pin[2:])
    if len(pin) == 6:  # YYMMDD, DDMMYY, MMDDYY, YYYYMM
        inner = _is_day(pin[2:4], pin[4:]) or _is_day(pin[:2], pin[2:4])
        return inner or (pin[:2] in {"19", "20"} and 1 <= int(pin[4:]) <= 12)
    if len(pin) == 8:
        first = pin[:2] in {"19", "20"} and _is_day(pin[4:6], pin[6:])
        return first or (pin[4:6] in {"19", "20"} and _is_day(pin[:2], pin[2:4]))
    return False


def _is_day(one: str, other: str) -> bool:
    """Tell whether two numbers are a month and a day of it, whichever comes first."""
    pairs = ((int(one), int(other)), (int(other), int(one)))
    return any(
        1 <= month <= 12 and 1 <= day <= _MONTH_DAYS[month - 1] for month, day in pairs
    )
