"""A long task lets the screen's thread have Python soon, every time it asks."""

import sys

from ui.tasks import PATIENCE_S, TaskRunner


def test_the_screen_waits_a_millisecond_for_a_busy_task() -> None:
    before = sys.getswitchinterval()
    try:
        runner = TaskRunner()
        assert sys.getswitchinterval() == PATIENCE_S == 0.001
        runner.close()
    finally:
        sys.setswitchinterval(before)
