"""What is settled with a partner, on paper: each coupon that was used, then the sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos_app.documents.amounts import slip_amount, slip_price
from pos_app.documents.heading import moment, shop_heading
from pos_app.documents.layout import (
    Align,
    Block,
    Columns,
    Cut,
    Layout,
    Rule,
    Size,
    Text,
)
from pos_app.domain.coupon.partner import Settlement
from pos_app.domain.shop import Shop
from pos_app.i18n import Words

_AMOUNT = 10


@dataclass(frozen=True, slots=True)
class SettledPaper:
    """What the paper says.

    Attributes:
        partner: name of the business. settlement: see there.
        numbers: of the sales, by their ids. printed_at: on the shop's clock.
    """

    partner: str
    settlement: Settlement
    numbers: dict[str, str]
    printed_at: datetime


def partner_slip(paper: SettledPaper, shop: Shop, words: Words) -> Layout:
    """Lay a settlement out.

    Args:
        paper: what it says.
        shop: whose name stands on top.
        words: in the slip's language.
    """
    sums, currency = paper.settlement, shop.rules.currency
    blocks: list[Block] = [
        *shop_heading(shop, words),
        Text(words("Settlement"), Align.CENTRE, Size.TALL, bold=True),
        Text(paper.partner, Align.CENTRE, bold=True),
        moment(paper.printed_at, words),
        Rule(),
    ]
    for row in sums.rows:
        cells = (
            paper.numbers.get(row.sale_id, ""),
            slip_amount(row.saving_minor, currency),
            slip_amount(row.partner_minor, currency),
        )
        blocks.append(Columns(cells, (_AMOUNT, _AMOUNT)))
    blocks.append(Rule())
    for label, value in (
        (words("Handed out"), str(sums.issued)),
        (words("Used"), str(sums.redeemed)),
        (words("Saved by customers"), slip_price(sums.saving_minor, currency)),
        (words("The partner bears"), slip_price(sums.partner_minor, currency)),
        (words("Fees of the partner"), slip_price(sums.fee_minor, currency)),
    ):
        blocks.append(Columns((label, value), (0,)))
    due = slip_price(sums.due_minor, currency)
    total = Columns((words("The partner pays to the shop"), due), (0,), bold=True)
    return Layout((*blocks, total, Cut()), words.language)
