"""Which promotions a little more would reach, and what that would save."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from pos_app.domain.basket import BasketLine
from pos_app.domain.listed_line import listed
from pos_app.domain.offered_lines import offered
from pos_app.domain.promotion.deal import (
    Break,
    BundleDeal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
    Qualifies,
    Slot,
    SpendDeal,
    SpendTier,
    TierDeal,
    UnitDeal,
)
from pos_app.domain.promotion.item_deals import item_deals
from pos_app.domain.promotion.nearly import nearly
from pos_app.domain.promotion.promotion import (
    Limits,
    Promotion,
    Trigger,
    TriggerKind,
)
from tests.builders_offers import EVERYTHING, counted, deal, named, offers, percent
from tests.builders_promotions import basket_of, coupons, goods, price_with, sold

HALF = NthDeal(EVERYTHING, 2, 1, percent("50"))
TAKE_20 = SpendDeal((SpendTier(10_000, Off(amount_minor=2000)),))
COFFEE_AND_SANDWICH = BundleDeal(
    (Slot(named("coffee")), Slot(named("sandwich"))), Off(price_minor=1990)
)


def looked(lines, *promotions, others=()):
    what = offers(*promotions)
    return nearly(lines, what, item_deals(lines, what), 3, others)


@pytest.mark.parametrize(
    ("what", "lines", "expected"),
    [
        (HALF, [counted("a", 1000)], (500, 1, 0, "a")),
        (HALF, [counted("a", 1000, 2)], None),  # reached
        (NForDeal(EVERYTHING, 3, 2000), [counted("a", 1000)], (1000, 2, 0, "a")),
        (NForDeal(EVERYTHING, 4, 2000), [counted("a", 1000)], None),  # three are far
        (
            TierDeal(EVERYTHING, (Break(Decimal(3), percent("10")),)),
            [counted("a", 1000, 2)],
            (300, 1, 0, "a"),
        ),
        (TAKE_20, [counted("a", 8800)], (2000, 0, 1200, "")),
        (TAKE_20, [counted("a", 6900)], None),  # more than 30 % is missing
        (TAKE_20, [counted("a", 10_000)], None),
        (
            GiftDeal(named("a"), named("b"), 0, 1000),
            [counted("a", 800), counted("b", 300)],
            (300, 0, 200, ""),
        ),
        (HALF, [counted("a", 0)], None),  # nothing to save
    ],
)
def test_what_a_little_more_would_save(what, lines, expected) -> None:
    found = looked(lines, deal("p", what))
    if expected is None:
        assert found == ()
    else:
        (one,) = found
        told = (one.saving_minor, one.missing_units, one.missing_minor, one.line_id)
        assert told == expected


def test_a_saving_is_told_beyond_what_the_others_would_give() -> None:
    ten_off = deal("ten", UnitDeal(EVERYTHING, percent("10")))
    (one,) = looked([counted("a", 1000)], deal("half", HALF), ten_off)
    assert one.saving_minor == 500 - 200


def test_goods_that_are_not_in_the_basket_are_offered_where_the_shop_says_so() -> None:
    bundle = deal("p", COFFEE_AND_SANDWICH)
    coffee, sandwich = counted("coffee", 1500), counted("sandwich", 990)
    assert looked([coffee], bundle) == ()
    (one,) = looked([coffee], bundle, others=[sandwich])
    assert (one.saving_minor, one.unit_id, one.line_id) == (500, "sandwich", "")


def test_the_next_step_of_an_order_deal_tells_what_it_gives_more() -> None:
    every = SpendDeal((SpendTier(5000, Off(amount_minor=500)),), repeats=True)
    (one,) = looked([counted("a", 4000)], deal("p", every))
    assert (one.saving_minor, one.missing_minor) == (500, 1000)


EACH_50 = SpendDeal((SpendTier(5000, Off(amount_minor=500)),), repeats=True)


def told_of(promotions: Sequence[Promotion], *lines: BasketLine) -> dict[str, int]:
    """Return what is told of a priced basket: promotion -> saving."""
    asked, basket = offers(*promotions), basket_of(lines)
    priced = price_with(basket, *promotions)
    seen = [offered(listed(line)) for line in basket.lines]
    found = nearly(seen, asked, priced.promoted, 3)
    return {x.promotion_id: x.saving_minor for x in found}


@pytest.mark.parametrize(
    ("most", "told"), [(1, {}), (2, {"p": 500}), (None, {"p": 500})]
)
def test_a_step_beyond_what_one_basket_may_have_is_promised_to_nobody(
    most: int | None, told: dict[str, int]
) -> None:
    every = deal("p", EACH_50, limits=Limits(per_basket=most))
    assert told_of([every], sold(goods("a", 9000))) == told


def test_goods_of_an_order_deal_that_stands_alone_bring_nothing_else_nearer() -> None:
    alone = deal("alone", TAKE_20, exclusive=True)
    fifty = deal("fifty", EACH_50)
    assert told_of([alone, fifty], sold(goods("a", 14_000))) == {}
    assert told_of([fifty], sold(goods("a", 14_000))) == {"fifty": 500}


def test_a_deal_that_stands_alone_is_told_less_what_it_would_take_away() -> None:
    alone = deal("alone", TAKE_20, exclusive=True)
    fifty = deal("fifty", EACH_50, stack_group="other")
    line = sold(
        goods("a", 9000)
    )  # 5.00 off now; 20.00 off, and no more, from 100.00 on
    assert told_of([alone, fifty], line)["alone"] == 1500


def test_a_gift_does_not_count_for_the_amount_that_it_is_given_for() -> None:
    """From 100.00 on a cup: 80.00 and a cup of 15.00 lack 20.00, not 5.00."""
    rule = GiftDeal(EVERYTHING, named("cup"), 0, 10_000)
    cup = counted("cup", 1500)
    (one,) = looked([counted("a", 8000), cup], deal("p", rule))
    assert (one.missing_minor, one.saving_minor) == (2000, 1500)
    assert looked([counted("a", 6900), cup], deal("p", rule)) == ()  # 31 % are far
    assert looked([counted("a", 10_000), cup], deal("p", rule)) == ()  # it is given


def test_the_next_step_is_told_not_a_further_one_nor_one_that_is_behind() -> None:
    steps = ((5000, 300), (6000, 500), (7000, 900))
    rule = SpendDeal(tuple(SpendTier(x, Off(amount_minor=y)) for x, y in steps))
    for spent, *told in ((4900, 100, 300), (5500, 500, 500), (6900, 100, 900)):
        (one,) = looked([counted("a", spent)], deal("p", rule))
        assert [one.missing_minor, one.saving_minor] == told
    assert looked([counted("a", 13_900)], deal("p", rule)) == ()


def test_goods_with_a_price_by_hand_count_for_an_amount_as_all_others_do() -> None:
    by_hand = counted("a", 8800, is_open=False, is_lowered=True)
    (one,) = looked([by_hand], deal("p", TAKE_20))
    assert one.missing_minor == 1200


def test_of_what_a_coupon_unlocks_nothing_is_told_here() -> None:
    ticket = deal("p", TAKE_20, trigger=Trigger(TriggerKind.COUPON))
    what = offers(ticket, coupons=coupons("p"))
    lines = [counted("a", 8800)]
    assert nearly(lines, what, item_deals(lines, what), 3) == ()


def test_a_gift_whose_amount_is_reached_has_only_to_be_fetched() -> None:
    rule = GiftDeal(named("a"), named("cup"), 0, 10_000)
    (one,) = looked(
        [counted("a", 10_000)], deal("p", rule), others=[counted("cup", 900)]
    )
    assert (one.missing_units, one.missing_minor, one.saving_minor) == (1, 0, 900)


def test_goods_that_the_deal_may_not_take_are_not_counted_as_laid_in() -> None:
    """A price by hand is for no item deal; what is lowered not for every one."""
    by_hand, lowered = {"is_open": False}, {"is_lowered": True}
    for facts, takes_all in ((by_hand, True), (lowered, False)):
        half = deal("p", HALF, accepts_discounted=takes_all)
        (one,) = looked([counted("a", 1000), counted("b", 900, **facts)], half)
        assert (one.missing_units, one.line_id, one.saving_minor) == (1, "a", 500)


def test_what_is_lowered_already_counts_for_no_amount_that_asks_for_full_prices() -> (
    None
):
    full = deal("p", TAKE_20, accepts_discounted=False)
    lines = [counted("a", 8000), counted("b", 5000, is_lowered=True)]
    (one,) = looked(lines, full)
    assert one.missing_minor == 2000


def test_a_gift_is_told_beyond_what_its_goods_have_come_down_already() -> None:
    rule = GiftDeal(named("a"), named("cup"), 0, 10_000)
    lines, half = [counted("a", 9000), counted("cup", 1500)], percent("50")
    (one,) = looked(lines, deal("p", rule), deal("half", UnitDeal(named("cup"), half)))
    assert (one.missing_minor, one.saving_minor) == (1000, 750)


def test_a_gift_that_is_not_in_the_basket_is_told_with_its_price() -> None:
    rule = GiftDeal(named("a"), named("cup"), 0, 10_000, price_minor=100)
    others = [counted("cup", 1500), counted("mug", 9000)]
    (one,) = looked([counted("a", 9000)], deal("p", rule), others=others)
    assert (one.missing_minor, one.saving_minor) == (1000, 1400)


def test_what_is_dealt_with_beside_is_dealt_with_anew() -> None:
    """One more a: it gets half off only where the set lets go of the first one."""
    both = BundleDeal((Slot(named("a")), Slot(named("b"))), Off(amount_minor=300))
    half = deal("half", NthDeal(named("a"), 2, 1, percent("50")))
    lines = [counted("a", 400), counted("b", 500)]
    assert [x.promotion_id for x in looked(lines, half)] == ["half"]
    assert looked(lines, half, deal("set", both)) == ()


def test_the_best_comes_first_and_no_more_than_asked_for() -> None:
    lines = [counted("a", 1000), counted("b", 400), counted("c", 700), counted("d", 90)]
    promotions = [
        deal(f"p-{name}", NthDeal(named(name), 2, 1, percent("50"))) for name in "abcd"
    ]
    found = looked(lines, *promotions)
    assert [x.promotion_id for x in found] == ["p-a", "p-c", "p-b"]


def test_what_a_person_may_not_have_is_not_dangled() -> None:
    half = deal("p", HALF)
    what = offers(half, declined=("p",))
    assert nearly([counted("a", 1000)], what, item_deals([], what), 3) == ()


def test_what_lacks_for_an_amount_is_what_the_order_deal_would_count() -> None:
    """Units that stand alone or are lowered already do not count, nor what came off."""
    lines = [counted("a", 5000), counted("b", 4000)]
    tenth = UnitDeal(named("b"), percent("10"))

    def lacking(order, item) -> int:
        (found,) = (x for x in looked(lines, order, item) if x.promotion_id == "order")
        return found.missing_minor

    def take(minor: int, **more) -> Promotion:
        whole = SpendDeal((SpendTier(minor, Off(amount_minor=1000)),))
        return deal("order", replace(whole, **more.pop("rule", {})), **more)

    plain, alone = deal("item", tenth), deal("item", tenth, exclusive=True)
    assert lacking(take(10_000), plain) == 1000
    assert lacking(take(10_000, rule={"qualifies": Qualifies.NET}), plain) == 1400
    assert lacking(take(6000), alone) == 1000
    assert lacking(take(6000, accepts_discounted=False), plain) == 1000
