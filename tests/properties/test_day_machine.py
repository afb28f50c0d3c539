"""Many days of a shop, in whatever order: money, goods and chain add up each time."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

from tests.day_machine import DayMachine
from tests.effort import examples

TestDayMachine = DayMachine.TestCase
TestDayMachine.settings = settings(
    max_examples=examples(7, 30),
    stateful_step_count=50,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking takes minutes: read the steps
    suppress_health_check=[HealthCheck.too_slow],
)
