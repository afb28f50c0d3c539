"""A line's last step: all that was computed of it, put together and proven."""

from __future__ import annotations

from typing import TypeAlias

from pos_app.domain.listed_line import ListedLine
from pos_app.domain.pricing_result import LineTax, PricedLine
from pos_app.domain.reduction import PriceStep
from pos_app.domain.tax import PricingRules
from pos_app.domain.tax_calculation import TaxableLine, split_taxes
from pos_app.domain.unit_amounts import UnitAmounts, unit_shares

#: All of a line's steps but the last.
Found: TypeAlias = tuple[
    ListedLine,
    int,
    tuple[PriceStep, ...],
    UnitAmounts,
    TaxableLine,
    tuple[int, ...],
]


def priced_line(found: Found, rules: PricingRules) -> PricedLine:
    """Return a priced line; its sums are checked."""
    goods, _, steps, units, taxable, taxes = found
    tax_minor, total_minor = sum(taxes), taxable.total_minor
    net_minor = total_minor - (tax_minor if rules.prices_include_tax else 0)
    priced = PricedLine(
        line_id=goods.line.line_id,
        quantity=goods.line.quantity,
        unit_price_minor=goods.unit_price_minor,
        list_minor=goods.list_minor,
        discount_minor=goods.list_minor - total_minor,
        total_minor=total_minor,
        net_minor=net_minor,
        tax_minor=tax_minor,
        taxes=tuple(
            LineTax(code=rate.code, base_minor=net_minor, tax_minor=tax)
            for rate, tax in zip(taxable.rates, taxes, strict=True)
        ),
        shares=unit_shares(units, split_taxes(taxable, taxes, rules), rules),
        steps=steps,
    )
    priced.check()
    return priced
