"""Shelf prices end as the shop likes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.values.rounding import to_ending


@pytest.mark.parametrize(
    ("minor", "ending", "expected"),
    [
        (1344, 9, 1349),
        (1343, 9, 1339),
        (1349, 9, 1349),
        (1345, 0, 1350),
        (1344, 0, 1340),
        (1, 9, 9),
        (3, 0, 10),
        (4, 9, 9),
        (5, 0, 10),
    ],
)
def test_the_nearest_ending(minor: int, ending: int, expected: int) -> None:
    assert to_ending(minor, ending) == expected


@given(st.integers(1, 10**9), st.integers(0, 9))
def test_an_ending_is_near_and_above_zero(minor: int, ending: int) -> None:
    found = to_ending(minor, ending)
    assert found % 10 == ending
    assert found > 0
    assert abs(found - minor) <= 5 or minor < 10
