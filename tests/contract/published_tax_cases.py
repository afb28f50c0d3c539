"""Published cases of tax, turned into baskets and priced by `price_basket`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import chain

from pos_app.domain.basket import BasketLine
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.tax import TaxCategory
from pos_app.values.rounding import divide
from tests.builders_pricing import line, price, rules
from tests.contract.published_tax_rates import (
    UNTAXED,
    Case,
    Figure,
    NotExpressibleError,
    category,
    fees_of,
    flat,
    goods_and_fees,
    minor_of,
    net_rates,
    shop_of,
)


def _decimals(*amounts: object) -> int:
    exponents = [Decimal(str(x)).normalize().as_tuple().exponent for x in amounts]
    return max(0, *(-int(exponent) for exponent in exponents))


def line_tax(case: Case) -> list[Figure]:
    """One line. Where Odoo rounds nothing, we count a thousand times finer."""
    taxes, expected = net_rates(case["taxes"]), case["expected"]
    if case["quantity"] <= 0:
        raise NotExpressibleError("a negative quantity")
    step, finer = Fraction(str(case["precision_rounding"])), 1
    if case["rounding_method"] == "round_globally":
        parts = [x for pair in expected["taxes_data"] for x in pair]
        step = Fraction(1, 10 ** _decimals(case["price_unit"], *parts))
        finer = 1000
    shop = shop_of(case["rounding_method"], taxes, [category("case", taxes), UNTAXED])
    fees = fees_of(case["taxes"], step / finer)
    unit_minor = minor_of(case["price_unit"], step) * finer
    count = str(case["quantity"])
    priced = price(*goods_and_fees(unit_minor, count, "case", fees), using=shop)
    included = minor_of(expected["total_included"], step)
    excluded = minor_of(expected["total_excluded"], step)
    fees_in_all = int(fees.all * Decimal(count))
    return [
        ("with tax", divide(priced.total_minor, finer), included),
        ("without", divide(priced.net_minor - fees_in_all, finer), excluded),
        *_line_taxes(case, priced, step, finer),
    ]


def _line_taxes(
    case: Case, priced: PricedBasket, step: Fraction, finer: int
) -> list[Figure]:
    """Compare tax by tax; its base too, where that is the net."""
    figures: list[Figure] = []
    wanted = zip(flat(case["taxes"]), case["expected"]["taxes_data"], strict=True)
    rates = {str(tax["id"]): tax for tax in net_rates(case["taxes"])}
    for tax, (base, amount) in wanted:
        code = str(tax["id"])
        if code in rates:
            (ours,) = (found for found in priced.taxes if found.code == code)
            found, told = [divide(ours.tax_minor, finer)], [minor_of(amount, step)]
            if not rates[code].get("is_on_tax"):
                found.append(divide(ours.base_minor, finer))
                told.append(minor_of(base, step))
            figures.append((f"tax {code} and its base", found, told))
    return figures


def receipt_table(case: Case) -> list[Figure]:
    """A printed table; discount lines lower the goods of their own tax."""
    if not case["lines_sum_to_total"]:
        raise NotExpressibleError("the published lines are not the whole receipt")
    step = Fraction(1, 100)
    sums: dict[str, int] = {}
    for row in case["lines"]:
        amount = minor_of(row["price_unit"], step) * int(row["qty"])
        sums[row["tax"]] = sums.get(row["tax"], 0) + amount
    taxes = {tax: _named_tax(tax) for tax in sums}
    shop = shop_of(
        "round_per_line",
        [tax for found in taxes.values() for tax in found],
        [category(name, found) for name, found in taxes.items()],
    )
    goods = [line(None, "1", tax, total_minor=amount) for tax, amount in sums.items()]
    priced = price(*goods, using=shop)
    expected = case["expected"]
    return [
        ("net", priced.net_minor, minor_of(expected["net"], step)),
        ("vat", priced.tax_minor, minor_of(expected["vat"], step)),
        ("gross", priced.total_minor, minor_of(expected["gross"], step)),
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
    categories = [category(str(at), found) for at, found in enumerate(taxes)]
    shop = shop_of("round_globally", [*chain(*taxes)], categories)
    goods = [_cart_line(row, at, step) for at, row in enumerate(rows)]
    priced = price(*goods, using=shop)
    wanted = [*expected["items"], *expected.get("shipping_methods", [])]
    return [
        ("total", priced.total_minor, minor_of(expected["total"], step)),
        ("tax", priced.tax_minor, minor_of(expected["tax_total"], step)),
        *(
            (
                f"row {at}",
                [ours.net_minor + ours.tax_minor, ours.tax_minor],
                [minor_of(row["total"], step), minor_of(row["tax_total"], step)],
            )
            for at, (ours, row) in enumerate(zip(priced.lines, wanted, strict=True))
        ),
    ]


def _cart_tax(tax: Case, row: Case) -> Case:
    way = "tax_included" if row.get("is_tax_inclusive") else ""
    return {"id": tax["rate"], "amount": tax["rate"], "price_include_override": way}


def _cart_line(row: Case, at: int, step: Fraction) -> BasketLine:
    quantity = row.get("quantity", 1)
    unit_minor = minor_of(row.get("unit_price", row.get("amount")), step)
    off = sum(minor_of(x["amount"], step) for x in row.get("adjustments", []))
    total = unit_minor * quantity - off if off else None
    return line(unit_minor, str(quantity), str(at), total_minor=total)


def real_receipt(case: Case) -> list[Figure]:
    """A German till's receipt: all its lines where it lists them, else its sums."""
    step, table = Fraction(1, 100), case["expected"]["vat_table"] or []
    rates = [category(str(row["rate"]), [_german(row["rate"])]) for row in table]
    sums: dict[str, int] = {}
    for item in case["items"] or []:
        code = str(item["code"])
        sums[code] = sums.get(code, 0) + minor_of(item["amount"], step)
    by_gross = {minor_of(row["gross"], step): str(row["rate"]) for row in table}
    if sums and (not table or set(sums.values()) == set(by_gross)):
        goods = [
            line(
                minor_of(x["amount"], step),
                "1",
                by_gross.get(sums[str(x["code"])], "-"),
            )
            for x in case["items"]
        ]
    else:
        goods = [line(gross, "1", key) for gross, key in by_gross.items()]
    priced = price(*goods, using=rules(categories=[*rates, TaxCategory("-", "", ())]))
    found = {t.code: [t.base_minor, t.tax_minor] for t in priced.taxes}
    return [
        ("total", priced.total_minor, minor_of(case["expected"]["total"], step)),
        *(
            (
                f"{row['rate']} %",
                found[str(row["rate"])],
                [minor_of(row["net"], step), minor_of(row["vat"], step)],
            )
            for row in table
        ),
    ]


def _german(percent: int) -> Case:
    return {"id": percent, "amount": percent, "price_include_override": "tax_included"}


def adapted_price(case: Case) -> list[Figure]:
    """A piece whose taxes become others; the till keeps the price on the shelf."""
    step, kept = Fraction(1, 100), []
    minor = minor_of(case["price_unit"], step)
    ways = [net_rates(case[name]) for name in ("original_taxes", "new_taxes")]
    for taxes in ways:
        shop = shop_of("round_per_line", [*chain(*ways)], [category("case", taxes)])
        kept.append(price(line(minor, "1", "case"), using=shop).list_minor)
    wanted = minor_of(case["expected_price_unit"], step)
    return [("the price under either", kept, [minor, wanted])]
