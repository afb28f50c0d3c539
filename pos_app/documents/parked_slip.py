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
    parts = parked_parts(parked, priced, shop, words, local_time)
    blocks = [block for part in parts.values() for block in part]
    return Layout((*blocks, Cut()), words.language)


def parked_parts(
    parked: ParkedSale,
    priced: tuple[PricedLine, ...],
    shop: Shop,
    words: Words,
    local_time: datetime,
) -> dict[str, tuple[Block, ...]]:
    """Return the parts of a parked slip by name, in their order."""
    title: list[Block] = [
        Text(words("Parked sale"), Align.CENTRE, Size.TALL, bold=True),
        Text(f"#{parked.short_number}", Align.CENTRE, Size.LARGE, bold=True),
    ]
    if parked.name:
        title.append(Text(parked.name, Align.CENTRE, bold=True))
    identity = (
        Columns((words("Number"), parked.number), (len(parked.number),)),
        till_and_cashier(shop.till, parked.parked_by_name, words),
        moment(local_time, words),
    )
    total = slip_price(parked.total_minor, shop.rules.currency)
    return {
        "heading": tuple(shop_heading(shop, words)),
        "title": tuple(title),
        "identity": identity,
        "lines": (Rule(), *_lines(parked, priced, shop, words)),
        "total": (Rule(), Columns((words("Total so far"), total), (0,), bold=True)),
        "notice": tuple(_notice(words)),
        "code": (Rule(), Barcode("code128", parked.number)),
    }


def _lines(
    parked: ParkedSale, priced: tuple[PricedLine, ...], shop: Shop, words: Words
) -> Iterable[Block]:
    currency, basket = shop.rules.currency, parked.sale.basket
    amounts = {line.line_id: line for line in priced}
    for line in basket.lines:
        yield _line(line, amounts.get(line.line_id), currency, words)
    for back in basket.returns:
        title = words("Returned {name}", name=_named(back.names, back.name, words))
        cells = (f"{slip_quantity(back.quantity)} × {title} {back.variant}".rstrip(),)
        amount = slip_amount(-back.paid_minor, currency)
        yield Columns((*cells, amount), (_AMOUNT,))


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


def _notice(words: Words) -> Iterable[Block]:
    yield Text(words("This is not a receipt. Nothing was paid."), Align.CENTRE)
    yield Text(words("Prices are those of the day it is paid."), Align.CENTRE)
