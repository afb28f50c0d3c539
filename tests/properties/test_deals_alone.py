"""Deals asked for without the price are those that the price is made with."""

from __future__ import annotations

from hypothesis import given, settings

from pos_app.domain.deal_layers import deals_taken
from pos_app.domain.listed_line import listed
from pos_app.domain.promotion.levels import levels_of
from tests.effort import examples
from tests.random_sales import WholeSale, whole_sales


@settings(max_examples=examples(40, 400))
@given(whole_sales())
def test_the_deals_alone_are_those_of_the_price(sale: WholeSale) -> None:
    levels = levels_of(sale.offers.occasion.shopper)
    goods = [listed(line, levels) for line in sale.basket.lines]
    alone = deals_taken(goods, sale.basket, sale.offers, {})
    assert alone == sale.priced().promoted
