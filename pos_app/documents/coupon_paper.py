"""A coupon on paper: what it promises, until when, and the code that is scanned."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.documents.heading import shop_heading
from pos_app.documents.layout import (
    Align,
    Block,
    Cut,
    Feed,
    Layout,
    QrCode,
    Rule,
    Size,
    Text,
)
from pos_app.domain.coupon.code import grouped
from pos_app.domain.coupon.signed import looks_signed
from pos_app.domain.shop import Shop
from pos_app.i18n import Words


@dataclass(frozen=True, slots=True)
class PaperCoupon:
    """What a paper says.

    Attributes:
        name: what the coupon promises. code: its code, or a signed coupon's text.
        until: its last day, or last moment, as people read it; "" for never.
        value: what a share is worth, as people read it; "" otherwise.
        note: a line below, such as whose partner it is; "" for none.
    """

    name: str
    code: str
    until: str
    value: str = ""
    note: str = ""


def coupon_paper(coupon: PaperCoupon, shop: Shop, words: Words) -> Layout:
    """Lay out one coupon.

    Args:
        coupon: what it says.
        shop: whose name stands on top.
        words: in the slip's language.
    """
    blocks: list[Block] = [
        *shop_heading(shop, words),
        Rule(),
        Text(words("Coupon"), Align.CENTRE),
        Text(coupon.name, Align.CENTRE, Size.LARGE, bold=True),
    ]
    if coupon.value:
        blocks.append(Text(coupon.value, Align.CENTRE, Size.TALL, bold=True))
    blocks += [Feed(), QrCode(coupon.code, *_module(coupon.code)), Feed()]
    if not looks_signed(coupon.code):
        blocks += [Text(grouped(coupon.code), Align.CENTRE)]
    if coupon.until:
        until = words("Good until {until}", until=coupon.until)
        blocks.append(Text(until, Align.CENTRE))
    if coupon.note:
        blocks.append(Text(coupon.note, Align.CENTRE))
    blocks += [Text(words("Once only; keep the code to yourself."), Align.CENTRE)]
    return Layout((*blocks, Cut()), words.language)


def _module(code: str) -> tuple[int, str]:
    """Return how large a module is, and the correction: a long code is finer."""
    return (4, "L") if looks_signed(code) else (6, "M")
