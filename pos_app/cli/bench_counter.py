"""What the services take, without a screen: scan, search, pricing, commit, slip."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pos_app.bootstrap import Options, Till
from pos_app.cli.bench_figures import Figure, percentile, spread, timed_ms
from pos_app.cli.bench_printer import PrinterSink
from pos_app.cli.bench_shop import Lab, signed_on, void_sale
from pos_app.domain.pricing import price_basket
from pos_app.persistence.catalog.chinese import readings
from pos_app.persistence.catalog.generated import goods
from pos_app.ports.printing import SETTLED, PrintJobState
from pos_app.services.devices import plain_printer

#: A scanner in a quick hand; also leaves the core thread its time.
PACE_S = 0.015
BASKET_LINES = 20
SALE_LINES = 10
PAGE = 50
SLIP_PATIENCE_S = 30.0
QUIET = Options(with_printer=False)


def scan_figures(lab: Lab, when: str) -> Iterator[Figure]:
    """Measure scan -> priced line: look-up, basket, price, intent handed on."""
    with signed_on(lab.folder, QUIET) as till:
        samples = [_scan(till, lab.code(n), n) for n in range(lab.scale.scans)]
        void_sale(till)
    name = f"scan to priced line (services only){when}"
    yield from spread(name, samples, {50: 8, 99: 16})


def _scan(till: Till, code: str, number: int) -> float:
    time.sleep(PACE_S)
    taken_ms = timed_ms(lambda: till.counter.sale.scan(code))
    basket = till.counter.sale.basket
    if number % BASKET_LINES == BASKET_LINES - 1 and basket is not None:
        till.ledger.flush()
        void_sale(till)
        till.counter.sale.scan(code)
    return taken_ms


def search_figures(lab: Lab) -> Iterator[Figure]:
    """Measure search as you type, each kind of query by itself and together."""
    with signed_on(lab.folder, QUIET) as till:
        now = till.options.clock.now()
        till.catalog.search("可乐", now, PAGE)  # the tables of readings are loaded
        everything: list[float] = []
        for kind, queries in _queries(lab).items():
            samples = [
                timed_ms(partial(till.catalog.search, typed, now, PAGE))
                for typed in queries
            ]
            everything += samples
            yield from spread(f"search: {kind}", samples, {95: 16})
    yield from spread("search: all of these", everything, {50: None, 95: 16})


def _queries(lab: Lab) -> dict[str, list[str]]:
    step = max(1, lab.scale.items // lab.scale.searches)
    found = [goods(number) for number in range(1, lab.scale.items + 1, step)]
    found = found[: lab.scale.searches]
    names = [article.name.split()[0] for article in found]
    return {
        "two Chinese characters": [name[-2:] for name in names],
        "pinyin initials": ["".join(_pinyin(name, 1)) for name in names],
        "full pinyin": ["".join(_pinyin(name[-3:], None)) for name in names],
        "part of a name": [name[1:5] for name in names],
        "two parts, other way round": [f"{name[-2:]} {name[:2]}" for name in names],
        "barcode tail": [article.barcode[-5:] for article in found],
        "Latin": [article.sku.lower() for article in found],
    }


def _pinyin(text: str, letters: int | None) -> list[str]:
    return [min(readings(char) or {char})[:letters] for char in text]


def pricing_figures(lab: Lab) -> Iterator[Figure]:
    """Measure the one pricing function on a full basket."""
    with signed_on(lab.folder, QUIET) as till:
        for number in range(BASKET_LINES):
            till.counter.sale.scan(lab.code(number + 1))
        basket, rules = till.counter.sale.basket, till.counter.sale.rules
        assert basket is not None
        now = till.options.clock.now()
        samples = [
            timed_ms(lambda: price_basket(basket, rules, now))
            for _ in range(10 * lab.scale.searches)
        ]
        void_sale(till)
    yield from spread("pricing 20 lines (no promotions)", samples, {95: 5})


def commit_figures(lab: Lab) -> Iterator[Figure]:
    """Measure the commit of a 10-line sale, each beside a bare fsync."""
    commits, syncs = [], []
    probe = lab.folder.root / "fsync-probe"
    with signed_on(lab.folder, QUIET) as till:
        for number in range(lab.scale.sales):
            fill(till, lab, number)
            till.counter.checkout.take("cash", None)
            till.ledger.flush()
            syncs.append(timed_ms(lambda: _append(probe)))
            commits.append(timed_ms(partial(finish, till)))
            till.counter.checkout.finished()
    beyond = [commit - sync for commit, sync in zip(commits, syncs, strict=True)]
    yield from spread("10-line sale committed", commits, {50: None, 95: None})
    yield from spread("one fsync of this disk", syncs, {50: None, 95: None})
    name = "10-line sale committed, beyond the fsync before it"
    yield from spread(name, beyond, {50: None, 95: 10})
    ratio = percentile(commits, 50) / max(percentile(syncs, 50), 0.001)
    yield Figure("10-line sale committed, in fsyncs of this disk", ratio, "×")


def printer_figures(lab: Lab) -> Iterator[Figure]:
    """Measure tender -> first byte of the slip at a network printer."""
    settled: queue.Queue[PrintJobState] = queue.Queue()

    def on_change(_job_id: str, state: PrintJobState) -> None:
        if state in SETTLED:
            settled.put(state)

    with PrinterSink() as sink:
        with signed_on(lab.folder, QUIET) as till:
            desk = till.counter.desk
            printer = plain_printer("127.0.0.1", sink.port)
            till.device_book.begin_put(desk.stamp(), printer).result()
        samples = []
        with signed_on(lab.folder, Options(on_print_change=on_change)) as till:
            for number in range(max(10, lab.scale.sales // 4)):
                fill(till, lab, number)
                till.ledger.flush()
                sink.expect()
                started = time.perf_counter_ns()
                till.counter.checkout.take("card", None, "1234")
                finish(till)
                till.counter.checkout.finished()
                settled.get(timeout=SLIP_PATIENCE_S)
                samples.append((sink.first_byte_at() - started) / 1e6)
    name = "tender to the slip's first byte at the printer"
    yield from spread(name, samples, {50: None, 95: 50})


def fill(till: Till, lab: Lab, number: int) -> None:
    """Scan the ten lines of a sale."""
    for line in range(SALE_LINES):
        till.counter.sale.scan(lab.code(number * SALE_LINES + line + 1))


def finish(till: Till) -> None:
    """End the sale and wait for its commit."""
    till.counter.checkout.finish(print_slip=True).result()


def _append(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, bytes(4096))
        os.fsync(handle)
    finally:
        os.close(handle)
