"""kill -9 on a till that prints: no slip is lost, none lies there twice."""

import random
import time
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.ports.printing import PrintJob, PrintJobState
from tests.builders_till import RunningTill
from tests.counter_shop import fresh_shop
from tests.paper_printer import PaperPrinter
from tests.printing_till import open_till

CONFIRMED, UNKNOWN = PrintJobState.CONFIRMED, PrintJobState.UNKNOWN
_PATIENCE_S = 240


def jobs_of(till: Till) -> dict[str, list[PrintJob]]:
    """Return the print jobs of each sale, by its number."""
    sales = till.ledger.recent_sales(100_000)
    return {x.number: list(till.ledger.print_jobs_of(x.sale_id)) for x in sales}


def settle(till: Till) -> dict[str, list[PrintJob]]:
    """Wait until every job is printed or is a question."""
    until = time.monotonic() + _PATIENCE_S
    while True:
        found = jobs_of(till)
        states = {job.state for jobs in found.values() for job in jobs}
        if states <= {CONFIRMED, UNKNOWN}:
            return found
        assert time.monotonic() < until, states
        time.sleep(0.05)


def hammer(folder: Path, kills: int, seed: int) -> int:
    """Kill a till again and again; return of how many slips nobody knew the end."""
    draw = random.Random(seed)
    shop = fresh_shop(folder)
    said: list[str] = []
    with PaperPrinter() as printer:
        printer.bytes_per_second = 30_000
        program = ("tests.printing_till", str(shop.root), str(printer.port))
        for _kill in range(kills):
            child = RunningTill(shop, iter(()), program)
            answers = [child.next_answer() for _ in range(draw.randint(1, 3))]
            time.sleep(draw.uniform(0, 0.25))
            said += [str(x["number"]) for x in (*answers, *child.kill())]
        printer.bytes_per_second = None
        till = open_till(shop.root, printer.port)
        try:
            found = settle(till)
            assert set(said) <= set(found)
            judge(found, bytes(printer.paper))
        finally:
            till.close()
    return sum(job.state is UNKNOWN for jobs in found.values() for job in jobs)


def judge(found: dict[str, list[PrintJob]], paper: bytes) -> None:
    """Compare the paper with what the ledger says of each slip."""
    whole = [n for n, jobs in found.items() if jobs[0].state is CONFIRMED]
    usual = paper.count(whole[0].encode())  # a slip says its number more than once
    assert usual >= 1
    for number, jobs in found.items():
        assert len(jobs) == 1, number
        times = paper.count(number.encode())
        if jobs[0].state is CONFIRMED:
            assert times == usual, (number, times)
        else:
            assert times <= usual, (number, times)


def test_paper_and_ledger_agree_after_three_kills(tmp_path: Path) -> None:
    hammer(tmp_path, kills=3, seed=20261122)


@pytest.mark.all
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_paper_and_ledger_agree_after_sixty_kills(tmp_path: Path, seed: int) -> None:
    unknown = hammer(tmp_path, kills=60, seed=seed)
    assert unknown > 0, "no kill fell into a slip: hammer harder"
