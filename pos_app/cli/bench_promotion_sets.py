"""The baskets and promotions that `guitai bench` prices: made up, always the same.

The mix is that of a supermarket's weekly leaflet: 40 % percentages, 10 % amounts,
10 % prices, 20 % nth (every 2nd or 3rd at half or nothing), 10 % n for a price,
10 % bundles of two. Half are for single goods, half for a whole category.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import PriceSource, SellBy, SellingUnit
from pos_app.domain.price import UnitPrice
from pos_app.domain.promotion.deal import (
    BundleDeal,
    Deal,
    NForDeal,
    NthDeal,
    Off,
    Slot,
    UnitDeal,
)
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.domain.tax import (
    CashRounding,
    PricingRules,
    TaxCategory,
    TaxRate,
    TaxRounding,
)
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period

#: The kinds of deals that django-oscar means in the same way.
_SAME = (UnitDeal, NForDeal)
CATEGORIES = 60
#: How many of each a customer takes: mostly one.
QUANTITIES = (1, 1, 1, 1, 2, 2, 3)


@dataclass(frozen=True, slots=True)
class Load:
    """A set of baskets and promotions.

    Attributes:
        name: as the bench prints it.
        lines: of a basket. promotions: that hold.
        items: in the shop; few of them means that nearly every line is promoted.
        by_item: each promotion is for so many single goods; 0 for the usual mix.
        only_promoted: baskets are made of goods that some promotion is for.
        target_ms: the bound for 95 of 100 baskets.
    """

    name: str
    lines: int
    promotions: int
    items: int
    by_item: int = 0
    only_promoted: bool = False
    target_ms: int = 5


LOADS = (
    Load("20 lines, 200 promotions", 20, 200, 3_000),
    Load("20 promoted lines, 200 promotions", 20, 200, 3_000, only_promoted=True),
    Load("20 lines of a hot shop, 200 promotions", 20, 200, 300),
    Load("60 lines, 500 promotions", 60, 500, 3_000, only_promoted=True, target_ms=50),
    Load(
        "adversarial: 20 lines, 200 overlapping promotions",
        20,
        200,
        40,
        by_item=8,
        only_promoted=True,
        target_ms=100,
    ),
)

RULES = PricingRules(
    currency="CNY",
    prices_include_tax=True,
    tax_rounding=TaxRounding.DOCUMENT,
    cash_rounding=CashRounding(),
    tax_categories=(
        TaxCategory(
            "standard",
            "standard",
            (TaxRate("13", "VAT 13%", Percentage.parse("13"), Period()),),
        ),
    ),
)


class PromotionSets:
    """One shop's goods, its promotions, and baskets of them."""

    def __init__(self, load: Load, seed: int) -> None:
        self.load = load
        self._random = Random(seed)  # noqa: S311 - the same each time is what we want
        self.prices = [self._random.randrange(100, 6_000) for _ in range(load.items)]
        self.promoted: set[int] = set()
        self.promotions = [self._promotion(at) for at in range(load.promotions)]

    def basket(self) -> Basket:
        """Return another basket of different goods."""
        pool = sorted(self.promoted) if self.load.only_promoted else []
        if len(pool) < self.load.lines:
            pool = list(range(self.load.items))
        chosen = self._random.sample(pool, self.load.lines)
        return Basket(
            "basket", tuple(self._line(at, item) for at, item in enumerate(chosen))
        )

    def _line(self, at: int, item: int) -> BasketLine:
        quantity = Decimal(self._random.choice(QUANTITIES))
        return BasketLine(f"line-{at:03}", self.unit(item), "", quantity)

    def unit(self, item: int) -> SellingUnit:
        """Return what is sold."""
        return SellingUnit(
            item_id=f"item-{item}",
            unit_id=f"unit-{item}",
            sku=str(item),
            name=f"goods {item}",
            variant="",
            names=(),
            category_id=f"category-{item % CATEGORIES}",
            unit_code="H87",
            unit_name="",
            pieces=Decimal(1),
            sell_by=SellBy.COUNT,
            tax_category="standard",
            price=UnitPrice(f"price-{item}", self.prices[item], Period()),
            source=PriceSource.SHELF,
        )

    def _promotion(self, at: int) -> Promotion:
        chosen, sample = self._selector()
        return Promotion(
            f"promotion-{at:04}", 1, f"promotion {at}", self._deal(at, chosen, sample)
        )

    def _selector(self) -> tuple[Selector, int]:
        """Return goods, and the number of one of them."""
        chance = self._random
        if not self.load.by_item and chance.random() < 0.5:
            key = chance.randrange(CATEGORIES)
            goods = range(key, self.load.items, CATEGORIES)
            self.promoted.update(goods)
            return Selector(GoodsSet(category_ids=(f"category-{key}",))), goods[0]
        count = self.load.by_item or chance.randint(1, 12)
        items = sorted(chance.sample(range(self.load.items), count))
        self.promoted.update(items)
        named = GoodsSet(item_ids=tuple(f"item-{item}" for item in items))
        return Selector(named), items[0]

    def _deal(self, at: int, chosen: Selector, sample: int) -> Deal:
        chance, kind, price = self._random, at % 10, self.prices[sample]
        if kind < 4:
            return UnitDeal(chosen, _percent(chance.choice((5, 10, 15, 20, 30))))
        if kind < 6:
            amount = Off(amount_minor=chance.randrange(50, 500))
            return UnitDeal(
                chosen, amount if kind == 4 else Off(price_minor=price * 8 // 10)
            )
        if kind < 8:
            off = _percent(chance.choice((50, 100)))
            return NthDeal(chosen, chance.choice((2, 3)), 1, off)
        if kind == 8:
            count = chance.choice((2, 3))
            return NForDeal(chosen, count, price * count * 8 // 10)
        other, beside = self._selector()
        both = price + self.prices[beside]
        return BundleDeal((Slot(chosen), Slot(other)), Off(price_minor=both * 3 // 4))


def shared_with_oscar(load: Load, seed: int) -> PromotionSets:
    """Return a set of such promotions only as django-oscar means in the same way.

    It has no bundles of different goods. Of an nth it lets the pieces that were bought
    take part in further offers, and lowers one in a basket at most. Prices are whole
    20 fen, so that no percentage has to be rounded, here by piece and there by line.
    """
    sets = PromotionSets(replace(load, promotions=2 * load.promotions), seed)
    sets.prices = [max(20, price // 20 * 20) for price in sets.prices]
    same = [each for each in sets.promotions if isinstance(each.deal, _SAME)]
    assert len(same) >= load.promotions
    sets.promotions = same[: load.promotions]
    sets.promoted = {
        item
        for item in range(load.items)
        if any(is_for(each.deal, sets.unit(item)) for each in sets.promotions)
    }
    return sets


def is_for(deal: Deal, unit: SellingUnit) -> bool:
    """Tell whether a made up promotion of one selector is for some goods."""
    assert isinstance(deal, _SAME)
    named = deal.goods.include
    return unit.item_id in named.item_ids or unit.category_id in named.category_ids


def _percent(percent: int) -> Off:
    return Off(percentage=Percentage(percent * 10_000))
