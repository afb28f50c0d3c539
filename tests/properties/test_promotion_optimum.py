"""P5: what pricing says is the best is the best: two oracles that know nothing of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.cli.bench_promotion_sets import LOADS, RULES, PromotionSets
from pos_app.domain.basket import Basket
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.promotion import Layer, Limits
from tests.builders_pricing import NOON
from tests.builders_promotions import basket_of, offers, price_with, promotion
from tests.effort import examples
from tests.promotion_milp import best_saving
from tests.promotion_oracle import Left, item_savings, order_saving, pieces_of
from tests.random_promotions import (
    BY_KIND,
    item_deals,
    lines_of,
    promotions,
    shops,
    spend_deals,
)


def saved_in(priced: PricedBasket, layer: Layer) -> int:
    uses = priced.promoted.applications
    return sum(use.saving_minor for use in uses if use.layer is layer)


@st.composite
def baskets(draw: st.DrawFn, most_units: int = 7, *, weighed: bool = True) -> Basket:
    shop = draw(shops(weighed=weighed))
    return basket_of(draw(lines_of(shop, most_units)))


@settings(max_examples=examples(60, 1000))
@given(baskets(), promotions(item_deals))
def test_small_baskets_save_what_trying_everything_saves(goods, found) -> None:
    priced = price_with(goods, *found)
    assert priced.promoted.is_optimal, "seven units are never too many"
    assert saved_in(priced, Layer.ITEM) in item_savings(pieces_of(goods), found)


@pytest.mark.parametrize("kind", sorted(BY_KIND.keys() - {"spend"}))
def test_each_kind_by_itself_saves_what_trying_everything_saves(kind: str) -> None:
    @settings(max_examples=examples(25, 250))
    @given(baskets(6), promotions(BY_KIND[kind], most=2))
    def check(goods, found) -> None:
        priced = price_with(goods, *found)
        assert saved_in(priced, Layer.ITEM) in item_savings(pieces_of(goods), found)

    check()


@settings(max_examples=examples(25, 250))
@given(baskets(16, weighed=False), promotions(plain=True, most=5), st.data())
def test_larger_baskets_save_what_the_integer_programme_saves(
    goods, found, data
) -> None:
    limited = [
        promotion(x.deal, x.name, limits=Limits(data.draw(st.none() | st.just(1))))
        for x in found
    ]
    priced = price_with(goods, *limited)
    best = best_saving(pieces_of(goods), limited)
    saved = saved_in(priced, Layer.ITEM)
    assert saved == best if priced.promoted.is_optimal else saved <= best


@pytest.mark.parametrize("load", LOADS[:3], ids=lambda load: load.name)
def test_baskets_of_twenty_lines_save_what_the_integer_programme_saves(load) -> None:
    for seed in range(3):
        sets = PromotionSets(load, seed)
        goods = sets.basket()
        priced = price_basket(goods, RULES, NOON, offers(sets.promotions))
        assert priced.promoted.is_optimal
        best = best_saving(pieces_of(goods), sets.promotions)
        assert saved_in(priced, Layer.ITEM) == best > 0


@pytest.mark.slow
@pytest.mark.parametrize("load", LOADS, ids=lambda load: load.name)
def test_many_baskets_save_what_the_integer_programme_saves(load) -> None:
    worst = 0.0
    for seed in range(25):
        sets = PromotionSets(load, 100 + seed)
        goods = sets.basket()
        priced = price_basket(goods, RULES, NOON, offers(sets.promotions))
        best = best_saving(pieces_of(goods), sets.promotions)
        saved = saved_in(priced, Layer.ITEM)
        assert saved <= best
        if priced.promoted.is_optimal:
            assert saved == best
        worst = max(worst, 1 - saved / best if best else 0)
    assert worst < 0.05, "a search cut short still finds nearly all of it"


def left_after_items(goods: Basket, priced: PricedBasket) -> list[Left]:
    """Return the pieces as item deals left them, those in exclusive deals left out."""
    pieces = {}
    for piece in pieces_of(goods):
        pieces.setdefault(piece.line_id, []).append(piece)
    off = {line_id: [0] * len(found) for line_id, found in pieces.items()}
    for use in priced.promoted.applications:
        if use.layer is not Layer.ITEM:
            continue
        for claim in use.claims:
            at = claim.first
            for count, each in claim.savings:
                for _ in range(count):
                    off[claim.line_id][at] += each
                    at += 1
    return [
        Left(piece, piece.base - less, less > 0)
        for line_id, found in pieces.items()
        for piece, less in zip(found, off[line_id], strict=True)
    ]


@settings(max_examples=examples(30, 300))  # more of it in test_promotion_layers
@given(baskets(9), promotions(item_deals, plain=True, most=2), st.data())
def test_of_order_deals_the_best_one_holds(goods, found, data) -> None:
    deals = data.draw(st.lists(spend_deals(), min_size=1, max_size=3))
    orders = [
        promotion(
            deal,
            f"s{at}",
            accepts_discounted=data.draw(st.booleans()),
            limits=Limits(data.draw(st.none() | st.integers(1, 2))),
        )
        for at, deal in enumerate(deals)
    ]
    priced = price_with(goods, *found, *orders)
    left = left_after_items(goods, priced)
    best = max(order_saving(order, left, {}) for order in orders)
    assert saved_in(priced, Layer.ORDER) == best
    used = [x for x in priced.promoted.applications if x.layer is Layer.ORDER]
    assert len(used) == (best > 0)
