"""Goods that came back and money that went back, on a slip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from pos_app.documents.amounts import slip_amount, slip_price, slip_quantity
from pos_app.documents.kept_back_words import kept_rows
from pos_app.documents.layout import Block, Columns, Rule, Size, Text
from pos_app.documents.tender_words import tender_title
from pos_app.domain.item import SellBy
from pos_app.domain.pricing_result import TaxTotal
from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.sale import Sale
from pos_app.i18n import Words

#: An amount alone at the right edge takes what it needs; names get the rest.
_AMOUNT = 0


def slip_title(sale: Sale, words: Words) -> str:
    """Name the slip by what happened on it."""
    if sale.reverses:
        return words("Reversal slip")
    if not sale.returns:
        return words("Sales slip")
    return words("Exchange slip") if sale.lines else words("Return slip")


def returned_rows(sale: Sale, words: Words, *, is_tax_added: bool) -> Iterable[Block]:
    """Yield what came back, each receipt's goods together, and its worth below.

    Args:
        sale: with its returns, one or more.
        words: in the slip's language.
        is_tax_added: whether the shelf shows prices without tax.
    """
    currency = sale.priced.currency
    for receipt, lines in groupby(sale.returns, _receipt_of):
        yield Text(_heading(sale, receipt, words), bold=True)
        for line in lines:
            yield from _line(line, currency, words)
    yield Rule()
    rates = returned_taxes(sale.returns)
    if is_tax_added:
        for tax in rates:
            yield _amount(tax.name, -tax.tax_minor, currency)
    rounding_minor = sum(line.rounding_minor for line in sale.returns)
    if rounding_minor:
        title = words("Cash rounding when bought")
        yield _amount(title, -rounding_minor, currency)
    worth = slip_amount(-sale.returned_minor, currency)
    yield Columns((words("Returned"), worth), (_AMOUNT,), bold=True)


def outcome_row(sale: Sale, words: Words) -> Columns:
    """Return the line that says who pays whom, in large figures."""
    due_minor = sale.due_minor
    amount = slip_price(abs(due_minor), sale.priced.currency)
    if not due_minor and not sale.lines:
        return Columns((words("No refund"), amount), (_AMOUNT,), bold=True)
    if not due_minor:
        return Columns((words("Even exchange"), amount), (_AMOUNT,), bold=True)
    title = words("To pay") if due_minor > 0 else words("Refund")
    return Columns((title, amount), (_AMOUNT,), Size.LARGE, bold=True)


def refund_rows(
    sale: Sale, words: Words, tender_names: Mapping[str, str]
) -> Iterable[tuple[str, int]]:
    """Yield the cash rounding of a refund and the ways in which the money went.

    Each as (title, minor units).
    """
    if sale.rounding_minor:  # plus when the customer gets less
        yield words("Cash rounding"), -sale.rounding_minor
    for refund in sale.refunds:
        name = tender_names.get(refund.key, refund.key)
        tender = tender_title(refund, name, words)
        yield words("Refunded by {tender}", tender=tender), refund.amount_minor


def returned_taxes(lines: Iterable[ReturnedLine]) -> tuple[TaxTotal, ...]:
    """Add up the tax of returned goods by rate, in order of first use."""
    sums: dict[tuple[str, int], TaxTotal] = {}
    for line in lines:
        for tax in line.taxes:
            key = (tax.code, tax.percentage.millionths)
            before = sums.get(key)
            base_minor = before.base_minor if before else 0
            tax_minor = before.tax_minor if before else 0
            sums[key] = TaxTotal(
                tax.code,
                tax.name,
                tax.percentage,
                base_minor + tax.base_minor,
                tax_minor + tax.tax_minor,
            )
    return tuple(sums.values())


def _receipt_of(line: ReturnedLine) -> str:
    return line.origin.sale_number if line.origin else ""


def _heading(sale: Sale, receipt: str, words: Words) -> str:
    if sale.reverses:
        return words("Mirrors sale {number}", number=receipt)
    if receipt:
        return words("Returned from sale {number}", number=receipt)
    return words("Returned without receipt")


def _line(line: ReturnedLine, currency: str, words: Words) -> Iterable[Block]:
    name = dict(line.names).get(words.language, line.name)
    if line.variant:
        name = f"{name} {line.variant}"
    kept_minor = sum(kept.shelf_minor for kept in line.kept_back)
    paid_minor = line.list_minor - line.discount_minor + kept_minor
    yield Columns((name, slip_amount(-paid_minor, currency)), (_AMOUNT,))
    if line.sell_by is SellBy.WEIGHT or line.quantity != 1:
        yield Text(f"  {slip_quantity(line.quantity)} {line.unit_name}".rstrip())
    yield from kept_rows(line, currency, words)


def _amount(title: str, minor: int, currency: str) -> Columns:
    return Columns((title, slip_amount(minor, currency)), (_AMOUNT,))
