"""The figures of the second place: what it costs a sale, how soon it has everything."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from hardware.system_clock import RandomIds, SystemClock
from pos_app.bootstrap import Till
from pos_app.cli.bench_counter import QUIET, fill, finish
from pos_app.cli.bench_figures import Figure, percentile, spread, timed_ms
from pos_app.cli.bench_shop import Lab, signed_on
from pos_app.persistence.key_ring import renew_recovery_code
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.ledger.units_sold import units_sold
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.persistence.till_restore import (
    RestoreTools,
    list_restorable,
    restore_till,
)
from pos_app.ports.second_place import PlaceState

#: A copy of a million items to a slow stick.
PATIENCE_S = 1_800
LOOK_EVERY_S = 0.02
#: Sales with and without the place take turns, so that both meet the same machine.
TURN = 10
RESTORED_WITHIN_S = 300
THERE_WITHIN_S = 60


def place_figures(lab: Lab) -> Iterator[Figure]:
    """Measure a second place on the same disk, then a restore from it."""
    with _folder_beside(lab, "second-place") as place:
        with signed_on(lab.folder, QUIET) as till:
            started = time.perf_counter()
            till.second_place.choose(place, till.counter.desk.stamp())
            _wait(lambda: till.second_place.report().state is PlaceState.CURRENT)
            seconds = time.perf_counter() - started
            yield Figure("second place made, both databases", seconds, "s")
            yield from _sales(till, lab)
            yield _change(till)
            code = renew_recovery_code(lab.folder.root, till.ring)
            time.sleep(LOOK_EVERY_S)
        with signed_on(lab.folder, QUIET) as till:  # takes the new ring along
            _wait(lambda: till.second_place.report().state is PlaceState.CURRENT)
        yield from _restore(lab, place, code)
        with signed_on(lab.folder, QUIET) as till:
            till.second_place.stop(till.counter.desk.stamp())


def _sales(till: Till, lab: Lab) -> Iterator[Figure]:
    """Measure the commit of a sale with the place and without it, in turns."""
    alone: list[float] = []
    mirrored: list[float] = []
    late = 0
    hear = till.second_place.committed
    for number in range(2 * lab.scale.sales):
        is_mirrored = number // TURN % 2 == 0
        till.ledger.call_after_commit(hear if is_mirrored else _nobody)
        fill(till, lab, number)
        till.counter.checkout.take("cash", None)
        till.ledger.flush()
        (mirrored if is_mirrored else alone).append(timed_ms(partial(finish, till)))
        late += is_mirrored and till.second_place.is_behind
        till.counter.checkout.finished()
        if number % TURN == TURN - 1:
            till.ledger.call_after_commit(hear)
            till.ledger.submit(lambda unit: unit.setting("")).result()
            _wait(lambda: not till.second_place.is_behind)
    till.ledger.call_after_commit(hear)
    name = "10-line sale committed, second place"
    yield from spread(f"{name} on the same disk", mirrored, {50: None, 95: None})
    for percent in (50, 95):
        more = percentile(mirrored, percent) - percentile(alone or mirrored, percent)
        yield Figure(f"what a second place adds to a sale, p{percent}", more, "ms")
    yield Figure("sales acknowledged before the second place had them", late, "sales")


def _change(till: Till) -> Figure:
    """Measure how soon a change of the catalogue lies at the place."""
    before = till.second_place.heads["catalog"]
    with till.ledger.read_engine.begin() as connection:
        sold, _newest = units_sold(connection, (0, 0))
    started = time.perf_counter()
    with till.editor() as editor:
        editor.bump_velocity(sold)
    _wait(lambda: till.second_place.heads["catalog"] != before)
    seconds = time.perf_counter() - started
    name = "change of the catalogue to the second place"
    return Figure(name, seconds, "s", THERE_WITHIN_S)


def _restore(lab: Lab, place: Path, code: str) -> Iterator[Figure]:
    (found,) = list_restorable(place)
    yield Figure("size of the second place", found.size_bytes / 1e6, "MB")
    with _folder_beside(lab, "spare-pc") as spare:
        folder = ShopFolder(spare / "shop")
        tools = RestoreTools(SystemClock(), RandomIds(), store_for=FileKeyStore)
        started = time.perf_counter()
        restore_till(found, code, folder, tools)
        seconds = time.perf_counter() - started
        name = "till restored from its second place"
        yield Figure(name, seconds, "s", RESTORED_WITHIN_S)


@contextmanager
def _folder_beside(lab: Lab, name: str) -> Iterator[Path]:
    folder = lab.folder.root.with_name(f"{lab.folder.root.name}-{name}")
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _nobody() -> None:
    """Hear of a commit without a second place."""


def _wait(is_so: Callable[[], bool]) -> None:
    until = time.perf_counter() + PATIENCE_S
    while not is_so():
        assert time.perf_counter() < until
        time.sleep(LOOK_EVERY_S)
