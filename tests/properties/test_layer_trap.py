"""The layer trap: a deal never makes a basket dearer, as thresholds are held by default."""

from __future__ import annotations

import pytest

from pos_app.domain.promotion.deal import Qualifies, SpendDeal
from tests.builders_promotions import (
    cut,
    goods,
    items,
    percent,
    price_with,
    promotion,
    sold,
    spend,
    unit_deal,
)
from tests.measure_layer_trap import cases, measure


def test_a_threshold_is_held_against_list_prices_unless_it_says_otherwise() -> None:
    assert SpendDeal(()).qualifies is Qualifies.LIST


@pytest.mark.parametrize(("qualifies", "total"), [("list", 7_500), ("net", 9_500)])
def test_the_trap_by_name(qualifies: str, total: int) -> None:
    # 100.00 less 5 % is under the threshold of 100.00 that gives 20.00 off.
    five = promotion(unit_deal(items("pot"), percent("5")), "five")
    order = promotion(spend((10_000, cut(2_000)), qualifies=Qualifies(qualifies)))
    assert price_with([sold(goods("pot", 10_000))], five, order).total_minor == total


def test_by_list_prices_no_choice_of_deals_saves_more_than_all_of_them() -> None:
    trap = measure(25, Qualifies.LIST)
    assert (trap.missed, trap.dearer) == (0, 0)


def test_by_what_is_left_some_baskets_fall_into_it() -> None:
    assert any(
        case.saving(case.deals, Qualifies.NET) < case.saving((), Qualifies.NET)
        for case in cases(300)
    )
