"""Prices the bench's baskets and sales of all layers, and prints the digest of all that came out.

    python -m tests.price_promotion_sets forwards | backwards

The promotions are put in in that order. Two processes that agree print the same.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from random import Random

from pos_app.cli.bench_promotion_sets import LOADS, RULES, PromotionSets
from pos_app.domain.listed_line import listed
from pos_app.domain.offered_lines import offered
from pos_app.domain.pricing import price_basket
from pos_app.domain.promotion.nearly import nearly
from pos_app.domain.promotion.occasion import PointsBurn
from pos_app.domain.promotion.refusals import refusals
from tests.builders_pricing import NOON, percent_off, reduced, rules
from tests.builders_promotions import (
    MEMBER,
    basket_of,
    brands,
    bundle,
    by_coupon,
    categories,
    coupons,
    cut,
    everything,
    gift,
    goods,
    items,
    nfor,
    nth,
    offers,
    percent,
    promotion,
    sold,
    spend,
    tagged,
    tier,
    unit_deal,
)

BASKETS = 4
ALL_LAYERS = [
    promotion(unit_deal(tagged("new", "green", "small"), percent("7")), "unit"),
    promotion(tier(brands("Nord", "Hof"), (2, percent("30"))), "tier"),
    promotion(nth(categories("food", "drink"), 2, percent("50")), "nth"),
    promotion(nfor(everything("g-1"), 3, 1500), "nfor"),
    promotion(bundle(tagged("new"), brands("Hof"), off=cut(77)), "bundle"),
    promotion(gift(items("g-2"), tagged("green"), price_minor=1), "gift"),
    promotion(spend((3000, percent("3"))), "spend", stack_group="b"),
    promotion(spend((1000, cut(37)), repeats=True), "each", stack_group="a"),
    by_coupon(spend((100, percent("9"))), "ticket"),
    by_coupon(unit_deal(everything(), cut(111)), "other"),
]


def digest(*, backwards: bool) -> str:
    """Return the digest of a few baskets of each load, and of some of all layers."""
    seen = hashlib.sha256()
    for load in LOADS:
        sets = PromotionSets(load, 1)
        found = sets.promotions[::-1] if backwards else sets.promotions
        asked = offers(found)
        for _ in range(BASKETS):
            priced = price_basket(sets.basket(), RULES, NOON, asked)
            seen.update(repr(priced).encode())
    for text in whole_sales(backwards=backwards):
        seen.update(text.encode())
    return seen.hexdigest()


def whole_sales(*, backwards: bool) -> Iterator[str]:
    """Yield what comes of baskets with tags, brands, members, coupons and points."""
    found = ALL_LAYERS[::-1] if backwards else ALL_LAYERS
    tags, chance = ("new", "green", "small", "old"), Random(5)
    for size in range(2, 12):
        lines = []
        for at in range(size):
            what = goods(
                f"g-{at}",
                chance.choice((333, 500, 500, 999)),
                category=chance.choice(("food", "drink", "")),
                brand=chance.choice(("Nord", "Hof", "")),
                tags=chance.sample(tags, 2),
                levels={"member": chance.choice((321, 480))},
                tax=chance.choice(("standard", "reduced", "double")),
            )
            hand = percent_off("5") if chance.random() < 0.2 else None
            lines.append(reduced(sold(what, chance.randint(1, 3)), None, hand))
        asked = offers(
            found,
            shopper=MEMBER if size % 2 else None,
            coupons=coupons("ticket", "other", "ticket"),
            coupon_limit=2,
            points=PointsBurn(100, 250),
        )
        basket = basket_of(lines)
        priced = price_basket(
            basket, rules(prices_include_tax=size % 3 > 0), NOON, asked
        )
        seen = [offered(listed(line)) for line in basket.lines]
        told = [refusals(seen, asked, priced.promoted, x.line_id) for x in seen]
        yield repr((priced, nearly(seen, asked, priced.promoted, 9), told))


if __name__ == "__main__":
    sys.stdout.write(digest(backwards=sys.argv[1] == "backwards"))
