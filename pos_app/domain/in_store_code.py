"""Barcodes that a shop gives itself: the ranges that GS1 leaves to every shop.

Source: GS1 General Specifications 2.1.13: GTIN-13 with the prefixes 20 to 29 are
for circulation within a company. Labels that carry a weight or a price use some of
them, too; the shop's own rules say which (`domain.barcode_rule`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos_app.domain.barcode_rule import BarcodeRule
from pos_app.errors import UserError
from pos_app.values.gs1.check_digit import check_digit, is_digits

#: The last ones first: scales are sold with the first ones.
PREFIXES = ("29", "27", "26", "25", "24", "20", "28", "23", "22", "21")
_SERIAL_DIGITS = 10
_LENGTH = 13


def free_prefix(rules: Sequence[BarcodeRule]) -> str:
    """Return the prefix of in-store codes that no rule of the shop may read.

    Rules that are switched off count, too: they may be switched on again.

    Raises:
        UserError: "in_store_codes_used_up" when the rules take every prefix.
    """
    for prefix in PREFIXES:
        if not any(_may_read(rule.pattern, prefix) for rule in rules):
            return prefix
    raise UserError("in_store_codes_used_up")


def _may_read(pattern: str, prefix: str) -> bool:
    """Tell whether a pattern fits a GTIN-13 that begins with `prefix`."""
    digits = pattern
    if len(pattern) in (12, 14):  # another form of the same number
        digits = pattern.rjust(14, "0")[1:]
    if len(digits) != _LENGTH:
        return False
    return all(
        not is_digits(expected) or expected == digit
        for expected, digit in zip(digits, prefix, strict=False)
    )


def code_range(prefix: str) -> tuple[str, str]:
    """Return the first and the last barcode key of a prefix (`gtin.barcode_key`)."""
    return (
        f"0{prefix}" + "0" * (_SERIAL_DIGITS + 1),
        f"0{prefix}" + "9" * (_SERIAL_DIGITS + 1),
    )


def codes_after(prefix: str, last_key: str) -> Iterator[str]:
    """Yield the codes of a prefix that come after a key, with their check digits.

    Args:
        prefix: from `free_prefix`.
        last_key: the highest barcode key in use; "" for none.

    Raises:
        UserError: "in_store_codes_used_up" at the end of the range.
    """
    start = 1 + len(prefix)
    serial = int(last_key[start:-1]) + 1 if last_key else 1
    while serial < 10**_SERIAL_DIGITS:
        payload = f"{prefix}{serial:0{_SERIAL_DIGITS}d}"
        yield payload + check_digit(payload)
        serial += 1
    raise UserError("in_store_codes_used_up")
