"""Published documents (Odoo): their sums, their taxes by group, and what is cash."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import chain

from pos_app.domain.payment import Payment
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.tax import CashRounding
from tests.builders_pricing import price
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


def document_totals(case: Case) -> list[Figure]:
    """A whole document; a negative line taxed like all others is an allowance."""
    document, expected = case["document"], case["expected"]
    step = Fraction(str(document["currency_rounding"]))
    taxes = [net_rates(row.get("tax_ids", [])) for row in document["lines"]]
    categories = [category(str(at), found) for at, found in enumerate(taxes)]
    shop = shop_of(
        document["rounding_method"], [*chain(*taxes)], [*categories, UNTAXED]
    )
    goods, allowance, fees_in_all = [], 0, 0
    for at, row in enumerate(document["lines"]):
        if row.get("discount") or row["quantity"] <= 0:
            raise NotExpressibleError("a discount or a return on a line")
        amount, count = minor_of(row["price_unit"], step), Decimal(str(row["quantity"]))
        fees = fees_of(row.get("tax_ids", []), step)
        fees_in_all += int(fees.all * count)
        if amount >= 0:
            goods += goods_and_fees(amount, str(count), str(at), fees)
        elif all(found == taxes[0] for found in taxes) and not fees.all:
            allowance -= amount * int(row["quantity"])
        else:
            raise NotExpressibleError("a negative price")
    priced = price(*goods, round_off_minor=allowance, using=shop)
    return [
        *document_figures(priced, expected, step, fees_in_all),
        *group_figures(priced, document, expected, step),
        *_cash_figures(priced, document, expected, step),
    ]


def _cash_figures(
    priced: PricedBasket, document: Case, expected: Case, step: Fraction
) -> list[Figure]:
    """A document paid in cash: what is rounded stands beside the sums."""
    if "cash_rounding" not in document:
        return []
    told = document["cash_rounding"]
    if told["strategy"] != "add_invoice_line" and not priced.taxes:
        return []  # it is taken off a tax, and there is none
    if told["strategy"] != "add_invoice_line":
        raise NotExpressibleError("cash rounding that changes a tax")
    coin = CashRounding(minor_of(told["rounding"], step))
    rounded = Payment(priced.total_minor, coin).cash_due_minor - priced.total_minor
    wanted = minor_of(expected.get("cash_rounding_base_amount_currency", 0), step)
    return [("cash rounding", rounded, wanted)]


def document_figures(
    priced: PricedBasket, expected: Case, step: Fraction, fees_minor: int = 0
) -> list[Figure]:
    """Compare the sums; fees are goods of ours and a tax of theirs."""
    wanted = {
        "base_amount_currency": priced.net_minor - fees_minor,
        "tax_amount_currency": priced.tax_minor + fees_minor,
        "total_amount_currency": priced.total_minor,
    }
    rounded = expected.get("cash_rounding_base_amount_currency", 0)
    wanted["total_amount_currency"] += minor_of(rounded, step)
    return [
        (name, ours, minor_of(expected[name], step))
        for name, ours in wanted.items()
        if name in expected
    ]


def group_figures(
    priced: PricedBasket, document: Case, expected: Case, step: Fraction
) -> list[Figure]:
    """Compare tax by tax group: several rates may stand in one row of a report."""
    taxes = [net_rates(row.get("tax_ids", [])) for row in document["lines"]]
    fees = _fees_by_group(document, step)
    group_of = {
        str(t["id"]): str(t.get("tax_group_id", "G1")) for row in taxes for t in row
    }
    on_taxes = {str(t["id"]) for row in taxes for t in row if t.get("is_on_tax")}
    figures: list[Figure] = []
    for subtotal in expected.get("subtotals", []):
        for group in subtotal["tax_groups"]:
            codes = {c for c, name in group_of.items() if name == str(group["id"])}
            if not codes:
                continue  # of fees, which are goods of ours
            fee = fees.get(str(group["id"]), 0)
            ours = [sum(t.tax_minor for t in priced.taxes if t.code in codes) + fee]
            names = ["tax_amount_currency"]
            if not codes & on_taxes:
                names.append("base_amount_currency")
                ours.append(_base_of(codes, priced) - fee)
            told = [minor_of(group[name], step) for name in names]
            figures.append((f"group {group['id']}", ours, told))
    return figures


def _fees_by_group(document: Case, step: Fraction) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in document["lines"]:
        for tax in flat(row.get("tax_ids", [])):
            if tax["type"] == "fixed":
                key = str(tax.get("tax_group_id", "G1"))
                amount = minor_of(tax["amount"], step) * int(row["quantity"])
                found[key] = found.get(key, 0) + amount
    return found


def _base_of(codes: set[str], priced: PricedBasket) -> int:
    return sum(
        found.net_minor
        for found in priced.lines
        if codes & {tax.code for tax in found.taxes}
    )
