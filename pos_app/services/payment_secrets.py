"""Card numbers and phones' payment codes: known by their shape, never kept (law 14).

A hand scanner reads the code on a phone as readily as the one on a bottle, and a
card number is soon typed into the wrong field. Neither may reach an intent, the
journal, the log or a replay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pos_app.values.gs1.check_digit import has_valid_check_digit

#: ISO/IEC 7812-1: the lengths of primary account numbers in use.
_CARD_DIGITS = range(13, 20)
#: GTIN-13 and GTIN-14 have lengths of card numbers too.
_GTIN_DIGITS = frozenset({13, 14})
#: What a customer's phone shows: 18 digits from 10 to 15 (WeChat Pay), 16 to 24
#: digits from 25 to 30 (Alipay), or 62 and 17 more with no check digit (UnionPay).
#: Source: the providers' documents of code payment.
_WALLET_CODE = re.compile(r"1[0-5][0-9]{16}|(?:2[5-9]|30)[0-9]{14,22}|62[0-9]{17}")
_RUN = re.compile(r"[0-9]+(?:[ .\-][0-9]+)*")


def is_payment_code(code: str) -> bool:
    """Tell whether a code that names no item pays instead.

    A product code that could be a card number as well is a product code: its own
    check digit says so.
    """
    return any(
        (_is_card_number(number) and not _is_product(number))
        or _WALLET_CODE.fullmatch(number)
        for number in _numbers(code)
    )


def holds_card_number(text: str) -> bool:
    """Tell whether a card number stands anywhere in a text, in groups or not."""
    return any(map(_is_card_number, _numbers(text)))


def holds_payment_code(text: str) -> bool:
    """Tell whether a card number or a phone's payment code stands in a text."""
    return any(
        _is_card_number(number) or _WALLET_CODE.fullmatch(number)
        for number in _numbers(text)
    )


def _plain(text: str) -> str:
    """Return the text with all digits of the world as ASCII digits."""
    return "".join(str(unicodedata.decimal(c, c)) for c in text)


def _numbers(text: str) -> Iterator[str]:
    """Yield what neighbouring groups of digits could mean together."""
    for run in _RUN.findall(_plain(text)):
        groups = re.split(r"[ .\-]", run)
        for first in range(len(groups)):
            number = ""
            for group in groups[first:]:
                number += group
                if len(number) > 24:  # longer than any of them
                    break
                yield number


def _is_product(digits: str) -> bool:
    return len(digits) in _GTIN_DIGITS and has_valid_check_digit(digits)


def _is_card_number(digits: str) -> bool:
    """Tell whether digits have a card number's length and check digit.

    None begins with a zero, as many GS1 element strings do.
    Source: ISO/IEC 7812-1, 4.2 and annex B (the Luhn formula).
    """
    if len(digits) not in _CARD_DIGITS or digits[0] == "0":
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
