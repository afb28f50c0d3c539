"""Deals and quantities of any size: a sale goes on, and its price is there soon."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pos_app.domain.promotion.deal import (
    Break,
    BundleDeal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Slot,
    TierDeal,
)
from pos_app.domain.promotion.promotion import Limits
from tests.builders_promotions import (
    cut,
    everything,
    goods,
    items,
    percent,
    price_with,
    promotion,
    sold,
    tier,
    unit_deal,
)

PEN = goods("pen", 500)
#: More kinds of goods than a function may be nested deep.
MANY = [sold(goods(f"g{i}", 100 + i)) for i in range(1100)]


def saved(lines, *found) -> int:
    return price_with(lines, *found).promoted.saving_minor


def test_many_pieces_of_one_line_among_limited_deals_are_dealt_the_best_first() -> None:
    dear = promotion(unit_deal(everything(), cut(3)), "p1", limits=Limits(3000))
    cheap = promotion(unit_deal(everything(), cut(2)), "p2", limits=Limits(3000))
    assert saved([sold(PEN, 10_000)], dear, cheap) == 3000 * 3 + 3000 * 2


def test_more_limited_deals_on_one_line_than_can_be_tried_still_save() -> None:
    found = [
        promotion(unit_deal(everything(), cut(k)), f"p{k:03}", limits=Limits(1))
        for k in range(1, 301)
    ]
    best = sum(range(1, 301)[-5:])
    assert saved([sold(PEN, 5)], *found) == best


def test_breaks_of_thousands_among_others_are_searched_for_only_so_long() -> None:
    steps = ((2000, cut(1)), (4000, cut(3)))
    one = promotion(tier(everything(), *steps), "p1", limits=Limits(6000))
    other = promotion(tier(everything(), *steps), "p2", limits=Limits(3000))
    lines = [sold(PEN, 5000), sold(goods("ink", 300), 5000)]
    assert 0 < saved(lines, one, other) <= 3 * 9000


def test_a_group_that_a_basket_fills_fewer_times_than_it_is_large_is_found() -> None:
    every = promotion(NthDeal(everything(), 40, 1, cut(50)), "p1")
    rival = promotion(unit_deal(everything(), cut(1)), "p2", limits=Limits(3))
    assert saved([sold(PEN, 1000)], every, rival) == 25 * 50


@pytest.mark.parametrize(
    "deal",
    [
        NForDeal(everything(), 1050, 10),
        BundleDeal((Slot(everything(), 1050), Slot(everything())), cut(5)),
        GiftDeal(everything(), everything(), 1, 0, 1050, 0),
    ],
    ids=lambda deal: type(deal).__name__,
)
def test_groups_larger_than_a_call_is_deep_are_found(deal) -> None:
    assert saved(MANY, promotion(deal, "p1", limits=Limits(1))) > 0


def test_a_group_larger_than_the_shop_gives_nothing() -> None:
    deal = NthDeal(everything(), 9_999_999, 1, cut(5))
    assert saved(MANY[:50], promotion(deal, "p1")) == 0


def test_a_bundle_of_very_many_slots_gives_what_it_can() -> None:
    slots = tuple(Slot(everything()) for _ in range(1050))
    assert saved([sold(PEN, 2000)], promotion(BundleDeal(slots, cut(5)), "p1")) == 5


@pytest.mark.parametrize("quantity", ["NaN", "Infinity", "1e4000"])
def test_a_break_that_is_no_number_is_never_reached(quantity: str) -> None:
    deal = TierDeal(everything(), (Break(Decimal(quantity), cut(5)),))
    assert saved([sold(PEN, 3)], promotion(deal, "p1")) == 0


def test_of_hundreds_of_units_only_what_is_proven_is_called_the_best() -> None:
    red, blue = goods("red", 300), goods("blue", 290)
    free = promotion(NthDeal(items("red", "blue"), 3, 1, percent("100")), "free")
    five = promotion(NForDeal(items("blue", "green"), 5, 1200), "five")
    second = promotion(NthDeal(everything(), 2, 1, percent("40")), "second")
    of_one = price_with([sold(red, 601)], free, five, second).promoted
    assert (of_one.saving_minor, of_one.is_optimal) == (60_000, True)
    of_two = price_with([sold(red, 301), sold(blue, 300)], free, five).promoted
    assert (of_two.saving_minor, of_two.is_optimal) == (59_000, False)
