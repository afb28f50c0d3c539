"""Random baskets of goods that chains really promote, and who buys them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import SellBy
from pos_app.domain.promotion.occasion import CouponInHand, Occasion, Shopper
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.tax import (
    CashRounding,
    PricingRules,
    TaxCategory,
    TaxRate,
    TaxRounding,
)
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp
from tests.contract.real_promotions import Shop

#: Noon of the last day of the files, in Jerusalem.
MOMENT = Timestamp.parse("2026-08-18T09:00:00Z")
RULES = PricingRules(
    currency="ILS",
    prices_include_tax=True,
    tax_rounding=TaxRounding.DOCUMENT,
    cash_rounding=CashRounding(),
    tax_categories=(
        TaxCategory(
            "vat", "VAT", (TaxRate("18", "VAT 18%", Percentage.parse("18"), Period()),)
        ),
    ),
)


def random_basket(
    chance: random.Random, shops: Sequence[Shop]
) -> tuple[Basket, Offers]:
    """Return goods of one store, most of them promoted, and who buys them."""
    shop = chance.choices(shops, [len(x.book.promotions) for x in shops])[0]
    lines = tuple(
        _line(f"{at:03d}", chance, shop) for at in range(chance.randint(1, 25))
    )
    shopper = Shopper("member") if chance.random() < 0.5 else None
    shown = chance.sample(shop.coupons, min(len(shop.coupons), chance.randint(0, 3)))
    occasion = Occasion(
        MOMENT,
        shopper=shopper,
        coupons=tuple(CouponInHand(f"coupon {x}", x) for x in shown),
        coupon_limit=2,
    )
    return Basket("basket", lines), Offers(shop.book, occasion)


def _line(line_id: str, chance: random.Random, shop: Shop) -> BasketLine:
    goods = shop.promoted if chance.random() < 0.7 else shop.units
    unit = chance.choice(goods)
    quantity = Decimal(chance.choices((1, 2, 3, 4, 6), (8, 5, 3, 2, 1))[0])
    if unit.sell_by is SellBy.WEIGHT:
        quantity = Decimal(chance.randint(80, 4_000)).scaleb(-3)
    return BasketLine(line_id, unit, unit.sku, quantity)
