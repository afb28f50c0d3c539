"""The order of `guitai bench`: from a cold start to an import while selling."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil

from pos_app.cli import bench_counter, bench_process
from pos_app.cli.bench_day import day_figures
from pos_app.cli.bench_figures import Figure
from pos_app.cli.bench_members import member_figures
from pos_app.cli.bench_place import place_figures
from pos_app.cli.bench_promotions import promotion_figures
from pos_app.cli.bench_shop import (
    FULL,
    QUICK,
    Lab,
    Scale,
    cached_shop,
    signed_on,
    void_sale,
    work_shop,
)
from pos_app.cli.bench_slips import slip_figures

LISTEN_S = 1.0


def scale_of(parsed: argparse.Namespace) -> Scale:
    """Return how much the command line asks to measure."""
    scale = QUICK if parsed.quick else FULL
    if parsed.items:
        scale = replace(scale, items=parsed.items)
    if not parsed.samples:
        return scale
    few = parsed.samples
    return Scale(scale.items, few, few, few, starts=1, rows=few, day_sales=few)


def measure(scale: Scale, keep: Path | None) -> Iterator[Figure]:
    """Yield every figure as it is measured.

    Args:
        scale: how much of each.
        keep: folder of the generated catalogue; None for the user's cache.
    """
    cached = cached_shop(scale.items, keep)
    # Whoever reads the other figures must know whether the machine was theirs.
    busy_percent = psutil.cpu_percent(LISTEN_S)
    yield Figure("processor use of other programs beforehand", busy_percent, "%")
    with work_shop(cached) as folder, _rests_between():
        for figures in _in_order(Lab(folder, scale), keep):
            yield from figures
            gc.collect()


@contextmanager
def _rests_between() -> Iterator[None]:
    """Look for garbage between two measures, never within one.

    So does the till: its window looks while nobody touches it (`ui.idle_memory`).
    What Python does by itself stops a program of this size for 100 ms, wherever it
    happens to be: in the pricing of one basket of a hundred.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _in_order(lab: Lab, keep: Path | None) -> Iterator[Iterator[Figure]]:
    bench_process.settle(lab)
    yield bench_process.cold_start_figures(lab)
    yield bench_counter.scan_figures(lab, "")
    yield bench_process.screen_figures(lab)
    yield bench_counter.search_figures(lab)
    yield bench_counter.pricing_figures(lab)
    yield promotion_figures(lab.scale.searches)
    yield bench_counter.commit_figures(lab)
    yield bench_counter.printer_figures(lab)
    yield slip_figures(lab)
    yield day_figures(lab)
    yield place_figures(lab)
    yield bench_process.check_figures(lab)
    yield _while_importing(lab)
    yield member_figures(lab, keep)


def _while_importing(lab: Lab) -> Iterator[Figure]:
    when = ", during an import"
    _void_left_open(lab)
    bench_process.settle(lab)
    with bench_process.importing(lab) as figures:
        yield from bench_counter.scan_figures(lab, when)
        yield from bench_process.painted_figures(lab, when)
        yield from figures


def _void_left_open(lab: Lab) -> None:
    """Give the basket up that the killed till had open: it is still there (law 10)."""
    with signed_on(lab.folder, bench_counter.QUIET) as till:
        basket = till.counter.sale.basket
        assert basket is not None
        assert len(basket.lines) == 10
        void_sale(till)
