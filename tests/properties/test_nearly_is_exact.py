"""What "a little more" is told to save is what pricing the basket with it gives.

The basket now, and the goods priced by themselves, less both priced together: with
item deals, order deals of several groups, coupons, points and what people let go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pos_app.domain.basket import Basket, BasketLine, add_line, set_quantity
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.listed_line import listed
from pos_app.domain.nearly_priced import Asked, goods_for, proving
from pos_app.domain.offered_lines import offered
from pos_app.domain.pricing import price_again, price_basket
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.book import compile_book
from pos_app.domain.promotion.deal import GiftDeal, SpendDeal, SpendTier
from pos_app.domain.promotion.effort import FRAME_SEARCH
from pos_app.domain.promotion.explanation import Nearly
from pos_app.domain.promotion.levels import levels_of
from pos_app.domain.promotion.nearly import nearly
from pos_app.domain.promotion.nearly_coupons import nearly_coupons
from pos_app.domain.promotion.occasion import CouponInHand
from pos_app.domain.promotion.promotion import Promotion, Trigger, TriggerKind
from pos_app.errors import UserError
from tests.builders_pricing import NOON
from tests.builders_promotions import cut, everything, nth, percent, promotion, sold
from tests.effort import examples
from tests.promotion_oracle import is_for
from tests.random_promotions import selectors
from tests.random_sales import WholeSale, full_shops, whole_sales


@st.composite
def near_deals(
    draw: st.DrawFn, worth_minor: int, name: str, *, is_often: bool = False
) -> Promotion:
    """Return a deal that the basket nearly reaches, mostly one over the whole sale.

    One for a coupon often has nothing that shuts it out.
    """
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
        exclusive=not is_often and draw(st.integers(0, 6)) == 6,
        accepts_discounted=is_often or draw(st.integers(0, 4)) < 4,
    )


#: Only one of several baskets nearly reaches anything.
RARE = (HealthCheck.filter_too_much, HealthCheck.too_slow)


def possible(sale: WholeSale) -> WholeSale:
    """Leave out what hands may not take off, where new deals leave less."""
    try:
        sale.priced()
    except UserError:
        return sale.without_hands()
    return sale


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
    sale = possible(sale)
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


@st.composite
def sales_with_near_coupons(
    draw: st.DrawFn,
) -> tuple[WholeSale, Sequence[CouponInHand]]:
    """Return a sale, and coupons of its customer, in the basket or not."""
    sale, _outside = draw(sales_with_near_deals())
    worth, unlocked, more = sale.priced().list_minor, [], []
    for at in range(draw(st.integers(1, 2))):
        one = draw(near_deals(worth, f"k{at}", is_often=True))
        unlocked.append(replace(one, trigger=Trigger(TriggerKind.COUPON)))
        value = draw(st.none() | st.none() | st.integers(1, 500))
        more.append(CouponInHand(f"more-{at}", one.promotion_id, True, value))
    book = compile_book((*sale.promotions, *unlocked), sale.offers.book.parents)
    lying = draw(st.booleans())
    inside = (*sale.offers.occasion.coupons, *(more if lying else ()))
    limit = draw(st.sampled_from((9, 9, 2, 1)))
    occasion = replace(sale.offers.occasion, coupons=inside, coupon_limit=limit)
    sale = possible(
        replace(sale, offers=replace(sale.offers, book=book, occasion=occasion))
    )
    return sale, (*inside, *(() if lying else more))


@settings(max_examples=examples(12, 300), suppress_health_check=RARE)
@given(sales_with_near_coupons())
def test_what_a_coupon_is_told_to_save_is_what_pricing_it_gives(both) -> None:
    """Beyond what the coupon saves already, were it used now."""
    sale, in_hand = both
    frame = replace(sale.offers, search=FRAME_SEARCH)
    now = price_again(sale.basket, sale.shop, NOON, None, frame)
    levels = levels_of(sale.offers.occasion.shopper)
    seen = [
        offered(listed(replace(x, discount=None), levels)) for x in sale.basket.lines
    ]
    found = nearly_coupons(seen, sale.offers, now.priced.promoted, in_hand)
    asked = Asked(sale.basket, sale.shop, NOON, frame, now, coupons=in_hand)
    told = list(proving(found, asked, 9))[-1] if found else ()
    assume(told)
    for one in told:
        (coupon,) = (x for x in in_hand if x.coupon_id == one.coupon_id)
        shown = sale.offers.occasion.coupons
        if coupon not in shown:
            shown = (*shown, coupon)
        occasion = replace(sale.offers.occasion, coupons=shown)
        used = replace(sale, offers=replace(sale.offers, occasion=occasion))
        saving_minor, own_minor = gained(used, one, {})
        assert one.saving_minor == saving_minor > 0
        assert own_minor > 0


@settings(max_examples=examples(20, 500), suppress_health_check=RARE)
@given(sales_with_near_deals())
def test_what_is_told_is_what_pricing_it_gives(both) -> None:
    """Never a minor unit more or less, and the promotion itself has its part in it."""
    sale, outside = both
    found = told_of(sale, outside)
    assume(found)
    for told in found:
        saving_minor, own_minor = gained(sale, told, outside)
        assert told.saving_minor == saving_minor > 0
        assert own_minor > 0


def gained(
    sale: WholeSale, told: Nearly, outside: Mapping[str, SellingUnit]
) -> tuple[int, int]:
    """Return what is saved with what is missing, and what more the deal itself gives."""
    more, added = with_missing(sale, told, outside)
    after, now = replace(sale, basket=more).priced(), sale.priced()
    before_minor = now.total_minor + sale.basket.round_off_minor
    both_minor = before_minor + priced_alone(sale, added)
    own_minor = given_by(after, told) - given_by(now, told)
    return both_minor - after.total_minor, own_minor


def given_by(priced: PricedBasket, told: Nearly) -> int:
    named = (told.promotion_id, told.coupon_id)
    used = priced.promoted.applications
    return sum(x.saving_minor for x in used if (x.promotion_id, x.coupon_id) == named)


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
