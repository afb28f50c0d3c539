"""Adds the lines of a basket up: what is owed, and how much tax of which rate."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from pos_app.domain.pricing_result import PricedBasket, PricedLine, TaxTotal
from pos_app.domain.promotion.application import Promoted
from pos_app.domain.tax import PricingRules, TaxRate
from pos_app.domain.tax_calculation import TaxableLine, rate_key


def summed(
    lines: tuple[PricedLine, ...],
    taxable: Sequence[TaxableLine],
    rules: PricingRules,
    promoted: Promoted,
) -> PricedBasket:
    """Return the priced basket of its priced lines.

    Args:
        lines: in order.
        taxable: the same lines, with their rates.
        rules: for the currency.
        promoted: what promotions did.
    """
    net_minor = sum([line.net_minor for line in lines])
    tax_minor = sum([line.tax_minor for line in lines])
    return PricedBasket(
        currency=rules.currency,
        lines=lines,
        list_minor=sum([line.list_minor for line in lines]),
        discount_minor=sum([line.discount_minor for line in lines]),
        net_minor=net_minor,
        taxes=_tax_totals(lines, taxable),
        tax_minor=tax_minor,
        total_minor=net_minor + tax_minor,
        item_count=sum([share.count for line in lines for share in line.shares]),
        promoted=promoted,
    )


def _tax_totals(
    lines: Sequence[PricedLine], taxable: Sequence[TaxableLine]
) -> tuple[TaxTotal, ...]:
    """Add up the tax by rate, in the order in which the slip meets the rates."""
    kinds = {id(known.rates): known.rates for known in taxable}
    names: dict[tuple[str, int], TaxRate] = {}
    for rate in chain.from_iterable(kinds.values()):
        names.setdefault(rate_key(rate), rate)
    keys = {kind: tuple(map(rate_key, rates)) for kind, rates in kinds.items()}
    sums = {key: [0, 0] for key in names}
    for line, known in zip(lines, taxable, strict=True):
        for key, tax in zip(keys[id(known.rates)], line.taxes, strict=True):
            both = sums[key]
            both[0] += tax.base_minor
            both[1] += tax.tax_minor
    return tuple(
        TaxTotal(rate.code, rate.name, rate.percentage, *sums[key])
        for key, rate in names.items()
    )
