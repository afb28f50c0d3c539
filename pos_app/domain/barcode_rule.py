"""Rules for barcodes that carry a weight, a price or a count.

A rule's pattern is as long as the code it fits, one letter a digit:
digits stand for themselves, I item, W weight, P price, N count, V the verifier
of the measure after it, C the check digit of the whole, . any digit. The table
is ordered and the shop edits it; matching is a walk over the pattern, no regex.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pos_app.errors import UserError
from pos_app.values.gs1.check_digit import check_digit, is_digits, measure_verifier
from pos_app.values.gs1.gtin import barcode_key
from pos_app.values.money import exponent_of
from pos_app.values.quantity import canonical
from pos_app.values.rounding import divide

PATTERN_LIMIT = 40
_LETTERS = "IWPNVC."


class MeasureKind(StrEnum):
    """What the code says beside the item."""

    WEIGHT = "weight"
    PRICE = "price"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class BarcodeRule:
    """One line of the rule table.

    Attributes:
        key: stable key: "cn_21_weight".
        name: for people.
        pattern: such as 21IIIIIWWWWWC.
        kind: what is measured; a pattern may carry a price beside a weight.
        decimals: of the weight in kilograms, of the price in currency units.
        position: order of the table, from 0; the first match wins.
        is_enabled: a rule can be switched off and kept.
        is_verified: false where no published source confirms the layout; try
            the shop's own label before trusting it.
        price_decimals: of the price in a pattern that carries both.
    """

    key: str
    name: str
    pattern: str
    kind: MeasureKind
    decimals: int
    position: int = 0
    is_enabled: bool = True
    is_verified: bool = True
    price_decimals: int = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """What a matching rule read from a code.

    Attributes:
        rule: the rule that matched.
        item_digits: the item's number on the scale, leading zeros kept.
        base_code: the code with measure and verifier zeroed and its check digit
            made anew: how shops file such items (Odoo and biip do the same).
        prefix_code: the fixed digits and the item digits alone.
        quantity: kilograms or pieces; None when the code carries none.
        price: line total in currency units, exact; None when it carries none.
    """

    rule: BarcodeRule
    item_digits: str
    base_code: str
    prefix_code: str
    quantity: Decimal | None
    price: Decimal | None

    def keys(self) -> tuple[str, ...]:
        """Return the barcode keys under which the item may be filed."""
        return (barcode_key(self.base_code), barcode_key(self.prefix_code))

    def plu(self) -> str:
        """Return the item's number without leading zeros: the scale's PLU."""
        return self.item_digits.lstrip("0") or "0"

    def total_minor(self, currency: str) -> int | None:
        """Return the line total in minor units of `currency`."""
        if self.price is None:
            return None
        numerator, denominator = self.price.as_integer_ratio()
        return divide(numerator * 10 ** exponent_of(currency), denominator)


def check_rule(rule: BarcodeRule) -> None:
    """Refuse a rule that cannot work.

    Raises:
        UserError: "barcode_rule_letters", "barcode_rule_item",
            "barcode_rule_measure", "barcode_rule_verifier",
            "barcode_rule_check_digit" or "barcode_rule_decimals".
    """
    pattern = rule.pattern
    wanted = {MeasureKind.WEIGHT: "W", MeasureKind.PRICE: "P", MeasureKind.COUNT: "N"}
    measure = _span(pattern, wanted[rule.kind])
    problems = {
        "barcode_rule_letters": not 0 < len(pattern) <= PATTERN_LIMIT
        or any(c not in _LETTERS and not is_digits(c) for c in pattern),
        "barcode_rule_item": "I" not in pattern,
        "barcode_rule_measure": not measure or set(measure) != {wanted[rule.kind]},
        "barcode_rule_verifier": pattern.count("V") > 1
        or ("V" in pattern and len(measure) not in (4, 5)),
        "barcode_rule_check_digit": "C" in pattern[:-1],
        "barcode_rule_decimals": not 0 <= rule.decimals <= len(measure),
    }
    for key, is_wrong in problems.items():
        if is_wrong:
            raise UserError(key, rule=rule.name, pattern=pattern)


def _span(pattern: str, letter: str) -> str:
    """Return the pattern from the first to the last `letter`."""
    return pattern[pattern.find(letter) : pattern.rfind(letter) + 1]


def match_rule(rule: BarcodeRule, code: str) -> Measured | None:
    """Read `code` by `rule`.

    Args:
        rule: a checked rule.
        code: digits as scanned. GTIN forms of one number are tried: a pattern of
            13 fits 12 digits with a zero before, and 14 that begin with zero.

    Returns:
        What the code says, or None when the rule is for other codes.

    Raises:
        UserError: "barcode_check_digit" when the code fits but its check digit
            or verifier is wrong: a misread, the cashier scans again.
    """
    digits = _as_long_as(code, len(rule.pattern))
    if digits is None or not _fits(rule.pattern, digits):
        return None
    _verify(rule, digits, code)
    weight, price = _letters(rule, digits, "W"), _letters(rule, digits, "P")
    count = _letters(rule, digits, "N")
    price_decimals = (
        rule.decimals if rule.kind is MeasureKind.PRICE else rule.price_decimals
    )
    quantity = Decimal(count) if count else None
    if weight:
        quantity = canonical(Decimal(weight).scaleb(-rule.decimals))
    return Measured(
        rule,
        _letters(rule, digits, "I"),
        _base_code(rule.pattern, digits),
        "".join(
            d for p, d in zip(rule.pattern, digits, strict=True) if p not in "WPNVC"
        ),
        quantity,
        Decimal(price).scaleb(-price_decimals) if price else None,
    )


def first_match(rules: tuple[BarcodeRule, ...], code: str) -> Measured | None:
    """Return what the first enabled rule that fits reads; rules are in order."""
    for rule in rules:
        measured = match_rule(rule, code) if rule.is_enabled else None
        if measured is not None:
            return measured
    return None


def _as_long_as(code: str, length: int) -> str | None:
    """Return `code` in the GTIN form of `length` digits, when there is one."""
    if len(code) > PATTERN_LIMIT or not is_digits(code):
        return None
    if len(code) == length:
        return code
    if {len(code), length} <= {12, 13, 14}:
        padded = code.rjust(14, "0")
        return padded[-length:] if not padded[:-length].strip("0") else None
    return None


def _fits(pattern: str, digits: str) -> bool:
    return all(
        not is_digits(expected) or expected == digit
        for expected, digit in zip(pattern, digits, strict=True)
    )


def _letters(rule: BarcodeRule, digits: str, letter: str) -> str:
    pairs = zip(rule.pattern, digits, strict=True)
    return "".join(digit for place, digit in pairs if place == letter)


def _verify(rule: BarcodeRule, digits: str, code: str) -> None:
    letter = {"weight": "W", "price": "P", "count": "N"}[rule.kind.value]
    verifier = _letters(rule, digits, "V")
    wrong_inside = bool(verifier) and verifier != measure_verifier(
        _letters(rule, digits, letter)
    )
    wrong_outside = rule.pattern.endswith("C") and (
        check_digit(digits[:-1]) != digits[-1]
    )
    if wrong_inside or wrong_outside:
        raise UserError("barcode_check_digit", code=code)


def _base_code(pattern: str, digits: str) -> str:
    zeroed = "".join(
        "0" if place in "WPNV" else digit
        for place, digit in zip(pattern, digits, strict=True)
    )
    return zeroed[:-1] + check_digit(zeroed[:-1]) if pattern[-1] == "C" else zeroed
