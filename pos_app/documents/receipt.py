"""The slip of a finished sale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos_app.documents.amounts import slip_amount, slip_price, slip_quantity
from pos_app.documents.heading import (
    FULL_HEADING,
    moment,
    shop_heading,
    till_and_cashier,
)
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
from pos_app.documents.member_block import MemberSlip, member_blocks
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
from pos_app.domain.slip_form import SlipStyle
from pos_app.i18n import Words

#: An amount alone at the right edge takes what it needs; names get the rest.
_AMOUNT = 0
#: Columns of net and tax in the tax table, so that its figures stand in columns.
NET_COLUMNS, TAX_COLUMNS = 8, 7


def receipt(  # noqa: PLR0913 - a slip is made from all of these, none is optional
    sale: Sale,
    shop: Shop,
    words: Words,
    *,
    copy_number: int,
    tender_names: Mapping[str, str],
    local_time: datetime,
    logo_png: bytes | None = None,
    style: SlipStyle = FULL_HEADING,
    member: MemberSlip | None = None,
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
        style: the shop's switches and words.
        member: what it says to a member; None for nobody.

    Returns:
        The layout; list prices of the lines, what was let go, the total, the
        tax by rate and the tenders add up to the cent.
    """
    blocks: list[Block] = [Image(logo_png)] if logo_png and style.logo else []
    blocks += shop_heading(shop, words, style)
    if copy_number > 0:
        mark = words("COPY {number}", number=copy_number)
        blocks.append(Text(mark, Align.CENTRE, Size.LARGE, bold=True))
    blocks += identity_blocks(sale, words, local_time)
    blocks.append(Rule())
    for line in sale.lines:
        blocks += line_blocks(line, sale, words, style)
    if sale.lines:
        blocks.append(Rule())
        blocks += sums_blocks(sale, shop, words, style)
        blocks += tax_blocks(sale.priced.taxes, sale, shop, words)
    if sale.returns:
        blocks += returns_blocks(sale, shop, words)
    money = tuple(money_blocks(sale, words, tender_names))
    blocks += (Rule(), *money) if money else ()
    blocks += member_blocks(member, words)
    blocks += (Rule(), *foot_blocks(sale, shop, words, style), Cut())
    return Layout(tuple(blocks), words.language)


def identity_blocks(sale: Sale, words: Words, local_time: datetime) -> Iterable[Block]:
    """Yield which slip it is: number, till, cashier, time."""
    title = slip_title(sale, words)
    yield Columns((title, sale.number), (_AMOUNT,), bold=True)
    yield till_and_cashier(sale.till, sale.cashier_name, words)
    yield moment(local_time, words)


def line_name(line: SaleLine, language: str, style: SlipStyle) -> str:
    """Name a sold line: number if wanted, name in the language, variant."""
    name = dict(line.names).get(language, line.name)
    if line.variant:
        name = f"{name} {line.variant}"
    return f"{line.sku} {name}" if style.item_numbers and line.sku else name


def tax_code_columns(sale: Sale) -> int:
    """Return the columns of a line's tax code; 0 where there is one rate only."""
    codes = [tax.code for tax in sale.priced.taxes]
    # Which rate a line carries can only be asked where there are several. One more
    # than the longest: a drawn % is wider than a figure.
    return max(len(code) for code in codes) + 1 if len(codes) > 1 else 0


def line_blocks(
    line: SaleLine, sale: Sale, words: Words, style: SlipStyle
) -> Iterable[Block]:
    """Yield a sold line: name and amount, how many, what came off, its note."""
    currency = sale.priced.currency
    amount = slip_amount(line.priced.list_minor, currency)
    cells, widths = [line_name(line, words.language, style), amount], [_AMOUNT]
    if columns := tax_code_columns(sale):
        cells.append(" ".join(tax.code for tax in line.priced.taxes))
        widths.append(columns)
    yield Columns(tuple(cells), tuple(widths))
    if detail := quantity_times_price(line, currency):
        yield Text("  " + detail)
    if style.line_discounts:
        yield from line_rows(line.priced, currency, words)
    if line.note:
        yield Text("  " + words("Note: {note}", note=line.note))


def quantity_times_price(line: SaleLine, currency: str) -> str:
    """Write how many at which price; "" for a single piece."""
    if line.sell_by is not SellBy.WEIGHT and line.priced.quantity == 1:
        return ""
    quantity = slip_quantity(line.priced.quantity)
    price = slip_amount(line.priced.unit_price_minor, currency)
    if line.sell_by is SellBy.WEIGHT:
        return f"{quantity} {line.unit_name} × {price}/{line.unit_name}"
    unit = f" {line.unit_name}" if line.unit_name else ""
    return f"{quantity}{unit} × {price}"


def sums_blocks(
    sale: Sale, shop: Shop, words: Words, style: SlipStyle
) -> Iterable[Block]:
    """Yield what leads from the lines to the total, and the total."""
    priced = sale.priced
    for title, minor in sum_rows_of(sale, shop, words):
        yield _amount(title, minor, priced.currency)
    total = slip_price(priced.total_minor, priced.currency)
    if sale.returns:  # the outcome below is what is paid
        yield Columns((words("New goods"), total), (_AMOUNT,), bold=True)
    else:
        yield Columns((words("Total"), total), (_AMOUNT,), Size.LARGE, bold=True)
    yield Text(item_count_words(sale, words), Align.RIGHT)
    if style.saved and priced.discount_minor > 0:
        saved = slip_price(priced.discount_minor, priced.currency)
        yield Columns((words("You saved"), saved), (_AMOUNT,))


def item_count_words(sale: Sale, words: Words) -> str:
    """Return "3 items"."""
    return words.plural("{count} item", "{count} items", sale.priced.item_count)


def sum_rows_of(sale: Sale, shop: Shop, words: Words) -> Iterable[tuple[str, int]]:
    """Yield (title, minor units) of what stands between the lines and the total."""
    priced = sale.priced
    is_added = not shop.rules.prices_include_tax
    if priced.discount_minor or (is_added and priced.tax_minor):
        yield words("Subtotal"), priced.list_minor
    yield from sale_rows(sale, words, is_tax_added=is_added)
    if is_added:
        for tax in priced.taxes:
            yield tax.name, tax.tax_minor


def returns_blocks(sale: Sale, shop: Shop, words: Words) -> Iterable[Block]:
    """Yield what came back, its worth, who pays whom, and its tax."""
    is_added = not shop.rules.prices_include_tax
    if sale.lines:
        yield Rule(RuleStyle.DOUBLE)
    yield from returned_rows(sale, words, is_tax_added=is_added)
    yield outcome_row(sale, words)
    negative = [
        replace(tax, base_minor=-tax.base_minor, tax_minor=-tax.tax_minor)
        for tax in returned_taxes(sale.returns)
    ]
    yield from tax_blocks(negative, sale, shop, words)


def tax_blocks(
    taxes: Sequence[TaxTotal], sale: Sale, shop: Shop, words: Words
) -> Iterable[Block]:
    """Yield net and tax by rate."""
    priced = sale.priced
    if not taxes:
        return
    yield Rule()
    widths = (NET_COLUMNS, TAX_COLUMNS)
    yield Columns((tax_heading(shop, words), words("Net"), words("Tax")), widths)
    for tax in taxes:
        base = slip_amount(tax.base_minor, priced.currency)
        amount = slip_amount(tax.tax_minor, priced.currency)
        yield Columns((tax_title(tax), base, amount), widths)


def tax_heading(shop: Shop, words: Words) -> str:
    """Say whether the prices have the tax in them."""
    is_included = shop.rules.prices_include_tax
    return words("Tax included") if is_included else words("Tax added")


def tax_title(tax: TaxTotal) -> str:
    """Name a rate; its code is said only where the name does not say it already."""
    return tax.name if tax.code in tax.name else f"{tax.code} {tax.name}"


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A way in which money came or went: words, minor units, whether it is change."""

    title: str
    minor: int
    is_change: bool = False


def money_rows(
    sale: Sale, words: Words, tender_names: Mapping[str, str]
) -> Iterable[MoneyRow]:
    """Yield how the money came, or how it went back."""
    if sale.due_minor < 0:
        for title, minor in refund_rows(sale, words, tender_names):
            yield MoneyRow(title, minor)
        return
    if sale.rounding_minor:
        yield MoneyRow(words("Cash rounding"), sale.rounding_minor)
    for tender in sale.tenders:
        name = tender_names.get(tender.key, tender.key)
        yield MoneyRow(tender_title(tender, name, words), tender.amount_minor)
    if sale.change_minor:
        yield MoneyRow(words("Change"), sale.change_minor, is_change=True)


def money_blocks(
    sale: Sale, words: Words, tender_names: Mapping[str, str]
) -> Iterable[Block]:
    """Yield how the money came, or how it went back."""
    for row in money_rows(sale, words, tender_names):
        amount = slip_amount(row.minor, sale.priced.currency)
        yield Columns((row.title, amount), (_AMOUNT,), bold=row.is_change)


def _amount(title: str, minor: int, currency: str) -> Columns:
    return Columns((title, slip_amount(minor, currency)), (_AMOUNT,))


def urn_of(sale: Sale) -> str:
    """Return what the QR code says: any till that reads it finds this sale.

    Source: RFC 9562 names a UUID as a URN.
    """
    return f"urn:uuid:{sale.sale_id}"


def foot_blocks(
    sale: Sale, shop: Shop, words: Words, style: SlipStyle
) -> Iterable[Block]:
    """Yield the words at the foot and the codes that find the sale again."""
    footer = style.footer_in(words.language, shop.slip_footer)
    for line in footer.splitlines():
        yield Text(line, Align.CENTRE)
    if style.qr:
        yield QrCode(urn_of(sale), module_dots=4)
    if style.barcode:
        yield Barcode("code128", sale.number)
