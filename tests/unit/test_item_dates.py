"""Dates of item files mean the shop's own days."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.errors import UserError
from pos_app.services.item_dates import parse_end, parse_start, show_end, show_start
from pos_app.values.times import Timestamp

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "2026/11/22",
        "2026.11.22",
        "20261122",
        "2026年11月22日",
        "２０２６－１１－２２",
        "46348",
        "2026-11-22 00:00",
        "2026-11-21T16:00:00Z",
        "2026-11-22T00:00:00+08:00",
    ],
)
def test_every_form_of_a_day_is_its_local_midnight(text: str) -> None:
    assert str(parse_start(text, SHANGHAI)) == "2026-11-21T16:00:00.000Z"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026/1/2", "2026-01-01T16:00:00.000Z"),
        ("2026-11-22 08:30", "2026-11-22T00:30:00.000Z"),
        ("2026/11/22 8:30:15", "2026-11-22T00:30:15.000Z"),
        ("46348.5", "2026-11-22T04:00:00.000Z"),
        ("46348.0", "2026-11-21T16:00:00.000Z"),
    ],
)
def test_a_clock_time_is_that_minute(text: str, moment: str) -> None:
    assert str(parse_start(text, SHANGHAI)) == moment


def test_the_last_day_is_counted_in_and_a_clock_time_is_exact() -> None:
    assert parse_end("2026-11-30", SHANGHAI) == parse_start("2026-12-01", SHANGHAI)
    assert parse_end("46348", SHANGHAI) == parse_start("2026-11-23", SHANGHAI)
    assert parse_end("9999-12-31", SHANGHAI) is None
    exact = parse_end("2026-11-30 18:00", SHANGHAI)
    assert exact == parse_start("2026-11-30 18:00", SHANGHAI)


def test_a_day_of_summer_time_has_its_own_length() -> None:
    start, end = parse_start("2026-10-25", BERLIN), parse_end("2026-10-25", BERLIN)
    assert end is not None
    assert end.unix_ms - start.unix_ms == 25 * 3600 * 1000


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("22/11/2026", "date_unreadable"),
        ("2026-13-01", "date_unreadable"),
        ("2026-02-30", "date_unreadable"),
        ("2026111", "date_unreadable"),
        ("tomorrow", "date_unreadable"),
        ("2026-11-22 25:00", "date_unreadable"),
        ("1026-11-22", "date_absurd"),
        ("2999-12-31", "date_absurd"),
        ("20261122" * 20, "date_unreadable"),
    ],
)
def test_what_is_no_day_is_refused_by_name(text: str, key: str) -> None:
    for parse in (parse_start, parse_end):
        with pytest.raises(UserError) as refused:
            parse(text, SHANGHAI)
        assert refused.value.key == key


@given(
    st.integers(946_771_200_000, 4_000_000_000_000),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Santiago"]),
    st.sampled_from([1, 1000, 60_000, 86_400_000]),
)
def test_what_is_written_is_read_back_exactly(ms: int, zone: str, step: int) -> None:
    moment, where = Timestamp(ms // step * step), ZoneInfo(zone)
    assert parse_start(show_start(moment, where), where) == moment
    assert parse_end(show_end(moment, where), where) == moment
