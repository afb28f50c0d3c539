"""Bounds of the later layers: points, gifts, steps of an amount, groups, who stands alone."""

from dataclasses import replace

import pytest

from pos_app.domain.promotion.occasion import PointsBurn
from pos_app.domain.promotion.promotion import Limits
from tests.builders_promotions import (
    by_coupon,
    coupons,
    cut,
    everything,
    gift,
    goods,
    items,
    percent,
    price_with,
    promotion,
    sold,
    spend,
    tier,
    unit_deal,
)

TEA = goods("tea", 1000)
BUN = goods("bun", 400)


def test_the_last_of_the_points_is_taken_whole() -> None:
    priced = price_with([sold(TEA)], points=PointsBurn(7, 1500))
    (use,) = priced.promoted.applications
    assert (priced.total_minor, use.points) == (0, 5)  # 4.67 would be enough


@pytest.mark.parametrize("deal", [unit_deal(items("tea"), cut(100)), None])
def test_points_and_coupons_leave_alone_what_stands_alone(deal: object) -> None:
    """Of goods of an exclusive deal, of units or of an amount spent."""
    alone = promotion(
        deal or spend((1000, cut(100)), chosen=items("tea")), "alone", exclusive=True
    )
    other = promotion(spend((100, percent("10"))), "tenth", stack_group="a")
    coupon = by_coupon(unit_deal(everything(), cut(50)), "coupon")
    priced = price_with(
        [sold(TEA), sold(BUN)],
        other,
        alone,
        coupon,
        coupons=coupons("coupon"),
        points=PointsBurn(100, 5000),
    )
    tea, bun = priced.lines
    assert [(x.promotion_id, x.amount_minor) for x in tea.steps] == [("alone", 100)]
    assert [x.amount_minor for x in bun.steps] == [40, 50, 310]


def test_a_step_of_an_amount_spent_that_gives_nothing_is_no_use() -> None:
    each = promotion(
        spend((1000, cut(100)), repeats=True, most_minor=250),
        "each",
        limits=Limits(in_all=9),
    )
    priced = price_with([sold(TEA, 5)], each)
    (use,) = priced.promoted.applications
    assert (use.saving_minor, use.times) == (250, 3)


def test_groups_of_order_deals_go_by_name_whatever_comes_first() -> None:
    tenth = promotion(spend((100, percent("10"))), "z", stack_group="a")
    half = promotion(spend((100, cut(500))), "a", stack_group="b")
    for asked in ((tenth, half), (half, tenth)):
        assert price_with([sold(TEA)], *asked).total_minor == 400
    swapped = (replace(half, stack_group="a"), replace(tenth, stack_group="b"))
    assert price_with([sold(TEA)], *swapped).total_minor == 450


def test_of_two_coupons_that_save_the_same_the_one_shown_first_is_used() -> None:
    coupon = by_coupon(spend((100, cut(500))), "coupon")
    whole, rest = coupons("coupon", "coupon")
    rest = replace(rest, value_minor=500)  # the share that came back of another one
    for shown in ((whole, rest), (rest, whole)):
        priced = price_with([sold(TEA)], coupon, coupons=shown)
        (use,) = priced.promoted.applications
        assert use.coupon_id == shown[0].coupon_id


def test_a_coupon_that_names_what_holds_by_itself_gives_it_no_second_time() -> None:
    for deal in (unit_deal(everything(), cut(100)), spend((100, cut(100)))):
        priced = price_with([sold(TEA)], promotion(deal, "p"), coupons=coupons("p"))
        assert priced.promoted.saving_minor == 100


@pytest.mark.parametrize(("value", "saving"), [(300, 300), (1500, 1000), (0, 0)])
def test_a_share_of_a_coupon_for_one_unit_takes_off_no_more_than_that_unit(
    value: int, saving: int
) -> None:
    free = by_coupon(unit_deal(items("tea"), percent("100")), "free")
    (share,) = coupons("free")
    shown = (replace(share, value_minor=value),)
    priced = price_with([sold(TEA, 3)], free, coupons=shown)
    assert [x.saving_minor for x in priced.promoted.applications] == [saving] * (
        saving > 0
    )


def test_a_coupon_for_the_least_there_is_is_used() -> None:
    least = by_coupon(unit_deal(everything(), cut(1)), "least")
    priced = price_with([sold(TEA)], least, coupons=coupons("least"))
    assert priced.total_minor == 999


def test_points_worth_nothing_take_nothing() -> None:
    priced = price_with([sold(TEA)], points=PointsBurn(100, 0))
    assert priced.promoted.applications == ()


def test_a_break_finer_than_the_scales_is_not_reached_below_it() -> None:
    ham = goods("ham", 1000, by_weight=True)
    finer = promotion(tier(everything(), ("1.0005", percent("50"))), "finer")
    assert price_with([sold(ham, "1.000")], finer).total_minor == 1000
    assert price_with([sold(ham, "1.001")], finer).promoted.saving_minor > 0


def test_a_gift_beside_an_amount_has_the_uses_that_are_left() -> None:
    deal = gift(items("tea"), items("bun"), threshold_minor=1000)
    for most, saving in ((None, 1200), (3, 1200), (2, 800), (0, 0)):
        given = promotion(deal, "gift", limits=Limits(per_basket=most))
        priced = price_with([sold(TEA, 3), sold(BUN, 4)], given)
        assert priced.promoted.saving_minor == saving
