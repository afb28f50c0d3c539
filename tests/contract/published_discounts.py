"""Published discounts on a whole document (Odoo), as discounts by hand on a sale.

A sale whose goods bring fees along is lowered by an order deal on the goods: what is
owed for each piece is owed in full.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from pos_app.domain.basket import BasketLine
from pos_app.domain.item import SellingUnit
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket, PricedLine
from pos_app.domain.tax import PricingRules
from tests.builders_pricing import NOON, basket, line, percent_off, price, reduced
from tests.builders_promotions import items, percent, promotion
from tests.contract.published_documents import document_figures, group_figures
from tests.contract.published_promotions import off_everything, price_accepted
from tests.contract.published_tax_rates import (
    UNTAXED,
    Case,
    Fees,
    Figure,
    NotExpressibleError,
    category,
    fees_of,
    goods_and_fees,
    minor_of,
    net_rates,
    shop_of,
)

_GOODS = "item-goods"


def global_discount(case: Case) -> list[Figure]:
    """So many per cent off a document whose lines bear the same taxes or others."""
    if case["amount_type"] != "percent":
        raise NotExpressibleError(f"a discount of the type {case['amount_type']}")
    document, expected = case["document"], case["expected"]
    step = Fraction(str(document["currency_rounding"]))
    taxes = [net_rates(row["tax_ids"]) for row in document["lines"]]
    categories = [category(str(at), found) for at, found in enumerate(taxes)]
    shop = shop_of(
        document["rounding_method"], [*chain(*taxes)], [*categories, UNTAXED]
    )
    lines, fees_minor = _lines(document, step)
    priced = _lowered(lines, str(case["amount"]), shop, has_fees=bool(fees_minor))
    return [
        *document_figures(priced, expected, step, fees_minor),
        *group_figures(priced, document, expected, step),
    ]


def _lines(document: Case, step: Fraction) -> tuple[list[BasketLine], int]:
    """Return goods and fees, and what Odoo calls taxes of pieces among them."""
    lines: list[BasketLine] = []
    fees_minor = 0
    for at, row in enumerate(document["lines"]):
        fees: Fees = fees_of(row["tax_ids"], step)
        count = Decimal(str(row["quantity"]))
        amount = minor_of(row["price_unit"], step)
        sold, *beside = goods_and_fees(amount, str(count), str(at), fees)
        lines += [replace(sold, unit=_named(sold.unit)), *beside]
        fees_minor += int(fees.all * count)
    return lines, fees_minor


def _named(unit: SellingUnit | None) -> SellingUnit:
    assert unit is not None
    return replace(unit, item_id=_GOODS)


def _lowered(
    lines: list[BasketLine], per_cent: str, shop: PricingRules, *, has_fees: bool
) -> PricedBasket:
    if not has_fees:
        whole = replace(basket(*lines), discount=percent_off(per_cent))
        return price_basket(whole, shop, NOON)
    off = off_everything(percent(per_cent), chosen=items(_GOODS.removeprefix("item-")))
    return price_accepted(lines, promotion(off, "all goods"), using=shop)


def line_discounts(case: Case) -> list[Figure]:
    """So many per cent off each line, as discounts by hand on lines."""
    document, step = (
        case["document"],
        Fraction(str(case["document"]["currency_rounding"])),
    )
    taxes = [net_rates(row["tax_ids"]) for row in document["lines"]]
    categories = [category(str(at), found) for at, found in enumerate(taxes)]
    shop = shop_of(document["rounding_method"], [*chain(*taxes)], categories)
    lines = [
        reduced(
            line(minor_of(row["price_unit"], step), str(int(row["quantity"])), str(at)),
            discount=percent_off(str(row["discount"])),
        )
        for at, row in enumerate(document["lines"])
    ]
    priced = price(*lines, using=shop)
    wanted = case["expected"]["base_lines_tax_details"]
    return [
        (
            f"row {at}",
            _with_tax(ours),
            [
                _cents(told["total_excluded"] + told["delta_total_excluded"]),
                _cents(told["taxes_data"][0]["tax_amount"]),
            ],
        )
        for at, (ours, told) in enumerate(zip(priced.lines, wanted, strict=True))
    ]


def _with_tax(priced: PricedLine) -> list[int]:
    return [priced.net_minor, priced.tax_minor]


def _cents(amount: float) -> int:
    """Return cents; the source wrote sums of binary fractions."""
    return round(amount * 100)
