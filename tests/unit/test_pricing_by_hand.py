"""Prices and discounts by hand: what they take off, and in which order."""

from dataclasses import replace

import pytest

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.reduction import ManualDiscount, OverrideCause, StepKind
from pos_app.domain.tax import PricingRules
from pos_app.errors import UserError
from pos_app.values.percentage import Percentage
from tests.builders_pricing import (
    NOON,
    amount_off,
    basket,
    line,
    own_price,
    percent_off,
    price,
    reduced,
    rules,
)


def sale(
    *lines: BasketLine,
    discount: ManualDiscount | None = None,
    round_off_minor: int = 0,
    using: PricingRules | None = None,
) -> PricedBasket:
    goods = replace(
        basket(*lines),
        discount=discount,
        round_off_minor=round_off_minor,
        round_off_by="staff-1",
    )
    return price_basket(goods, using or rules(), NOON)


def never_lowered(price_minor: int) -> BasketLine:
    sold = line(price_minor)
    assert sold.unit is not None
    return replace(sold, unit=replace(sold.unit, discount_cap=Percentage(0)))


def test_a_lower_price_is_a_step_off_the_shelf_amount() -> None:
    found = price(reduced(line(12900, "2"), own_price(9900))).lines[0]
    assert (found.unit_price_minor, found.list_minor) == (12900, 25800)
    assert (found.discount_minor, found.total_minor) == (6000, 19800)
    step = found.steps[0]
    assert (step.kind, step.base_minor, step.amount_minor) == (
        StepKind.OVERRIDE,
        25800,
        6000,
    )
    assert (step.reason, step.by, step.approved_by) == ("damaged", "staff-1", "staff-2")


def test_a_higher_price_raises_the_list_amount_itself() -> None:
    found = price(reduced(line(500, "3"), own_price(700))).lines[0]
    assert (found.unit_price_minor, found.list_minor) == (700, 2100)
    assert (found.discount_minor, found.total_minor) == (0, 2100)
    assert [step.amount_minor for step in found.steps] == [0]


def test_a_price_kept_in_an_exchange_says_so() -> None:
    kept = own_price(9900, OverrideCause.EXCHANGE)
    found = price(reduced(line(12900), kept)).lines[0]
    assert [step.kind for step in found.steps] == [StepKind.EXCHANGE_PRICE]


def test_a_label_total_gives_way_to_a_price_by_hand() -> None:
    labelled = line(None, "1", total_minor=1234)
    found = price(reduced(labelled, own_price(1000))).lines[0]
    assert (found.list_minor, found.total_minor) == (1234, 1000)


def test_a_percentage_is_of_the_price_by_hand_and_rounded_half_up() -> None:
    both = reduced(line(12900), own_price(9930), percent_off("15"))
    found = price(both).lines[0]
    assert [step.amount_minor for step in found.steps] == [2970, 1490]  # 1489.5
    assert found.steps[1].base_minor == 9930
    assert found.total_minor == 12900 - 2970 - 1490


def test_an_amount_comes_off_the_line_not_off_each_unit() -> None:
    found = price(reduced(line(1000, "3"), None, amount_off(100))).lines[0]
    assert found.total_minor == 2900
    assert [x.discount_minor for x in found.shares] == [34, 33, 33]


def test_a_discount_never_makes_a_line_negative() -> None:
    assert price(reduced(line(1000), None, amount_off(1000))).total_minor == 0
    with pytest.raises(UserError, match="discount_exceeds_line"):
        price(reduced(line(1000), None, amount_off(1001)))
    with pytest.raises(UserError, match="discount_exceeds_line"):
        price(reduced(line(1000), own_price(900), amount_off(901)))
    with pytest.raises(UserError, match="discount_exceeds_line"):
        price(reduced(line(1000), None, percent_off("101")))


def test_a_sale_discount_is_dealt_to_what_the_lines_still_cost() -> None:
    priced = sale(
        reduced(line(10000), None, percent_off("50")),
        line(5000),
        line(3),
        discount=amount_off(1000),
    )
    assert [x.discount_minor for x in priced.lines] == [5500, 500, 0]
    step = priced.lines[0].steps[1]
    assert (step.kind, step.base_minor, step.whole_minor, step.amount_minor) == (
        StepKind.SALE_DISCOUNT,
        10003,
        1000,
        500,
    )
    assert priced.lines[2].steps == ()


def test_goods_that_are_never_discounted_keep_their_price() -> None:
    priced = sale(line(2000), never_lowered(3000), discount=percent_off("10"))
    assert [x.total_minor for x in priced.lines] == [1800, 3000]


def test_a_sale_discount_above_the_goods_is_refused_and_waits_for_goods() -> None:
    with pytest.raises(UserError, match="discount_exceeds_sale"):
        sale(line(999), discount=amount_off(1000))
    assert sale(never_lowered(3000), discount=amount_off(1000)).total_minor == 3000
    empty = Basket("basket", discount=amount_off(1000))
    assert price_basket(empty, rules(), NOON).total_minor == 0


@pytest.mark.parametrize("include", [True, False])
def test_rounding_off_is_the_last_step_off_the_amount_to_pay(include: bool) -> None:
    using = rules(prices_include_tax=include)
    goods = reduced(line(10000), None, percent_off("10"))
    asked = sale(goods, line(777), discount=percent_off("5"), using=using)
    priced = sale(
        goods,
        line(777),
        discount=percent_off("5"),
        round_off_minor=33,
        using=using,
    )
    assert priced.total_minor == asked.total_minor - 33
    kinds = [step.kind for step in priced.lines[0].steps]
    assert kinds == [
        StepKind.LINE_DISCOUNT,
        StepKind.SALE_DISCOUNT,
        StepKind.ROUND_OFF,
    ]
    assert priced.lines[0].steps[-1].by == "staff-1"


def test_tax_is_of_what_is_left_where_prices_carry_it_and_where_not() -> None:
    goods = reduced(line(11300), None, percent_off("50"))
    with_tax = price(goods)
    assert (with_tax.total_minor, with_tax.tax_minor) == (5650, 650)
    added = price(goods, using=rules(prices_include_tax=False))
    assert (added.net_minor, added.tax_minor, added.total_minor) == (5650, 735, 6385)
