"""P5 for the later layers: each takes what working it out unit by unit says it takes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from pos_app.domain.promotion.promotion import Layer, Promotion
from tests.effort import examples
from tests.promotion_layers import Layers, Took, open_pieces, uses_left
from tests.promotion_oracle import item_savings
from tests.random_sales import WholeSale, whole_sales


def in_shelf_prices(sale: WholeSale) -> WholeSale:
    """Leave 抹零 out where tax is added: it is taken off what is paid, not off units."""
    if sale.shop.prices_include_tax:
        return sale
    return replace(sale, basket=replace(sale.basket, round_off_minor=0))


def holding(sale: WholeSale) -> list[Promotion]:
    """Return the promotions that are not ruled out by who buys and what was chosen."""
    occasion = sale.offers.occasion
    return [
        x
        for x in sale.promotions
        if (x.audience.kind == "everyone" or occasion.shopper is not None)
        and (x.trigger.kind != "manual" or x.promotion_id in occasion.chosen)
        and x.promotion_id not in occasion.declined
    ]


@settings(max_examples=examples(50, 1500))
@given(whole_sales())
def test_every_layer_takes_what_working_it_out_by_unit_takes(sale: WholeSale) -> None:
    sale = in_shelf_prices(sale)
    priced = sale.priced()
    uses = priced.promoted.applications
    found = holding(sale)
    first = [x for x in uses if x.layer is Layer.ITEM]
    worked = Layers(sale.basket, found, sale.offers.occasion).work(first)
    later = [
        Took(x.layer, x.promotion_id, x.saving_minor, x.coupon_id, x.points)
        for x in uses
        if x.layer is not Layer.ITEM
    ]
    assert later == worked.took
    for line, units in zip(priced.lines, worked.units, strict=True):
        with_tax = sale.shop.prices_include_tax
        paid = [
            x.paid_minor if with_tax else x.net_minor
            for x in line.shares
            for _ in range(x.count)
        ]
        assert paid == [x.now for x in units]


@settings(max_examples=examples(50, 1500))
@given(whole_sales(7))
def test_item_deals_save_what_trying_everything_saves(sale: WholeSale) -> None:
    priced = sale.priced()
    assert priced.promoted.is_optimal
    shopper = sale.offers.occasion.shopper
    levels = ("member", shopper.price_level) if shopper else ()
    found = [x for x in holding(sale) if x.layer is Layer.ITEM]
    left = {}
    for one in found:
        uses = uses_left(one, sale.offers.occasion)
        if uses is not None:
            left[one.promotion_id] = uses
    pieces = open_pieces(sale.basket, levels)
    saved = sum(
        x.saving_minor for x in priced.promoted.applications if x.layer is Layer.ITEM
    )
    assert saved in item_savings(pieces, found, uses_left=left)
