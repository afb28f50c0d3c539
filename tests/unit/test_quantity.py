"""Quantities: exact, in thousandths, above zero."""

from decimal import Decimal

import pytest

from pos_app.errors import UserError
from pos_app.values.quantity import (
    canonical,
    checked_quantity,
    from_thousandths,
    parse_quantity,
    to_thousandths,
)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("1", "1"),
        ("2.500", "2.5"),
        ("0,755", "0.755"),
        ("１２", "12"),
        (" 3 ", "3"),
        ("1,250", "1250"),
        ("99999", "99999"),
        (".001", "0.001"),
    ],
)
def test_quantities_are_read_exactly(text: str, quantity: str) -> None:
    assert parse_quantity(text) == Decimal(quantity)
    assert str(parse_quantity(text)) == quantity


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "quantity_unreadable"),
        ("three", "quantity_unreadable"),
        ("1e3", "quantity_unreadable"),
        ("NaN", "quantity_unreadable"),
        ("1_0", "quantity_unreadable"),
        ("9" * 5000, "quantity_unreadable"),
        ("0", "quantity_absurd"),
        ("-1", "quantity_absurd"),
        ("100000", "quantity_absurd"),
        ("6901234567892", "quantity_absurd"),
        ("0.0001", "quantity_too_precise"),
    ],
)
def test_absurd_quantities_are_refused(text: str, key: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_quantity(text)
    assert refused.value.key == key


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_no_quantity_is_no_number(text: str) -> None:
    with pytest.raises(UserError, match="quantity_absurd"):
        checked_quantity(Decimal(text))


def test_a_quantity_has_one_form_and_never_an_exponent() -> None:
    assert str(canonical(Decimal("1E+2"))) == "100"
    assert str(canonical(Decimal("2.000"))) == "2"
    assert str(canonical(Decimal("0.500"))) == "0.5"


def test_thousandths_go_there_and_back() -> None:
    assert to_thousandths(Decimal("0.755")) == 755
    assert from_thousandths(755) == Decimal("0.755")
    assert str(from_thousandths(12_000)) == "12"
    with pytest.raises(AssertionError):
        to_thousandths(Decimal("0.0001"))
