"""Numbers as people and files write them, folded to one plain form."""

from __future__ import annotations

import re

#: No amount or quantity of a shop is written with more characters.
TEXT_LIMIT = 60

_FOLDED = {
    "\u2212": "-",  # minus sign
    "\u3002": ".",  # 。 of a Chinese input method
    "\uffe5": "\u00a5",  # full-width yen sign
    "\u2019": "'",  # Swiss thousands
}
_SIGNS_AND_SPACES = re.compile(
    "NT\\$|RMB|CNY|TWD|[\u00a5$\u20ac\u00a3\u5143\\s']", re.IGNORECASE
)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")


def plain_number(text: str) -> str:
    """Fold full-width forms, currency signs and separators to `-1234.56`.

    A comma followed by exactly three digits is a thousands separator, as in
    China, Taiwan and the United States; any other single comma is decimal.

    Returns:
        Digits with at most one sign and one point; empty when it is no number.
    """
    folded = _SIGNS_AND_SPACES.sub("", "".join(_fold(char) for char in text))
    if "," in folded and "." in folded and folded.rfind(",") > folded.rfind("."):
        folded = folded.translate(str.maketrans(",.", ".,"))
    whole, point, decimals = folded.partition(".")
    if _GROUPED.fullmatch(whole):
        whole = whole.replace(",", "")
    elif whole.count(",") == 1 and not point:
        whole = whole.replace(",", ".")
    plain = whole + point + decimals
    return plain.removeprefix("+") if _PLAIN.fullmatch(plain) else ""


def _fold(char: str) -> str:
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    return _FOLDED.get(char, char)
