"""What happens in processes of its own: starts, kills, imports, a window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Options, Till
from pos_app.cli.bench_figures import Figure, percentile, spread, timed_ms
from pos_app.cli.bench_shop import Lab
from pos_app.persistence.shop_opening import take_shop

#: A till that closes finishes its backup first: minutes for a million items.
GOODBYE_S = 600


def settle(lab: Lab) -> None:
    """Open and close the till once, so that its care of the day is done.

    That is a backup and the count of best sellers; both would disturb what is
    measured next, as they disturb the first minute of a shop's day.
    """
    with part("start", lab) as answers:
        answer_of(answers)


def cold_start_figures(lab: Lab) -> Iterator[Figure]:
    """Measure a new process from its first moment to its first scan on screen."""
    samples = []
    for _ in range(lab.scale.starts):
        started = time.perf_counter()
        with part("start", lab) as answers:
            answer_of(answers)
            samples.append(time.perf_counter() - started)
    name = "cold start to first scan, window offscreen"
    yield Figure(f"{name}, p50", percentile(samples, 50), "s", 1.5)


def check_figures(lab: Lab) -> Iterator[Figure]:
    """Measure the start-up check after a clean stop and after a kill."""
    with Till(lab.folder, Options(with_printer=False)):
        pass  # stops cleanly
    clean_s = _taken_s(lab)
    with part("kill", lab) as answers:
        answer_of(answers)  # a sale is open and durable; leaving kills it
    killed_s = _taken_s(lab)
    sales = lab.scale.sales
    yield Figure(f"start-up check, clean stop, {sales} sales", clean_s, "s", 1)
    yield Figure(f"start-up check, killed, {sales} sales", killed_s, "s", 5)


def screen_figures(lab: Lab) -> Iterator[Figure]:
    """Measure scan -> painted line, 20 scans a second, and the memory at the end."""
    found = _screen(lab)
    yield from _painted(found, "")
    count = found["typed"]
    name = f"scans lost of {count}, typed at 20 a second"
    yield Figure(name, count - found["kept"], "scans", 0)
    yield Figure(
        "till memory after all this, window offscreen", found["rss"], "MB", 200
    )


def painted_figures(lab: Lab, when: str) -> Iterator[Figure]:
    """Measure scan -> painted line only."""
    yield from _painted(_screen(lab), when)


@contextmanager
def importing(lab: Lab) -> Iterator[Iterator[Figure]]:
    """Change prices and import items in another process, for as long as it takes.

    Yields:
        The import's own figures; reading them waits for its end.
    """
    stop = stop_file(lab.folder.root)
    with part("import", lab) as answers:
        answer_of(answers)
        yield _import_figures(answers)
        stop.touch()


def stop_file(root: Path) -> Path:
    """Return the file that ends an import that goes on and on."""
    return root / "import.stop"


@contextmanager
def part(name: str, lab: Lab) -> Iterator[IO[str]]:
    """Start the program again as a part of the bench; killed if it stays.

    Yields:
        What it writes.
    """
    is_frozen = getattr(sys, "frozen", False)
    program = [sys.executable] if is_frozen else [sys.executable, "-m", "pos_app"]
    places = ["--shop", str(lab.folder.root), "--items", str(lab.scale.items)]
    samples = ["--samples", str(_samples(name, lab))]
    process = subprocess.Popen(
        [*program, "bench", "--part", name, *places, *samples],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2] if not is_frozen else None,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None
    with process:
        try:
            yield process.stdout
            if name != "kill":
                process.wait(GOODBYE_S)
        finally:
            process.kill()


def _samples(name: str, lab: Lab) -> int:
    return lab.scale.rows if name == "import" else lab.scale.scans


def answer_of(answers: IO[str]) -> Any:
    """Read the next line of JSON that a part of the bench says."""
    line = answers.readline()
    assert line, "a part of the bench broke off; its own words are above"
    return json.loads(line)


def _screen(lab: Lab) -> Any:
    with part("screen", lab) as answers:
        return answer_of(answers)


def _painted(found: Any, when: str) -> list[Figure]:
    name = f"scan to painted line, window offscreen{when}"
    return spread(name, found["painted"], {50: 8, 99: 16})


def _taken_s(lab: Lab) -> float:
    def take() -> None:
        take_shop(lab.folder, SystemClock()).lock.release()

    return timed_ms(take) / 1000


def _import_figures(answers: IO[str]) -> Iterator[Figure]:
    changed, imported = answer_of(answers), answer_of(answers)
    changes, rows = changed["rows"], imported["rows"]
    name = f"{changes:,} prices changed while selling"
    yield Figure(name, changed["seconds"], "s")
    target = 60 if rows >= 100_000 else None  # what is promised, not a part of it
    name = f"{rows:,} new items imported while selling"
    yield Figure(name, imported["seconds"], "s", target)
