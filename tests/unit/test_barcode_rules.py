"""Barcodes that carry a weight, a price or a count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pos_app.domain.barcode_presets import preset, presets
from pos_app.domain.barcode_rule import (
    BarcodeRule,
    MeasureKind,
    check_rule,
    first_match,
    match_rule,
)
from pos_app.errors import UserError
from pos_app.values.gs1.check_digit import check_digit, measure_verifier


def rule(pattern: str, kind: str = "weight", decimals: int = 3) -> BarcodeRule:
    return BarcodeRule("k", "n", pattern, MeasureKind(kind), decimals)


def coded(payload: str) -> str:
    return payload + check_digit(payload)


def test_a_weight_label_says_kilograms() -> None:
    found = match_rule(rule("21IIIIIWWWWWC"), coded("211234501250"))
    assert found is not None
    assert found.quantity == Decimal("1.25")
    assert (found.item_digits, found.plu()) == ("12345", "12345")
    assert found.base_code == coded("211234500000")
    assert found.prefix_code == "2112345"


def test_a_price_label_says_the_line_total() -> None:
    found = match_rule(rule("22IIIIIPPPPPC", "price", 2), coded("220001201599"))
    assert found is not None
    assert found.quantity is None
    assert found.total_minor("CNY") == 1599
    assert found.total_minor("JPY") == 16
    assert found.plu() == "12"


def test_the_long_label_says_both() -> None:
    found = match_rule(rule("2.IIIIIPPPPPWWWWWC"), coded("21000120159900789"))
    assert found is not None
    assert (found.quantity, found.total_minor("CNY")) == (Decimal("0.789"), 1599)


def test_a_count_label_says_pieces() -> None:
    found = first_match(preset("DE"), "2630719000121")
    assert found is not None
    assert found.quantity == 12


@pytest.mark.parametrize("code", ["212345678901", "0212345678901"])
def test_upc_labels_fit_with_and_without_their_leading_zero(code: str) -> None:
    payload = "0212345" + measure_verifier("0799") + "0799"
    good = coded(payload)
    assert first_match(preset("US"), good[1:]) == first_match(preset("US"), good)
    assert first_match(preset("US"), good) is not None
    with pytest.raises(UserError, match="barcode_check_digit"):
        first_match(preset("US"), code)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("2112345012501", id="outer check digit"),
        pytest.param(coded("233071500239"), id="inner verifier"),
    ],
)
def test_a_misread_label_is_said_and_not_sold(code: str) -> None:
    rules = (rule("21IIIIIWWWWWC"), rule("23IIIIVPPPPPC", "price", 2))
    with pytest.raises(UserError) as caught:
        first_match(rules, code)
    assert caught.value.key == "barcode_check_digit"
    assert caught.value.params == {"code": code}


@pytest.mark.parametrize(
    "code", ["", "abc", "6901234567892", "2" * 5000, "21123450125"]
)
def test_other_codes_fit_no_rule(code: str) -> None:
    assert first_match(preset("CN"), code) is None


def test_the_first_enabled_rule_that_fits_wins() -> None:
    off = BarcodeRule(
        "off", "", "21IIIIIPPPPPC", MeasureKind.PRICE, 2, is_enabled=False
    )
    on = rule("21IIIIIWWWWWC")
    found = first_match((off, on), coded("211234501250"))
    assert found is not None
    assert found.rule is on


@pytest.mark.parametrize("country", presets())
def test_every_preset_can_work_and_reads_what_it_writes(country: str) -> None:
    keys = [found.key for found in preset(country)]
    assert len(set(keys)) == len(keys)
    for found in preset(country):
        check_rule(found)
        assert found.is_verified == (country not in {"CN", "TW", "US", "US-5"})


@pytest.mark.parametrize(
    ("broken", "key"),
    [
        (rule(""), "barcode_rule_letters"),
        (rule("21IIIIIWWWWWX"), "barcode_rule_letters"),
        (rule("2" * 60), "barcode_rule_letters"),
        (rule("21WWWWWWWWWWC"), "barcode_rule_item"),
        (rule("21IIIIIPPPPPC"), "barcode_rule_measure"),
        (rule("21IIWWIIIWWWC"), "barcode_rule_measure"),
        (rule("21IIIVVWWWWWC"), "barcode_rule_verifier"),
        (rule("21IIIIVWWW.C"), "barcode_rule_verifier"),
        (rule("C1IIIIIWWWWW"), "barcode_rule_check_digit"),
        (rule("21IIIIIWWWWWC", "weight", 6), "barcode_rule_decimals"),
    ],
)
def test_a_rule_that_cannot_work_is_refused(broken: BarcodeRule, key: str) -> None:
    with pytest.raises(UserError) as caught:
        check_rule(broken)
    assert caught.value.key == key


def test_no_country_no_rules() -> None:
    assert preset("XX") == ()
