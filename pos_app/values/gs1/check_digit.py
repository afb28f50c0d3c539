"""Check digits of GS1: the standard one, and the verifiers of variable measures.

Source: GS1 General Specifications, section 7.9.1 (standard check digit) and
7.9.2 to 7.9.4 (price and weight verifiers of four and five digits).
"""

from __future__ import annotations

# Weighting factors of section 7.9.2, written as the value each digit 0-9 counts.
_TWO_MINUS = "0246891357"
_THREE = "0369258147"
_FIVE_PLUS = "0516273849"
_FIVE_MINUS = "0594837261"

_FOUR_DIGITS = (_TWO_MINUS, _TWO_MINUS, _THREE, _FIVE_MINUS)
_FIVE_DIGITS = (_FIVE_PLUS, _TWO_MINUS, _FIVE_MINUS, _FIVE_PLUS, _TWO_MINUS)


def is_digits(text: str) -> bool:
    """Tell whether `text` is one or more ASCII digits (not ², ٣ or １)."""
    return text.isascii() and text.isdecimal()


def check_digit(payload: str) -> str:
    """Return the check digit that follows `payload` (any length).

    Args:
        payload: ASCII digits without the check digit.

    Source: GS1 General Specifications 7.9.1: from the right, weights 3, 1, 3 …
    """
    assert is_digits(payload), payload
    backwards = [int(digit) for digit in reversed(payload)]
    weighted = 3 * sum(backwards[::2]) + sum(backwards[1::2])
    return str(-weighted % 10)


def has_valid_check_digit(digits: str) -> bool:
    """Tell whether the last digit of `digits` is right for those before it."""
    return (
        len(digits) > 1 and is_digits(digits) and check_digit(digits[:-1]) == digits[-1]
    )


def measure_verifier(field: str) -> str:
    """Return the verifier of a price or weight field of four or five digits.

    Source: GS1 General Specifications 7.9.3 (four digits), 7.9.4 (five digits).
    """
    assert is_digits(field), field
    assert len(field) in (4, 5), field
    tables = _FOUR_DIGITS if len(field) == 4 else _FIVE_DIGITS
    weighted = sum(
        int(table[int(digit)]) for table, digit in zip(tables, field, strict=True)
    )
    if len(field) == 4:
        return str(weighted * 3 % 10)
    return str(_FIVE_MINUS.index(str(-weighted % 10)))
