"""What "a little more" is told to save is what pricing the basket with it gives.

The basket now, and the goods priced by themselves, less both priced together: with
item deals, order deals of several groups, coupons, points and what people let go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pos_app.domain.basket import Basket, BasketLine, add_line, set_quantity
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.listed_line import listed
from pos_app.domain.nearly_priced import Asked, goods_for, proving
from pos_app.domain.offered_lines import offered
from pos_app.domain.pricing import price_again, price_basket
from pos_app.domain.promotion.book import compile_book
from pos_app.domain.promotion.deal import GiftDeal, SpendDeal, SpendTier
from pos_app.domain.promotion.effort import FRAME_SEARCH
from pos_app.domain.promotion.explanation import Nearly
from pos_app.domain.promotion.levels import levels_of
from pos_app.domain.promotion.nearly import nearly
from pos_app.domain.promotion.promotion import Promotion
from pos_app.errors import UserError
from tests.builders_pricing import NOON
from tests.builders_promotions import cut, everything, nth, percent, promotion, sold
from tests.effort import examples
from tests.promotion_oracle import is_for
from tests.random_promotions import selectors
from tests.random_sales import WholeSale, full_shops, whole_sales


@st.composite
def near_deals(draw: st.DrawFn, worth_minor: int, name: str) -> Promotion:
    """Return a deal that the basket nearly reaches, mostly one over the whole sale."""
    some = st.one_of(
        st.sampled_from(("3", "7", "10", "12.5", "33")).map(percent),
        st.integers(1, max(1, worth_minor // 3)).map(cut),
    )
    near = worth_minor + draw(st.integers(1, max(2, worth_minor * 2 // 5)))
    named = draw(st.one_of(st.just(everything()), st.just(everything()), selectors()))
    deal = SpendDeal((SpendTier(near, draw(some)),), named)
    if draw(st.integers(0, 3)) == 0:
        first = SpendTier(max(1, near // 2), draw(some))
        deal = replace(deal, tiers=(first, *deal.tiers))
    return promotion(
        nth(named, 2, draw(some)) if draw(st.integers(0, 3)) == 0 else deal,
        name,
        stack_group=draw(st.sampled_from(("", "a", "b"))),
        exclusive=draw(st.integers(0, 6)) == 6,
        accepts_discounted=draw(st.integers(0, 4)) < 4,
    )


@st.composite
def sales_with_near_deals(
    draw: st.DrawFn,
) -> tuple[WholeSale, Mapping[str, SellingUnit]]:
    """Return a sale, and goods that do not lie in it."""
    sale = draw(whole_sales())
    worth = sale.priced().list_minor
    more = [draw(near_deals(worth, f"n{at}")) for at in range(draw(st.integers(1, 3)))]
    book = compile_book((*sale.promotions, *more), sale.offers.book.parents)
    sale = replace(sale, offers=replace(sale.offers, book=book))
    try:
        sale.priced()
    except UserError:  # more is let go by hand than the new deals leave
        sale = sale.without_hands()
    inside = {x.unit.unit_id for x in sale.basket.lines if x.unit}
    outside = [x for x in draw(full_shops()).values() if x.sell_by is SellBy.COUNT]
    return sale, {x.unit_id: x for x in outside if x.unit_id not in inside}


def told_of(sale: WholeSale, outside: Mapping[str, SellingUnit]) -> tuple[Nearly, ...]:
    """Return what a counter would tell."""
    levels = levels_of(sale.offers.occasion.shopper)
    lines = (*sale.basket.lines, *(sold(x) for x in outside.values()))
    seen = [offered(listed(replace(x, discount=None), levels)) for x in lines]
    inside = len(sale.basket.lines)
    frame = replace(sale.offers, search=FRAME_SEARCH)
    now = price_again(sale.basket, sale.shop, NOON, None, frame)
    promoted = now.priced.promoted
    found = nearly(seen[:inside], sale.offers, promoted, 9, seen[inside:])
    asked = Asked(sale.basket, sale.shop, NOON, frame, now, outside.get)
    return list(proving(found, asked, 9))[-1] if found else ()


@settings(max_examples=examples(80, 2000))
@given(sales_with_near_deals())
def test_what_is_told_is_what_pricing_it_gives(both) -> None:
    """Never a minor unit more or less, and the promotion itself has its part in it."""
    sale, outside = both
    found = told_of(sale, outside)
    assume(found)
    for told in found:
        more, added = with_missing(sale, told, outside)
        after, now = replace(sale, basket=more).priced(), sale.priced()
        before_minor = now.total_minor + sale.basket.round_off_minor
        both_minor = before_minor + priced_alone(sale, added)
        assert told.saving_minor == both_minor - after.total_minor > 0
        uses = [(x, 1) for x in after.promoted.applications]
        uses += [(x, -1) for x in now.promoted.applications]
        own = [
            s * x.saving_minor for x, s in uses if x.promotion_id == told.promotion_id
        ]
        assert sum(own) > 0


def with_missing(
    sale: WholeSale, told: Nearly, outside: Mapping[str, SellingUnit]
) -> tuple[Basket, Sequence[BasketLine]]:
    """Return the basket with what is missing, and that by itself."""
    basket = sale.basket
    if told.line_id:
        line, count = basket.line(told.line_id), Decimal(told.missing_units)
        more = set_quantity(basket, told.line_id, line.quantity + count)
        return more, [replace(line, quantity=count)]
    if told.missing_units:
        added = [sold(outside[told.unit_id], told.missing_units)]
    else:
        added = for_amount(sale, told, outside)
    for at, line in enumerate(added):
        basket = add_line(basket, replace(line, line_id=f"new-{at}"), merge=False)
    return basket, basket.lines[len(sale.basket.lines) :]


def for_amount(
    sale: WholeSale, told: Nearly, outside: Mapping[str, SellingUnit]
) -> list[BasketLine]:
    """Return goods for exactly what is missing, and the gift if it does not lie there."""
    (one,) = (x for x in sale.promotions if x.promotion_id == told.promotion_id)
    assert isinstance(one.deal, SpendDeal | GiftDeal)
    book = sale.offers.book
    plain = goods_for(told.missing_minor, one, sale.basket.lines, book)
    assert plain is not None
    assert plain.price is not None
    assert plain.price.minor == told.missing_minor
    assert is_for(one.deal.goods, plain, {})
    added = [sold(plain)]
    if isinstance(one.deal, GiftDeal):
        inside = [x.unit for x in sale.basket.lines if x.unit]
        if not any(is_for(one.deal.gift, x, {}) for x in inside):
            added.append(sold(outside[told.unit_id]))
    return added


def priced_alone(sale: WholeSale, lines: Sequence[BasketLine]) -> int:
    """Return what lines come to by themselves; what is used once lies in the basket."""

    def shared(hand):  # type: ignore[no-untyped-def]
        return hand if hand is not None and hand.percentage is not None else None

    alone = Basket(
        "alone",
        tuple(replace(x, discount=shared(x.discount)) for x in lines),
        discount=shared(sale.basket.discount),
    )
    occasion = replace(sale.offers.occasion, coupons=(), points=None)
    offers = replace(sale.offers, occasion=occasion)
    return price_basket(alone, sale.shop, NOON, offers).total_minor
