"""The slip of goods received, wasted or adjusted, for the folder and a signature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from pos_app.documents.amounts import slip_amount, slip_price
from pos_app.documents.copy_mark import copy_mark
from pos_app.documents.heading import moment, shop_heading, till_and_cashier
from pos_app.documents.layout import (
    Align,
    Barcode,
    Block,
    Columns,
    Cut,
    Feed,
    Layout,
    Rule,
    RuleStyle,
    Size,
    Text,
)
from pos_app.domain.shop import Shop
from pos_app.domain.stock_document import (
    StockDocument,
    StockKind,
    StockLine,
    line_cost_minor,
)
from pos_app.i18n import N_, Words
from pos_app.values.quantity import from_thousandths

_TITLES = {
    StockKind.RECEIVED: N_("Goods received"),
    StockKind.WASTED: N_("Goods written off"),
    StockKind.ADJUSTED: N_("Stock adjusted"),
}
_QUANTITY, _COST = 8, 9
_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class StockForm:
    """What a stock slip needs beside the document.

    Attributes:
        shop: whose name stands on top. words: in the slip's language.
        reason_names: by key, in that language. zone: the shop's clock.
    """

    shop: Shop
    words: Words
    reason_names: Mapping[str, str]
    zone: tzinfo


def signed_quantity(thousandths: int) -> str:
    """Write what moved, with its sign: "+24", "−0.482"."""
    sign = "+" if thousandths > 0 else _MINUS
    return f"{sign}{from_thousandths(abs(thousandths))}"


def stock_slip(
    document: StockDocument, form: StockForm, *, copy_number: int = 0
) -> Layout:
    """Lay a stock document out.

    Args:
        document: as booked.
        form: the shop and the words of its language.
        copy_number: of a reprint, from 1; 0 for the first one.

    Returns:
        The layout; its barcode is the document's number.
    """
    words = form.words
    blocks: list[Block] = []
    if copy_number:
        blocks.append(copy_mark(copy_number, words))
    blocks += [*_heading(document, form), Rule()]
    for line in document.lines:
        blocks += _line(line, form)
    blocks.append(Rule())
    count = words.plural("{count} line", "{count} lines", len(document.lines))
    blocks.append(Columns((count, ""), (0,), bold=True))
    if any(line.cost_minor is not None for line in document.lines):
        price = slip_price(document.cost_minor, form.shop.rules.currency)
        blocks.append(Columns((words("Cost"), price), (0,), Size.TALL, bold=True))
    blocks += [
        Feed(2),
        Rule(RuleStyle.SOLID),
        Text(words("Signature")),
        Barcode("code128", document.number),
        Cut(),
    ]
    return Layout(tuple(blocks), words.language)


def _heading(document: StockDocument, form: StockForm) -> Iterable[Block]:
    words, number = form.words, document.number
    yield from shop_heading(form.shop, words)
    yield Text(words(_TITLES[document.kind]), Align.CENTRE, Size.TALL, bold=True)
    if document.mirrors:
        undoes = words("Undoes {number}", number=document.mirrored_number)
        yield Text(undoes, Align.CENTRE, bold=True)
    yield Columns((words("Number"), number), (len(number),))
    yield till_and_cashier(document.till, document.staff_name, words)
    yield moment(document.at.at(form.zone), words)
    reason = form.reason_names.get(document.reason, document.reason)
    for title, value in (
        (words("Supplier"), document.supplier),
        (words("Delivery note"), document.delivery_note),
        (words("Reason"), reason),
    ):
        if value:
            yield Columns((title, value), (0,))


def _line(line: StockLine, form: StockForm) -> Iterable[Block]:
    quantity = f"{signed_quantity(line.quantity_thousandths)} {line.unit_name}".strip()
    name = f"{line.name} {line.variant}".strip()
    if line.cost_minor is None:
        yield Columns((name, quantity), (_QUANTITY,))
    else:
        cost = slip_amount(line_cost_minor(line), form.shop.rules.currency)
        yield Columns((name, quantity, cost), (_QUANTITY, _COST))
    if line.reason:
        yield Text(f"  {form.reason_names.get(line.reason, line.reason)}")
