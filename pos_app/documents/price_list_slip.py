"""The list of changed prices: for walking along the shelf with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pos_app.documents.amounts import slip_price
from pos_app.documents.heading import moment, shop_heading
from pos_app.documents.layout import (
    Align,
    Block,
    Columns,
    Cut,
    Layout,
    Rule,
    RuleStyle,
    Size,
    Text,
)
from pos_app.domain.shop import Shop
from pos_app.i18n import Words

#: What is ticked off with a pen.
_TICK = "[  ]"


@dataclass(frozen=True, slots=True)
class PriceListRow:
    """One price that changed.

    Attributes:
        name: in the slip's language, with the variant. number: barcode or SKU.
        before_minor, after_minor: None where there is no price.
        at: when it begins, on the shop's clock; None for long ago.
    """

    name: str
    number: str
    before_minor: int | None
    after_minor: int | None
    at: datetime | None


def price_list_slip(
    rows: Sequence[PriceListRow], shop: Shop, words: Words, local_time: datetime
) -> Layout:
    """Lay out the list.

    Args:
        rows: in the order in which they are to be walked.
        shop: whose.
        words: of the slip's language.
        local_time: when it is printed, on the shop's clock.
    """
    blocks: list[Block] = [
        *shop_heading(shop, words),
        Text(words("Changed prices"), Align.CENTRE, Size.TALL, bold=True),
        moment(local_time, words),
        Rule(),
    ]
    currency = shop.rules.currency
    for row in rows:
        blocks += _row(row, words, currency)
    blocks.append(Rule(RuleStyle.SOLID))
    count = words.plural("{count} price", "{count} prices", len(rows))
    blocks += [Columns((count, ""), (0,), bold=True), Cut()]
    return Layout(tuple(blocks), words.language)


def _row(row: PriceListRow, words: Words, currency: str) -> Iterable[Block]:
    before, after = (
        "–" if x is None else slip_price(x, currency)
        for x in (row.before_minor, row.after_minor)
    )
    yield Columns((f"{_TICK} {row.name}", after), (9,), bold=True)
    yield Columns((f"     {row.number}", words("was {price}", price=before)), (9,))
    if row.at is not None:
        when = f"{row.at:%Y-%m-%d %H:%M}"
        yield Text("     " + words("from {moment}", moment=when))
