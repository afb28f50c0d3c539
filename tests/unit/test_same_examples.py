"""A property is tried with the same examples, whatever other tests ran before it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TRIED = """
import importlib, sys
import tests.conftest
for name in sys.argv[1:]:
    importlib.import_module(name)
from hypothesis import given, strategies

tried = []

@given(strategies.lists(strategies.integers()), strategies.text())
def prop(numbers, words):
    tried.append((numbers, words))

prop()
print(ascii(tried))
"""


def tried(repository: Path, *loaded: str) -> str:
    """Return the examples of a property, with some modules loaded before."""
    done = subprocess.run(
        [sys.executable, "-c", TRIED, *loaded],
        cwd=repository,
        env={**os.environ, "HYPOTHESIS_PROFILE": "every-day"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("loaded", ["pos_app.values.money", "pos_app.services.sale"])
def test_examples_do_not_hang_on_what_is_loaded(repository: Path, loaded: str) -> None:
    assert tried(repository, loaded) == tried(repository)
