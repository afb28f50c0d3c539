"""What a line of an item file says of discounts and returns."""

import pytest

from pos_app.errors import UserError
from pos_app.services.item_rules import read_cap, read_returnable, show_cap
from pos_app.values.percentage import Percentage


@pytest.mark.parametrize(
    ("text", "cap"),
    [
        ("0", Percentage(0)),
        ("10%", Percentage(100_000)),
        ("12.5", Percentage(125_000)),
        ("100%", Percentage(1_000_000)),
        ("any", None),
        ("不限", None),
    ],
)
def test_a_cap_is_a_part_of_the_price_or_any(text: str, cap: Percentage | None) -> None:
    assert read_cap(text) == cap
    assert read_cap(show_cap(cap)) == cap


@pytest.mark.parametrize("text", ["101", "-1", "much", "1e2"])
def test_a_cap_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        read_cap(text)


@pytest.mark.parametrize(
    ("text", "said"), [("yes", True), ("是", True), ("NO", False), ("不可退", False)]
)
def test_goods_may_come_back_or_not(text: str, said: bool) -> None:
    assert read_returnable(text) is said


def test_anything_else_is_neither_yes_nor_no() -> None:
    with pytest.raises(UserError, match="import_yes_or_no"):
        read_returnable("perhaps")
