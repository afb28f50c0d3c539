"""Card numbers and phones' payment codes are known by their shape."""

import pytest

from pos_app.services.payment_secrets import (
    holds_card_number,
    holds_payment_code,
    is_payment_code,
)


def luhn_eans() -> list[str]:
    from pos_app.values.gs1.check_digit import check_digit

    found = [f"69012345{n:04d}" for n in range(200)]
    return [code + check_digit(code) for code in found]


@pytest.mark.parametrize(
    "code",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "４１１１１１１１１１１１１１１１",
        "378282246310005",
        "6212345678901232",
        ";4111111111111111=29121010000000000000?",
        "%B4111111111111111^SOMEBODY/A^2912101?",
        "134567890123456789",
        "105678901234567890",
        "281234567890123456",
        "301234567890123456789012",
        "6212345678901234567",
    ],
)
def test_what_pays_is_no_item(code: str) -> None:
    assert is_payment_code(code)


def test_a_product_code_stays_one_even_if_a_card_could_have_it() -> None:
    codes = luhn_eans()
    assert any(map(holds_card_number, codes))
    assert not any(map(is_payment_code, codes))


@pytest.mark.parametrize(
    "code",
    ["12345", "4111111111111112", "0109501101530003", "Z-1", "", "00000000000000"],
)
def test_other_codes_are_left_alone(code: str) -> None:
    assert not is_payment_code(code)


def test_a_card_number_is_found_among_other_words() -> None:
    assert holds_card_number("card 4111-1111-1111-1111 12/29 cvc 123")
    assert holds_payment_code("paid 134567890123456789 by phone")
    assert not holds_payment_code("call 13800138000 at 12:30, order 20261122-0042")
