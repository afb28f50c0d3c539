"""Slips without a pause while the screen paints: does either wait for the other?"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

from pos_app.cli import say_json
from pos_app.cli.bench_counter import QUIET, fill, finish
from pos_app.cli.bench_figures import Figure, percentile, spread
from pos_app.cli.bench_printer import PrinterSink
from pos_app.cli.bench_process import answer_of, part
from pos_app.cli.bench_shop import QUICK, Lab, signed_on
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.devices import plain_printer

#: A busy hour at three counters that share one till's printer.
SLIPS_A_MINUTE = 200
#: A frame of a screen of 60 Hz; with two of them between two pictures one was dropped.
FRAME_MS = 1000 / 60
_LEAST_SLIPS, _MOST_SLIPS = 20, 200
_PATIENCE_S = 20.0
_QUIET_S = 3.0


def slip_figures(lab: Lab) -> Iterator[Figure]:
    """Measure how late slips come, and how long the screen stands still meanwhile."""
    with part("slips", lab) as answers:
        found = answer_of(answers)
    quiet, frames, late = found["quiet"], found["frames"], found["late"]
    yield Figure("longest between two frames, no slips", max(quiet), "ms")
    name = f"{SLIPS_A_MINUTE} slips a minute, {len(late)} of them"
    # A slip that is confirmed before the next one is asked for keeps the pace.
    targets: dict[int, float | None] = {50: None, 95: 60_000 / SLIPS_A_MINUTE}
    yield from spread(f"{name}: asked to confirmed", late, targets)
    yield Figure(f"{name}: p99 between two frames", percentile(frames, 99), "ms")
    longest = f"{name}: longest between frames"
    yield Figure(longest, max(frames), "ms", 2 * FRAME_MS)


def print_slips(folder: ShopFolder, items: int, samples: int) -> None:
    """Print copies of a slip of ten lines at that pace, in this process."""
    from pos_app.cli.bench_window import BenchWindow

    lab = Lab(folder, replace(QUICK, items=items))
    count = max(_LEAST_SLIPS, min(_MOST_SLIPS, samples))
    with PrinterSink() as sink:
        _sell_one(lab, sink.port)
        with closing(BenchWindow(folder)) as window:
            window.await_slips(_PATIENCE_S)
            quiet_ms = window.frames(_QUIET_S)
            found: dict[str, Any] = {"quiet": quiet_ms, "frames": []}
            asked = []
            begun = time.perf_counter()
            for number in range(count):
                asked.append(time.perf_counter())
                window.reprint()
                due = begun + (number + 1) * 60 / SLIPS_A_MINUTE
                found["frames"] += window.frames(due - time.perf_counter())
            window.await_slips(_PATIENCE_S)
            printed = window.settled[-count:]
    pairs = zip(asked, printed, strict=True)
    found["late"] = [(end - start) * 1000 for start, end in pairs]
    say_json(found)
    sys.stdout.flush()


def _sell_one(lab: Lab, port: int) -> None:
    """Let the till print to a port, and make a sale whose slip is copied."""
    with signed_on(lab.folder, QUIET) as till:
        book, stamp = till.device_book, till.counter.desk.stamp()
        book.adopt(book.begin_put(stamp, plain_printer("127.0.0.1", port)).result())
        fill(till, lab, 0)
        till.counter.checkout.take("cash", None)
        finish(till)
        till.counter.checkout.finished()
