"""Which promotions a little more would reach, and what that would save."""

from dataclasses import replace
from decimal import Decimal

import pytest

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
from pos_app.domain.promotion.promotion import Promotion
from tests.builders_offers import EVERYTHING, counted, deal, named, offers, percent

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
