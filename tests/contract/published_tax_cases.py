"""Published cases of tax, turned into baskets and priced by `price_basket`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any, TypeAlias

from pos_app.domain.basket import BasketLine
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.tax import PricingRules, TaxCategory, TaxRate, TaxRounding
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import divide
from tests.builders_pricing import line, price, rules

Case: TypeAlias = dict[str, Any]
#: What it is called, what we say, what was published.
Figure: TypeAlias = tuple[str, object, object]

METHODS = {
    "round_per_line": TaxRounding.LINE,
    "round_globally": TaxRounding.DOCUMENT,
}


class NotExpressibleError(Exception):
    """The case asks for something that our functions do not have."""


def _minor(amount: object, step: Fraction) -> int:
    """Count an amount in steps of the case's currency."""
    count = Fraction(str(amount)) / step
    if count.denominator != 1:
        raise NotExpressibleError(f"{amount} is no multiple of {step}")
    return int(count)


def _flat(taxes: Sequence[Case]) -> list[Case]:
    return [
        leaf
        for tax in taxes
        for leaf in (_flat(tax["children"]) if tax["type"] == "group" else [tax])
    ]


def _plain(taxes: Sequence[Case]) -> list[Case]:
    """Return the taxes when they are percentages that simply add up."""
    flat = _flat(taxes)
    for at, tax in enumerate(flat):
        if tax["type"] != "percent":
            raise NotExpressibleError(f"a tax of type {tax['type']}")
        if "invoice_repartition_line_ids" in tax:
            raise NotExpressibleError("a tax booked to and fro (repartition)")
        affected = [x for x in flat[at + 1 :] if x.get("is_base_affected", True)]
        if tax.get("include_base_amount") and affected:
            raise NotExpressibleError("a tax on a tax")
    return flat


def _included(taxes: Sequence[Case]) -> bool:
    """Tell whether all prices carry their tax; one shop has one way."""
    ways = {tax.get("price_include_override") == "tax_included" for tax in taxes}
    if len(ways) > 1:
        raise NotExpressibleError("prices with and without tax in one document")
    return ways == {True}


def _category(key: str, taxes: Sequence[Case]) -> TaxCategory:
    rates = tuple(
        TaxRate(str(tax["id"]), "", Percentage.parse(str(tax["amount"])))
        for tax in taxes
    )
    return TaxCategory(key, "", rates)


def _rules(
    method: str, taxes: Sequence[Case], categories: Sequence[TaxCategory]
) -> PricingRules:
    return rules(
        METHODS[method], prices_include_tax=_included(taxes), categories=categories
    )


def _decimals(*amounts: object) -> int:
    exponents = [Decimal(str(x)).normalize().as_tuple().exponent for x in amounts]
    return max(0, *(-int(exponent) for exponent in exponents))


def line_tax(case: Case) -> list[Figure]:
    """One line. Where Odoo rounds nothing, we count a thousand times finer."""
    taxes, expected = _plain(case["taxes"]), case["expected"]
    if case["quantity"] <= 0:
        raise NotExpressibleError("a negative quantity")
    step, finer = Fraction(str(case["precision_rounding"])), 1
    if case["rounding_method"] == "round_globally":
        parts = [x for pair in expected["taxes_data"] for x in pair]
        step = Fraction(1, 10 ** _decimals(case["price_unit"], *parts))
        finer = 1000
    shop = _rules(case["rounding_method"], taxes, [_category("case", taxes)])
    unit_minor = _minor(case["price_unit"], step) * finer
    priced = price(line(unit_minor, str(case["quantity"]), "case"), using=shop)
    found = priced.lines[0].taxes
    pairs = [[divide(t.base_minor, finer), divide(t.tax_minor, finer)] for t in found]
    wanted = [[_minor(x, step) for x in pair] for pair in expected["taxes_data"]]
    included = _minor(expected["total_included"], step)
    excluded = _minor(expected["total_excluded"], step)
    return [
        ("with tax", divide(priced.total_minor, finer), included),
        ("without", divide(priced.net_minor, finer), excluded),
        ("taxes", pairs, wanted),
    ]


def document_totals(case: Case) -> list[Figure]:
    """A whole document; a negative line taxed like all others is an allowance."""
    document, expected = case["document"], case["expected"]
    step = Fraction(str(document["currency_rounding"]))
    taxes = [_plain(row.get("tax_ids", [])) for row in document["lines"]]
    categories = [_category(str(at), found) for at, found in enumerate(taxes)]
    shop = _rules(document["rounding_method"], [*chain(*taxes)], categories)
    goods, allowance = [], 0
    for at, row in enumerate(document["lines"]):
        if row.get("discount") or row["quantity"] <= 0:
            raise NotExpressibleError("a discount or a return on a line")
        amount = _minor(row["price_unit"], step)
        if amount >= 0:
            goods.append(line(amount, str(Decimal(str(row["quantity"]))), str(at)))
        elif all(found == taxes[0] for found in taxes):
            allowance -= amount * int(row["quantity"])
        else:
            raise NotExpressibleError("a negative price")
    priced = price(*goods, round_off_minor=allowance, using=shop)
    return [
        *_document_figures(priced, expected, step),
        *_group_figures(priced, expected, taxes, step),
    ]


def _document_figures(
    priced: PricedBasket, expected: Case, step: Fraction
) -> list[Figure]:
    wanted = {
        "base_amount_currency": priced.net_minor,
        "tax_amount_currency": priced.tax_minor,
        "total_amount_currency": priced.total_minor,
    }
    return [
        (name, ours, _minor(expected[name], step))
        for name, ours in wanted.items()
        if name in expected
    ]


def _group_figures(
    priced: PricedBasket,
    expected: Case,
    taxes: Sequence[Sequence[Case]],
    step: Fraction,
) -> list[Figure]:
    """Compare tax by tax group: several rates may stand in one row of a report."""
    group_of = {
        str(t["id"]): str(t.get("tax_group_id", "G1")) for row in taxes for t in row
    }
    figures: list[Figure] = []
    for subtotal in expected.get("subtotals", []):
        for group in subtotal["tax_groups"]:
            codes = {c for c, name in group_of.items() if name == str(group["id"])}
            tax = sum(t.tax_minor for t in priced.taxes if t.code in codes)
            base = sum(
                found.net_minor
                for found in priced.lines
                if codes & {t.code for t in found.taxes}
            )
            ours = [base, tax]
            names = ("base_amount_currency", "tax_amount_currency")
            figures.append(
                (f"group {group['id']}", ours, [_minor(group[n], step) for n in names])
            )
    return figures


def receipt_table(case: Case) -> list[Figure]:
    """A printed table; discount lines lower the goods of their own tax."""
    if not case["lines_sum_to_total"]:
        raise NotExpressibleError("the published lines are not the whole receipt")
    step = Fraction(1, 100)
    sums: dict[str, int] = {}
    for row in case["lines"]:
        amount = _minor(row["price_unit"], step) * int(row["qty"])
        sums[row["tax"]] = sums.get(row["tax"], 0) + amount
    taxes = {tax: _named_tax(tax) for tax in sums}
    shop = _rules(
        "round_per_line",
        [tax for found in taxes.values() for tax in found],
        [_category(name, found) for name, found in taxes.items()],
    )
    goods = [line(None, "1", tax, total_minor=amount) for tax, amount in sums.items()]
    priced = price(*goods, using=shop)
    expected = case["expected"]
    return [
        ("net", priced.net_minor, _minor(expected["net"], step)),
        ("vat", priced.tax_minor, _minor(expected["vat"], step)),
        ("gross", priced.total_minor, _minor(expected["gross"], step)),
    ]


def _named_tax(name: str) -> list[Case]:
    """Read "15% excl", "10% incl" or "/" for none."""
    if name == "/":
        return []
    percent, way = name.split("% ")
    way = "tax_included" if way == "incl" else ""
    return [{"id": name, "amount": percent, "price_include_override": way}]


def cart_totals(case: Case) -> list[Figure]:
    """A cart; what is off a line is given as the line's total, shipping as a line."""
    given, expected = case["input"], case["expected"]
    step = Fraction(1, 100)
    rows = [*given["items"], *given.get("shipping_methods", [])]
    taxes = [[_cart_tax(tax, row) for tax in row["tax_lines"]] for row in rows]
    categories = [_category(str(at), found) for at, found in enumerate(taxes)]
    shop = _rules("round_globally", [*chain(*taxes)], categories)
    goods = [_cart_line(row, at, step) for at, row in enumerate(rows)]
    priced = price(*goods, using=shop)
    wanted = [*expected["items"], *expected.get("shipping_methods", [])]
    return [
        ("total", priced.total_minor, _minor(expected["total"], step)),
        ("tax", priced.tax_minor, _minor(expected["tax_total"], step)),
        *(
            (
                f"row {at}",
                [ours.net_minor + ours.tax_minor, ours.tax_minor],
                [_minor(row["total"], step), _minor(row["tax_total"], step)],
            )
            for at, (ours, row) in enumerate(zip(priced.lines, wanted, strict=True))
        ),
    ]


def _cart_tax(tax: Case, row: Case) -> Case:
    way = "tax_included" if row.get("is_tax_inclusive") else ""
    return {"id": tax["rate"], "amount": tax["rate"], "price_include_override": way}


def _cart_line(row: Case, at: int, step: Fraction) -> BasketLine:
    quantity = row.get("quantity", 1)
    unit_minor = _minor(row.get("unit_price", row.get("amount")), step)
    off = sum(_minor(x["amount"], step) for x in row.get("adjustments", []))
    total = unit_minor * quantity - off if off else None
    return line(unit_minor, str(quantity), str(at), total_minor=total)


def real_receipt(case: Case) -> list[Figure]:
    """A German till's receipt: all its lines where it lists them, else its sums."""
    step, table = Fraction(1, 100), case["expected"]["vat_table"] or []
    rates = [_category(str(row["rate"]), [_german(row["rate"])]) for row in table]
    sums: dict[str, int] = {}
    for item in case["items"] or []:
        code = str(item["code"])
        sums[code] = sums.get(code, 0) + _minor(item["amount"], step)
    by_gross = {_minor(row["gross"], step): str(row["rate"]) for row in table}
    if sums and (not table or set(sums.values()) == set(by_gross)):
        goods = [
            line(
                _minor(x["amount"], step), "1", by_gross.get(sums[str(x["code"])], "-")
            )
            for x in case["items"]
        ]
    else:
        goods = [line(gross, "1", key) for gross, key in by_gross.items()]
    priced = price(*goods, using=rules(categories=[*rates, TaxCategory("-", "", ())]))
    found = {t.code: [t.base_minor, t.tax_minor] for t in priced.taxes}
    return [
        ("total", priced.total_minor, _minor(case["expected"]["total"], step)),
        *(
            (
                f"{row['rate']} %",
                found[str(row["rate"])],
                [_minor(row["net"], step), _minor(row["vat"], step)],
            )
            for row in table
        ),
    ]


def _german(percent: int) -> Case:
    return {"id": percent, "amount": percent, "price_include_override": "tax_included"}
