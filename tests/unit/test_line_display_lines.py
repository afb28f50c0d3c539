"""The two lines of a display: exactly as wide as it is, and amounts whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.documents.line_display import DisplayRow, laid_out, two_lines
from pos_app.documents.wrapping import text_columns


@pytest.mark.parametrize(
    ("words", "amount", "line"),
    [
        ("Milk", "2.50", "Milk            2.50"),
        ("Organic whole milk 1 l", "12.50", "Organic whole  12.50"),
        ("鲜牛奶 950 ml 全脂", "12.50", "鲜牛奶 950 ml  12.50"),
        ("鲜牛奶全脂巴氏杀菌", "12.50", "鲜牛奶全脂巴氏 12.50"),
        ("Total", "1,234,567,890,123.45", "1,234,567,890,123.45"),
        ("Total", "1,234,567,890,123.456", "To 1234567890123.456"),
        ("Welcome", "", "      Welcome       "),
        ("晴川生活 · 湖滨店", "", " 晴川生活 · 湖滨店  "),
        ("", "2.50", "                2.50"),
        ("a\nb\x1b", "1", "a b                1"),
    ],
)
def test_a_line_of_twenty_columns(words: str, amount: str, line: str) -> None:
    assert laid_out(DisplayRow(words, amount)) == line


@given(st.text(max_size=60), st.integers(0, 10**12), st.integers(16, 40))
def test_a_line_is_as_wide_as_the_display_and_ends_with_its_amount(
    words: str, minor: int, columns: int
) -> None:
    amount = f"{minor / 100:,.2f}" if minor < 10**9 else str(minor)
    upper, lower = two_lines(DisplayRow(words, amount), DisplayRow(words), columns)

    assert text_columns(upper) == text_columns(lower) == columns
    assert upper.endswith(amount)
