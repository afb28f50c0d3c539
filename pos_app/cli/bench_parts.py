"""The parts of the bench that run in a process of their own."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.bootstrap import Options, Till
from pos_app.cli import say_json
from pos_app.persistence.shop_folder import ShopFolder
from ui.lean_start import start_lean

if TYPE_CHECKING:
    from pos_app.cli.bench_window import BenchWindow

#: These open the till's own window.
WITH_A_WINDOW = frozenset({"start", "screen", "slips"})
PACE_S = 0.015
BASKET_LINES = 20
SCAN_EVERY_S = 0.05
SCANS_TYPED = 100


def play(name: str, root: Path, items: int, samples: int) -> int:
    """Play one part; its answers are lines of JSON."""
    folder = ShopFolder(root)
    if name in WITH_A_WINDOW:
        start_lean()  # as `guitai run` does
    if name == "start":
        _start(folder)
    elif name == "kill":
        _wait_for_kill(folder, items)
    elif name == "import":
        _import(folder, items, samples)
    elif name == "slips":
        from pos_app.cli.bench_slips import print_slips

        print_slips(folder, items, samples)
    else:
        _screen(folder, items, samples)
    return 0


def _start(folder: ShopFolder) -> None:
    """Open the window, sign on, and put the first scan on the screen."""
    from pos_app.cli.bench_window import FIRST_CODE, BenchWindow

    with closing(BenchWindow(folder)) as window:
        window.scan(FIRST_CODE)
        say_json({"lines": window.lines})
        sys.stdout.flush()


def _wait_for_kill(folder: ShopFolder, items: int) -> None:
    """Leave a sale open, durable, and wait for the end."""
    from pos_app.cli.bench_shop import QUICK, Lab, badge

    lab = Lab(folder, replace(QUICK, items=items))
    till = Till(folder, Options(with_printer=False))
    till.counter.sign_on.with_badge(badge())
    for number in range(10):
        till.counter.sale.scan(lab.code(number))
    till.ledger.flush()
    say_json({"open": True})
    sys.stdout.flush()
    time.sleep(600)


def _import(folder: ShopFolder, items: int, rows: int) -> None:
    """Change prices, import new items, then change prices until told to stop."""
    from hardware.system_clock import RandomIds, SystemClock
    from pos_app.cli.bench_process import stop_file
    from pos_app.persistence.catalog.opening import open_catalog
    from pos_app.persistence.catalog.writer import CatalogWriter
    from pos_app.persistence.key_ring import open_key_ring
    from pos_app.services.item_import import ImportOptions, import_items

    engine = open_catalog(folder.catalog, open_key_ring(folder.root).catalog_key)
    clock = SystemClock()
    editor = CatalogWriter(engine, lambda: clock.now().unix_ms)
    options = ImportOptions(clock, RandomIds())
    say_json({"begun": True})
    sys.stdout.flush()
    for number, file in enumerate(_files(folder.root, items, rows)):
        started = time.perf_counter()
        report = import_items(file, editor, options)
        assert not report.refused, report.problems[:3]
        seconds = time.perf_counter() - started
        if number < 2:
            say_json({"rows": report.lines, "seconds": seconds})
            sys.stdout.flush()
        elif stop_file(folder.root).exists():
            break
    engine.dispose()


def _files(root: Path, items: int, rows: int) -> Iterator[Path]:
    from pos_app.persistence.catalog.generated import goods
    from pos_app.values.gs1.check_digit import check_digit

    changes, fresh = root / "changes.csv", root / "fresh.csv"
    step = max(1, items // rows)
    numbers = range(1, items + 1, step)[:rows]

    def price_of(number: int, round_no: int) -> str:
        minor = goods(number).minor + 10 * round_no
        return f"{minor // 100}.{minor % 100:02d}"

    def write(file: Path, lines: Iterator[str]) -> Path:
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file

    def prices(round_no: int) -> Iterator[str]:
        yield "货号,售价"
        for number in numbers:
            yield f"{goods(number).sku},{price_of(number, round_no)}"

    def new_items() -> Iterator[str]:
        yield "货号,条码,商品名称,单位,售价,进价"
        for number in range(1, rows + 1):
            like, payload = goods(number), f"951{number:09d}"
            code = payload + check_digit(payload)
            yield f"N{number:08d},{code},新{like.name},{like.unit},9.90,5.00"

    yield write(changes, prices(1))
    yield write(fresh, new_items())
    round_no = 2
    while True:
        yield write(changes, prices(round_no))
        round_no += 1


def _screen(folder: ShopFolder, items: int, samples: int) -> None:
    """Scan with the window up; then as fast as a scanner types; then weigh it all."""
    import psutil

    from pos_app.cli.bench_shop import QUICK, Lab
    from pos_app.cli.bench_window import BenchWindow

    lab = Lab(folder, replace(QUICK, items=items))
    with closing(BenchWindow(folder)) as window:
        painted = [_paint(window, lab.code(n), n) for n in range(samples)]
        window.void()
        typed = min(SCANS_TYPED, samples)
        for number in range(typed):
            until = time.perf_counter() + SCAN_EVERY_S
            window.type_scan(lab.code(number + samples))
            window.wait_until(until)
        kept = window.pieces
        window.void()
        rss = psutil.Process().memory_info().rss / 1e6
    answer = {"painted": painted, "typed": typed, "kept": kept, "rss": rss}
    say_json(answer)
    sys.stdout.flush()


def _paint(window: BenchWindow, code: str, number: int) -> float:
    window.wait_until(time.perf_counter() + PACE_S)
    started = time.perf_counter_ns()
    window.scan(code)
    taken_ms = (time.perf_counter_ns() - started) / 1e6
    if number % BASKET_LINES == BASKET_LINES - 1:
        window.void()
        window.scan(code)
    return taken_ms
