"""All layers of a price together: what each takes off, of what, and in which order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.letting_go import depths
from pos_app.domain.pricing import price_again, price_basket
from pos_app.domain.pricing_result import PricedBasket, PricedLine
from pos_app.domain.promotion.application import NOT_PROMOTED
from pos_app.domain.promotion.deal import Qualifies
from pos_app.domain.promotion.occasion import PointsBurn, Shopper, Used
from pos_app.domain.promotion.promotion import Limits, Promotion
from pos_app.domain.reduction import ManualDiscount, OverrideCause, StepKind
from pos_app.domain.tax import TaxRounding
from pos_app.errors import UserError
from pos_app.values.percentage import Percentage
from tests.builders_pricing import (
    NOON,
    amount_off,
    own_price,
    percent_off,
    reduced,
    rules,
)
from tests.builders_promotions import (
    FREE,
    MEMBER,
    at,
    basket_of,
    by_coupon,
    coupons,
    cut,
    everything,
    goods,
    items,
    limited,
    nfor,
    nth,
    offers,
    percent,
    price_with,
    promotion,
    sold,
    spend,
    unit_deal,
)

TEA = goods("tea", 1000)
BUN = goods("bun", 400, category="bread")
HALF = promotion(nth(items("tea"), 2, percent("50")), "half")
TENTH = promotion(unit_deal(everything(), percent("10")), "tenth")
OVER_20 = promotion(spend((2000, cut(300))), "over20")


def steps(line: PricedLine) -> list[tuple[str, int]]:
    return [
        (step.promotion_id or step.kind.value, step.amount_minor) for step in line.steps
    ]


def units(line: PricedLine) -> list[int]:
    return [share.paid_minor for share in line.shares for _ in range(share.count)]


def proven(priced: PricedBasket) -> PricedBasket:
    priced.check()
    return priced


# --- the order of the layers ---------------------------------------------------


def test_every_layer_takes_its_part_of_what_the_one_before_it_left() -> None:
    tea = goods("tea", 1200, levels={"member": 1000})
    bread = replace(sold(BUN), discount=percent_off("25"))
    basket = replace(
        basket_of([sold(tea, 2), bread]),
        discount=percent_off("10"),
        round_off_minor=7,
        round_off_by="staff-1",
    )
    priced = proven(
        price_with(
            basket,
            HALF,
            promotion(spend((2000, cut(180))), "order"),
            by_coupon(spend((1, cut(100))), "ticket"),
            shopper=MEMBER,
            coupons=coupons("ticket"),
            points=PointsBurn(50, 50),
        )
    )
    first, second = priced.lines
    assert [kind for kind, _ in steps(first)] == [
        "level_price",
        "half",
        "order",
        "sale_discount",
        "ticket",
        "points",
        "round_off",
    ]
    assert steps(first)[:3] == [("level_price", 400), ("half", 500), ("order", 150)]
    assert steps(second)[:2] == [("line_discount", 100), ("order", 30)]
    # 2000 - 500 + 300 = 1800; - 180; - 10 % of 1620; - 100; - 50; - 7.
    assert priced.total_minor == 1620 - 162 - 100 - 50 - 7
    layers = [use.layer for use in priced.promoted.applications]
    assert layers == sorted(layers)


def test_the_steps_name_the_promotion_and_its_version() -> None:
    named = replace(HALF, version=3, names=(("en", "Second at half price"),))
    step = price_with([sold(TEA, 3)], named).lines[0].steps[0]
    assert (step.kind, step.promotion_id, step.version) == (
        StepKind.ITEM_DEAL,
        "half",
        3,
    )
    assert (step.name, step.names) == ("half", (("en", "Second at half price"),))
    assert (step.units, step.base_minor, step.amount_minor) == (2, 2000, 500)


def test_uses_of_one_promotion_are_one_step_of_a_line_over_all_their_units() -> None:
    half = promotion(nth(everything(), 2, percent("50")))
    tea, bun = goods("tea", 1000), goods("bun", 450)
    priced = price_with([sold(tea, 3), sold(bun)], half)
    assert [x.saving_minor for x in priced.promoted.applications] == [225, 500]
    told = [
        (step.amount_minor, step.base_minor, step.units)
        for line in priced.lines
        for step in line.steps
    ]
    assert told == [(655, 3000, 3), (70, 450, 1)]  # 500 and 155 of the 225


def test_claimed_units_come_first_and_only_they_are_cheaper() -> None:
    line = proven(price_with([sold(TEA, 3)], HALF)).lines[0]
    assert units(line) == [750, 750, 1000]
    off = [x.discount_minor for x in line.shares for _ in range(x.count)]
    assert off == [250, 250, 0]


def test_a_shop_without_promotions_prices_as_ever() -> None:
    priced = price_with([sold(TEA, 3)])
    assert priced.promoted is NOT_PROMOTED
    assert priced.lines[0].steps == ()


def test_the_book_that_was_looked_at_is_stored_where_nothing_applied() -> None:
    priced = price_with([sold(BUN)], HALF)
    assert priced.promoted.applications == ()
    assert priced.promoted.book_version == offers([HALF]).book.version
    assert priced.promoted.is_optimal


# --- L0 ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shopper", "levels", "total"),
    [
        (None, {"member": 900}, 1000),
        (MEMBER, {"member": 900}, 900),
        (MEMBER, {"member": 1100}, 1000),
        (MEMBER, {"gold": 800}, 1000),
        (Shopper("m", price_level="gold"), {"gold": 800, "member": 900}, 800),
        (Shopper("m", price_level="gold"), {"gold": 950, "member": 900}, 900),
    ],
)
def test_the_lowest_permitted_price_holds(
    shopper: Shopper | None, levels: dict[str, int], total: int
) -> None:
    priced = price_with([sold(goods("tea", 1000, levels=levels))], shopper=shopper)
    assert proven(priced).total_minor == total
    assert sum(off for _, off in steps(priced.lines[0])) == 1000 - total


def test_a_level_price_is_of_the_weight() -> None:
    ham = goods("ham", 2000, by_weight=True, levels={"member": 1500})
    priced = price_with([sold(ham, "0.333")], shopper=MEMBER)
    assert steps(proven(priced).lines[0]) == [("level_price", 666 - 500)]


def test_a_level_price_counts_as_discounted_for_deals_that_take_none() -> None:
    tea = goods("tea", 1000, levels={"member": 900})
    proud = promotion(
        unit_deal(items("tea"), percent("50")), "proud", accepts_discounted=False
    )
    assert price_with([sold(tea)], proud, shopper=MEMBER).total_minor == 900
    assert price_with([sold(tea)], proud).total_minor == 500


def test_another_customer_prices_the_same_lines_anew() -> None:
    basket = basket_of([sold(goods("tea", 1000, levels={"member": 900})), sold(BUN)])
    before = price_again(basket, rules(), NOON, None, offers([]))
    known = replace(basket, shopper=MEMBER)
    after = price_again(known, rules(), NOON, before, offers([], shopper=MEMBER))
    assert after.priced.total_minor == 1300
    assert after.lines["line-2"] is before.lines["line-2"]
    assert price_again(basket, rules(), NOON, after, offers([])).priced == before.priced


# --- by hand -------------------------------------------------------------------


@pytest.mark.parametrize("cause", list(OverrideCause))
def test_a_price_by_hand_takes_no_part_in_item_deals(cause: OverrideCause) -> None:
    lines = [reduced(sold(TEA, 2), own_price(950, cause)), sold(TEA, 2)]
    first, second = proven(price_with(lines, HALF)).lines
    assert [kind for kind, _ in steps(first)] in ([["override"], ["exchange_price"]])
    assert steps(second) == [("half", 500)]


def test_a_price_by_hand_stands_for_that_of_a_level() -> None:
    tea = goods("tea", 1000, levels={"member": 900})
    priced = price_with([reduced(sold(tea), own_price(950))], shopper=MEMBER)
    assert steps(priced.lines[0]) == [("override", 50)]


def test_a_discount_on_a_line_is_of_what_item_deals_left() -> None:
    line = replace(sold(TEA, 2), discount=percent_off("10"))
    found = proven(price_with([line], HALF)).lines[0]
    assert steps(found) == [("half", 500), ("line_discount", 150)]
    assert units(found) == [675, 675]


def test_a_discount_by_hand_never_stops_a_sale_that_a_promotion_made_cheap() -> None:
    line = replace(sold(TEA), discount=amount_off(800))
    giveaway = promotion(unit_deal(items("tea"), at(500)), "giveaway")
    found = proven(price_with([line], giveaway)).lines[0]
    assert steps(found) == [("giveaway", 500), ("line_discount", 500)]
    basket = replace(basket_of([sold(TEA)]), discount=amount_off(800))
    assert proven(price_with(basket, giveaway)).total_minor == 0


@pytest.mark.parametrize("on_line", [True, False])
def test_a_discount_beyond_the_goods_is_refused_as_ever(on_line: bool) -> None:
    line = replace(sold(TEA), discount=amount_off(1001) if on_line else None)
    basket = basket_of([line])
    if not on_line:
        basket = replace(basket, discount=amount_off(1001))
    with pytest.raises(UserError) as refused:
        price_with(basket, TENTH)
    assert refused.value.key == f"discount_exceeds_{'line' if on_line else 'sale'}"


@pytest.mark.parametrize(
    ("discount", "deep"), [(percent_off("10"), "10"), (amount_off(150), "10")]
)
def test_how_deep_a_hand_went_is_of_what_promotions_left(
    discount: ManualDiscount, deep: str
) -> None:
    basket = basket_of([replace(sold(TEA, 2), discount=discount)])
    assert depths(basket, price_with(basket, HALF)) == {
        "line-1": Percentage.parse(deep)
    }


def test_a_promotion_alone_is_no_gift_of_a_hand() -> None:
    basket = basket_of([sold(TEA, 2)])
    assert depths(basket, price_with(basket, HALF, OVER_20)) == {}


# --- L2 ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deal", "off"),
    [
        (spend((3000, cut(500))), 0),
        (spend((2400, cut(300))), 300),
        (spend((1000, cut(100)), (2000, cut(250))), 250),
        (spend((1000, percent("10"))), 240),
        (spend((1000, percent("10")), most_minor=200), 200),
        (spend((500, cut(100)), repeats=True), 400),
        (spend((500, cut(100)), repeats=True, most_minor=350), 350),
        (spend((1000, cut(9999))), 2400),
        (spend((1000, cut(100)), chosen=items("bun")), 0),
        (spend((400, percent("50")), chosen=items("bun")), 200),
    ],
)
def test_an_amount_spent_lets_go(deal: object, off: int) -> None:
    lines = [sold(TEA, 2), sold(BUN)]
    priced = proven(price_with(lines, promotion(deal, "order")))  # type: ignore[arg-type]
    assert priced.total_minor == 2400 - off


def test_a_threshold_is_of_the_list_or_of_what_item_deals_left() -> None:
    lines = [sold(TEA, 2)]
    by_list = promotion(spend((2000, cut(300))), "list")
    by_net = promotion(spend((2000, cut(300)), qualifies=Qualifies.NET), "net")
    assert price_with(lines, HALF, by_list).total_minor == 1200
    assert price_with(lines, HALF, by_net).total_minor == 1500
    assert price_with(lines, by_net).total_minor == 1700


def test_one_order_deal_of_a_group_holds_and_groups_add_up() -> None:
    lines = [sold(TEA, 2)]
    small = promotion(spend((1000, cut(100))), "small")
    large = promotion(spend((1000, percent("10"))), "large")
    other = promotion(spend((1000, percent("10"))), "other", stack_group="bank")
    assert price_with(lines, small, large).total_minor == 1800
    priced = price_with(lines, small, large, other)
    assert priced.total_minor == 1620  # 10 % of what the group before it left
    names = [use.promotion_id for use in priced.promoted.applications]
    assert names == ["large", "other"]


@pytest.mark.parametrize(
    ("first", "second", "winner"),
    [({"priority": 1}, {}, "b"), ({}, {}, "a"), ({}, {"priority": 1}, "a")],
)
def test_equal_order_deals_go_by_priority_then_by_id(
    first: dict[str, int], second: dict[str, int], winner: str
) -> None:
    one = promotion(spend((1000, cut(100))), "b", **first)
    other = promotion(spend((1000, percent("10"))), "a", **second)
    (use,) = price_with([sold(TEA)], one, other).promoted.applications
    assert use.promotion_id == winner


def test_an_order_deal_for_undiscounted_goods_leaves_the_others_alone() -> None:
    proud = promotion(spend((400, percent("50"))), "proud", accepts_discounted=False)
    tea, bun = proven(price_with([sold(TEA, 3), sold(BUN)], HALF, proud)).lines
    assert steps(tea) == [("half", 500), ("proud", 500)]
    assert units(tea) == [750, 750, 500]
    assert steps(bun) == [("proud", 200)]


def test_units_of_an_exclusive_deal_are_for_nothing_else() -> None:
    flash = promotion(
        nfor(items("tea"), 2, 1500), "flash", exclusive=True, limits=Limits(1)
    )
    basket = replace(basket_of([sold(TEA, 3)]), discount=percent_off("10"))
    line = proven(price_with(basket, flash, OVER_20, TENTH)).lines[0]
    # The third one: 10 % off; alone it is not 20.00; then 10 % by hand.
    assert steps(line) == [("flash", 500), ("tenth", 100), ("sale_discount", 90)]
    assert units(line) == [750, 750, 810]


def test_no_promotion_goes_below_the_floor_but_a_person_may() -> None:
    tea = goods("tea", 1000, floor_minor=900)
    sale = price_with([sold(tea), sold(BUN)], promotion(spend((1, cut(600))), "order"))
    assert [line.total_minor for line in proven(sale).lines] == [900, 0]
    basket = replace(basket_of([sold(tea)]), discount=percent_off("50"))
    assert price_with(basket, TENTH).total_minor == 450


def test_goods_that_are_never_discounted_take_part_in_nothing() -> None:
    tea = goods("tea", 1000, cap="0")
    lines = [sold(tea, 2), sold(BUN)]
    priced = price_with(lines, HALF, TENTH, OVER_20, points=PointsBurn(900, 900))
    assert [line.total_minor for line in proven(priced).lines] == [2000, 0]


def test_of_a_repeated_deal_no_more_is_used_than_is_left() -> None:
    each = promotion(
        spend((500, cut(100)), repeats=True), "each", limits=Limits(in_all=10)
    )
    for before, off in ((0, 400), (7, 300), (10, 0), (99, 0)):
        priced = price_with([sold(TEA, 2)], each, used={"each": Used(in_all=before)})
        assert priced.total_minor == 2000 - off
        assert sum(use.times for use in priced.promoted.applications) == off // 100


# --- L3 and L4 -----------------------------------------------------------------


def test_a_coupon_for_goods_takes_the_unit_that_it_saves_most_on() -> None:
    ticket = by_coupon(unit_deal(everything(), percent("50")), "ticket")
    tea, bun = proven(
        price_with([sold(TEA, 2), sold(BUN)], ticket, coupons=coupons("ticket"))
    ).lines
    assert (units(tea), units(bun)) == ([500, 1000], [400])


def test_the_coupon_that_was_chosen_goes_first_even_if_it_saves_less() -> None:
    small = by_coupon(spend((1, cut(10))), "small")
    large = by_coupon(spend((1, cut(100))), "large")
    shown = (*coupons("large"), *coupons("small", chosen=True))
    shown = tuple(replace(x, coupon_id=f"c{n}") for n, x in enumerate(shown))
    one = price_with([sold(TEA)], small, large, coupons=shown)
    two = price_with([sold(TEA)], small, large, coupons=shown, coupon_limit=2)
    assert (one.total_minor, two.total_minor) == (990, 890)
    assert [use.coupon_id for use in two.promoted.applications] == ["c1", "c0"]


def test_two_coupons_of_one_promotion_are_two_uses() -> None:
    ticket = by_coupon(spend((1, cut(100))), "ticket", limits=Limits(per_basket=1))
    free = by_coupon(spend((1, cut(100))), "ticket")
    both: dict[str, Any] = {
        "coupons": coupons("ticket", "ticket"),
        "coupon_limit": 2,
    }
    assert price_with([sold(TEA)], ticket, **both).total_minor == 900
    assert price_with([sold(TEA)], free, **both).total_minor == 800


def test_a_coupon_that_lets_nothing_go_takes_no_place() -> None:
    idle = by_coupon(spend((9000, cut(10))), "idle")
    ticket = by_coupon(spend((1, cut(100))), "ticket")
    shown = (
        replace(coupons("idle", chosen=True)[0], coupon_id="idle"),
        *coupons("ticket"),
    )
    priced = price_with([sold(TEA)], idle, ticket, coupons=shown)
    assert [use.coupon_id for use in priced.promoted.applications] == ["coupon-1"]


@pytest.mark.parametrize(("worth", "left", "points"), [(300, 700, 30), (5000, 0, 100)])
def test_no_more_points_are_taken_than_the_goods_need(
    worth: int, left: int, points: int
) -> None:
    burn = PointsBurn(worth // 10, worth)
    priced = proven(price_with([sold(TEA)], points=burn))
    assert priced.total_minor == left
    assert priced.promoted.applications[0].points == points


# --- tax, currencies, weights --------------------------------------------------


@pytest.mark.parametrize("rounding", list(TaxRounding))
@pytest.mark.parametrize("include", [True, False])
def test_promotions_come_off_the_shelf_price_whatever_tax_does(
    rounding: TaxRounding, include: bool
) -> None:
    using = rules(rounding, prices_include_tax=include)
    lines = [
        sold(TEA, 3),
        sold(goods("ham", 1999, by_weight=True, tax="reduced"), "0.437"),
    ]
    priced = proven(price_with(lines, HALF, OVER_20, TENTH, using=using))
    shelf = sum(line.total_minor for line in priced.lines)
    assert shelf == (priced.total_minor if include else priced.net_minor)
    with_tax = proven(
        price_with(
            replace(basket_of(lines), round_off_minor=33),
            HALF,
            OVER_20,
            TENTH,
            using=using,
        )
    )
    assert with_tax.total_minor == priced.total_minor - 33


def test_a_currency_without_decimals_deals_whole_units() -> None:
    using = replace(rules(), currency="JPY")
    priced = proven(
        price_with(
            [sold(goods("tea", 100), 3)],
            promotion(spend((300, cut(100))), "o"),
            using=using,
        )
    )
    assert units(priced.lines[0]) == [66, 67, 67]


def test_weighed_goods_are_one_unit_of_every_layer() -> None:
    ham = goods("ham", 2000, by_weight=True)
    by_kilo = promotion(unit_deal(items("ham"), at(1500)), "kilo")
    line = proven(price_with([sold(ham, "1.357")], by_kilo, OVER_20)).lines[0]
    assert steps(line) == [("kilo", 2714 - 2036), ("over20", 300)]
    assert line.shares[0].count == 1


def test_a_label_price_is_one_unit() -> None:
    labelled = sold(goods("pie", None), total_minor=1234)
    line = proven(price_with([labelled], TENTH, HALF)).lines[0]
    assert steps(line) == [("tenth", 123)]


# --- pricing again -------------------------------------------------------------


def fresh(basket: Basket, promotions: Sequence[Promotion]) -> PricedBasket:
    return price_basket(basket, rules(), NOON, offers(promotions))


def test_pricing_again_says_what_pricing_afresh_says() -> None:
    promotions = (HALF, OVER_20, promotion(nfor(items("bun"), 3, 1000), "three"))
    lines: list[BasketLine] = []
    before = None
    scans = [sold(TEA), sold(BUN, 2), sold(TEA, 2), sold(BUN), sold(TEA, 5)]
    for scanned in scans:
        lines.append(scanned)
        basket = basket_of(lines)
        before = price_again(basket, rules(), NOON, before, offers(promotions))
        assert before.priced == fresh(basket, promotions)
    while lines:
        lines.pop(0)
        basket = basket_of(lines)
        before = price_again(basket, rules(), NOON, before, offers(promotions))
        assert before.priced == fresh(basket, promotions)


def test_units_are_even_again_when_the_deal_is_gone() -> None:
    basket = basket_of([sold(TEA, 3)])
    half_off = replace(
        basket, lines=(replace(basket.lines[0], discount=amount_off(500)),)
    )
    dealt = price_again(basket, rules(), NOON, None, offers([HALF]))
    by_hand = price_again(half_off, rules(), NOON, dealt, offers([]))
    assert by_hand.priced == price_basket(half_off, rules(), NOON)
    assert units(by_hand.priced.lines[0]) == [833, 833, 834]
    again = price_again(basket, rules(), NOON, dealt, offers([]))
    assert units(again.priced.lines[0]) == [1000, 1000, 1000]


def test_a_limit_in_the_basket_is_kept() -> None:
    priced = price_with([sold(TEA, 6)], limited(nth(items("tea"), 2, FREE), 2))
    assert proven(priced).total_minor == 4000
