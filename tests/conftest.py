"""What every test stands on: no display, the same examples, the shared folder."""

import gc
import itertools
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

# Before anything imports Qt: a test never opens a window on somebody's screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[1]

# No profile measures time: a busy machine must not turn a true property false.
SLOW_IS_FINE = [HealthCheck.too_slow]
settings.register_profile(
    "every-day",
    deadline=None,
    derandomize=True,  # the same examples everywhere, so that red means the change
    max_examples=60,
    suppress_health_check=SLOW_IS_FINE,
)
settings.register_profile(
    "thorough",  # `dev.py test --all`; see tests/effort.py
    settings.get_profile("every-day"),
)
settings.register_profile(
    "search",  # HYPOTHESIS_PROFILE=search looks for what nobody thought of
    deadline=None,
    max_examples=2_000,
    print_blob=True,
    suppress_health_check=SLOW_IS_FINE,
)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "every-day")
settings.load_profile(PROFILE)
if PROFILE != "search":
    # Hypothesis mixes in the numbers and words of whichever modules of ours are
    # loaded: after other tests it would try other examples.
    providers.is_local_module_file = lambda _file: False


def pytest_configure(config: pytest.Config) -> None:
    """Let threads answer late where somebody looks for what passes by luck."""
    seed = os.environ.get("GUITAI_LATE_THREADS")
    if seed:
        from tests.late_threads import LateThreads

        late = LateThreads(seed)
        late.begin()
        config.pluginmanager.register(late)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> object:
    """Return the robot for windows, with patience for slow machines."""
    from tests.patient_bot import PatientBot

    return PatientBot(request)


@pytest.fixture
def clock() -> object:
    """Return a clock that stands at noon until a test moves it."""
    from pos_app.services.replay import ReplayClock
    from tests.counter_shop import NOON

    return ReplayClock(NOON)


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """Return the folder of reference data beside the checkout, or skip the test."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the reference data are not here: no folder ../shared")
    return folder


#: Full looks at the garbage cost a tenth of a second: one in so many tests.
TESTS_BETWEEN_LOOKS = 40
_tests_run = itertools.count(1)
# As in the till: a task thread that frees a Qt object can deadlock with the screen's.
gc.disable()


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    """Look for garbage on the tests' own thread only, between two tests."""
    gc.disable()  # whatever the test before has left
    yield
    if next(_tests_run) % TESTS_BETWEEN_LOOKS:
        gc.collect(0)
    else:
        gc.collect()
        gc.freeze()  # modules and caches: no later look walks over them again


@pytest.fixture(autouse=True)
def as_after_start() -> None:
    """Speak English in the plain theme: a process has one language and one theme."""
    from pos_app.i18n import use_language

    use_language("en")
    host = sys.modules.get("ui.theme.host")
    if host is not None:
        from ui.theme.theme import Theme

        host.theme_host().use(Theme())


#: These take longest. They begin first: at the end nobody waits for a single one.
_LONG = frozenset(
    {
        "test_screen_every_view.py",
        "test_day_machine.py",
        "test_shots.py",
        "test_sigkill.py",
        "test_demo_day.py",
        "test_screen_wizard.py",
        "test_screen_devices.py",
        "test_screen_accessible.py",
        "test_park_machine.py",
        "test_cli_bench.py",
    }
)


@pytest.hookimpl(wrapper=True, tryfirst=True)  # what follows yield: after the shuffling
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Put the long files first; `--dist loadfile` keeps each in one process."""
    yield
    items.sort(key=lambda item: item.path.name not in _LONG)
