"""A PIN that a thief tries first is not taken."""

from __future__ import annotations

import pytest

from pos_app.domain.pin_rule import check_pin
from pos_app.errors import UserError


def refused(pin: str, number: str = "1027") -> str:
    with pytest.raises(UserError) as caught:
        check_pin(pin, number)
    return caught.value.key


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "１２３４", "", "12 4"])
def test_what_is_no_four_to_eight_digits_is_no_pin(pin: str) -> None:
    assert refused(pin) == "pin_shape"


@pytest.mark.parametrize(
    "pin", ["1111", "88888888", "1234", "4321", "7890", "567890", "1212", "123123"]
)
def test_a_pattern_is_too_easy(pin: str) -> None:
    assert refused(pin) == "pin_too_easy"


@pytest.mark.parametrize(
    "pin", ["1985", "2012", "3112", "1231", "0229", "850721", "210785", "198507"]
)
def test_a_year_or_a_birthday_is_too_easy(pin: str) -> None:
    assert refused(pin) == "pin_too_easy"


@pytest.mark.parametrize("pin", ["19850721", "21071985", "07211985"])
def test_a_whole_date_of_birth_is_too_easy(pin: str) -> None:
    assert refused(pin) == "pin_too_easy"


def test_the_own_number_is_no_secret_forwards_or_backwards() -> None:
    assert refused("4791", "4791") == "pin_is_number"
    assert refused("1974", "4791") == "pin_is_number"


@pytest.mark.parametrize("pin", ["2580", "7415", "9638", "94817", "604738", "90418273"])
def test_other_pins_are_taken(pin: str) -> None:
    check_pin(pin, "1027")


def test_most_pins_of_four_digits_are_left_to_choose_from() -> None:
    left = 0
    for number in range(10_000):
        try:
            check_pin(f"{number:04}", "")
        except UserError:
            continue
        left += 1
    assert left > 8_800
