"""What a little more is told to save: what pricing the basket with it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import SellingUnit
from pos_app.domain.listed_line import listed
from pos_app.domain.nearly_priced import Asked, proving
from pos_app.domain.offered_lines import offered
from pos_app.domain.pricing import price_again
from pos_app.domain.promotion.nearly import nearly
from pos_app.domain.promotion.nearly_coupons import nearly_coupons
from pos_app.domain.promotion.occasion import CouponInHand
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import Promotion
from tests.builders_pricing import NOON, amount_off, percent_off, rules
from tests.builders_promotions import (
    basket_of,
    by_coupon,
    coupons,
    cut,
    everything,
    gift,
    goods,
    items,
    nth,
    offers,
    percent,
    promotion,
    sold,
    spend,
    unit_deal,
)

TAKE_20 = promotion(spend((10_000, cut(2000))), "take")
HALF = promotion(nth(items("tea"), 2, percent("50")), "half")
TEA = goods("tea", 1000)


def told_of_coupons(
    lines: Sequence[BasketLine],
    *promotions: Promotion,
    in_hand: Sequence[CouponInHand],
    lying: Sequence[CouponInHand] = (),
    limit: int = 1,
) -> list[tuple[str, int, int, int]]:
    """Return what is told: coupon, missing amount, missing units, saving."""
    asked = offers(promotions, coupons=tuple(lying), coupon_limit=limit)
    basket = basket_of(lines)
    now = price_again(basket, rules(), NOON, None, asked)
    seen = [offered(listed(x)) for x in basket.lines]
    every = (*lying, *in_hand)
    found = nearly_coupons(seen, asked, now.priced.promoted, every)
    basis = Asked(basket, rules(), NOON, asked, now, coupons=every)
    best = list(proving(found, basis, 9))[-1] if found else ()
    return [
        (x.coupon_id, x.missing_minor, x.missing_units, x.saving_minor) for x in best
    ]


def told(
    basket: Basket | Sequence[BasketLine],
    *promotions: Promotion,
    outside: Sequence[SellingUnit] = (),
    asked: Offers | None = None,
) -> dict[str, int]:
    """Return what is told of a basket: promotion -> saving."""
    basket = basket if isinstance(basket, Basket) else basket_of(basket)
    asked = asked or offers(promotions)
    now = price_again(basket, rules(), NOON, None, asked)
    seen = [offered(listed(x)) for x in basket.lines]
    others = [offered(listed(sold(x))) for x in outside]
    found = nearly(seen, asked, now.priced.promoted, 9, others)
    known = {x.unit_id: x for x in outside}
    basis = Asked(basket, rules(), NOON, asked, now, known.get)
    best: dict[str, int] = {}
    for proven in proving(found, basis, 9):
        best = {x.promotion_id: x.saving_minor for x in proven}
    return best


def test_of_two_percentages_in_groups_the_second_is_off_what_the_first_leaves() -> None:
    tenth = promotion(spend((1, percent("10"))), "tenth", stack_group="a")
    third = promotion(spend((10_000, percent("33"))), "third", stack_group="b")
    # 90.00 now 81.00; 100.00 is 90.00 less 33 %, 60.30; 10.00 by itself is 9.00.
    assert told([sold(goods("a", 9000))], tenth, third) == {"third": 2970}


def test_what_goods_cost_less_by_themselves_is_no_saving_of_the_offer() -> None:
    """One more tea at a tenth off is 9.00 wherever it is bought."""
    tenth = promotion(unit_deal(everything(), percent("10")), "tenth")
    assert told([sold(TEA)], HALF, tenth) == {"half": 300}
    weak = promotion(nth(items("tea"), 2, percent("5")), "weak")
    assert told([sold(TEA)], weak, tenth) == {}


def test_an_order_deal_that_gives_way_is_told_of() -> None:
    five = promotion(spend((5000, cut(500))), "five")
    assert told([sold(goods("a", 9000))], TAKE_20, five) == {"take": 1500}
    beside = replace(five, stack_group="other")
    assert told([sold(goods("a", 9000))], TAKE_20, beside) == {"take": 2000}
    alone = replace(TAKE_20, exclusive=True)
    assert told([sold(goods("a", 9000))], alone, beside) == {"take": 1500}


def test_what_the_same_goods_reach_beside_is_told_with_it() -> None:
    """One more tea is the second at half price, and the 100.00 are reached with it."""
    basket = [sold(TEA), sold(goods("a", 8000))]
    assert told(basket, HALF, TAKE_20) == {"half": 2500, "take": 2000}


def test_a_deal_that_another_one_would_beat_is_not_told() -> None:
    """Of one group only the better one holds: the other is no reason to buy more."""
    ten = promotion(spend((10_000, cut(1000))), "ten")
    assert told([sold(goods("a", 9000))], TAKE_20, ten) == {"take": 2000}


def test_a_coupon_in_the_basket_takes_its_part() -> None:
    """A tenth off by coupon is off the 80.00 that are left, and was 9.00 before."""
    tenth = by_coupon(spend((1, percent("10"))), "tenth")
    asked = offers([TAKE_20, tenth], coupons=coupons("tenth", chosen=True))
    # 90.00 now 81.00; 100.00 less 20.00 is 80.00 less a tenth, 72.00.
    assert told([sold(goods("a", 9000))], asked=asked) == {"take": 1900}
    full_only = replace(tenth, accepts_discounted=False)
    asked = offers([TAKE_20, full_only], coupons=coupons("tenth", chosen=True))
    assert told([sold(goods("a", 9000))], asked=asked) == {"take": 1100}
    once = by_coupon(spend((5000, cut(1500))), "once")
    asked = offers([TAKE_20, once], coupons=coupons("once", chosen=True))
    assert told([sold(goods("a", 9000))], asked=asked) == {"take": 2000}


def test_the_most_that_a_deal_gives_is_the_most_that_is_told() -> None:
    most = promotion(spend((1000, cut(100)), repeats=True, most_minor=850), "each")
    assert told([sold(goods("a", 8900))], most) == {"each": 50}
    assert told([sold(goods("a", 9900))], most) == {}


def test_a_gift_that_has_to_be_fetched_is_priced_with_it() -> None:
    rule = promotion(
        gift(everything("cup"), items("cup"), threshold_minor=10_000), "gift"
    )
    cup = goods("cup", 1500)
    lines = [sold(goods("a", 9000))]
    assert told(lines, rule, outside=[cup]) == {"gift": 1500}
    assert told(lines, rule) == {}


def test_what_people_let_go_is_not_what_more_saves() -> None:
    """Their share is on all goods; an amount was given once; 抹零 is asked for anew."""
    lines = [sold(goods("a", 9000))]
    share = replace(basket_of(lines), discount=percent_off("10"))
    assert told(share, TAKE_20) == {"take": 1800}
    once = replace(basket_of(lines), discount=amount_off(700))
    assert told(once, TAKE_20) == {"take": 2000}
    odd = replace(basket_of(lines), round_off_minor=9)
    assert told(odd, TAKE_20) == {"take": 2000}


def test_what_no_search_can_tell_for_certain_is_not_told() -> None:
    third = promotion(nth(everything(), 3), "third")
    lines = [sold(goods(x, 900 + 7 * at), 3) for at, x in enumerate("abcd")]
    lines.append(sold(TEA))
    found = offers([HALF, third])
    assert "half" in told(lines, asked=found)
    assert told(lines, asked=replace(found, search=0)) == {}


FIFTEEN = by_coupon(spend((5000, cut(1500))), "fifteen")


def test_a_coupon_in_hand_that_lacks_an_amount_is_told_of() -> None:
    hand = coupons("fifteen")
    near, lines = ("coupon-1", 1200, 0, 1500), [sold(goods("a", 3800))]
    assert told_of_coupons(lines, FIFTEEN, in_hand=hand) == [near]
    assert told_of_coupons(lines, FIFTEEN, in_hand=[], lying=hand) == [near]
    far, good = [sold(goods("a", 3400))], [sold(goods("a", 5000))]
    assert told_of_coupons(far, FIFTEEN, in_hand=hand) == []
    assert told_of_coupons(good, FIFTEEN, in_hand=hand) == []  # it may be used now
    assert told_of_coupons(lines, in_hand=hand) == []  # for what is not offered here


def test_a_coupon_in_hand_that_lacks_pieces_is_told_of() -> None:
    free = by_coupon(nth(items("tea"), 2), "free")
    told_now = told_of_coupons([sold(TEA)], free, in_hand=coupons("free"))
    assert told_now == [("coupon-1", 0, 1, 1000)]
    none = [sold(goods("a", 900))]
    assert told_of_coupons(none, free, in_hand=coupons("free")) == []


def test_a_coupon_that_finds_no_place_is_not_told_of() -> None:
    used, hand = coupons("any", chosen=True), CouponInHand("new", "fifteen", True)
    any_goods = by_coupon(spend((100, cut(50))), "any")
    lines, both = [sold(goods("a", 3800))], (FIFTEEN, any_goods)
    assert told_of_coupons(lines, *both, in_hand=[hand], lying=used) == []
    told_now = told_of_coupons(lines, *both, in_hand=[hand], lying=used, limit=2)
    assert told_now == [("new", 1200, 0, 1500)]


def test_a_coupon_over_a_share_is_told_at_its_share() -> None:
    share = [CouponInHand("share", "fifteen", True, value_minor=400)]
    told_now = told_of_coupons([sold(goods("a", 3800))], FIFTEEN, in_hand=share)
    assert told_now == [("share", 1200, 0, 400)]


def test_what_a_coupon_counts_is_what_the_deals_before_it_leave() -> None:
    """Full prices count for it; one for goods at full price only will never hold."""
    tenth = promotion(spend((1, percent("10"))), "tenth")
    full = replace(FIFTEEN, accepts_discounted=False)
    lines, hand = [sold(goods("a", 4000))], coupons("fifteen")
    assert told_of_coupons(lines, FIFTEEN, tenth, in_hand=hand)[0][1] == 1000
    assert told_of_coupons(lines, full, tenth, in_hand=hand) == []
