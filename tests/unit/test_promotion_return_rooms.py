"""What a promotion keeps or gives back has bounds: its uses, its units, what was paid."""

import pytest

from pos_app.domain.item import SellingUnit
from pos_app.domain.promotion.deal import Qualifies
from pos_app.domain.promotion.promotion import Limits, Promotion, ReturnBasis
from tests.builders_pricing import percent_off, reduced
from tests.builders_promotions import (
    FREE,
    MEMBER,
    at,
    bundle,
    by_coupon,
    coupons,
    cut,
    everything,
    goods,
    items,
    nth,
    percent,
    promotion,
    sold,
    spend,
    unit_deal,
)
from tests.promotion_returns import SoldAndBack

TEA = goods("tea", 1000)
COD = goods("cod", 333)
ONE = "1"


def keeps_back(deal: object, name: str = "kept", **changes: object) -> Promotion:
    return promotion(deal, name, return_basis=ReturnBasis.RECOMPUTE, **changes)


def each_back(sale: SoldAndBack, *positions: int) -> list[int]:
    """Take one unit of each line back, a ticket each; return what each gives."""
    return [sale.give_back({position: ONE}) for position in positions]


def test_what_stays_has_no_more_uses_than_the_sale_had() -> None:
    once = keeps_back(
        unit_deal(everything(), percent("50")), limits=Limits(per_basket=1)
    )
    sale = SoldAndBack([sold(TEA, 3)], [once])
    assert sale.paid_minor == 2500
    # One of the two that stay is half as dear, not both.
    assert each_back(sale, 1, 1, 1) == [1000, 1000, 500]


def test_what_stays_has_no_more_steps_of_an_amount_spent_than_the_sale_had() -> None:
    deal = spend((1000, cut(100)), repeats=True)
    sale = SoldAndBack([sold(TEA, 3)], [keeps_back(deal, limits=Limits(per_basket=1))])
    assert sale.paid_minor == 2900
    assert each_back(sale, 1, 1, 1) == [1000, 1000, 900]


def test_a_unit_of_another_deal_is_no_partner_of_the_one_that_stays() -> None:
    deals = [
        keeps_back(nth(everything(), every=2, off=FREE), "bogo", priority=1),
        promotion(unit_deal(everything(), percent("40")), "less"),
    ]
    sale = SoldAndBack([sold(TEA, 3)], deals)
    assert sale.paid_minor == 1600
    assert each_back(sale, 1, 1, 1) == [0, 1000, 600]


def test_no_deal_goes_over_to_goods_that_cost_nothing_any_more() -> None:
    """What stays would be cheaper alone, but nothing was paid for it."""
    deals = [
        keeps_back(unit_deal(everything(), percent("90")), limits=Limits(per_basket=1)),
        by_coupon(unit_deal(items("cod"), FREE), "free"),
    ]
    sale = SoldAndBack([sold(TEA), sold(COD)], deals, coupons=coupons("free"))
    assert sale.paid_minor == 100
    (tea,) = sale.look({1: ONE})
    assert (tea.paid_minor, tea.kept_back_minor) == (100, 0)
    assert each_back(sale, 1, 2) == [100, 0]


def test_what_one_promotion_gives_back_another_may_keep() -> None:
    """The tea alone still reaches 10.00, and has no set any more."""
    deals = [
        keeps_back(bundle(items("tea"), items("cod"), off=at(500)), "set"),
        keeps_back(spend((1000, cut(200))), "over"),
    ]
    sale = SoldAndBack([sold(TEA), sold(COD)], deals)
    assert sale.paid_minor == 300
    assert each_back(sale, 2, 1) == [0, 300]


CARD = goods("card", 1000, cap="0")
FOR_MEMBERS = goods("oil", 1000, levels={"member": 900})


@pytest.mark.parametrize(("other", "costs"), [(CARD, 1000), (FOR_MEMBERS, 900)])
def test_goods_that_no_deal_takes_are_no_partner_of_the_one_that_stays(
    other: SellingUnit, costs: int
) -> None:
    """Never discounted, or discounted already where the promotion takes none."""
    bogo = keeps_back(nth(everything(), every=2), accepts_discounted=False)
    sale = SoldAndBack([sold(TEA, 2), sold(other)], [bogo], shopper=MEMBER)
    assert sale.paid_minor == 1000 + costs
    assert each_back(sale, 1, 1, 2) == [0, 1000, costs]


def test_goods_that_were_in_the_deal_stay_in_it_whatever_they_are_now() -> None:
    """Discounted goods were taken, and so they are again."""
    bogo = keeps_back(nth(everything(), every=2))
    sale = SoldAndBack([sold(FOR_MEMBERS, 3)], [bogo], shopper=MEMBER)
    assert sale.paid_minor == 1800
    assert each_back(sale, 1, 1, 1) == [900, 0, 900]


@pytest.mark.parametrize("by_weight", [False, True])
def test_what_stays_is_as_dear_as_the_discount_by_hand_before_the_deal_left_it(
    by_weight: bool,
) -> None:
    """10 % by hand, then 10 % of the order: each costs 8.10, and stays so."""
    ham = goods("ham", 1000, by_weight=by_weight)
    lines = [reduced(sold(ham, 3), discount=percent_off("10"))]
    tenth = keeps_back(spend((1, percent("10"))))
    sale = SoldAndBack(lines, [tenth])
    assert sale.paid_minor == 2430
    assert each_back(sale, 1, 1, 1) == [810, 810, 810]


def test_a_threshold_on_the_net_counts_the_discount_by_hand_of_what_stays() -> None:
    over = keeps_back(spend((2000, cut(200)), qualifies=Qualifies.NET))
    lines = [reduced(sold(TEA, 3), discount=percent_off("10"))]
    sale = SoldAndBack(lines, [over])
    assert sale.paid_minor == 2500
    # 18.00 stay, less than 20.00: they cost all of it.
    assert each_back(sale, 1, 1, 1) == [700, 900, 900]
