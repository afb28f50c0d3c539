"""Promotions on goods and rules that are odd: a price that can be explained, or a word."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.basket import BasketLine, add_line
from pos_app.domain.pricing import price_basket
from pos_app.domain.promotion.checks import refuse_unsound
from pos_app.domain.promotion.deal import Break, Deal, TierDeal
from pos_app.domain.promotion.item_deals import item_deals as dealt_out
from pos_app.domain.promotion.nearly import nearly
from pos_app.domain.promotion.refusals import refusals
from pos_app.errors import UserError
from tests.builders_offers import counted
from tests.builders_pricing import NOON, rules
from tests.builders_promotions import (
    FREE,
    at,
    basket_of,
    bundle,
    cut,
    everything,
    gift,
    goods,
    items,
    nfor,
    nth,
    offers,
    percent,
    price_with,
    promotion,
    slot,
    sold,
    spend,
    tier,
    unit_deal,
)
from tests.builders_refund import ended, part
from tests.effort import examples
from tests.promotion_replay import replay
from tests.random_promotions import item_deals, promotions, spend_deals
from tests.random_sales import WholeSale, whole_sales

ALL_DEALS = st.one_of(item_deals, spend_deals())


def explained(priced) -> None:
    priced.check()
    prices = replay(priced)
    for line in priced.lines:
        assert 0 <= line.total_minor <= line.list_minor
        assert sum(prices[line.line_id]) == line.total_minor


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 99_999), st.integers(1, 99_999)),
        min_size=1,
        max_size=5,
    ),
    promotions(ALL_DEALS),
)
def test_weighed_goods_with_three_decimals_have_a_price_that_replays(
    weighed: list[tuple[int, int]], found
) -> None:
    names = ("ale", "bun", "cod", "dip", "egg")
    lines = [
        sold(goods(name, minor, by_weight=True), str(Decimal(grams) / 1000))
        for name, (minor, grams) in zip(names, weighed, strict=False)
    ]
    explained(price_with(lines, *found))


@pytest.mark.parametrize("currency", ["JPY", "TWD", "CNY", "KWD"])
@settings(max_examples=25)
@given(st.integers(0, 5_000), st.integers(1, 9), promotions(ALL_DEALS))
def test_any_currency_is_counted_in_its_smallest_unit(
    currency: str, minor: int, count: int, found
) -> None:
    shop = replace(rules(), currency=currency)
    lines = [sold(goods("ale", minor), count), sold(goods("bun", 99))]
    explained(price_with(lines, *found, using=shop))


@settings(max_examples=40)
@given(promotions(ALL_DEALS), st.integers(1, 4))
def test_goods_for_nothing_are_never_lowered(found, count: int) -> None:
    lines = [sold(goods("ale", 0, category="food"), count)]
    priced = price_with(lines, *found)
    assert priced.total_minor == 0
    assert priced.promoted.saving_minor == 0


@settings(max_examples=60)
@given(promotions(ALL_DEALS), st.integers(1, 3))
def test_goods_that_are_never_discounted_take_part_in_nothing(
    found, count: int
) -> None:
    lines = [sold(goods("ale", 500, category="food", cap="0"), count)]
    priced = price_with(lines, *found)
    assert priced.total_minor == 500 * count
    assert priced.promoted.applications == ()


UNSOUND: dict[str, Deal] = {
    "nothing at all off": unit_deal(everything(), percent("0")),
    "100 % off each unit": unit_deal(everything(), percent("100")),
    "more than 100 %": unit_deal(everything(), percent("150")),
    "no amount": unit_deal(everything(), cut(0)),
    "a negative amount": unit_deal(everything(), cut(-100)),
    "a negative price": unit_deal(everything(), at(-1)),
    "every nought": nth(everything(), 0),
    "more cheapest than units": nth(everything(), 2, FREE, 3),
    "all of them free": nth(everything(), 2, FREE, 2),
    "none for a price": nfor(everything(), 0, 100),
    "a bundle of nothing": bundle(off=cut(100)),
    "a bundle that lowers nothing": bundle(slot(items("a")), slot(items("b"))),
    "breaks that fall": tier(everything(), (3, percent("10")), (2, percent("20"))),
    "no breaks": tier(everything()),
    "a gift of no goods": gift(items("a"), items(), count=1),
    "goods that pay for themselves": gift(items("a"), items("a"), count=0),
    "100 off from 50 on": spend((5_000, cut(10_000))),
    "thresholds that fall": spend((9_000, cut(100)), (5_000, cut(200))),
    "每满 of two steps": spend((100, cut(1)), (200, cut(3)), repeats=True),
    "no goods": unit_deal(items(), percent("10")),
}


@pytest.mark.parametrize("name", sorted(UNSOUND))
def test_a_rule_that_makes_no_sense_is_refused_with_a_word(name: str) -> None:
    with pytest.raises(UserError) as refused:
        refuse_unsound(promotion(UNSOUND[name]))
    assert refused.value.key.startswith("promotion_")


@pytest.mark.parametrize("name", sorted(UNSOUND))
def test_what_gets_past_all_checks_still_prices(name: str) -> None:
    lines = [sold(goods("a", 500), 3), sold(goods("b", 300), 2)]
    priced = price_with(lines, promotion(UNSOUND[name]))
    priced.check()
    assert 0 <= priced.total_minor <= priced.list_minor


UNSPEAKABLE: dict[str, Deal] = UNSOUND | {
    "each nothing": spend((0, cut(10)), repeats=True),
    "each less than nothing": spend((-5, cut(10)), repeats=True),
    "no thresholds": spend(repeats=True),
    "groups of less than none": nth(everything(), -2),
    "a break that is no number": TierDeal(
        everything(), (Break(Decimal("NaN"), cut(5)),)
    ),
}


@pytest.mark.parametrize("name", sorted(UNSPEAKABLE))
def test_what_gets_past_all_checks_stops_no_answer_to_why(name: str) -> None:
    lines, what = [counted("a", 500), counted("b", 300, 2)], UNSPEAKABLE[name]
    asked = offers([promotion(what)])
    promoted = dealt_out(lines, asked)
    assert all(x.saving_minor > 0 for x in nearly(lines, asked, promoted))
    for line in lines:
        assert len(refusals(lines, asked, promoted, line.line_id)) <= 1


@settings(max_examples=60)
@given(promotions(ALL_DEALS, most=1))
def test_what_is_sound_is_explained(found) -> None:
    lines = [sold(goods("ale", 500, category="food"), 3), sold(goods("bun", 99), 2)]
    try:
        refuse_unsound(found[0])
    except UserError:
        return
    explained(price_with(lines, *found))


@settings(max_examples=examples(20, 200))
@given(whole_sales(), st.integers(1, 3))
def test_lines_that_come_back_count_for_no_promotion_and_change_no_price(
    sale: WholeSale, count: int
) -> None:
    """A line below nought is goods that come back: no threshold is held against it."""
    earlier = basket_of([sold(goods("ale", 700, category="food"), 3)])
    sold_before = ended(earlier, rules())
    back = part(sold_before, 1, str(count))
    both = replace(sale.basket, returns=(back,))
    mixed = replace(sale, basket=both).priced()
    assert repr(mixed) == repr(sale.priced())


@pytest.mark.parametrize("quantity", ["0", "-1", "-0.125"])
def test_less_than_something_is_no_quantity_to_sell(quantity: str) -> None:
    with pytest.raises(UserError):
        add_line(basket_of([]), sold(goods("ale", 500), quantity), merge=False)


def thousands(count: int) -> list[BasketLine]:
    kinds = [goods(f"goods-{at}", 100 + at, category="food") for at in range(500)]
    return [
        replace(sold(kinds[at % 500], 1 + at % 3), note=f"{at}") for at in range(count)
    ]


def test_a_basket_of_ten_thousand_lines_is_priced_under_every_kind_of_deal() -> None:
    every_kind = [
        promotion(deal, name)
        for name, deal in {
            "unit": unit_deal(items("goods-1", "goods-2"), percent("10")),
            "tier": tier(items("goods-3"), (10, percent("20"))),
            "nth": nth(
                items(*(f"goods-{at}" for at in range(4, 12))), 2, percent("50")
            ),
            "nfor": nfor(items("goods-20", "goods-21"), 3, 250),
            "bundle": bundle(items("goods-30"), items("goods-31"), off=cut(50)),
            "gift": gift(items("goods-40"), items("goods-41")),
            "spend": spend((10_000, cut(2_000)), repeats=True),
        }.items()
    ]
    asked = offers(every_kind)
    priced = price_basket(basket_of(thousands(10_000)), rules(), NOON, asked)
    explained(priced)
    used = {use.promotion_id for use in priced.promoted.applications}
    assert used == {"unit", "tier", "nth", "nfor", "bundle", "gift", "spend"}
