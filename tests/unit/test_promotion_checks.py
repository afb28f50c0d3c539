"""Promotions that contradict themselves are refused, each at its blank."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.promotion.checks import refuse_unsound
from pos_app.domain.promotion.deal import (
    Break,
    BundleDeal,
    Deal,
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
from pos_app.domain.promotion.doubts import (
    GoodsAtStake,
    Surroundings,
    doubts,
    lowest_minor,
)
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Hours,
    Limits,
    Promotion,
    Schedule,
    Trigger,
    TriggerKind,
)
from pos_app.domain.promotion.selector import ALL_GOODS, NO_GOODS, GoodsSet, Selector
from pos_app.errors import UserError
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp


def percent(number: int) -> Off:
    return Off(percentage=Percentage(number * 10_000))


def amount(minor: int) -> Off:
    return Off(amount_minor=minor)


def price(minor: int) -> Off:
    return Off(price_minor=minor)


BREAD = Selector(GoodsSet(category_ids=("bread",), brands=("晨露",)))
CUP = Selector(GoodsSet(unit_ids=("cup",)))
EVERYTHING = Selector(ALL_GOODS)
SECOND_HALF = NthDeal(BREAD, 2, 1, percent(50))
SOUND: tuple[Deal, ...] = (
    UnitDeal(BREAD, percent(30)),
    TierDeal(BREAD, (Break(Decimal("0.5"), percent(10)), Break(Decimal(2), price(8)))),
    SECOND_HALF,
    NthDeal(BREAD, 4, 1, percent(100)),
    NForDeal(BREAD, 3, 1000),
    BundleDeal((Slot(BREAD), Slot(CUP)), price(1990)),
    BundleDeal((Slot(BREAD), Slot(CUP, 1, percent(100)))),
    BundleDeal((Slot(BREAD, 2),), amount(100)),
    GiftDeal(BREAD, BREAD),
    GiftDeal(Selector(ALL_GOODS, CUP.include), CUP, 0, 5000),
    SpendDeal((SpendTier(5000, amount(500)),), repeats=True, most_minor=500),
    SpendDeal((SpendTier(5000, amount(500)), SpendTier(9000, amount(1000)))),
)


def whole(deal: Deal = SECOND_HALF) -> Promotion:
    return Promotion("p1", 1, "优惠", deal)


@pytest.mark.parametrize("deal", SOUND, ids=lambda x: type(x).__name__)
def test_what_makes_sense_is_not_refused(deal: Deal) -> None:
    refuse_unsound(whole(deal))


def spend(*tiers: tuple[int, Off], **more: object) -> SpendDeal:
    return SpendDeal(tuple(SpendTier(*x) for x in tiers), **more)  # type: ignore[arg-type]


UNSOUND: list[tuple[Deal, str, str]] = [
    (UnitDeal(Selector(NO_GOODS), percent(9)), "no_goods", "goods"),
    (
        UnitDeal(Selector(CUP.include, CUP.include), percent(9)),
        "excludes_all",
        "exclude",
    ),
    (
        UnitDeal(
            Selector(BREAD.include, replace(BREAD.include, brands=(" 晨露 ",))),
            percent(9),
        ),
        "excludes_all",
        "exclude",
    ),
    (UnitDeal(Selector(CUP.include, ALL_GOODS), percent(9)), "excludes_all", "exclude"),
    (UnitDeal(BREAD, Off()), "off_unclear", "off"),
    (UnitDeal(BREAD, Off(Percentage(1), 1)), "off_unclear", "off"),
    (UnitDeal(BREAD, percent(100)), "percentage", "off"),
    (UnitDeal(BREAD, percent(101)), "percentage", "off"),
    (UnitDeal(BREAD, percent(0)), "percentage", "off"),
    (UnitDeal(BREAD, amount(0)), "zero", "off"),
    (UnitDeal(BREAD, amount(-1)), "negative", "off"),
    (UnitDeal(BREAD, price(0)), "price_zero", "off"),
    (UnitDeal(BREAD, amount(10**11)), "too_large", "off"),
    (TierDeal(BREAD, ()), "order", "steps"),
    (TierDeal(BREAD, (Break(Decimal("0.0005"), percent(9)),)), "count", "steps"),
    (
        TierDeal(
            BREAD, (Break(Decimal(2), percent(9)), Break(Decimal(2), percent(10)))
        ),
        "order",
        "steps",
    ),
    (
        TierDeal(BREAD, (Break(Decimal(2), percent(9)), Break(Decimal(3), percent(8)))),
        "order",
        "steps",
    ),
    (NthDeal(BREAD, 2, 2, percent(50)), "count", "count"),
    (NthDeal(BREAD, 2, 3, percent(50)), "count", "count"),
    (NthDeal(BREAD, 1, 1, percent(50)), "count", "count"),
    (NthDeal(BREAD, 2, 0, percent(50)), "count", "count"),
    (NthDeal(BREAD, 2, 1, percent(101)), "percentage", "off"),
    (NForDeal(BREAD, 1, 100), "count", "count"),
    (NForDeal(BREAD, 3, 0), "price_zero", "price"),
    (BundleDeal((Slot(BREAD),), price(9)), "slots", "slots"),
    (BundleDeal((Slot(BREAD, 0), Slot(CUP, 3)), price(9)), "count", "slots"),
    (BundleDeal((Slot(BREAD), Slot(CUP))), "off_unclear", "off"),
    (
        BundleDeal((Slot(BREAD), Slot(CUP, 1, percent(5))), price(9)),
        "off_unclear",
        "off",
    ),
    (
        BundleDeal((Slot(BREAD, 1, percent(100)), Slot(CUP, 1, price(0)))),
        "percentage",
        "slots",
    ),
    (GiftDeal(BREAD, Selector(NO_GOODS)), "no_goods", "gift"),
    (GiftDeal(BREAD, CUP, 0, 0), "contradictory", "threshold"),
    (GiftDeal(BREAD, CUP, 1, 5000), "contradictory", "threshold"),
    (GiftDeal(BREAD, CUP, gift_count=0), "count", "gift"),
    (GiftDeal(BREAD, CUP, price_minor=-1), "negative", "gift"),
    (GiftDeal(EVERYTHING, CUP, 0, 5000), "circular", "gift"),
    (GiftDeal(BREAD, BREAD, 0, 5000), "circular", "gift"),
    (spend(), "order", "steps"),
    (spend((0, amount(1))), "zero", "threshold"),
    (spend((100, price(9))), "off_unclear", "off"),
    (spend((100, amount(100))), "off_too_much", "off"),
    (spend((100, percent(100))), "percentage", "off"),
    (spend((200, amount(9)), (100, amount(10))), "order", "steps"),
    (spend((100, amount(9)), (200, amount(9))), "order", "steps"),
    (spend((100, percent(9)), repeats=True), "contradictory", "steps"),
    (
        spend((100, amount(9)), (200, amount(20)), repeats=True),
        "contradictory",
        "steps",
    ),
    (spend((100, amount(9)), most_minor=8), "contradictory", "off"),
    (spend((100, amount(9)), most_minor=0), "zero", "off"),
]


@pytest.mark.parametrize(("deal", "key", "blank"), UNSOUND)
def test_a_deal_that_contradicts_itself_is_refused_at_its_blank(
    deal: Deal, key: str, blank: str
) -> None:
    with pytest.raises(UserError) as refused:
        refuse_unsound(whole(deal))
    assert (refused.value.key, refused.value.params) == (
        f"promotion_{key}",
        {"blank": blank},
    )


@pytest.mark.parametrize(
    ("change", "key", "blank"),
    [
        ({"name": " \t"}, "no_name", "name"),
        ({"name": "长" * 61}, "name_long", "name"),
        ({"names": (("en", ""),)}, "no_name", "name"),
        (
            {"schedule": Schedule(Period(Timestamp(9), Timestamp(9)))},
            "never",
            "when",
        ),
        ({"schedule": Schedule(weekdays=(0,))}, "never", "when"),
        ({"schedule": Schedule(hours=(Hours(600, 600),))}, "never", "hours"),
        ({"schedule": Schedule(hours=(Hours(1440, 60),))}, "never", "hours"),
        ({"limits": Limits(in_all=0)}, "limit", "limits"),
        ({"limits": Limits(per_member=-1)}, "limit", "limits"),
        ({"audience": Audience(AudienceKind.TIER)}, "audience_unnamed", "audience"),
        (
            {"audience": Audience(AudienceKind.EVERYONE, ("金卡",))},
            "contradictory",
            "audience",
        ),
        ({"supplier_share": Percentage(1_000_001)}, "supplier_share", "funding"),
    ],
)
def test_what_lies_around_a_deal_is_looked_at_too(
    change: dict[str, object], key: str, blank: str
) -> None:
    with pytest.raises(UserError) as refused:
        refuse_unsound(replace(whole(), **change))  # type: ignore[arg-type]
    assert refused.value.key == f"promotion_{key}"
    assert refused.value.params == {"blank": blank}


# ----------------------------------------------------------------------- doubts


def told(promotion: Promotion, **around: object) -> dict[str, dict[str, object]]:
    found = doubts(promotion, Surroundings(**around))  # type: ignore[arg-type]
    return {x.key.removeprefix("promotion_doubt_"): dict(x.params) for x in found}


TEA = GoodsAtStake("茶", 1280, 900)


def test_a_good_one_for_a_while_raises_no_doubt() -> None:
    assert (
        told(whole(UnitDeal(BREAD, percent(10))), goods=[TEA], is_endless=False) == {}
    )


def test_below_cost_names_the_worst_and_the_floor_holds() -> None:
    deal = UnitDeal(BREAD, percent(50))
    found = told(whole(deal), goods=[TEA, GoodsAtStake("糕", 1000, 505)])
    assert found["below_cost"] == {
        "name": "茶",
        "price_minor": 640,
        "cost_minor": 900,
        "count": 2,
    }
    kept = GoodsAtStake("茶", 1280, 900, floor_minor=900)
    assert "below_cost" not in told(whole(deal), goods=[kept])


def test_free_units_and_prices_above_the_shelf_are_told() -> None:
    sweets = [GoodsAtStake("糖", 50), TEA]
    found = told(whole(UnitDeal(BREAD, amount(60))), goods=sweets)
    assert found["free"] == {"name": "糖", "count": 1}
    found = told(whole(UnitDeal(BREAD, price(990))), goods=sweets)
    assert found["saves_nothing"] == {"name": "糖", "count": 1}


def test_who_and_when_are_asked() -> None:
    asked = replace(
        whole(),
        audience=Audience(AudienceKind.BIRTHDAY),
        limits=Limits(per_member=1),
    )
    assert {"never_ends", "no_goods"} <= set(told(asked))
    assert "nobody" not in told(asked)
    assert {"nobody", "elsewhere"} <= set(told(asked, is_reached=False, is_here=False))
    everyone = replace(asked, audience=Audience())
    assert "member_limit" in told(everyone, goods=[TEA])
    coupon = replace(
        whole(spend((100, amount(9)))), trigger=Trigger(TriggerKind.COUPON)
    )
    assert "no_coupons" in told(coupon, goods=[TEA])
    assert "no_coupons" not in told(coupon, goods=[TEA], has_coupons=True)
    assert told(whole(), goods=[TEA], overlaps=["秒杀"])["exclusive"] == {
        "name": "秒杀"
    }


@given(
    st.sampled_from([x for x in SOUND if lowest_minor(x, 1) is not None]),
    st.integers(0, 10**7),
)
def test_no_deal_makes_anything_dearer_or_cheaper_than_nothing(
    deal: Deal, minor: int
) -> None:
    lowest = lowest_minor(deal, minor)
    assert lowest is not None
    assert 0 <= lowest <= minor
