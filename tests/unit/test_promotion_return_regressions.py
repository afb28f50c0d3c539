"""Where other tills and shops go wrong when goods of a promotion come back, by name.

Each test is named after the system, says what it does there, and holds the figure that
we give. Sources: the engines' code and issue trackers as read in 2026.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from pos_app.domain.promotion.deal import Qualifies
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Limits,
    Promotion,
    ReturnBasis,
    Schedule,
    Trigger,
    TriggerKind,
)
from pos_app.domain.tax import CashRounding, TaxRounding
from pos_app.errors import UserError
from pos_app.values.money import AMOUNT_LIMIT_MINOR
from pos_app.values.rounding import RoundingMode
from pos_app.values.times import Period
from tests.builders_pricing import NOON, own_price, reduced, rules
from tests.builders_promotions import (
    MEMBER,
    at,
    basket_of,
    bundle,
    by_coupon,
    coupons,
    cut,
    everything,
    gift,
    goods,
    items,
    nfor,
    nth,
    percent,
    promotion,
    sold,
    spend,
    unit_deal,
)
from tests.promotion_returns import SoldAndBack

TEA = goods("tea", 1000)
BUN = goods("bun", 450, tax="reduced")
COD = goods("cod", 333)
ONE = "1"


def keeps_back(deal: object, name: str = "bogo", **changes: object) -> Promotion:
    return promotion(deal, name, return_basis=ReturnBasis.RECOMPUTE, **changes)


BOGO = nth(items("tea"), every=2)


def test_odoo_negative_reward_lines_per_tax_group_leave_a_part_without_a_price() -> (
    None
):
    """Odoo: the reward is a line of its own for each tax; a part has no price."""
    sale = SoldAndBack(
        [sold(TEA), sold(BUN)],
        [promotion(bundle(items("tea"), items("bun"), off=at(1000)))],
    )
    assert len(sale.sale.lines) == 2  # the reward is no line
    (tea,) = sale.look({1: ONE})
    (bun,) = sale.look({2: ONE})
    assert (tea.paid_minor, bun.paid_minor) == (690, 310)
    assert [(x.code, x.tax_minor) for x in tea.taxes] == [("13", 79)]
    assert [(x.code, x.tax_minor) for x in bun.taxes] == [("9", 26)]
    assert (sale.give_back({1: ONE}), sale.give_back({2: ONE})) == (690, 310)


def test_odoo_286433_a_part_gives_back_its_share_of_the_order_discount_only() -> None:
    """odoo#286433: a partial refund gave back the whole order discount."""
    sale = SoldAndBack([sold(TEA, 11)], [promotion(spend((10_000, cut(2000))))])
    assert sale.paid_minor == 9000
    assert sale.give_back({1: ONE}) == 818
    assert sale.give_back({1: "10"}) == 8182


def test_odoo_257854_buying_refunding_and_keeping_what_was_given_gains_nothing() -> (
    None
):
    """odoo#257854: buy, refund, keep what came with it, and again."""
    kept = SoldAndBack(
        [sold(TEA), sold(COD)], [keeps_back(gift(items("tea"), items("cod")))]
    )
    assert kept.paid_minor == 1000
    assert kept.give_back({1: ONE}) == 667  # the gift costs its 3.33 now
    assert kept.give_back({2: ONE}) == 333


def test_odoo_212922_what_was_kept_back_once_is_not_kept_back_again() -> None:
    """odoo#212922, #221928: a refund charged again what the one before had."""
    sale = SoldAndBack([sold(TEA, 4)], [keeps_back(BOGO)])
    assert [sale.give_back({1: ONE}) for _ in range(4)] == [0, 1000, 0, 1000]
    assert sum(x.kept_back_minor for x in sale.back) == 0


def test_odoo_floats_a_third_of_a_tenth_comes_back_to_the_cent() -> None:
    """Odoo sums rewards in binary fractions."""
    dear = goods("dear", AMOUNT_LIMIT_MINOR // 3 - 1)
    sale = SoldAndBack(
        [sold(dear, 3)], [promotion(unit_deal(items("dear"), percent("33.3333")))]
    )
    back = [sale.give_back({1: ONE}) for _ in range(3)]
    assert sum(back) == sale.paid_minor
    assert max(back) - min(back) <= 1


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_buy_one_get_one_the_paid_one_comes_back_and_the_free_one_stays(
    order: tuple[int, int],
) -> None:
    """Everywhere: of 买一送一 the paid one is returned and the free one kept."""
    sale = SoldAndBack([sold(TEA), sold(TEA)], [keeps_back(BOGO)])
    (line,) = sale.look({order[0]: ONE})
    assert (line.paid_minor, line.kept_back_minor) == (0, 500)
    (kept,) = line.kept_back
    assert (kept.given_minor, kept.due_minor) == (500, 0)
    assert sale.give_back({order[0]: ONE}) == 0
    assert sale.give_back({order[1]: ONE}) == 1000


def test_buy_one_get_one_of_three_a_pair_stays_and_is_still_a_pair() -> None:
    sale = SoldAndBack([sold(TEA, 3)], [keeps_back(BOGO)])
    assert [sale.give_back({1: ONE}) for _ in range(3)] == [1000, 0, 1000]


def test_a_line_that_gives_back_nothing_gives_back_no_cent_of_tax_either() -> None:
    sale = SoldAndBack([sold(TEA, 3)], [keeps_back(BOGO)])
    for _ in range(3):
        sale.give_back({1: ONE})
    taxes = [sum(x.tax_minor for x in line.taxes) for line in sale.back]
    assert [line.refunded_minor for line in sale.back] == [1000, 0, 1000]
    assert taxes[1] == 0
    assert sum(taxes) == sale.sale.priced.tax_minor


@pytest.mark.parametrize(
    "decided",
    [
        {"audience": Audience(AudienceKind.MEMBER)},
        {"schedule": Schedule(Period(NOON, NOON.plus_seconds(60)))},
        {"trigger": Trigger(TriggerKind.MANUAL)},
        {"limits": Limits(per_basket=1)},
        {"exclusive": True},
    ],
    ids=lambda decided: next(iter(decided)),
)
def test_what_was_decided_at_the_sale_is_not_asked_again(decided: dict) -> None:
    """Members leave, days pass, coupons are used up: a pair that stays is a pair."""
    sale = SoldAndBack(
        [sold(TEA, 3)],
        [keeps_back(BOGO, **decided)],
        shopper=MEMBER,
        chosen=("bogo",),
    )
    assert sale.paid_minor == 2000
    assert [sale.give_back({1: ONE}) for _ in range(3)] == [1000, 0, 1000]


def test_both_of_a_pair_in_one_ticket_keep_nothing_back() -> None:
    sale = SoldAndBack([sold(TEA), sold(TEA)], [keeps_back(BOGO)])
    assert not any(line.kept_back for line in sale.look({1: ONE, 2: ONE}))
    assert sale.give_back({1: ONE, 2: ONE}) == 1000


def test_prorated_is_the_default_and_never_asks_the_engine() -> None:
    """D365: a slower till finds other deals; a return must not look for any."""
    sale = SoldAndBack([sold(TEA, 2)], [promotion(BOGO)])
    assert not any(line.kept_back for line in sale.look({1: ONE}))
    assert sale.give_back({1: ONE}) == 500  # asked anew, one alone is worth nothing off
    sale.forget_rules()
    assert sale.give_back({1: ONE}) == 500


def test_rules_nobody_knows_any_more_give_back_each_units_own_price_and_say_so() -> (
    None
):
    sale = SoldAndBack([sold(TEA, 2)], [keeps_back(BOGO)])
    sale.forget_rules()
    (line,) = sale.look({1: ONE})
    assert line.paid_minor == 500
    assert [(x.is_known, x.amount_minor) for x in line.kept_back] == [(False, 0)]


def test_oscar_unrounded_line_shares_of_a_percentage_are_whole_cents_here() -> None:
    """django-oscar: a percentage's line shares are not rounded, its total is."""
    names = ("ale", "cod", "dip")
    sale = SoldAndBack(
        [sold(goods(x, 333)) for x in names], [promotion(spend((1, percent("10"))))]
    )
    assert sale.sale.priced.discount_minor == 100  # 99.9, once
    back = [sale.give_back({at: ONE}) for at in (1, 2, 3)]
    assert back == [299, 300, 300]
    assert sum(back) == sale.paid_minor == 899


def test_oscar_the_last_line_does_not_carry_the_rest_of_an_amount() -> None:
    """django-oscar: the last line takes the delta, be it the cheapest."""
    prices = (5, 5, 5, 5, 5, 5, 1)  # rounded one by one they get 12 of the 10
    sale = SoldAndBack(
        [sold(goods(f"g{x}", minor)) for x, minor in enumerate(prices)],
        [promotion(spend((1, cut(10))))],
    )
    shares = [x.discount_minor for x in sale.sale.priced.lines]
    assert shares == [2, 2, 2, 2, 1, 1, 0]
    assert sale.give_back({7: ONE}) == 1


def test_sylius_a_line_of_zero_never_carries_a_remainder() -> None:
    """Sylius: the remainder goes to the first keys, even to a line of zero."""
    free, one, two = goods("free", 0), goods("one", 100), goods("two", 200)
    sale = SoldAndBack(
        [sold(free), sold(one), sold(two)], [promotion(spend((1, cut(100))))]
    )
    assert [x.discount_minor for x in sale.sale.priced.lines] == [0, 33, 67]
    assert [sale.give_back({at: ONE}) for at in (1, 2, 3)] == [0, 67, 133]


def test_vtex_shares_of_three_digits_do_not_lose_a_cent() -> None:
    """VTEX: shares of 33.333 % of 100.00 make 99.999 together."""
    sale = SoldAndBack(
        [sold(goods(x, 10_000)) for x in "abc"], [promotion(spend((1, cut(10_000))))]
    )
    assert [x.discount_minor for x in sale.sale.priced.lines] == [3334, 3333, 3333]
    assert sum(sale.give_back({at: ONE}) for at in (3, 1, 2)) == 20_000


def test_vendure_stacked_item_promotions_are_not_taken_off_twice() -> None:
    """Vendure: all promotions of a list stack on a unit, each tested anew."""
    both = [
        promotion(unit_deal(items("tea"), percent("20")), "first"),
        promotion(unit_deal(items("tea"), percent("30")), "second"),
    ]
    sale = SoldAndBack([sold(TEA, 2)], both)
    assert sale.paid_minor == 1400
    assert [sale.give_back({1: ONE}) for _ in range(2)] == [700, 700]


def test_vendure_float_ratios_large_amounts_are_dealt_exactly() -> None:
    """Vendure prorates whole numbers by a ratio of floats."""
    names = {"a": 3_333_333, "b": 3_333_334, "c": 1}
    sale = SoldAndBack(
        [sold(goods(x, minor)) for x, minor in names.items()],
        [promotion(spend((1, cut(6_666_667))))],
    )
    assert sale.paid_minor == 1
    assert sum(sale.give_back({at: ONE}) for at in (2, 3, 1)) == 1
    pair = SoldAndBack(
        [sold(goods("a", 710)), sold(goods("b", 290))],
        [promotion(spend((1, cut(100))))],
    )  # 100 * (290 / 1000) is 28.999… in floats
    assert [x.discount_minor for x in pair.sale.priced.lines] == [71, 29]
    assert [pair.give_back({at: ONE}) for at in (2, 1)] == [261, 639]


def test_voucherify_a_part_of_a_redemption_comes_back_not_only_the_whole() -> None:
    """Voucherify: only the parent can be rolled back, with all its children."""
    sale = SoldAndBack(
        [sold(TEA, 2), sold(COD)],
        [by_coupon(spend((1, cut(233))))],
        coupons=coupons("coupon"),
    )
    assert sale.paid_minor == 2100
    assert [sale.give_back({1: ONE}), sale.give_back({2: ONE})] == [900, 300]
    assert sale.give_back({1: ONE}) == 900


def test_chinese_platforms_a_threshold_that_is_left_gives_the_discount_up() -> None:
    """满 100 减 20: nine of eleven stay, and nine alone get nothing off."""
    sale = SoldAndBack([sold(TEA, 11)], [keeps_back(spend((10_000, cut(2000))))])
    assert sale.give_back({1: ONE}) == 1000  # ten are 100.00: 20.00 stay off
    assert sale.give_back({1: ONE}) == 0 - 1000 + 1000  # nine cost 90.00, as was paid
    assert sale.give_back({1: "9"}) == 8000


def test_every_full_hundred_keeps_back_only_the_steps_that_are_gone() -> None:
    repeating = spend((5000, cut(500)), repeats=True)
    sale = SoldAndBack([sold(TEA, 11)], [keeps_back(repeating)])
    assert sale.paid_minor == 10_000
    assert sale.give_back({1: ONE}) == 1000  # two steps stay
    assert sale.give_back({1: "5"}) == 4500  # one is gone
    assert sale.give_back({1: "5"}) == 4500


def test_a_threshold_on_the_net_is_held_against_what_stays_of_it() -> None:
    deals = [
        promotion(unit_deal(items("tea"), percent("50")), "half"),
        keeps_back(spend((1000, cut(300)), qualifies=Qualifies.NET), "net"),
    ]
    sale = SoldAndBack([sold(TEA, 2)], deals)
    assert sale.paid_minor == 700
    # 5.00 of net stay, less than 10.00: its 1.50 are kept back.
    assert sale.give_back({1: ONE}) == 200
    assert sale.give_back({1: ONE}) == 500


def test_what_is_kept_back_never_makes_a_refund_less_than_nothing() -> None:
    """A cheap part of a dear set comes back: the set's saving is more than it."""
    sale = SoldAndBack(
        [sold(TEA), sold(COD)],
        [keeps_back(bundle(items("tea"), items("cod"), off=at(500)))],
    )
    assert sale.paid_minor == 500
    assert sale.give_back({2: ONE}) == 0  # tea alone costs 10.00, 5.00 were paid
    assert sale.give_back({1: ONE}) == 500


def test_kept_back_on_goods_of_another_rate_lowers_the_tax_of_that_rate() -> None:
    sale = SoldAndBack(
        [sold(TEA), sold(BUN)],
        [keeps_back(bundle(items("tea"), items("bun"), off=at(1000)))],
    )
    (tea,) = sale.look({1: ONE})
    assert tea.paid_minor == 550
    assert [(x.code, x.tax_minor) for x in tea.taxes] == [("13", 79), ("9", -12)]
    sale.give_back({1: ONE})
    (bun,) = sale.look({2: ONE})
    assert [(x.code, x.tax_minor) for x in bun.taxes] == [("9", 38)]


def test_prices_without_tax_keep_back_the_tax_too() -> None:
    shop = rules(prices_include_tax=False)
    sale = SoldAndBack([sold(TEA, 2)], [keeps_back(BOGO)], shop=shop)
    assert sale.paid_minor == 1130
    assert [sale.give_back({1: ONE}) for _ in range(2)] == [0, 1130]


@pytest.mark.parametrize("where", TaxRounding)
def test_cash_rounding_and_what_is_kept_back_sum_to_what_was_paid(
    where: TaxRounding,
) -> None:
    coins = CashRounding(10, RoundingMode.HALF_UP)
    odd = goods("tea", 997)
    sale = SoldAndBack(
        [sold(odd, 3)], [keeps_back(BOGO)], shop=rules(where), coins=coins
    )
    assert sale.paid_minor == 1990
    back = [sale.give_back({1: ONE}) for _ in range(3)]
    assert all(x % 10 == 0 for x in back)
    assert sum(back) == 1990


def test_weighed_goods_of_a_set_come_back_in_parts() -> None:
    """A weighed line is one unit: what stays of it stays in its deal by its share."""
    ham = goods("ham", 5000, by_weight=True)
    sale = SoldAndBack(
        [sold(ham, "0.337"), sold(BUN)],
        [keeps_back(bundle(items("ham"), items("bun"), off=cut(200)))],
    )
    assert sale.paid_minor == 1685 + 450 - 200
    first = sale.give_back({1: "0.137"})
    (bun,) = sale.look({2: ONE})
    assert bun.kept_back_minor > 0
    back = [first, sale.give_back({2: ONE}), sale.give_back({1: "0.2"})]
    assert all(x >= 0 for x in back)
    assert sum(back) == sale.paid_minor


def test_a_price_by_hand_is_no_part_of_the_deal_that_stays() -> None:
    by_hand = replace(reduced(sold(TEA), own_price(400)))
    lines = basket_of([sold(TEA, 2), by_hand])
    sale = SoldAndBack(lines, [keeps_back(BOGO)])
    assert sale.paid_minor == 1400
    assert sale.give_back({1: ONE}) == 0  # the one at 4.00 makes no pair
    assert sale.give_back({2: ONE}) == 400
    assert sale.give_back({1: ONE}) == 1000


def test_three_for_a_price_keep_back_what_two_alone_do_not_save() -> None:
    sale = SoldAndBack([sold(TEA, 3)], [keeps_back(nfor(items("tea"), 3, 2000))])
    assert [sale.give_back({1: ONE}) for _ in range(3)] == [0, 1000, 1000]


def test_no_more_comes_back_than_was_sold_in_a_promotion_either() -> None:
    """odoo#230300: the same goods were refunded twice."""
    sale = SoldAndBack([sold(TEA, 2)], [keeps_back(BOGO)])
    sale.give_back({1: "2"})
    with pytest.raises(UserError, match="return_over_sold"):
        sale.look({1: Decimal(1)})


def test_everything_but_one_in_an_order_deal_gives_the_one_its_own_share() -> None:
    """PN 2026-01: a refund ignored the coupon's discount."""
    deal = promotion(spend((1000, percent("10")), chosen=everything("cod")))
    sale = SoldAndBack([sold(TEA), sold(COD)], [deal])
    assert [sale.give_back({2: ONE}), sale.give_back({1: ONE})] == [333, 900]
