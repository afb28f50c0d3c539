"""Codes for goods that a shop weighs and packs itself: the rules, the other way round.

The same table that reads a scale's labels (`domain.barcode_rule`) makes them here, so
what is printed is what the till will understand.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pos_app.domain.barcode_rule import BarcodeRule, MeasureKind, match_rule
from pos_app.errors import UserError
from pos_app.values.gs1.check_digit import check_digit, is_digits, measure_verifier
from pos_app.values.money import exponent_of


def weighed_code(
    rules: Sequence[BarcodeRule],
    plu: str,
    weight: Decimal,
    total_minor: int,
    currency: str,
) -> str:
    """Return a code with the weight or the price of one pack.

    Args:
        rules: of the shop, in their order; the first that can say it is taken.
        plu: the item's number on the scale.
        weight: net kilograms.
        total_minor: what the pack costs.
        currency: ISO 4217 code of the total.

    Raises:
        UserError: "label_no_rule" where no rule fits the number and the pack.
    """
    price = Decimal(total_minor).scaleb(-exponent_of(currency))
    for rule in rules:
        if not rule.is_enabled or rule.kind is MeasureKind.COUNT:
            continue
        code = _filled(rule, plu, weight, price)
        if code and _reads_back(rule, code, plu):
            return code
    raise UserError("label_no_rule", plu=plu)


def _filled(rule: BarcodeRule, plu: str, weight: Decimal, price: Decimal) -> str:
    pattern = rule.pattern
    is_price = rule.kind is MeasureKind.PRICE
    decimals = rule.decimals if is_price else rule.price_decimals
    measures = {
        "I": plu if is_digits(plu) else "",
        "W": _digits(weight, rule.decimals),
        "P": _digits(price, decimals),
    }
    fields: dict[str, list[str]] = {}
    for letter, digits in measures.items():
        places = pattern.count(letter)
        if places and (not digits or len(digits) > places):
            return ""
        fields[letter] = list(digits.rjust(places, "0"))
    verifier = ""
    if "V" in pattern:
        verifier = measure_verifier("".join(fields["P" if is_price else "W"]))
    written = ""
    for letter in pattern:
        if letter in fields:
            written += fields[letter].pop(0)
        elif letter == "V":
            written += verifier
        elif letter == "C":
            written += check_digit(written)
        else:
            written += "0" if letter in ".N" else letter
    return written


def _digits(value: Decimal, decimals: int) -> str:
    """Return a measure's digits; "" where the code would say another one."""
    whole = value.scaleb(decimals)
    is_exact = whole > 0 and whole == whole.to_integral_value()
    return str(int(whole)) if is_exact else ""


def _reads_back(rule: BarcodeRule, code: str, plu: str) -> bool:
    found = match_rule(rule, code)
    return found is not None and found.plu() == (plu.lstrip("0") or "0")
