"""The gift receipt: what was bought, and how to exchange it; no amount anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pos_app.documents.amounts import slip_quantity
from pos_app.documents.heading import shop_heading
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
    Size,
    Text,
)
from pos_app.documents.receipt import urn_of
from pos_app.domain.item import SellBy
from pos_app.domain.sale import Sale, SaleLine
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import SlipStyle
from pos_app.i18n import Words


@dataclass(frozen=True, slots=True)
class Gift:
    """What a gift receipt is printed for.

    Attributes:
        sale: the finished sale. lines: those of its lines that are given away.
    """

    sale: Sale
    lines: tuple[SaleLine, ...]


def gift_receipt(
    gift: Gift,
    shop: Shop,
    words: Words,
    style: SlipStyle,
    logo_png: bytes | None = None,
) -> Layout:
    """Lay out a gift receipt.

    Args:
        gift: the sale and the lines that are given away.
        shop: whose name stands on top, and how long it takes goods back.
        words: in the slip's language.
        style: the shop's switches and words.
        logo_png: the shop's logo.

    Returns:
        The layout; its codes find the sale, so that goods come back by it.
    """
    sale = gift.sale
    blocks: list[Block] = [Image(logo_png)] if logo_png and style.logo else []
    blocks += shop_heading(shop, words, style)
    blocks.append(Text(words("Gift receipt"), Align.CENTRE, Size.LARGE, bold=True))
    blocks.append(Columns((words("Number"), sale.number), (0,), bold=True))
    day = sale.business_day.isoformat()
    blocks.append(Columns((words("Bought on"), day), (0,)))
    blocks.append(Rule())
    for line in gift.lines:
        name = gift_name(line, words.language, style)
        blocks.append(Columns((name, gift_quantity(line)), (0,)))
    blocks.append(Rule())
    for text in (until_words(gift, shop, words), style.gift_words_in(words.language)):
        blocks += [Text(line, Align.CENTRE) for line in text.splitlines()]
    return Layout((*blocks, *_codes(sale, style), Cut()), words.language)


def gift_name(line: SaleLine, language: str, style: SlipStyle) -> str:
    """Name what is given away."""
    name = dict(line.names).get(language, line.name)
    name = f"{name} {line.variant}".rstrip()
    return f"{line.sku} {name}" if style.item_numbers and line.sku else name


def gift_quantity(line: SaleLine) -> str:
    """Write how much of it: "× 2", "0.482 kg"."""
    quantity = slip_quantity(line.priced.quantity)
    if line.sell_by is SellBy.WEIGHT:
        return f"{quantity} {line.unit_name}"
    return f"× {quantity}"


def last_day(gift: Gift, shop: Shop) -> date | None:
    """Return the last day on which the goods may come back; None for any day."""
    days = shop.policy.return_days
    return None if days is None else gift.sale.business_day + timedelta(days)


def until_words(gift: Gift, shop: Shop, words: Words) -> str:
    """Say how long the goods may be exchanged; "" where that is on no day."""
    until = last_day(gift, shop)
    if until is None:
        return words("Bring this slip to exchange the goods.")
    if until <= gift.sale.business_day:
        return ""
    return words("Bring this slip to exchange the goods until {day}.", day=until)


def _codes(sale: Sale, style: SlipStyle) -> Iterable[Block]:
    """Yield the codes; where both are switched off the bar code stands all the same."""
    if style.qr:
        yield QrCode(urn_of(sale), module_dots=4)
    if style.barcode or not style.qr:
        yield Barcode("code128", sale.number)
