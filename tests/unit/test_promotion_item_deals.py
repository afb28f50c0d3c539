"""Item deals on small baskets, each with the answer worked out by hand."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, permutations

import pytest

from pos_app.domain.promotion.deal import (
    Break,
    BundleDeal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
    Slot,
    TierCount,
    TierDeal,
    UnitDeal,
)
from pos_app.domain.promotion.item_deals import closed_units, item_deals
from pos_app.domain.promotion.off_amount import taken
from pos_app.domain.promotion.promotion import Limits
from tests.builders_offers import (
    EVERYTHING,
    counted,
    deal,
    dealt,
    named,
    offers,
    percent,
    saved_on,
    told,
    weighed,
)

HALF_ON_SECOND = NthDeal(EVERYTHING, 2, 1, percent("50"))
FOURTH_FREE = NthDeal(EVERYTHING, 4, 1, percent("100"))
COFFEE_AND_SANDWICH = BundleDeal(
    (Slot(named("coffee")), Slot(named("sandwich"))), Off(price_minor=1990)
)
BREAKS = (Break(Decimal(2), percent("10")), Break(Decimal(3), percent("20")))


@pytest.mark.parametrize(
    ("what", "lines", "saving"),
    [
        (HALF_ON_SECOND, [counted("a", 1001, 2)], 501),  # 500.5, half up
        (HALF_ON_SECOND, [counted("a", 1001, 3)], 501),
        (HALF_ON_SECOND, [counted("a", 900), counted("b", 500)], 250),
        (COFFEE_AND_SANDWICH, [counted("coffee", 1500), counted("sandwich", 990)], 500),
        (COFFEE_AND_SANDWICH, [counted("coffee", 1000), counted("sandwich", 900)], 0),
        (UnitDeal(EVERYTHING, percent("10")), [counted("a", 995, 2)], 200),  # 9 折
        (FOURTH_FREE, [counted("a", 300, 4)], 300),
        (FOURTH_FREE, [counted("a", 300, 3)], 0),
        (FOURTH_FREE, [counted("a", 300, 3), counted("b", 100)], 100),
        (NthDeal(EVERYTHING, 4, 2, percent("100")), [counted("a", 300, 9)], 1200),
        (UnitDeal(named("bread"), percent("30")), [counted("bread", 850)], 255),
        (NForDeal(EVERYTHING, 3, 1000), [counted("a", 400, 7)], 400),
        (NForDeal(EVERYTHING, 3, 1000), [counted("a", 300, 3)], 0),  # dearer
        (TierDeal(EVERYTHING, BREAKS), [counted("a", 500), counted("b", 300)], 80),
        (TierDeal(EVERYTHING, BREAKS), [counted("a", 500, 2), counted("b", 300)], 260),
        (
            TierDeal(EVERYTHING, BREAKS, TierCount.LINE),
            [counted("a", 500, 2), counted("b", 300)],
            100,
        ),
        (
            GiftDeal(named("a"), named("b"), 2),
            [counted("a", 500, 2), counted("b", 300)],
            300,
        ),
        (
            GiftDeal(named("a"), named("b"), 2),
            [counted("a", 500), counted("b", 300)],
            0,
        ),
        (
            GiftDeal(named("a"), named("b"), 0, 1000, 1, 50),
            [counted("a", 500, 4), counted("b", 300, 3)],
            500,  # twice for 10.00, each gift 0.50
        ),
        (GiftDeal(EVERYTHING, EVERYTHING, 0, 500), [counted("a", 500)], 0),
        (HALF_ON_SECOND, [counted("a", 0, 2)], 0),
        (UnitDeal(EVERYTHING, percent("10")), [counted("a", 0)], 0),
    ],
)
def test_each_kind_saves_what_its_words_say(what, lines, saving) -> None:
    promoted = dealt(lines, deal("p", what))
    assert promoted.saving_minor == saving
    assert promoted.is_optimal


def test_the_best_of_several_deals_is_taken_for_all_units_together() -> None:
    lines = [counted("coffee", 1500, 2), counted("sandwich", 990)]
    promoted = dealt(
        lines,
        deal("bundle", COFFEE_AND_SANDWICH),
        deal("half", NthDeal(named("coffee"), 2, 1, percent("50"))),
        deal("member", UnitDeal(EVERYTHING, percent("10"))),
    )
    # Half on the second coffee 7.50 and 10 % off the sandwich 0.99 beat 5.00 + 1.50.
    assert told(promoted) == [("half", 1, 750), ("member", 1, 99)]


@pytest.mark.parametrize(
    ("one", "other", "winner"),
    [
        ({"priority": 1}, {}, "a"),
        ({}, {"priority": 1}, "b"),
        ({}, {}, "a"),
    ],
)
def test_of_equal_savings_the_higher_priority_holds_then_the_lower_id(
    one, other, winner
) -> None:
    same = UnitDeal(EVERYTHING, Off(price_minor=450))
    better = deal("z", UnitDeal(EVERYTHING, Off(price_minor=449)))
    rivals = (deal("b", same, **other), deal("a", same, **one))
    assert told(dealt([counted("x", 900)], *rivals)) == [(winner, 1, 450)]
    assert told(dealt([counted("x", 900)], *rivals, better)) == [("z", 1, 451)]


def test_what_stands_alone_goes_first_even_where_less_is_saved() -> None:
    alone = deal("flash", UnitDeal(named("a"), percent("5")), exclusive=True)
    lines = [counted("a", 1000, 2), counted("b", 1000)]
    promoted = dealt(lines, alone, deal("half", HALF_ON_SECOND))
    assert told(promoted) == [("flash", 2, 100)]
    assert closed_units(promoted.applications, offers(alone).book) == {"a": 2}


def test_limits_let_the_units_go_first_that_save_most() -> None:
    limited = deal(
        "p", UnitDeal(EVERYTHING, percent("50")), limits=Limits(per_basket=2)
    )
    lines = [counted("a", 100, 2), counted("b", 300), counted("c", 200)]
    assert saved_on(dealt(lines, limited)) == {"b": 150, "c": 100}


def test_a_limited_deal_leaves_the_rest_to_the_next_best() -> None:
    flash = deal("flash", UnitDeal(EVERYTHING, percent("50")), limits=Limits(in_all=1))
    always = deal("always", UnitDeal(EVERYTHING, percent("10")))
    assert told(dealt([counted("a", 1000, 3)], flash, always)) == [
        ("always", 2, 200),
        ("flash", 1, 500),
    ]


def test_no_unit_falls_below_its_floor() -> None:
    lines = [counted("a", 1000, floor_minor=900), counted("b", 1000)]
    promoted = dealt(lines, deal("half", HALF_ON_SECOND))
    assert saved_on(promoted) == {"a": 100, "b": 400}
    deep = dealt(
        [counted("a", 1000, floor_minor=900)],
        deal("p", UnitDeal(EVERYTHING, percent("50"))),
    )
    (application,) = deep.applications
    assert (application.off, application.saving_minor) == (Off(amount_minor=100), 100)


def test_weighed_goods_are_one_unit_and_take_part_by_measure() -> None:
    apples = weighed("apples", 1234, 1234)  # 1.234 kg at 10.00
    special = deal("p", UnitDeal(EVERYTHING, Off(price_minor=800)))
    (application,) = dealt([apples], special).applications
    assert application.saving_minor == 1234 - 987  # 8.00 x 1.234 is 9.872
    assert not dealt([apples, apples], deal("p", HALF_ON_SECOND)).applications
    tier = TierDeal(EVERYTHING, (Break(Decimal("1.234"), percent("10")),))
    assert dealt([apples], deal("p", tier)).saving_minor == 123
    almost = TierDeal(EVERYTHING, (Break(Decimal("1.235"), percent("10")),))
    assert not dealt([apples], deal("p", almost)).applications


def test_yen_have_no_decimals_and_round_to_whole_ones() -> None:
    promoted = dealt([counted("a", 105, 2)], deal("p", HALF_ON_SECOND))
    assert promoted.saving_minor == 53  # 52.5


def test_a_unit_that_lowers_little_takes_part_where_others_need_it() -> None:
    tier = deal("tier", TierDeal(EVERYTHING, (Break(Decimal(3), percent("50")),)))
    price = deal("price", UnitDeal(named("b"), Off(amount_minor=60)))
    lines = [counted("a", 1000, 2), counted("b", 100)]
    assert told(dealt(lines, tier, price)) == [("tier", 2, 1000), ("tier", 1, 50)]


def test_goods_with_a_price_by_hand_or_never_discounted_stay_out() -> None:
    half = deal("half", HALF_ON_SECOND)
    assert not dealt(
        [counted("a", 500), counted("b", 500, is_open=False)], half
    ).applications
    assert not dealt(
        [counted("a", 500), counted("b", 500, may_lower=False)], half
    ).applications
    full = deal("full", HALF_ON_SECOND, accepts_discounted=False)
    assert not dealt(
        [counted("a", 500), counted("b", 500, is_lowered=True)], full
    ).applications


def test_any_order_of_lines_gives_equal_goods_the_same() -> None:
    lines = [
        counted("a", 700, 2),
        counted("b", 700),
        counted("c", 350),
        counted("d", 999),
    ]
    promotions = (
        deal("half", HALF_ON_SECOND),
        deal("three", NForDeal(named("a", "c", "d"), 3, 1500)),
        deal("tier", TierDeal(named("b", "c"), BREAKS)),
    )
    found = {
        tuple(sorted(saved_on(dealt(list(order), *promotions)).items()))
        for order in permutations(lines)
    }
    assert len(found) == 1


def test_one_line_of_four_and_four_lines_of_one_save_the_same() -> None:
    half = deal("half", HALF_ON_SECOND)
    lines = [replace(counted("a", 333), line_id=f"line-{n}") for n in range(4)]
    whole = dealt([counted("a", 333, 4)], half).saving_minor
    assert dealt(lines, half).saving_minor == whole == 334


def test_every_application_replays_by_hand() -> None:
    lines = [
        counted("a", 1001, 5),
        counted("b", 777, 3),
        counted("coffee", 1500, 2),
        counted("sandwich", 990),
    ]
    promoted = dealt(
        lines,
        deal("half", HALF_ON_SECOND),
        deal("bundle", COFFEE_AND_SANDWICH),
        deal("three", NForDeal(named("b"), 3, 2000)),
    )
    assert promoted.applications
    for one in promoted.applications:
        assert one.off is not None
        assert (
            one.times * taken(one.off, one.off_base_minor // one.times)
            == one.saving_minor
        )


def test_a_warehouse_of_bottles_is_dealt_with_at_once() -> None:
    promoted = dealt(
        [counted("a", 500, 99_999)],
        deal("three", NForDeal(EVERYTHING, 3, 1000)),
        deal("half", HALF_ON_SECOND),
    )
    assert promoted.saving_minor == 33_333 * 500
    assert promoted.is_optimal
    assert len(promoted.applications) <= 3


def test_ten_thousand_lines_are_solved_exactly_where_one_deal_is_for_all() -> None:
    lines = [counted(f"{n:05}", 100 + n % 997) for n in range(10_000)]
    promoted = item_deals(lines, offers(deal("half", HALF_ON_SECOND)))
    prices = sorted((line.unit_minor for line in lines), reverse=True)
    assert promoted.saving_minor == sum((price + 1) // 2 for price in prices[1::2])
    assert promoted.is_optimal


def test_a_spent_budget_is_said_and_breaks_no_rule() -> None:
    lines = [counted(f"g{n}", 300 + 37 * n, 2) for n in range(9)]
    promotions = [
        deal(
            f"p{n}",
            NForDeal(named(*(f"g{(n * k) % 9}" for k in range(1, 6))), 3, 900 + 40 * n),
        )
        for n in range(1, 9)
    ]
    short = item_deals(lines, offers(*promotions), budget=1)
    full = item_deals(lines, offers(*promotions))
    assert full.is_optimal
    assert short.saving_minor <= full.saving_minor
    assert short.saving_minor == full.saving_minor or not short.is_optimal
    claimed = saved_on(short)
    assert all(claimed.get(x.line_id, 0) <= x.unit_minor * x.count for x in lines)


@pytest.mark.parametrize(
    "what",
    [
        NthDeal(EVERYTHING, 0, 0, percent("50")),
        NForDeal(EVERYTHING, 0, 100),
        BundleDeal((), percent("50")),
        BundleDeal((Slot(EVERYTHING, 0),), percent("50")),
        GiftDeal(EVERYTHING, EVERYTHING, 0, 0),
        TierDeal(EVERYTHING, ()),
        TierDeal(EVERYTHING, (Break(Decimal(0), percent("50")),)),
    ],
)
def test_a_deal_that_cannot_be_fulfilled_gives_nothing(what) -> None:
    assert not dealt([counted("a", 500, 3)], deal("p", what)).applications


@pytest.mark.parametrize(("count", "saving"), [(3, 200), (4, 210), (6, 400), (7, 410)])
def test_what_stands_alone_takes_no_more_units_than_its_saving_needs(
    count: int, saving: int
) -> None:
    """One and two free is as good as twice one and one free, and leaves one over."""
    alone = deal("alone", GiftDeal(EVERYTHING, EVERYTHING, 1, 0, 2), exclusive=True)
    tenth = deal("tenth", UnitDeal(EVERYTHING, percent("10")))
    assert dealt([counted("a", 100, count)], alone, tenth).saving_minor == saving


def test_of_deals_that_stand_alone_and_save_the_same_the_one_of_fewer_units_is_taken() -> (
    None
):
    fourth = deal("a", FOURTH_FREE, exclusive=True)
    second = deal("b", NthDeal(EVERYTHING, 2, 1, percent("100")), exclusive=True)
    third = deal("c", NthDeal(EVERYTHING, 3, 1, percent("100")), exclusive=True)
    for rivals in ((fourth, third), (fourth, second), (third, second)):
        promoted = dealt([counted("a", 100, 4)], *rivals)
        used = {x.promotion_id for x in promoted.applications}
        assert used == {rivals[1].promotion_id}


def test_units_of_one_line_are_in_one_break_of_a_deal_only() -> None:
    """Half off one, a tenth off two: of three, one for half, or all for a tenth."""
    odd = (Break(Decimal(1), percent("50")), Break(Decimal(2), percent("10")))
    for counts in TierCount:
        promotion = deal("p", TierDeal(EVERYTHING, odd, counts))
        assert dealt([counted("a", 100, 3)], promotion).saving_minor == 50
        assert dealt([counted("a", 100, 9)], promotion).saving_minor == 90


def test_two_deals_by_quantity_each_keep_the_cheap_units_that_they_need() -> None:
    two = (Break(Decimal(2), percent("10")),)
    found = [
        deal("one", TierDeal(named("a", "b"), two)),
        deal("other", TierDeal(named("c", "d"), two)),
        deal("fifth", UnitDeal(named("b", "d"), percent("20"))),
        deal("pair", NForDeal(named("a", "c"), 2, 1990)),
    ]
    lines = [counted(x, 1000 if x in "ac" else 100) for x in "abcd"]
    promoted = dealt(lines, *found)
    assert promoted.saving_minor == 220
    assert {x.promotion_id for x in promoted.applications} == {"one", "other"}


def test_a_lower_break_is_better_where_a_unit_is_worth_more_elsewhere() -> None:
    rising = TierDeal(EVERYTHING, BREAKS)  # 20 % of all three is 6.00
    half = deal("half", UnitDeal(named("c"), percent("50")))
    lines = [counted(x, 1000) for x in "abc"]
    assert dealt(lines, deal("p", rising), half).saving_minor == 200 + 500


def test_breaks_of_which_not_every_choice_is_tried_are_not_called_the_best() -> None:
    pairs = [
        deal(
            f"p{at}",
            TierDeal(named(*pair), (Break(Decimal(2), percent(str(10 + at))),)),
        )
        for at, pair in enumerate(pairwise("abcdefgh"))
    ]
    lines = [counted(x, 1000 + 50 * at) for at, x in enumerate("abcdefgh")]
    assert not dealt(lines, *pairs).is_optimal
    assert dealt(lines[:4], *pairs).is_optimal


def test_slots_for_the_same_goods_are_one_slot_of_as_many_units() -> None:
    lines = [counted(f"g{at}", 100 + 37 * at % 900, 1 + at % 3) for at in range(30)]
    threes = BundleDeal(tuple(Slot(EVERYTHING, 3) for _ in range(4)), percent("20"))
    twelve = BundleDeal((Slot(EVERYTHING, 12),), percent("20"))
    found = told(dealt(lines, deal("p", threes)))
    assert found == told(dealt(lines, deal("p", twelve)))
    assert sum(uses for _, uses, _ in found) == 5  # sixty units
