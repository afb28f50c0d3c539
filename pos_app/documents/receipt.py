"""The slip of a finished sale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pos_app.documents.amounts import slip_amount, slip_price, slip_quantity
from pos_app.documents.heading import moment, shop_heading, till_and_cashier
from pos_app.documents.layout import (
    Align,
    Barcode,
    Block,
    Columns,
    Cut,
    Image,
    Layout,
    QrCode,
    Rule,
    RuleStyle,
    Size,
    Text,
)
from pos_app.documents.reduction_rows import line_rows, sale_rows
from pos_app.documents.returned_goods import (
    outcome_row,
    refund_rows,
    returned_rows,
    returned_taxes,
    slip_title,
)
from pos_app.documents.tender_words import tender_title
from pos_app.domain.item import SellBy
from pos_app.domain.pricing_result import TaxTotal
from pos_app.domain.sale import Sale, SaleLine
from pos_app.domain.shop import Shop
from pos_app.i18n import Words

#: An amount alone at the right edge takes what it needs; names get the rest.
_AMOUNT = 0
#: Columns of net and tax in the tax table, so that its figures stand in columns.
_NET, _TAX = 8, 7


def receipt(  # noqa: PLR0913 - a slip is made from all of these, none is optional
    sale: Sale,
    shop: Shop,
    words: Words,
    *,
    copy_number: int,
    tender_names: Mapping[str, str],
    local_time: datetime,
    logo_png: bytes | None = None,
) -> Layout:
    """Lay out the slip that the customer takes home.

    Args:
        sale: the finished sale.
        shop: whose name and tax number stand on top.
        words: in the slip's language.
        copy_number: 0 is the original; a reprint says COPY 1, 2 ...
        tender_names: name of each tender key, in the slip's language.
        local_time: when the sale ended, on the shop's clock.
        logo_png: the shop's logo, printed above its name.

    Returns:
        The layout; list prices of the lines, what was let go, the total, the
        tax by rate and the tenders add up to the cent.
    """
    blocks: list[Block] = [Image(logo_png)] if logo_png else []
    blocks += shop_heading(shop, words)
    if copy_number > 0:
        mark = words("COPY {number}", number=copy_number)
        blocks.append(Text(mark, Align.CENTRE, Size.LARGE, bold=True))
    blocks += _identity(sale, words, local_time)
    blocks.append(Rule())
    for line in sale.lines:
        blocks += _line(line, sale, words)
    if sale.lines:
        blocks.append(Rule())
        blocks += _sums(sale, shop, words)
        blocks += _taxes(sale.priced.taxes, sale, shop, words)
    if sale.returns:
        blocks += _returns(sale, shop, words)
    is_refund = sale.due_minor < 0
    rows = refund_rows if is_refund else _tenders
    money = list(rows(sale, words, tender_names))
    blocks += (Rule(), *money) if money else ()
    blocks += _ending(sale, shop)
    return Layout(tuple(blocks), words.language)


def _identity(sale: Sale, words: Words, local_time: datetime) -> Iterable[Block]:
    title = slip_title(sale, words)
    yield Columns((title, sale.number), (len(sale.number),), bold=True)
    yield till_and_cashier(sale.till, sale.cashier_name, words)
    yield moment(local_time, words)


def _line(line: SaleLine, sale: Sale, words: Words) -> Iterable[Block]:
    currency = sale.priced.currency
    name = dict(line.names).get(words.language, line.name)
    if line.variant:
        name = f"{name} {line.variant}"
    cells, widths = [name, slip_amount(line.priced.list_minor, currency)], [_AMOUNT]
    if len(sale.priced.taxes) > 1:
        # Which rate a line carries can only be asked where there are several.
        codes = [tax.code for tax in sale.priced.taxes]
        cells.append(" ".join(tax.code for tax in line.priced.taxes))
        # One more than the longest: a drawn % is wider than a figure.
        widths.append(max(len(code) for code in codes) + 1)
    yield Columns(tuple(cells), tuple(widths))
    if line.sell_by is SellBy.WEIGHT or line.priced.quantity != 1:
        yield Text("  " + _quantity_times_price(line, currency))
    yield from line_rows(line.priced, currency, words)
    if line.note:
        yield Text("  " + words("Note: {note}", note=line.note))


def _quantity_times_price(line: SaleLine, currency: str) -> str:
    quantity = slip_quantity(line.priced.quantity)
    price = slip_amount(line.priced.unit_price_minor, currency)
    if line.sell_by is SellBy.WEIGHT:
        return f"{quantity} {line.unit_name} × {price}/{line.unit_name}"
    unit = f" {line.unit_name}" if line.unit_name else ""
    return f"{quantity}{unit} × {price}"


def _sums(sale: Sale, shop: Shop, words: Words) -> Iterable[Block]:
    priced = sale.priced
    currency = priced.currency
    is_added = not shop.rules.prices_include_tax
    if priced.discount_minor or (is_added and priced.tax_minor):
        yield _amount(words("Subtotal"), priced.list_minor, currency)
    yield from sale_rows(sale, words, is_tax_added=is_added)
    if is_added:
        for tax in priced.taxes:
            yield _amount(f"{tax.name}", tax.tax_minor, currency)
    total = slip_price(priced.total_minor, currency)
    if sale.returns:  # the outcome below is what is paid
        yield Columns((words("New goods"), total), (0,), bold=True)
    else:
        yield Columns((words("Total"), total), (0,), Size.LARGE, bold=True)
    yield Text(
        words.plural("{count} item", "{count} items", priced.item_count), Align.RIGHT
    )


def _returns(sale: Sale, shop: Shop, words: Words) -> Iterable[Block]:
    is_added = not shop.rules.prices_include_tax
    if sale.lines:
        yield Rule(RuleStyle.DOUBLE)
    yield from returned_rows(sale, words, is_tax_added=is_added)
    yield outcome_row(sale, words)
    negative = [
        replace(tax, base_minor=-tax.base_minor, tax_minor=-tax.tax_minor)
        for tax in returned_taxes(sale.returns)
    ]
    yield from _taxes(negative, sale, shop, words)


def _taxes(
    taxes: Sequence[TaxTotal], sale: Sale, shop: Shop, words: Words
) -> Iterable[Block]:
    priced = sale.priced
    if not taxes:
        return
    yield Rule()
    is_included = shop.rules.prices_include_tax
    title = words("Tax included") if is_included else words("Tax added")
    widths = (_NET, _TAX)
    yield Columns((title, words("Net"), words("Tax")), widths)
    for tax in taxes:
        # The code is said only where the name does not say it already.
        name = tax.name if tax.code in tax.name else f"{tax.code} {tax.name}"
        base = slip_amount(tax.base_minor, priced.currency)
        amount = slip_amount(tax.tax_minor, priced.currency)
        yield Columns((name, base, amount), widths)


def _tenders(
    sale: Sale, words: Words, tender_names: Mapping[str, str]
) -> Iterable[Block]:
    currency = sale.priced.currency
    if sale.rounding_minor:
        yield _amount(words("Cash rounding"), sale.rounding_minor, currency)
    for tender in sale.tenders:
        name = tender_names.get(tender.key, tender.key)
        yield _amount(tender_title(tender, name, words), tender.amount_minor, currency)
    if sale.change_minor:
        change = slip_amount(sale.change_minor, currency)
        yield Columns((words("Change"), change), (_AMOUNT,), bold=True)


def _amount(title: str, minor: int, currency: str) -> Columns:
    return Columns((title, slip_amount(minor, currency)), (_AMOUNT,))


def _ending(sale: Sale, shop: Shop) -> Iterable[Block]:
    yield Rule()
    for line in shop.slip_footer.splitlines():
        yield Text(line, Align.CENTRE)
    # RFC 9562 names a UUID as a URN: any till that reads it finds this sale.
    yield QrCode(f"urn:uuid:{sale.sale_id}", module_dots=4)
    yield Barcode("code128", sale.number)
    yield Cut()
