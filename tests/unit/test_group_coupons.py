"""Coupons for goods that belong together: one coupon is one use, on the best units."""

from __future__ import annotations

import pytest

from pos_app.domain.listed_line import listed
from pos_app.domain.offered_lines import offered
from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.checks import refuse_unsound
from pos_app.domain.promotion.deal import TierCount
from pos_app.domain.promotion.explanation import RefusalCause
from pos_app.domain.promotion.occasion import CouponInHand
from pos_app.domain.promotion.promotion import Layer, Promotion
from pos_app.domain.promotion.refusals import refusals
from tests.builders_promotions import (
    FREE,
    at,
    basket_of,
    bundle,
    by_coupon,
    categories,
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
    tier,
    unit_deal,
)
from tests.builders_promotions import coupons as coupons_in_hand

TEA, BUN, MILK = goods("tea", 1000), goods("bun", 450), goods("milk", 700)


def used(*lines, of: Promotion, coupons: int = 1, beside: tuple[Promotion, ...] = ()):
    shown = coupons_in_hand(*["coupon"] * coupons)
    priced = price_with(list(lines), of, *beside, coupons=shown, coupon_limit=9)
    applications = priced.promoted.applications
    return priced, [x for x in applications if x.layer is Layer.COUPON]


def savings(uses: list[Application]) -> list[int]:
    return [x.saving_minor for x in uses]


ONE_MORE = by_coupon(nth(everything(), every=2, off=FREE))


def test_buy_one_get_one_gives_the_second_dearest_of_the_basket() -> None:
    priced, uses = used(sold(BUN, 3), sold(TEA), sold(MILK), of=ONE_MORE)
    assert savings(uses) == [700]
    assert priced.total_minor == 3 * 450 + 1000
    parts = {x.line_id: (x.base_minor, x.is_reduced) for x in uses[0].claims}
    assert sorted(parts.values()) == [(700, True), (1000, False)]


def test_one_coupon_is_one_group_and_two_are_two() -> None:
    assert savings(used(sold(BUN, 4), of=ONE_MORE)[1]) == [450]
    assert savings(used(sold(BUN, 4), of=ONE_MORE, coupons=2)[1]) == [450, 450]
    assert savings(used(sold(BUN, 4), of=ONE_MORE, coupons=3)[1]) == [450, 450]
    assert not used(sold(BUN), of=ONE_MORE)[1]


def test_it_is_taken_of_what_the_goods_cost_after_earlier_layers() -> None:
    tenth = promotion(unit_deal(items("tea"), percent("50")), "half")
    priced, uses = used(sold(TEA, 2), sold(MILK), of=ONE_MORE, beside=(tenth,))
    assert savings(uses) == [500]
    assert priced.total_minor == 500 + 700


def test_goods_lowered_before_are_left_out_where_the_promotion_says_so() -> None:
    half = promotion(unit_deal(items("tea"), percent("50")), "half")
    careful = by_coupon(ONE_MORE.deal, accepts_discounted=False)
    assert not used(sold(TEA, 2), sold(MILK), of=careful, beside=(half,))[1]
    assert savings(used(sold(TEA), sold(MILK, 2), of=careful, beside=(half,))[1]) == [
        700
    ]


@pytest.mark.parametrize(
    ("deal", "lines", "saved"),
    [
        (nfor(items("bun"), 3, 0), [(BUN, 4), (TEA, 1)], 1350),
        (nfor(items("bun"), 3, 0), [(BUN, 2)], 0),
        (nfor(everything(), 3, 1500), [(BUN, 3), (TEA, 1)], 450 + 450 + 1000 - 1500),
        (
            bundle(slot(items("tea")), slot(items("bun")), off=at(1200)),
            [(BUN, 2), (TEA, 2)],
            250,
        ),
        (
            bundle(slot(items("tea")), slot(items("bun"), off=percent("50"))),
            [(BUN, 2), (TEA, 2)],
            225,
        ),
        (gift(items("tea"), items("bun"), count=1), [(TEA, 2), (BUN, 2)], 450),
        (
            gift(items("tea"), items("bun"), threshold_minor=2000, price_minor=100),
            [(TEA, 2), (BUN, 2)],
            350,
        ),
        (
            gift(items("tea"), items("bun"), threshold_minor=2001),
            [(TEA, 2), (BUN, 2)],
            0,
        ),
        (tier(everything(), ("3", percent("20"))), [(TEA, 2), (BUN, 1)], 490),
        (tier(everything(), ("3", percent("20"))), [(TEA, 2)], 0),
        (
            tier(everything(), ("2", cut(100)), counts=TierCount.LINE),
            [(TEA, 2), (BUN, 1)],
            200,
        ),
    ],
)
def test_each_kind_of_deal_by_coupon(deal, lines, saved) -> None:
    asked = by_coupon(deal)
    refuse_unsound(asked)
    _, uses = used(*(sold(what, count) for what, count in lines), of=asked)
    assert sum(savings(uses)) == saved
    for one in uses:
        one.check()


def test_a_gift_for_an_amount_does_not_pay_for_itself() -> None:
    circle = by_coupon(gift(everything(), categories("sweet"), threshold_minor=2000))
    cake = goods("cake", 800, category="sweet")
    assert not used(sold(TEA), sold(cake, 2), of=circle)[1]
    assert savings(used(sold(TEA, 2), sold(cake), of=circle)[1]) == [800]


def test_a_floor_holds_and_the_next_best_units_are_taken() -> None:
    dear = goods("dear", 2000, floor_minor=1990)
    _, uses = used(sold(dear, 2), sold(BUN, 2), of=ONE_MORE)
    assert savings(uses) == [450]


def test_of_equal_units_the_earlier_line_is_taken() -> None:
    other = goods("other", 450)
    _, uses = used(sold(BUN), sold(other), sold(BUN), of=ONE_MORE)
    assert [x.line_id for x in uses[0].claims] == ["line-1", "line-2"]


def test_a_label_for_several_is_not_taken_apart() -> None:
    packed = sold(BUN, 3, total_minor=1200)
    assert not used(packed, of=ONE_MORE)[1]


def test_an_exclusive_group_keeps_what_comes_later_away() -> None:
    alone = by_coupon(ONE_MORE.deal, exclusive=True)
    priced, uses = used(sold(TEA, 2), sold(BUN, 2), of=alone, coupons=2)
    assert savings(uses) == [1000, 450]
    assert priced.total_minor == 1450


def test_a_coupon_over_a_share_gives_its_own_value_to_the_group() -> None:
    share = {"coupons": (CouponInHand("rest", "coupon", value_minor=300),)}
    priced = price_with([sold(TEA, 2)], ONE_MORE, **share)
    assert priced.total_minor == 1700


def test_many_kinds_of_goods_are_done_exactly() -> None:
    lines = [sold(goods(f"g{at}", 100 + 7 * at), 2) for at in range(200)]
    ten = by_coupon(nfor(everything(), 10, 100))
    priced, uses = used(*lines, of=ten)
    dearest = sorted((100 + 7 * at for at in range(200)), reverse=True)[:5]
    assert savings(uses) == [2 * sum(dearest) - 100]
    assert priced.promoted.is_optimal


def why_not(*lines, of: Promotion, about: str, coupons: int = 1):
    """Return why the coupon's promotion gave a line nothing."""
    shown = coupons_in_hand(*["coupon"] * coupons)
    asked = offers([of], coupons=shown, coupon_limit=9)
    priced = price_with(list(lines), of, coupons=shown, coupon_limit=9)
    seen = [offered(listed(x)) for x in basket_of(lines).lines]
    (found,) = refusals(seen, asked, priced.promoted, about)
    return found


def test_a_coupon_used_on_other_goods_is_used_up_and_not_short_of_units() -> None:
    found = why_not(sold(TEA, 2), sold(BUN), of=ONE_MORE, about="line-2")
    assert (found.cause, found.missing_units) == (RefusalCause.USED_UP, 0)


def test_a_coupon_that_lacks_a_piece_says_so() -> None:
    found = why_not(sold(BUN), of=ONE_MORE, about="line-1")
    assert (found.cause, found.missing_units) == (RefusalCause.MORE_UNITS, 1)
