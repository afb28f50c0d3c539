"""What is guessed of "a little more" is near: goods for what is missing are laid in.

What is told is exact, see `test_nearly_is_exact.py`.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pos_app.domain.basket import BasketLine
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.listed_line import listed
from pos_app.domain.offered_lines import offered
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.deal import (
    BundleDeal,
    Deal,
    GiftDeal,
    SpendDeal,
    SpendTier,
)
from pos_app.domain.promotion.nearly import nearly
from pos_app.domain.promotion.promotion import Limits, Promotion
from pos_app.domain.promotion.selector import Selector
from tests.builders_promotions import (
    basket_of,
    cut,
    everything,
    gift,
    offers,
    percent,
    price_with,
    promotion,
    sold,
)
from tests.effort import examples
from tests.promotion_oracle import is_for
from tests.random_promotions import item_deals, lines_of, selectors, shops

MORE = "unit-more"


@st.composite
def amount_deals(draw: st.DrawFn, lines: list[BasketLine]) -> SpendDeal | GiftDeal:
    """Return 满减, 满折, 每满, and gifts from an amount on, as shops have them.

    The amount is one that the basket nearly reaches; of 每满, once more.
    """
    goods = draw(st.one_of(st.just(everything()), selectors()))
    worth_minor = worth_of(lines, goods)
    near_minor = worth_minor + draw(st.integers(1, max(9, worth_minor * 2 // 5)))
    kind = draw(st.sampled_from(("gift", "each", "steps", "steps")))
    if kind == "gift":
        given = draw(selectors())
        return gift(goods, given, threshold_minor=near_minor, price_minor=1)
    if kind == "each":
        first = max(1, near_minor // draw(st.integers(1, 3)))
        off_minor = draw(st.integers(1, max(1, first // 4)))
        limit = draw(st.none() | st.integers(off_minor, 3 * off_minor))
        tier = SpendTier(first, cut(off_minor))
        return SpendDeal((tier,), goods, repeats=True, most_minor=limit)
    cuts = st.integers(1, max(1, near_minor // 4)).map(cut)
    offs = st.one_of(st.sampled_from(("10", "20")).map(percent), cuts)
    first = draw(st.one_of(st.just(near_minor), st.integers(1, near_minor)))
    tiers = [SpendTier(first, draw(offs))]
    if first < near_minor or draw(st.booleans()):
        more = draw(st.integers(1, 1000)) if first == near_minor else near_minor - first
        tiers.append(SpendTier(first + more, draw(offs)))
    return SpendDeal(tuple(tiers), goods)


def worth_of(lines: list[BasketLine], goods: Selector) -> int:
    """Return what goods of a basket come to on the shelf."""
    priced = price_with(basket_of(lines)).lines
    return sum(
        out.list_minor
        for line, out in zip(lines, priced, strict=True)
        if line.unit and is_for(goods, line.unit, {})
    )


@st.composite
def baskets_with_offers(
    draw: st.DrawFn,
) -> tuple[list[BasketLine], list[Promotion]]:
    lines = draw(lines_of(draw(shops(floors=False)), 8))
    found = [
        promotion(draw(item_deals), f"i{n}") for n in range(draw(st.integers(0, 2)))
    ]
    for n in range(draw(st.integers(1, 2))):
        one = promotion(
            draw(amount_deals(lines)),
            f"s{n}",
            limits=Limits(per_basket=draw(st.none() | st.integers(1, 2))),
            accepts_discounted=draw(st.booleans()),
            exclusive=draw(st.integers(0, 5)) == 5,
        )
        found.append(one)
    return lines, found


def not_for_more(deal: Deal, *, but_counts: bool) -> Deal:
    """Return a deal that is not for what is laid in, but counts it if that is asked."""

    def less(chosen: Selector) -> Selector:
        return replace(chosen, exclude=replace(chosen.exclude, unit_ids=(MORE,)))

    if isinstance(deal, BundleDeal):
        slots = tuple(replace(x, goods=less(x.goods)) for x in deal.slots)
        return replace(deal, slots=slots)
    if isinstance(deal, GiftDeal):
        deal = replace(deal, gift=less(deal.gift))
    return deal if but_counts else replace(deal, goods=less(deal.goods))


def saved_by_amounts(priced: PricedBasket, layer: int) -> int:
    uses = priced.promoted.applications
    return sum(use.saving_minor for use in uses if use.layer == layer)


def costing(what: SellingUnit, minor: int) -> SellingUnit:
    assert what.price is not None
    price = replace(what.price, minor=minor)
    return replace(what, unit_id=MORE, price=price, sell_by=SellBy.COUNT)


@settings(max_examples=examples(60, 1500))
@given(baskets_with_offers())
def test_goods_for_the_missing_amount_save_what_was_told(both) -> None:
    """Never more than a minor unit too much, where one amount is missing."""
    lines, found = both
    basket = basket_of(lines)
    now = price_with(basket, *found)
    seen = [offered(listed(line)) for line in basket.lines]
    checked = 0
    for told in nearly(seen, offers(found), now.promoted, 9):
        one = next(x for x in found if x.promotion_id == told.promotion_id)
        goods = one.deal.goods if not isinstance(one.deal, BundleDeal) else None
        if not told.missing_minor or goods is None:
            continue
        fits = [x.unit for x in lines if x.unit and is_for(goods, x.unit, {})]
        if not fits:
            continue
        others = [
            replace(x, deal=not_for_more(x.deal, but_counts=x is one)) for x in found
        ]
        more = [*lines, sold(costing(fits[0], told.missing_minor))]
        then = price_with(more, *others)
        checked += 1
        gained = saved_by_amounts(then, one.layer) - saved_by_amounts(now, one.layer)
        assert gained >= told.saving_minor - 1
    assume(checked)  # only those are counted that promise something
