"""What stands below the name of scanned goods: the number that is on the shelf."""

import pytest

from pos_app.values.gs1.message import code_to_show


@pytest.mark.parametrize(
    ("scanned", "shown"),
    [
        ("6901234567892", "6901234567892"),
        ("]E06901234567892", "6901234567892"),
        ("]C1010690123456789217261231\x1d10LOT7", "6901234567892"),
        ("010690123456789217261231", "6901234567892"),
        ("https://id.gs1.org/01/06901234567892/10/LOT7", "6901234567892"),
        ("]d2011690123456789921S1", "16901234567899"),
        ("SHOP-17", "SHOP-17"),
        ("https://example.com/", "https://example.com/"),
        ("", ""),
    ],
)
def test_a_message_is_shown_as_the_number_of_its_goods(scanned: str, shown: str):
    assert code_to_show(scanned) == shown
