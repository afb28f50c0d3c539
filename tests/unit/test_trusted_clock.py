"""The clock that is never behind what was written down."""

import pytest

from pos_app.services.replay import ReplayClock
from pos_app.services.trusted_clock import TOLERANCE_MS, TrustedClock
from pos_app.values.times import Timestamp

LAST = Timestamp(1_000_000_000)


@pytest.mark.parametrize(
    ("behind_ms", "now_ms", "is_suspect"),
    [
        (0, 0, False),
        (-1, 1, False),
        (-86_400_000, 86_400_000, False),
        (1, 0, False),
        (TOLERANCE_MS, 0, False),
        (TOLERANCE_MS + 1, 0, True),
        (86_400_000, 0, True),
    ],
)
def test_how_far_a_clock_may_be_behind(behind_ms, now_ms, is_suspect) -> None:
    machine = ReplayClock(Timestamp(LAST.unix_ms - behind_ms))
    clock = TrustedClock(machine, LAST)
    assert clock.now() == Timestamp(LAST.unix_ms + now_ms)
    assert clock.is_suspect is is_suspect
    assert clock.behind_ms == (behind_ms if is_suspect else 0)


def test_a_new_till_trusts_its_machine() -> None:
    clock = TrustedClock(ReplayClock(LAST), None)
    assert (clock.now(), clock.is_suspect) == (LAST, False)


def test_time_stands_still_rather_than_going_back() -> None:
    machine = ReplayClock(LAST)
    clock = TrustedClock(machine, None)
    clock.recorded(LAST.plus_seconds(10))
    clock.recorded(LAST.plus_seconds(5))
    seen = []
    for second in (11, 3, -5, 12):
        machine.set(LAST.plus_seconds(second))
        seen.append(clock.now())
    assert seen == [LAST.plus_seconds(s) for s in (11, 10, 10, 12)]


def test_confirming_believes_the_machine_until_the_next_time() -> None:
    machine = ReplayClock(LAST.plus_seconds(-60))
    clock = TrustedClock(machine, LAST)
    assert clock.is_suspect
    assert clock.confirm() == machine.now()
    assert (clock.now(), clock.is_suspect, clock.behind_ms) == (machine.now(), False, 0)
    clock.recorded(machine.now())
    machine.set(machine.now().plus_seconds(-60))
    assert clock.is_suspect


def test_a_doubt_of_yesterday_holds_although_the_clock_runs_right() -> None:
    clock = TrustedClock(ReplayClock(LAST), None)
    clock.doubt()
    assert clock.is_suspect
    clock.confirm()
    assert not clock.is_suspect
