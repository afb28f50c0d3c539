"""The slip of a parked sale: what brings it back, and no receipt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pos_app.documents.amounts import slip_amount, slip_price, slip_quantity
from pos_app.documents.heading import moment, shop_heading, till_and_cashier
from pos_app.documents.layout import (
    Align,
    Barcode,
    Block,
    Columns,
    Cut,
    Layout,
    Rule,
    Size,
    Text,
)
from pos_app.domain.basket import BasketLine
from pos_app.domain.parked_sale import ParkedSale
from pos_app.domain.pricing_result import PricedLine
from pos_app.domain.shop import Shop
from pos_app.i18n import Words

_AMOUNT = 10


def parked_slip(
    parked: ParkedSale,
    priced: tuple[PricedLine, ...],
    shop: Shop,
    words: Words,
    local_time: datetime,
) -> Layout:
    """Lay out the slip that a customer leaves with while the goods wait.

    Args:
        parked: the parked sale, with its number.
        priced: the amounts of its known lines, as when it was parked.
        shop: whose name stands on top.
        words: in the slip's language.
        local_time: of the parking, on the shop's clock.

    Returns:
        The layout; its barcode is the number, which the sale screen reads.
    """
    currency = shop.rules.currency
    amounts = {line.line_id: line for line in priced}
    basket = parked.sale.basket
    blocks: list[Block] = [
        *shop_heading(shop, words),
        Text(words("Parked sale"), Align.CENTRE, Size.TALL, bold=True),
        Text(f"#{parked.short_number}", Align.CENTRE, Size.LARGE, bold=True),
    ]
    if parked.name:
        blocks.append(Text(parked.name, Align.CENTRE, bold=True))
    blocks += [
        Columns((words("Number"), parked.number), (len(parked.number),)),
        till_and_cashier(shop.till, parked.parked_by_name, words),
        moment(local_time, words),
        Rule(),
    ]
    for line in basket.lines:
        blocks.append(_line(line, amounts.get(line.line_id), currency, words))
    for back in basket.returns:
        title = words("Returned {name}", name=_named(back.names, back.name, words))
        cells = (f"{slip_quantity(back.quantity)} × {title} {back.variant}".rstrip(),)
        amount = slip_amount(-back.paid_minor, currency)
        blocks.append(Columns((*cells, amount), (_AMOUNT,)))
    total = slip_price(parked.total_minor, currency)
    blocks += [
        Rule(),
        Columns((words("Total so far"), total), (0,), bold=True),
        *_ending(parked, words),
    ]
    return Layout(tuple(blocks), words.language)


def _line(
    line: BasketLine, priced: PricedLine | None, currency: str, words: Words
) -> Block:
    count = slip_quantity(line.quantity)
    if line.unit is None or priced is None:
        title = words("Not found {code}", code=line.scanned)
        return Columns((f"{count} × {title}", "?"), (_AMOUNT,))
    name = _named(line.unit.names, line.unit.name, words)
    title = f"{count} × {name} {line.unit.variant}".rstrip()
    return Columns((title, slip_amount(priced.total_minor, currency)), (_AMOUNT,))


def _named(names: tuple[tuple[str, str], ...], name: str, words: Words) -> str:
    return dict(names).get(words.language, name)


def _ending(parked: ParkedSale, words: Words) -> Iterable[Block]:
    yield Text(words("This is not a receipt. Nothing was paid."), Align.CENTRE)
    yield Text(words("Prices are those of the day it is paid."), Align.CENTRE)
    yield Rule()
    yield Barcode("code128", parked.number)
    yield Cut()
