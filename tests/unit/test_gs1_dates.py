"""Six digits of a GS1 date mean a day of the century around today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.values.gs1.dates import gs1_date

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("261130", date(2026, 11, 30)),
        ("261100", date(2026, 11, 30)),
        ("280200", date(2028, 2, 29)),
        ("2611301830", date(2026, 11, 30)),
        ("760101", date(2076, 1, 1)),
        ("770101", date(1977, 1, 1)),
        ("991231", date(1999, 12, 31)),
        ("000101", date(2000, 1, 1)),
    ],
)
def test_a_date_is_read_as_the_general_specifications_say(text: str, day: date) -> None:
    assert gs1_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "26113", "261301", "260230", "26ab01", "２６1130"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert gs1_date(text, TODAY) is None


def test_late_in_a_century_small_years_are_of_the_next() -> None:
    assert gs1_date("010101", date(2080, 1, 1)) == date(2101, 1, 1)


@given(st.dates(date(1960, 1, 1), date(2150, 1, 1)), st.integers(-49 * 365, 50 * 365))
def test_every_day_within_half_a_century_is_read_back(today: date, days: int) -> None:
    day = today + timedelta(days)
    assert gs1_date(day.strftime("%y%m%d"), today) == day
