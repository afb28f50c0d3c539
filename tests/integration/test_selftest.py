"""`guitai selftest` sells once, verifies everything, and says so line by line."""

import json

import pytest

from pos_app.cli import main
from pos_app.cli.selftest import _try
from pos_app.errors import StorageError

STEPS = 11


def test_every_step_holds_and_the_last_line_counts_them(capsys) -> None:
    assert main(["selftest"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == STEPS + 1
    assert all(line.startswith("ok") for line in lines[:-1])
    assert lines[-1] == f"selftest: {STEPS} passed, 0 failed"


def test_programs_get_the_steps_as_json(capsys) -> None:
    assert main(["--language", "zh-CN", "selftest", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["passed"], answer["failed"]) == (STEPS, 0)
    assert [step["passed"] for step in answer["steps"]] == [True] * STEPS


@pytest.mark.parametrize(
    ("error", "word"),
    [
        pytest.param(AssertionError("1 != 2"), "1 != 2", id="a sum that is wrong"),
        pytest.param(AssertionError(), "must be", id="a fact without words"),
        pytest.param(StorageError("disk_full"), "disk_full", id="what a shop may meet"),
        pytest.param(ImportError("no PIL"), "no PIL", id="a library left out"),
    ],
)
def test_what_goes_wrong_in_a_step_is_its_outcome(error: Exception, word: str) -> None:
    def step() -> str:
        raise error

    outcome = _try("a step", step)
    assert not outcome.passed
    assert word in outcome.detail
