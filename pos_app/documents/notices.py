"""Short slips beside the receipt: test page, voided sale, corrected tender."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    QrCode,
    Rule,
    RuleStyle,
    Size,
    Text,
)
from pos_app.documents.tender_words import tender_title
from pos_app.domain.sale import SaleLine
from pos_app.domain.shop import Shop
from pos_app.domain.tender import TenderLine
from pos_app.i18n import Words


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """Who, where and when of a notice.

    Attributes:
        number: the document's human number.
        till: the till's number. cashier_name: who did it.
        approver_name: who allowed it; empty when nobody had to.
        reason: in the words of the shop's reason list.
        local_time: on the shop's clock.
    """

    number: str
    till: str
    cashier_name: str
    approver_name: str
    reason: str
    local_time: datetime


def test_page(
    shop: Shop, words: Words, *, printer_name: str, local_time: datetime
) -> Layout:
    """Lay out a page that shows at a glance what a printer can do."""
    sample = "商品 繁體 Ágnes Øre €1.50 ¥8.80 ×2"
    blocks: list[Block] = [
        *shop_heading(shop, words),
        Text(words("Printer test page"), Align.CENTRE, Size.TALL, bold=True),
        Columns((words("Printer"), printer_name), (0,)),
        moment(local_time, words),
        Rule(RuleStyle.DOUBLE),
        Text(sample),
        Text(sample, bold=True),
        Text(sample, size=Size.TALL),
        Text(sample, size=Size.LARGE),
        Rule(RuleStyle.SOLID),
        *(Columns((f"商品 {row}", "1", "8.80"), (4, 8)) for row in (1, 2)),
        Rule(RuleStyle.DASHED),
        Text("العربية עברית 😀", Align.CENTRE),
        QrCode("GUITAI TEST"),
        Barcode("code128", "GUITAI-TEST"),
        Barcode("ean13", "9521234567899"),
        Cut(),
    ]
    return Layout(tuple(blocks), words.language)


# The name says what it is; pytest must not take it for a test when imported.
test_page.__test__ = False  # type: ignore[attr-defined]


def voided_sale(
    shop: Shop, words: Words, facts: NoticeFacts, lines: tuple[SaleLine, ...]
) -> Layout:
    """Lay out the proof that an open basket was given up and nothing was paid."""
    currency = shop.rules.currency
    blocks: list[Block] = [
        *_notice_heading(shop, words, facts, words("Sale voided")),
        Rule(),
    ]
    for line in lines:
        name = dict(line.names).get(words.language, line.name)
        title = f"{slip_quantity(line.priced.quantity)} × {name} {line.variant}"
        amount = slip_amount(line.priced.total_minor, currency)
        blocks.append(Columns((title, amount), (10,)))
    total = slip_price(sum(line.priced.total_minor for line in lines), currency)
    blocks += [
        Rule(),
        Columns((words("Not charged"), total), (0,), bold=True),
        *_ending(facts),
    ]
    return Layout(tuple(blocks), words.language)


def tender_correction(  # noqa: PLR0913 - what was, what is, and who says so
    shop: Shop,
    words: Words,
    facts: NoticeFacts,
    *,
    sale_number: str,
    was: tuple[TenderLine, ...],
    now: tuple[TenderLine, ...],
    tender_names: Mapping[str, str],
) -> Layout:
    """Lay out a correction: which tenders a sale was booked with, and now is."""
    currency = shop.rules.currency
    blocks: list[Block] = [
        *_notice_heading(shop, words, facts, words("Tender corrected")),
        Columns((words("Sale number"), sale_number), (len(sale_number),)),
        Rule(),
    ]
    for title, tenders in ((words("Booked as"), was), (words("Corrected to"), now)):
        blocks.append(Text(title, bold=True))
        for tender in tenders:
            name = tender_names.get(tender.key, tender.key)
            amount = slip_amount(tender.amount_minor, currency)
            shown = "  " + tender_title(tender, name, words)
            blocks.append(Columns((shown, amount), (10,)))
    return Layout((*blocks, *_ending(facts)), words.language)


def _notice_heading(
    shop: Shop, words: Words, facts: NoticeFacts, title: str
) -> Iterable[Block]:
    yield from shop_heading(shop, words)
    yield Text(title, Align.CENTRE, Size.TALL, bold=True)
    yield Columns((words("Number"), facts.number), (len(facts.number),))
    yield till_and_cashier(facts.till, facts.cashier_name, words)
    yield moment(facts.local_time, words)
    if facts.approver_name:
        yield Columns((words("Approved by"), facts.approver_name), (0,))
    if facts.reason:
        yield Columns((words("Reason"), facts.reason), (0,))


def _ending(facts: NoticeFacts) -> Iterable[Block]:
    yield Rule()
    yield Barcode("code128", facts.number)
    yield Cut()
