"""Identities and times."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from pos_app.values.ids import uuid7
from pos_app.values.times import Period, Timestamp, business_day_at, zone_of

CHINA = timezone(timedelta(hours=8))


def test_an_id_is_the_example_of_the_standard() -> None:
    # RFC 9562 appendix A.6: rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F
    entropy = (0xCC3 << 64 | 0x18C4DC0C0C07398F).to_bytes(10, "big")
    assert uuid7(0x017F22E279B0, entropy) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@pytest.mark.parametrize("entropy", [bytes(10), b"\xff" * 10])
def test_an_id_says_its_version_whatever_chance_gives(entropy: bytes) -> None:
    made = UUID(uuid7(1_700_000_000_000, entropy))
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"


def test_later_ids_sort_later() -> None:
    assert uuid7(1, b"\xff" * 10) < uuid7(2, bytes(10))


def test_too_little_chance_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        uuid7(1, bytes(9))


def test_a_timestamp_is_utc_and_reads_itself_back() -> None:
    moment = Timestamp.parse("2026-11-21T14:32:05.678+08:00")
    assert str(moment) == "2026-11-21T06:32:05.678Z"
    assert Timestamp.parse(str(moment)) == moment
    assert moment.at(CHINA).hour == 14
    assert str(moment.plus_seconds(-5)) == "2026-11-21T06:32:00.678Z"


def test_a_timestamp_is_cut_to_milliseconds_also_before_1970() -> None:
    assert Timestamp.of(datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC)).unix_ms == -1


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="2026"):
        Timestamp.parse("2026-11-21T14:32:05")


def test_a_period_begins_with_its_start_and_ends_before_its_end() -> None:
    period = Period(Timestamp(10), Timestamp(20))
    assert [period.covers(Timestamp(ms)) for ms in (9, 10, 19, 20)] == [
        False,
        True,
        True,
        False,
    ]
    assert Period().covers(Timestamp(0))


@pytest.mark.parametrize(
    ("local", "day"),
    [
        pytest.param("2026-11-21T23:59:00+08:00", date(2026, 11, 21), id="evening"),
        pytest.param("2026-11-22T03:59:00+08:00", date(2026, 11, 21), id="still today"),
        pytest.param("2026-11-22T04:00:00+08:00", date(2026, 11, 22), id="a new day"),
    ],
)
def test_the_business_day_does_not_end_at_midnight(local: str, day: date) -> None:
    assert business_day_at(Timestamp.parse(local), zone_of(480), 4) == day
