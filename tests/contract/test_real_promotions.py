"""What seven chains really promote, as our promotions; random baskets priced under it.

The whole of it (13,271 promotions, 10,000 baskets) is `slow`; one chain and a few
baskets run each time. Figures are printed, not asserted: a machine may be busy.

The files are nine days (9 to 18 August) of a crawl of thirteen, whose README counts all
thirteen: 13,421 promotions and 43,096 barcodes, of which 13,271 and 42,220 are here. A
promotion is a number in a store of a chain; no choice of columns makes it 13,421.
"""

from __future__ import annotations

import random
from pathlib import Path
from statistics import quantiles
from time import process_time

import pytest

from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from tests.contract.real_baskets import MOMENT, RULES, random_basket
from tests.contract.real_promotions import FOLDER, PRICES, PROMOTIONS, Import, read_all
from tests.contract.real_words import UpTo, Words
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


@pytest.mark.parametrize(
    ("text", "up_to"),
    [
        ("3ב30 ספיד סטיק/ליידי ספיד-ספריי מוגבל 2 מימושים", UpTo(uses=2)),
        ("2ב50 דג אמנון טרי שלם מוגבל מימוש", UpTo(uses=1)),
        ("6.90נרות חימום להבונים 50 יח הניצוץ מוגבל 3 יח'", UpTo(units=3)),
        ("מטרנה 700 גרם עד 2 יח מעל 75", UpTo(units=2)),
        ("שמן קנולה 2 ב 13 מוג3", UpTo(uses=3)),
        ("בשר מס 6 חלק קפוא 39.90 עד3קג מעל100", UpTo()),
        ("3ב25לחמיות 190 גר' עד 250 גר' אסם", None),
        ("בירה 2 ב 14 מוגזת", None),
    ],
)
def test_words_say_how_often(text: str, up_to: UpTo | None) -> None:
    assert Words(text).up_to == up_to


def test_words_say_what_figures_do_not() -> None:
    assert Words("מטרנה 700 גרם עד 2 יח מעל 75").above_minor == 75_00
    assert Words("בקניית 2 פריטי דלתא ומעלה 20%  הנחה").above_minor is None
    assert Words("בי שני ב50% מגוון אלטמן-ישיר").second_off == 50
    assert Words("2+1 אסם חטיפי פריכונים 80 גר'").free_of == 3
    assert Words("אולטרסול ספריי  200מ ל  50+50SPF").free_of == 0
    assert Words('תיקי גן פרומו ב-16.90 ש"ח למשלמים באשראי').is_by_card
    assert Words('קנה 2יח קולד בריז קבל 10 ש"ח הנחה במשלוח').is_beside
    assert not Words("11.90 סוכר קנה גולמי אורגני 1ק-ישיר").is_beside


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
    """Price random baskets; processor time of each in ms, how many optimal, saved."""
    chance, took, optimal, saved = random.Random(20260818), [], 0, 0
    for _basket in range(count):
        basket, offers = random_basket(chance, found.shops)
        before = process_time()
        priced = price_basket(basket, RULES, MOMENT, offers)
        took.append((process_time() - before) * 1000)
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
    assert found.mapped.total() >= 13_130
    assert optimal >= len(took) * 999 // 1000
    assert saved > 0
