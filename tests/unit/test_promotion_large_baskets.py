"""Baskets too large for a frame of the screen: held deals, and work that is counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.domain.basket import Basket
from pos_app.domain.held_deals import is_too_large
from pos_app.domain.listed_line import listed
from pos_app.domain.offered_lines import offered
from pos_app.domain.pricing import Pricing, price_again
from pos_app.domain.promotion.deal import NthDeal
from pos_app.domain.promotion.effort import FRAME_SEARCH, FULL_SEARCH, effort_of
from pos_app.domain.promotion.enumeration import uses_of
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.stacks import stacks_of
from pos_app.domain.reduction import ManualDiscount
from tests.builders_pricing import NOON, percent_off, rules
from tests.builders_promotions import (
    basket_of,
    cut,
    everything,
    goods,
    items,
    nth,
    offers,
    percent,
    promotion,
    sold,
    spend,
    tier,
    unit_deal,
)

LINES = [sold(goods(f"g{i}", 1000 + i)) for i in range(12)]
BASKET = basket_of(LINES)
TENTH = promotion(unit_deal(everything(), percent("10")), "tenth")
PAIR = promotion(nth(everything(), 2, percent("50")), "pair")
BREAK = promotion(tier(everything(), (2, percent("10"))), "break")
OVER = promotion(spend((5000, cut(300))), "over")


def whole(asked: Basket, *found: Promotion) -> Pricing:
    return price_again(asked, rules(), NOON, None, offers(found))


def in_a_frame(after: Basket, before: Pricing | None, *found: Promotion) -> Pricing:
    """Price a basket in a frame that is too short for any of these."""
    short = replace(offers(found), search=1)
    return price_again(after, rules(), NOON, before, short)


def without(whole_basket: Basket, *positions: int) -> Basket:
    kept = [x for at, x in enumerate(whole_basket.lines) if at not in positions]
    return replace(whole_basket, lines=tuple(kept))


def saved(pricing: Pricing) -> list[int]:
    return [line.discount_minor for line in pricing.priced.lines]


@pytest.mark.parametrize("deal", [TENTH, PAIR, BREAK], ids=lambda x: x.promotion_id)
def test_lines_keep_their_deals_until_the_search_has_ended(deal: Promotion) -> None:
    before = whole(without(BASKET, 11), deal)
    after = in_a_frame(BASKET, before, deal)
    assert saved(after) == [*saved(before), 0]
    assert not after.priced.promoted.is_optimal
    after.priced.check()
    ended = price_again(BASKET, rules(), NOON, after, offers([deal]))
    assert ended.priced == whole(BASKET, deal).priced


def test_what_has_gone_takes_the_deals_with_it_that_it_was_in() -> None:
    before = whole(BASKET, PAIR)
    after = in_a_frame(without(BASKET, 11), before, PAIR)
    kept = saved(before)
    assert saved(after) == [*kept[:10], 0]
    after.priced.check()


def test_goods_that_go_take_all_deals_of_their_quantity_with_them() -> None:
    before = whole(BASKET, BREAK)
    assert sum(saved(in_a_frame(without(BASKET, 0), before, BREAK))) == 0


def test_deals_of_a_line_that_shares_one_with_what_has_gone_go_too() -> None:
    goods_of = (("a", 900, 1), ("b", 800, 2), ("c", 700, 1))
    asked = basket_of([sold(goods(name, price), n) for name, price, n in goods_of])
    before = whole(asked, PAIR)
    after = in_a_frame(without(asked, 0), before, PAIR)
    after.priced.check()
    assert saved(after) == [0, 0]


def test_no_deal_is_held_for_others_than_it_was_found_for() -> None:
    before = whole(BASKET, TENTH)
    assert sum(saved(in_a_frame(BASKET, before, PAIR))) == 0
    assert sum(saved(in_a_frame(BASKET, None, TENTH))) == 0


def test_later_layers_are_taken_anew_of_held_deals() -> None:
    discount: ManualDiscount = percent_off("10")
    before = whole(BASKET, TENTH, OVER)
    asked = replace(BASKET, discount=discount)
    after = in_a_frame(asked, before, TENTH, OVER)
    ended = price_again(asked, rules(), NOON, None, offers([TENTH, OVER]))
    assert after.priced.lines == ended.priced.lines
    assert after.priced.total_minor == ended.priced.total_minor


def too_large(count: int, found: Offers) -> bool:
    lines = [offered(listed(sold(goods(f"g{i}", 100)), ())) for i in range(count)]
    return is_too_large(lines, found)


def test_a_frame_counts_the_lines_of_each_deal() -> None:
    frame = replace(offers([TENTH, PAIR]), search=FRAME_SEARCH)
    assert not too_large(FRAME_SEARCH // 2, frame)
    assert too_large(FRAME_SEARCH // 2 + 1, frame)
    assert not too_large(2 * FRAME_SEARCH, replace(frame, search=FULL_SEARCH))
    few = promotion(nth(items("g1", "g2"), 2, percent("50")), "few")
    assert not too_large(2 * FRAME_SEARCH, replace(offers([few]), search=FRAME_SEARCH))


def test_a_frame_lays_fewer_uses_out_and_the_full_search_those_of_ever() -> None:
    views = [offered(listed(line, ())) for line in LINES * 9]
    stacks = stacks_of((at, x, 1) for at, x in enumerate(views))
    deal, pool = NthDeal(everything(), 6, 1, percent("50")), range(len(stacks))
    few = uses_of(deal, [pool], stacks, effort_of(FRAME_SEARCH), 5)
    assert len(few.worths) <= 2 * FRAME_SEARCH // 5
    assert effort_of(FULL_SEARCH).uses_of_each(50) == 3_000
