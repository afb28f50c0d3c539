"""Amounts, rates and how people write them."""

import pytest

from pos_app.errors import UserError
from pos_app.values.money import (
    AMOUNT_LIMIT_MINOR,
    Money,
    exponent_of,
    format_minor,
    parse_minor,
)
from pos_app.values.percentage import Percentage


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("45.10", "CNY", 4510),
        ("45.1", "CNY", 4510),
        ("45", "CNY", 4500),
        (".5", "CNY", 50),
        ("1.", "CNY", 100),
        ("-3.20", "CNY", -320),
        ("\u22123.20", "CNY", -320),
        ("+3", "CNY", 300),
        ("¥1,284.50", "CNY", 128450),
        ("￥1，284。50", "CNY", 128450),
        ("１２．５", "CNY", 1250),
        ("5元", "CNY", 500),
        ("RMB 5", "CNY", 500),
        ("NT$ 857", "TWD", 857),
        ("857.00", "TWD", 857),
        ("1,000", "JPY", 1000),
        ("1.284,50 €", "EUR", 128450),
        ("1 284,50", "EUR", 128450),
        ("1\u202f284,50", "EUR", 128450),
        ("1'284.50", "CHF", 128450),
        ("12,5", "EUR", 1250),
        ("0,500", "EUR", 50),
        ("1.2500", "EUR", 125),
        ("1.234", "KWD", 1234),
        ("1,234,567.89", "USD", 123456789),
        ("100000000000.00", "CNY", AMOUNT_LIMIT_MINOR),
    ],
)
def test_amounts_are_read_exactly(text: str, currency: str, minor: int) -> None:
    assert parse_minor(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "key"),
    [
        ("", "CNY", "amount_unreadable"),
        (".", "CNY", "amount_unreadable"),
        ("元", "CNY", "amount_unreadable"),
        ("--5", "CNY", "amount_unreadable"),
        ("+-5", "CNY", "amount_unreadable"),
        ("5-", "CNY", "amount_unreadable"),
        ("1,2,3", "CNY", "amount_unreadable"),
        ("1.2.3", "CNY", "amount_unreadable"),
        ("1,23,456", "CNY", "amount_unreadable"),
        ("1e3", "CNY", "amount_unreadable"),
        ("0x10", "CNY", "amount_unreadable"),
        ("nan", "CNY", "amount_unreadable"),
        ("²", "CNY", "amount_unreadable"),
        ("😀", "CNY", "amount_unreadable"),
        ("1_000", "CNY", "amount_unreadable"),
        ("9" * 5000, "CNY", "amount_unreadable"),
        ("1.005", "CNY", "amount_too_precise"),
        ("1.5", "TWD", "amount_too_precise"),
        ("100000000000.01", "CNY", "amount_absurd"),
        ("-100000000000.01", "CNY", "amount_absurd"),
    ],
)
def test_what_only_looks_like_an_amount_is_refused(
    text: str, currency: str, key: str
) -> None:
    with pytest.raises(UserError) as refused:
        parse_minor(text, currency)
    assert refused.value.key == key
    assert len(str(refused.value.params["text"])) <= 60


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (-128450, "CNY", "-1284.50"),
        (5, "CNY", "0.05"),
        (0, "CNY", "0.00"),
        (857, "TWD", "857"),
        (-1, "KWD", "-0.001"),
    ],
)
def test_amounts_are_written_plainly_and_read_back(
    minor: int, currency: str, text: str
) -> None:
    assert format_minor(minor, currency) == text
    assert parse_minor(text, currency) == minor


def test_taiwan_and_japan_have_no_cents() -> None:
    assert (exponent_of("TWD"), exponent_of("JPY"), exponent_of("CNY")) == (0, 0, 2)


def test_money_adds_only_its_own_currency() -> None:
    assert Money(150, "CNY") + Money(-50, "CNY") == Money(100, "CNY")
    assert Money(150, "CNY") - Money(50, "CNY") == -Money(-100, "CNY")
    with pytest.raises(AssertionError):
        Money(1, "CNY") + Money(1, "TWD")


@pytest.mark.parametrize(
    ("text", "millionths", "shown"),
    [
        ("13%", 130_000, "13%"),
        ("９％", 90_000, "9%"),
        (" 7.25 ", 72_500, "7.25%"),
        ("0,65 %", 6_500, "0.65%"),
        ("0", 0, "0%"),
        ("100", 1_000_000, "100%"),
        ("0.0001", 1, "0.0001%"),
    ],
)
def test_percentages_are_exact(text: str, millionths: int, shown: str) -> None:
    assert Percentage.parse(text) == Percentage(millionths)
    assert str(Percentage(millionths)) == shown


@pytest.mark.parametrize("text", ["", "%", "nan", "1e999999", "0.00001", "a", "9" * 99])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="percentage_unreadable"):
        Percentage.parse(text)
