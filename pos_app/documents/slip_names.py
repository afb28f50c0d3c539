"""A finished sale in the words of another language: cashier and taxes.

The document keeps what they were called when it ended. A slip in another language
says them in that language where the shop has given the name, and as they were
called where it has not, or has another name by now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pos_app.domain.permission import Staff
from pos_app.domain.pricing_result import TaxTotal
from pos_app.domain.sale import Sale
from pos_app.domain.tax import PricingRules

_TaxKey = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class SlipNames:
    """Names in one language.

    Attributes:
        people: by staff id and the name in the shop's language.
        taxes: by code, rate and name in the shop's language: code and name.
    """

    people: Mapping[tuple[str, str], str] = field(default_factory=dict)
    taxes: Mapping[_TaxKey, tuple[str, str]] = field(default_factory=dict)


def names_in(language: str, staff: Iterable[Staff], rules: PricingRules) -> SlipNames:
    """Return the names that the shop has given in a language."""
    people = {
        (each.staff_id, each.name): name
        for each in staff
        if (name := dict(each.names).get(language))
    }
    taxes: dict[_TaxKey, tuple[str, str]] = {}
    for category in rules.tax_categories:
        for rate in category.rates:
            name = dict(rate.names).get(language)
            if name:
                # A code such as 免税 is a word; its percentage is understood anywhere.
                code = rate.code if rate.code.isascii() else str(rate.percentage)
                key = (rate.code, rate.percentage.millionths, rate.name)
                taxes[key] = (code, name)
    return SlipNames(people, taxes)


def said_in(sale: Sale, names: SlipNames) -> Sale:
    """Return a sale with its cashier and taxes named in the slip's language."""
    cashier = names.people.get((sale.cashier_id, sale.cashier_name), sale.cashier_name)
    if not names.taxes:
        return replace(sale, cashier_name=cashier)
    totals = tuple(_named(tax, names) for tax in sale.priced.taxes)
    codes = {
        old.code: new.code for old, new in zip(sale.priced.taxes, totals, strict=True)
    }
    lines = tuple(
        replace(
            line,
            priced=replace(
                line.priced,
                taxes=tuple(
                    replace(tax, code=codes.get(tax.code, tax.code))
                    for tax in line.priced.taxes
                ),
            ),
        )
        for line in sale.lines
    )
    returns = tuple(
        replace(line, taxes=tuple(_named(tax, names) for tax in line.taxes))
        for line in sale.returns
    )
    priced = replace(sale.priced, taxes=totals, lines=tuple(x.priced for x in lines))
    return replace(
        sale, cashier_name=cashier, priced=priced, lines=lines, returns=returns
    )


def _named(tax: TaxTotal, names: SlipNames) -> TaxTotal:
    key = (tax.code, tax.percentage.millionths, tax.name)
    code, name = names.taxes.get(key, (tax.code, tax.name))
    return replace(tax, code=code, name=name)
