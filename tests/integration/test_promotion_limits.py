"""A limit of uses holds over sales, restarts and mirrored sales, counted in the ledger."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pos_app.bootstrap import Till
from pos_app.domain.promotion.deal import NthDeal, Off
from pos_app.domain.promotion.promotion import LimitPeriod, Limits, Promotion
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.domain.promotion_plain import promotion_to_text
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.promotions import PromotionRun, PromotionVersion
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp
from tests.builders_returns import return_shop
from tests.counter_shop import MANAGER, NOON, TEA, opened, prove, query, sell, unit_of

HALF = Off(percentage=Percentage(500_000))


def start(till: Till, limits: Limits) -> None:
    """Start 第二件半价 for tea, since always."""
    goods = Selector(GoodsSet(unit_ids=(unit_of(till.counter, TEA).unit_id,)))
    half = Promotion("p1", 1, "第二件半价", NthDeal(goods, 2, 1, HALF), limits=limits)
    since = Timestamp(1)
    text = promotion_to_text(half)
    with till.editor() as editor:
        editor.put_promotion_version(
            PromotionVersion("p1", 1, "nth", half.name, text, half, since, "")
        )
        editor.put_promotion_run(
            PromotionRun("r1", "p1", 1, Period(since), "", "", since)
        )


def saved(till: Till) -> int:
    """Sell two teas; return what promotions took off."""
    return sell(till.counter, TEA, TEA).priced.promoted.saving_minor


def test_a_promotion_is_used_up_and_a_mirrored_sale_gives_the_use_back(
    tmp_path: Path,
) -> None:
    folder: ShopFolder = return_shop(tmp_path)
    with opened(folder, number=MANAGER) as till:
        start(till, Limits(in_all=2, in_period=9, period=LimitPeriod.MONTH))
        sale = sell(till.counter, TEA, TEA)
        half = sale.priced.promoted.saving_minor
        assert half == unit_of(till.counter, TEA).price.minor // 2
        step = "SELECT DISTINCT promotion_id, version FROM sale_step"
        assert query(till, step) == [("p1", 1)]
    with opened(folder, number=MANAGER) as till:
        assert [saved(till), saved(till)] == [half, 0]
        till.counter.reversal.reverse(sale.sale_id, "rung_up_wrongly").result()
        assert [saved(till), saved(till)] == [half, 0]
        assert till.ledger.promotion_uses.in_all()["p1"].saving_minor == 2 * half
        prove(till)


def test_a_stopped_promotion_holds_in_the_basket_that_is_open(tmp_path: Path) -> None:
    with opened(return_shop(tmp_path), number=MANAGER) as till:
        start(till, Limits())
        till.counter.sale.scan(TEA)
        (run,) = till.counter.desk.catalog.promotion_runs("p1")
        till.options.clock.set(NOON.plus_seconds(60))
        ended = Period(run.period.start, till.options.clock.now())
        with till.editor() as editor:
            editor.put_promotion_run(replace(run, period=ended))
        first = saved(till)
        assert [first > 0, saved(till)] == [True, 0]
