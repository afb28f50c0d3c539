"""Why a promotion for a line's goods gave it nothing."""

from decimal import Decimal

import pytest

from pos_app.domain.listed_line import listed
from pos_app.domain.offered_lines import offered
from pos_app.domain.promotion.application import Application, Claim, Promoted
from pos_app.domain.promotion.deal import (
    Break,
    BundleDeal,
    DealKind,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
    Slot,
    SpendDeal,
    SpendTier,
    TierDeal,
    UnitDeal,
)
from pos_app.domain.promotion.explanation import RefusalCause
from pos_app.domain.promotion.item_deals import item_deals
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Layer,
    Limits,
    Schedule,
    Trigger,
    TriggerKind,
)
from pos_app.domain.promotion.refusals import refusals
from pos_app.values.times import Period, Timestamp
from tests.builders_offers import EVERYTHING, counted, deal, named, offers, percent
from tests.builders_promotions import (
    basket_of,
    coupons,
    cut,
    goods,
    price_with,
    sold,
    spend,
)

Cause = RefusalCause
HALF = NthDeal(EVERYTHING, 2, 1, percent("50"))
TEN_OFF = UnitDeal(EVERYTHING, percent("10"))


def asked(lines, *promotions, **occasion):
    what = offers(*promotions, **occasion)
    return refusals(lines, what, item_deals(lines, what), lines[0].line_id)


def test_the_one_that_saves_more_is_named_as_the_winner() -> None:
    (found,) = asked(
        [counted("a", 1000)],
        deal("ten", TEN_OFF),
        deal("five", UnitDeal(EVERYTHING, percent("5"))),
    )
    assert (found.promotion_id, found.cause, found.saving_minor) == (
        "five",
        Cause.CHEAPER_TAKEN,
        50,
    )
    assert found.winner == "ten"


def test_what_was_used_on_the_line_is_no_refusal() -> None:
    assert asked([counted("a", 1000)], deal("ten", TEN_OFF)) == ()


def test_promotions_for_other_goods_are_not_listed() -> None:
    assert (
        asked(
            [counted("a", 1000), counted("b", 1)],
            deal("b", UnitDeal(named("b"), percent("5"))),
        )
        == ()
    )


@pytest.mark.parametrize(
    ("what", "units", "minor"),
    [
        (HALF, 1, 0),
        (NForDeal(EVERYTHING, 3, 100), 2, 0),
        (BundleDeal((Slot(named("a")), Slot(named("b"), 2)), Off(price_minor=1)), 2, 0),
        (TierDeal(EVERYTHING, (Break(Decimal(4), percent("10")),)), 3, 0),
        (GiftDeal(named("a"), named("b"), 2), 2, 0),
        (GiftDeal(named("a"), named("b"), 0, 1500), 0, 500),
        (SpendDeal((SpendTier(3000, Off(amount_minor=500)),)), 0, 2000),
    ],
)
def test_what_is_missing_is_told(what, units, minor) -> None:
    (found,) = asked([counted("a", 1000)], deal("p", what))
    assert (found.missing_units, found.missing_minor) == (units, minor)
    assert found.cause == (Cause.MORE_UNITS if units else Cause.MORE_AMOUNT)
    assert found.saving_minor == 0


@pytest.mark.parametrize(
    ("more", "occasion", "cause"),
    [
        ({"schedule": Schedule(Period(None, Timestamp(1)))}, {}, Cause.NOT_NOW),
        ({"audience": Audience(AudienceKind.MEMBER)}, {}, Cause.NOT_FOR_CUSTOMER),
        ({"trigger": Trigger(TriggerKind.MANUAL)}, {}, Cause.NOT_CHOSEN),
        ({"limits": Limits(per_basket=0)}, {}, Cause.USED_UP),
        ({}, {"declined": ("p",)}, Cause.DECLINED),
    ],
)
def test_one_that_does_not_hold_says_why_and_what_it_would_have_saved(
    more, occasion, cause
) -> None:
    (found,) = asked([counted("a", 1000)], deal("p", TEN_OFF, **more), **occasion)
    assert (found.cause, found.saving_minor) == (cause, 100)


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ({"may_lower": False}, Cause.NEVER_DISCOUNTED),
        ({"is_open": False}, Cause.PRICE_BY_HAND),
        ({"floor_minor": 1000}, Cause.AT_THE_FLOOR),
    ],
)
def test_the_line_itself_may_be_the_cause(line, cause) -> None:
    (found,) = asked([counted("a", 1000, **line)], deal("p", TEN_OFF))
    assert (found.cause, found.saving_minor) == (cause, 0)


def test_one_that_stands_alone_excludes_the_others() -> None:
    flash = deal("flash", UnitDeal(EVERYTHING, percent("1")), exclusive=True)
    (found,) = asked([counted("a", 1000)], flash, deal("ten", TEN_OFF))
    assert (found.cause, found.winner, found.saving_minor) == (
        Cause.EXCLUDED_BY,
        "flash",
        100,
    )


def test_one_that_takes_no_discounted_goods_is_excluded_by_the_low_price() -> None:
    (found,) = asked(
        [counted("a", 1000, is_lowered=True)],
        deal("p", TEN_OFF, accepts_discounted=False),
    )
    assert found.cause is Cause.EXCLUDED_BY


def test_a_limit_that_other_goods_used_up_is_told() -> None:
    once = deal("p", TEN_OFF, limits=Limits(per_basket=1))
    (found,) = asked([counted("a", 500), counted("b", 900)], once)
    assert (found.cause, found.saving_minor) == (Cause.USED_UP, 50)


def test_a_coupon_that_went_to_another_unit_is_used_up_not_beaten() -> None:
    lines = [counted("a", 500, 3), counted("b", 900)]
    coupon = deal("c", TEN_OFF, trigger=Trigger(TriggerKind.COUPON))
    what = offers(coupon, coupons=coupons("c"))
    used = Application(
        "c",
        1,
        DealKind.UNIT,
        Layer.COUPON,
        "c",
        1,
        percent("10"),
        900,
        90,
        (Claim("b", 0, 1, 900, ((1, 90),)),),
        coupon_id="coupon-1",
    )
    (found,) = refusals(lines, what, Promoted((used,)), "a")
    # The coupon is for one unit: one of these three would have saved so much.
    assert (found.cause, found.saving_minor) == (Cause.USED_UP, 50)


def test_an_order_deal_that_stands_alone_excludes_the_others_on_its_goods() -> None:
    """It is not that an amount is missing: what is there is counted for one alone."""
    alone = deal("alone", spend((1000, cut(500))), exclusive=True)
    other = deal("other", spend((1000, cut(100))), stack_group="b")
    basket = basket_of([sold(goods("tea", 2000))])
    what = offers(alone, other)
    seen = [offered(listed(line)) for line in basket.lines]
    priced = price_with(basket, alone, other)
    (one,) = refusals(seen, what, priced.promoted, "line-1")
    told = (one.cause, one.winner, one.missing_minor)
    assert told == (Cause.EXCLUDED_BY, "alone", 0)
