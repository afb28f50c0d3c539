"""Goods, promotions and offers for the tests, in few words.

    tea, bun = goods("tea", 1000), goods("bun", 450, category="bread")
    half = promotion(nth(items("tea"), every=2, off=percent("50")), "half")
    priced = price_with([sold(tea, "3"), sold(bun)], half)

Ids are made of names: goods "tea" are item "item-tea" in unit "unit-tea". Random ones
for hypothesis are in `random_promotions.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import LevelPrice, SellBy, SellingUnit
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.book import compile_book
from pos_app.domain.promotion.deal import (
    Break,
    BundleDeal,
    Deal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
    Qualifies,
    Slot,
    SpendDeal,
    SpendTier,
    TierCount,
    TierDeal,
    UnitDeal,
)
from pos_app.domain.promotion.occasion import CouponInHand, Occasion, Shopper
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Limits,
    Promotion,
    Trigger,
    TriggerKind,
)
from pos_app.domain.promotion.selector import ALL_GOODS, NO_GOODS, GoodsSet, Selector
from pos_app.domain.tax import PricingRules
from pos_app.values.percentage import Percentage
from tests.builders_pricing import NOON, basket, rules, unit

# --- goods and lines ---------------------------------------------------------


def goods(
    name: str,
    price_minor: int | None,
    *,
    category: str = "",
    brand: str = "",
    tags: Sequence[str] = (),
    parent: str = "",
    by_weight: bool = False,
    floor_minor: int = 0,
    levels: Mapping[str, int] | None = None,
    cap: str | None = None,
    tax: str = "standard",
) -> SellingUnit:
    """Return goods in one unit; `levels` are prices by level, `cap` a percentage."""
    sell_by = SellBy.WEIGHT if by_weight else SellBy.COUNT
    return replace(
        unit(price_minor, tax, sell_by, f"unit-{name}"),
        item_id=f"item-{name}",
        name=name,
        category_id=category or None,
        brand=brand,
        tags=tuple(tags),
        parent_id=parent or None,
        floor_minor=floor_minor,
        level_prices=tuple(
            LevelPrice(level, minor, f"price-{name}-{level}")
            for level, minor in (levels or {}).items()
        ),
        discount_cap=None if cap is None else Percentage.parse(cap),
    )


def sold(
    what: SellingUnit, quantity: str | int = "1", *, total_minor: int | None = None
) -> BasketLine:
    """Return a line; `basket` gives it its id."""
    return BasketLine("", what, "", Decimal(quantity), total_minor=total_minor)


# --- which goods -------------------------------------------------------------


def items(*names: str, but: GoodsSet = NO_GOODS) -> Selector:
    return Selector(GoodsSet(item_ids=tuple(f"item-{x}" for x in names)), but)


def units(*names: str) -> Selector:
    return Selector(GoodsSet(unit_ids=tuple(f"unit-{x}" for x in names)))


def categories(*ids: str, but: GoodsSet = NO_GOODS) -> Selector:
    return Selector(GoodsSet(category_ids=ids), but)


def brands(*names: str) -> Selector:
    return Selector(GoodsSet(brands=names))


def tagged(*tags: str) -> Selector:
    return Selector(GoodsSet(tags=tags))


def everything(*but_items: str) -> Selector:
    without = GoodsSet(item_ids=tuple(f"item-{x}" for x in but_items))
    return Selector(ALL_GOODS, without)


# --- what comes off ----------------------------------------------------------


def percent(text: str) -> Off:
    return Off(percentage=Percentage.parse(text))


def cut(amount_minor: int) -> Off:
    return Off(amount_minor=amount_minor)


def at(price_minor: int) -> Off:
    return Off(price_minor=price_minor)


FREE = percent("100")

# --- deals of every kind -----------------------------------------------------


def unit_deal(chosen: Selector, off: Off) -> UnitDeal:
    return UnitDeal(chosen, off)


def tier(
    chosen: Selector,
    *breaks: tuple[str | int, Off],
    counts: TierCount = TierCount.GOODS,
) -> TierDeal:
    return TierDeal(chosen, tuple(Break(Decimal(q), o) for q, o in breaks), counts)


def nth(chosen: Selector, every: int, off: Off = FREE, cheapest: int = 1) -> NthDeal:
    return NthDeal(chosen, every, cheapest, off)


def nfor(chosen: Selector, count: int, price_minor: int) -> NForDeal:
    return NForDeal(chosen, count, price_minor)


def slot(chosen: Selector, count: int = 1, off: Off | None = None) -> Slot:
    return Slot(chosen, count, off)


def bundle(*slots: Slot | Selector, off: Off | None = None) -> BundleDeal:
    made = tuple(x if isinstance(x, Slot) else Slot(x) for x in slots)
    return BundleDeal(made, off)


def gift(
    bought: Selector,
    given: Selector,
    *,
    count: int = 1,
    threshold_minor: int = 0,
    gift_count: int = 1,
    price_minor: int = 0,
) -> GiftDeal:
    if threshold_minor:
        count = 0
    return GiftDeal(bought, given, count, threshold_minor, gift_count, price_minor)


def spend(
    *tiers: tuple[int, Off],
    chosen: Selector | None = None,
    repeats: bool = False,
    most_minor: int | None = None,
    qualifies: Qualifies = Qualifies.LIST,
) -> SpendDeal:
    steps = tuple(SpendTier(threshold, off) for threshold, off in tiers)
    return SpendDeal(steps, chosen or everything(), repeats, most_minor, qualifies)


# --- promotions and offers ---------------------------------------------------


def promotion(deal: Deal, name: str = "deal", **changes: Any) -> Promotion:
    """Return version 1 of a promotion whose id is its name."""
    return Promotion(name, changes.pop("version", 1), name, deal, **changes)


def members_only(deal: Deal, name: str = "members", **changes: Any) -> Promotion:
    return promotion(deal, name, audience=Audience(AudienceKind.MEMBER), **changes)


def by_coupon(deal: Deal, name: str = "coupon", **changes: Any) -> Promotion:
    return promotion(deal, name, trigger=Trigger(TriggerKind.COUPON), **changes)


def by_hand(deal: Deal, name: str = "chosen", **changes: Any) -> Promotion:
    return promotion(deal, name, trigger=Trigger(TriggerKind.MANUAL), **changes)


def limited(deal: Deal, per_basket: int, name: str = "limited") -> Promotion:
    return promotion(deal, name, limits=Limits(per_basket=per_basket))


def coupons(*promotion_ids: str, chosen: bool = False) -> tuple[CouponInHand, ...]:
    return tuple(
        CouponInHand(f"coupon-{at}", promotion_id, chosen)
        for at, promotion_id in enumerate(promotion_ids, 1)
    )


MEMBER = Shopper("member-1")


def offers(
    promotions: Iterable[Promotion],
    *,
    parents: Mapping[str, str] | None = None,
    **occasion: Any,
) -> Offers:
    """Return the offers of a moment; `occasion` are the fields of `Occasion`."""
    asked = Occasion(occasion.pop("moment", NOON), **occasion)
    return Offers(compile_book(promotions, parents or {}), asked)


def basket_of(lines: Sequence[BasketLine]) -> Basket:
    """Return a basket with lines "line-1" and so on."""
    return basket(*lines)


def price_with(
    lines: Sequence[BasketLine] | Basket,
    *promotions: Promotion,
    using: PricingRules | None = None,
    **occasion: Any,
) -> PricedBasket:
    """Price lines (or a basket) under promotions."""
    asked = lines if isinstance(lines, Basket) else basket_of(lines)
    found = offers(promotions, **occasion)
    return price_basket(asked, using or rules(), found.occasion.moment, found)
