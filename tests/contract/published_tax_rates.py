"""Published taxes of every type as what a till has: percentages of net, and fees.

A tax on a tax, and one that is a share of its own result, are the percentage of net
that they amount to. A fixed amount for each piece is an item of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from pos_app.domain.basket import BasketLine
from pos_app.domain.tax import PricingRules, TaxCategory, TaxRate, TaxRounding
from pos_app.values.percentage import Percentage
from tests.builders_pricing import line, rules

Case: TypeAlias = dict[str, Any]
#: What it is called, what we say, what was published.
Figure: TypeAlias = tuple[str, object, object]

METHODS = {
    "round_per_line": TaxRounding.LINE,
    "round_globally": TaxRounding.DOCUMENT,
}
UNTAXED = TaxCategory("untaxed", "", ())


class NotExpressibleError(Exception):
    """The case asks for something that our functions do not have."""


def minor_of(amount: object, step: Fraction) -> int:
    """Count an amount in steps of the case's currency."""
    count = Fraction(str(amount)) / step
    if count.denominator != 1:
        raise NotExpressibleError(f"{amount} is no multiple of {step}")
    return int(count)


def flat(taxes: Sequence[Case]) -> list[Case]:
    """Return the taxes with those of groups in the place of their group."""
    return [
        leaf
        for tax in taxes
        for leaf in (flat(tax["children"]) if tax["type"] == "group" else [tax])
    ]


def net_rates(taxes: Sequence[Case]) -> list[Case]:
    """Return all taxes but fixed ones, `amount` as a percentage of net.

    A tax whose base is another than the net has `is_on_tax`.
    """
    found = [tax for tax in flat(taxes) if tax["type"] != "fixed"]
    if any("invoice_repartition_line_ids" in tax for tax in found):
        raise NotExpressibleError("a tax booked to and fro (repartition)")
    types = {tax["type"] for tax in found}
    if not types <= {"percent", "division"} or len(types) > 1:
        raise NotExpressibleError(f"taxes of the types {sorted(types)}")
    return _of_results(found) if types == {"division"} else _on_taxes(found)


def _of_results(taxes: Sequence[Case]) -> list[Case]:
    """Shares of the result: what is left of it is the net."""
    net = 100 - sum(Fraction(str(tax["amount"])) for tax in taxes)
    return [tax | {"amount": Fraction(str(tax["amount"])) * 100 / net} for tax in taxes]


def _on_taxes(taxes: Sequence[Case]) -> list[Case]:
    """A tax is laid on the net and on those before it that say so."""
    found, base = [], Fraction(1)
    for tax in taxes:
        its_base = base if tax.get("is_base_affected", True) else Fraction(1)
        amount = Fraction(str(tax["amount"])) * its_base
        found.append(tax | {"amount": amount, "is_on_tax": its_base != 1})
        if tax.get("include_base_amount"):
            base += amount / 100
    return found


def are_included(taxes: Sequence[Case]) -> bool:
    """Tell whether all prices carry their tax; one shop has one way."""
    ways = {tax.get("price_include_override") == "tax_included" for tax in taxes}
    if len(ways) > 1:
        raise NotExpressibleError("prices with and without tax in one document")
    return ways == {True}


def category(key: str, taxes: Sequence[Case]) -> TaxCategory:
    """Return the rates of a line; to a millionth, as the till stores them."""
    rates = tuple(
        TaxRate(str(tax["id"]), "", Percentage(round(_percent(tax["amount"]) * 10_000)))
        for tax in taxes
    )
    return TaxCategory(key, "", rates)


def _percent(amount: object) -> Fraction:
    return amount if isinstance(amount, Fraction) else Fraction(str(amount))


def shop_of(
    method: str, taxes: Sequence[Case], categories: Sequence[TaxCategory]
) -> PricingRules:
    """Return a shop that rounds so, and whose prices carry these taxes or not."""
    return rules(
        METHODS[method], prices_include_tax=are_included(taxes), categories=categories
    )


@dataclass(frozen=True, slots=True)
class Fees:
    """What one piece costs in fixed amounts, in minor units.

    Attributes:
        taxed: without tax, sold at the rates of the goods. untaxed: sold without any.
        inside: what of the goods' price is fees, with tax where prices carry it.
    """

    taxed: int = 0
    untaxed: int = 0
    inside: int = 0

    @property
    def all(self) -> int:
        """All that Odoo calls a tax of a piece."""
        return self.taxed + self.untaxed


def fees_of(taxes: Sequence[Case], step: Fraction) -> Fees:
    """Read the fixed taxes of a line."""
    leaves, taxed, untaxed, inside = flat(taxes), 0, 0, Fraction(0)
    share = sum((tax["amount"] for tax in net_rates(taxes)), Fraction(0)) / 100
    for at, tax in enumerate(leaves):
        if tax["type"] != "fixed":
            continue
        amount = minor_of(tax["amount"], step)
        later = [x for x in leaves[at + 1 :] if x["type"] != "fixed"]
        is_taxed = bool(tax.get("include_base_amount") and later)
        if is_taxed and len(later) < len(net_rates(taxes)):
            raise NotExpressibleError("a fee under some rates of its goods only")
        taxed += amount * is_taxed
        untaxed += amount * (not is_taxed)
        if tax.get("price_include_override") == "tax_included":
            inside += amount * (1 + share * is_taxed)
    if inside.denominator != 1:
        raise NotExpressibleError("a fee of a fraction of the smallest coin")
    return Fees(taxed, untaxed, int(inside))


def goods_and_fees(
    unit_minor: int, count: str, key: str, fees: Fees
) -> list[BasketLine]:
    """Return the goods, and the fees of their pieces as items of their own."""
    if unit_minor < fees.inside:
        raise NotExpressibleError("a fee above the price that carries it")
    made = [line(unit_minor - fees.inside, count, key)]
    if fees.taxed:
        made.append(line(fees.inside or fees.taxed, count, key))
    if fees.untaxed:
        made.append(line(fees.untaxed, count, UNTAXED.key))
    return made
