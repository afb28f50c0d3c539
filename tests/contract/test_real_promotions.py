"""What seven chains really promote, as our promotions; random baskets priced under it.

The whole of it (13,271 promotions, 10,000 baskets) is `slow`; one chain and a few
baskets run each time. Figures are printed, not asserted: a machine may be busy.
"""

from __future__ import annotations

import random
from pathlib import Path
from statistics import quantiles
from time import perf_counter

import pytest

from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from tests.contract.real_baskets import MOMENT, RULES, random_basket
from tests.contract.real_promotions import FOLDER, PRICES, PROMOTIONS, Import, read_all
from tests.promotion_replay import replay, steps_replayed

_CHAIN = "ויקטורי"


@pytest.fixture
def folder(shared_folder: Path) -> Path:
    pytest.importorskip("pyarrow", reason="pyarrow reads the chains' files")
    found = shared_folder / FOLDER
    if not all((found / name).is_file() for name in (PROMOTIONS, PRICES)):
        pytest.skip(
            f"the chains' promotions are not here: no folder ../shared/{FOLDER}"
        )
    return found


def prove_basket(priced: PricedBasket) -> None:
    """Check what holds of every basket: it adds up, and a person can replay it."""
    priced.check()
    promoted = priced.promoted
    assert promoted.saving_minor == priced.discount_minor
    for application in promoted.applications:
        application.check()
    replayed = replay(priced)
    for line in priced.lines:
        paid = [s.net_minor + s.tax_minor for s in line.shares for _ in range(s.count)]
        assert sorted(replayed[line.line_id]) == sorted(paid)
        assert steps_replayed(line) == line.total_minor
        assert 0 <= line.total_minor <= line.list_minor


def price_many(found: Import, count: int) -> tuple[list[float], int, int]:
    """Price random baskets; milliseconds of each, how many optimal, saved in all."""
    chance, took, optimal, saved = random.Random(20260818), [], 0, 0
    for _basket in range(count):
        basket, offers = random_basket(chance, found.shops)
        before = perf_counter()
        priced = price_basket(basket, RULES, MOMENT, offers)
        took.append((perf_counter() - before) * 1000)
        prove_basket(priced)
        optimal += priced.promoted.is_optimal
        saved += priced.promoted.saving_minor
    return took, optimal, saved


def test_the_promotions_of_one_chain_are_ours(folder: Path) -> None:
    found = read_all(folder, _CHAIN)
    assert found.mapped.total() > found.total * 95 // 100, found.told()
    took, optimal, saved = price_many(found, 150)
    assert optimal == len(took)
    assert saved > 0


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_all_promotions_and_ten_thousand_baskets(folder: Path) -> None:
    found = read_all(folder)
    took, optimal, saved = price_many(found, 10_000)
    cuts = quantiles(took, n=100)
    print(found.told())  # noqa: T201 - the figures asked for
    print(  # noqa: T201 - likewise
        f"{len(took)} baskets: p50 {cuts[49]:.2f} ms, p95 {cuts[94]:.2f} ms, "
        f"max {max(took):.1f} ms; {optimal} optimal; {saved / 100:,.2f} ILS saved"
    )
    assert found.total == 13_271
    assert found.mapped.total() >= 13_000
    assert optimal >= len(took) * 999 // 1000
    assert saved > 0
