"""Baskets, rules and tenders for the tests of the arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import PriceSource, SellBy, SellingUnit
from pos_app.domain.price import UnitPrice
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.reduction import ManualDiscount, OverrideCause, PriceOverride
from pos_app.domain.tax import (
    CashRounding,
    PricingRules,
    TaxCategory,
    TaxRate,
    TaxRounding,
)
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp

NOON = Timestamp.parse("2026-11-21T04:00:00Z")


def rate(percent: str, code: str = "", period: Period = Period()) -> TaxRate:  # noqa: B008 - frozen
    return TaxRate(
        code or percent, f"VAT {percent}%", Percentage.parse(percent), period
    )


def category(key: str, *percents: str) -> TaxCategory:
    return TaxCategory(key, key, tuple(rate(percent) for percent in percents))


#: exempt has no rate, zero has one of 0 %, double has two that add up.
CATEGORIES = (
    category("standard", "13"),
    category("reduced", "9"),
    category("zero", "0"),
    category("exempt"),
    category("double", "9", "6"),
)


def rules(
    tax_rounding: TaxRounding = TaxRounding.DOCUMENT,
    *,
    prices_include_tax: bool = True,
    categories: Sequence[TaxCategory] = CATEGORIES,
) -> PricingRules:
    return PricingRules(
        currency="CNY",
        prices_include_tax=prices_include_tax,
        tax_rounding=tax_rounding,
        cash_rounding=CashRounding(),
        tax_categories=tuple(categories),
    )


def unit(
    price_minor: int | None,
    tax_category: str = "standard",
    sell_by: SellBy = SellBy.COUNT,
    unit_id: str = "unit",
) -> SellingUnit:
    price = None
    if price_minor is not None:
        price = UnitPrice(f"price-{price_minor}", price_minor, Period())
    return SellingUnit(
        item_id="item",
        unit_id=unit_id,
        sku="",
        name="茉莉花茶",
        variant="",
        names=(),
        category_id=None,
        unit_code="H87" if sell_by is SellBy.COUNT else "KGM",
        unit_name="件",
        pieces=Decimal(1),
        sell_by=sell_by,
        tax_category=tax_category,
        price=price,
        source=PriceSource.SHELF,
    )


def line(
    price_minor: int | None,
    quantity: str = "1",
    tax_category: str = "standard",
    *,
    by_weight: bool = False,
    total_minor: int | None = None,
) -> BasketLine:
    sell_by = SellBy.WEIGHT if by_weight else SellBy.COUNT
    return BasketLine(
        line_id="",
        unit=unit(price_minor, tax_category, sell_by),
        scanned="",
        quantity=Decimal(quantity),
        total_minor=total_minor,
    )


def unknown_line() -> BasketLine:
    return BasketLine("", None, "6901234567892", Decimal(1))


def basket(*lines: BasketLine, round_off_minor: int = 0) -> Basket:
    numbered = tuple(
        replace(x, line_id=f"line-{number}") for number, x in enumerate(lines, 1)
    )
    return Basket("basket", numbered, round_off_minor=round_off_minor)


def percent_off(percent: str, reason: str = "regular_customer") -> ManualDiscount:
    return ManualDiscount(Percentage.parse(percent), 0, reason, "staff-1")


def amount_off(amount_minor: int, reason: str = "regular_customer") -> ManualDiscount:
    return ManualDiscount(None, amount_minor, reason, "staff-1")


def own_price(
    unit_price_minor: int, cause: OverrideCause = OverrideCause.MANUAL
) -> PriceOverride:
    return PriceOverride(unit_price_minor, "damaged", "staff-1", "staff-2", cause)


def reduced(
    sold: BasketLine,
    override: PriceOverride | None = None,
    discount: ManualDiscount | None = None,
) -> BasketLine:
    return replace(sold, override=override, discount=discount)


def price(
    *lines: BasketLine, round_off_minor: int = 0, using: PricingRules | None = None
) -> PricedBasket:
    goods = basket(*lines, round_off_minor=round_off_minor)
    return price_basket(goods, using or rules(), NOON)


def tender(
    amount_minor: int, kind: TenderKind = TenderKind.CASH, tender_id: str = ""
) -> TenderLine:
    return TenderLine(tender_id or f"{kind}-{amount_minor}", kind, kind, amount_minor)


def cash(amount_minor: int) -> TenderLine:
    return tender(amount_minor)


def card(amount_minor: int) -> TenderLine:
    return tender(amount_minor, TenderKind.CARD)
