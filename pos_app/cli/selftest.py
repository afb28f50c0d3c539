"""guitai selftest: one sale in one shift of a throw-away shop, everything verified.

The same few steps prove a checkout, a frozen program and a Windows machine.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.cli import add_json_option, say_json
from pos_app.errors import GuitaiError
from pos_app.i18n import _

if TYPE_CHECKING:
    from pos_app.cli.selftest_sale import Trial


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one step ended.

    Attributes:
        step: what was tried. passed: whether it held. detail: what was seen.
    """

    step: str
    passed: bool
    detail: str


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    add_json_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Try every step in order; exit code 1 when one does not hold."""
    with tempfile.TemporaryDirectory(
        prefix="guitai-selftest-", ignore_cleanup_errors=True
    ) as name:
        outcomes = []
        for outcome in _try_all(Path(name) / "shop"):
            outcomes.append(outcome)
            if not parsed.json:
                _say(outcome)
    failed = sum(not each.passed for each in outcomes)
    passed = len(outcomes) - failed
    if parsed.json:
        plain = [asdict(each) for each in outcomes]
        say_json({"passed": passed, "failed": failed, "steps": plain})
    else:
        print(_("selftest: {passed} passed, {failed} failed", **_counts(outcomes)))
    return 1 if failed else 0


def _counts(outcomes: list[Outcome]) -> dict[str, int]:
    passed = sum(each.passed for each in outcomes)
    return {"passed": passed, "failed": len(outcomes) - passed}


def _try_all(folder: Path) -> Iterator[Outcome]:
    """Yield outcomes until a step fails: each stands on those before it."""
    try:  # late: the whole till; a machine that lacks a library is told which
        from pos_app.cli.selftest_sale import Trial

        trial = Trial(folder)
    except (ImportError, OSError) as error:
        yield Outcome(_("The program is whole"), passed=False, detail=str(error))
        return
    try:
        for name, step in _steps(trial):
            outcome = _try(name, step)
            yield outcome
            if not outcome.passed:
                return
    finally:
        trial.close()


def _steps(trial: Trial) -> tuple[tuple[str, Callable[[], str]], ...]:
    return (
        (_("A shop is made"), trial.make_shop),
        (_("The till opens"), trial.open_till),
        (_("A cashier signs on"), trial.sign_on),
        (_("A shift is opened with its float"), trial.open_shift),
        (_("A barcode and a weighed label are scanned"), trial.scan),
        (_("Cash is taken and the sale is committed"), trial.pay),
        (_("The slip is printed"), trial.await_slip),
        (_("The codes on the slip are read back"), trial.read_slip),
        (_("The shift is closed and its Z is printed"), trial.close_shift),
        (_("The till stops and starts again"), trial.reopen),
        (_("The doctor finds the books in order"), trial.examine),
    )


def _try(name: str, step: Callable[[], str]) -> Outcome:
    try:
        return Outcome(name, passed=True, detail=step())
    except AssertionError as error:
        detail = str(error) or _("it is not as it must be")
    except GuitaiError as error:
        detail = str(error)
    except (ImportError, OSError) as error:
        detail = f"{type(error).__name__}: {error}"
    return Outcome(name, passed=False, detail=detail)


def _say(outcome: Outcome) -> None:
    mark = _("ok    ") if outcome.passed else _("FAILED")
    print(f"{mark}  {outcome.step}: {outcome.detail}", flush=True)
