"""Slips of stored value: what was paid in or back, what is left, and a gift card."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.documents.amounts import slip_amount, slip_price
from pos_app.documents.copy_mark import copy_mark
from pos_app.documents.heading import shop_heading
from pos_app.documents.layout import (
    Align,
    Barcode,
    Block,
    Columns,
    Cut,
    Feed,
    Layout,
    QrCode,
    Rule,
    RuleStyle,
    Size,
    Text,
)
from pos_app.documents.shift_form import ShiftForm
from pos_app.documents.tender_words import tender_title
from pos_app.domain.coupon.code import grouped
from pos_app.domain.stored_value.account import AccountKind
from pos_app.domain.stored_value.document import ValueDocument, ValueKind
from pos_app.i18n import N_

_TITLES = {
    ValueKind.TOP_UP: N_("Stored value paid in"),
    ValueKind.GIFT_CARD: N_("Gift card sold"),
    ValueKind.REFUND: N_("Stored value paid back"),
}


def value_slip(
    document: ValueDocument, form: ShiftForm, *, copy_number: int = 0
) -> Layout:
    """Lay out the customer's slip; a gift card's code is never on it.

    Args:
        document: what was sold or paid back.
        form: see there.
        copy_number: 0 is the original; a reprint says COPY 1, 2 ...
    """
    words = form.words
    blocks: list[Block] = []
    if copy_number:
        blocks.append(copy_mark(copy_number, words))
    blocks += shop_heading(form.shop, words)
    title = words(_TITLES[document.kind])
    blocks += (
        Text(title, Align.CENTRE, Size.TALL, bold=True),
        _pair(words("Number"), document.number),
        _pair(words("Time"), form.moment(document.at)),
        _pair(words("By"), document.staff_name),
    )
    if document.account_kind is AccountKind.GIFT_CARD:
        blocks.append(_pair(words("Gift card"), f"···· {document.label}"))
    blocks += (Rule(), *_worth(document, form), Rule(), *_money(document, form))
    left = slip_price(document.balance_minor, form.currency)
    blocks += (
        Rule(RuleStyle.DOUBLE),
        Columns((words("Balance"), left), (0,), Size.TALL, bold=True),
        Text(words("No goods were sold: this is no tax receipt.")),
        *_ending(document, form),
    )
    return Layout(tuple(blocks), words.language)


def _worth(document: ValueDocument, form: ShiftForm) -> Iterable[Block]:
    words = form.words
    if not document.is_refund:
        yield form.row(words("Topped up"), document.paid_minor)
        if document.bonus_minor:
            yield form.row(words("Bonus"), document.bonus_minor)
        return
    yield form.row(words("Taken out"), document.paid_minor)
    if document.bonus_minor:
        yield form.row(words("Bonus cancelled"), -document.bonus_minor)
    if document.clawed_minor:
        yield form.row(words("Kept for bonus that was spent"), -document.clawed_minor)


def _money(document: ValueDocument, form: ShiftForm) -> Iterable[Block]:
    words = form.words
    if document.rounding_minor:
        sign = -1 if document.is_refund else 1
        yield form.row(words("Cash rounding"), sign * document.rounding_minor)
    for each in document.money:
        name = form.tender_names.get(each.key, each.key)
        title = tender_title(each, name, words)
        if document.is_refund:
            title = words("Back to {tender}", tender=title)
        yield form.row(title, each.amount_minor)
    if document.change_minor:
        yield form.row(words("Change"), document.change_minor)


def _ending(document: ValueDocument, form: ShiftForm) -> Iterable[Block]:
    if document.is_refund:  # for the drawer: the customer signs for the money
        yield Feed(2)
        yield Rule(RuleStyle.SOLID)
        yield Text(form.words("Signature"))
    yield Barcode("code128", document.number)
    yield Cut()


def gift_card_paper(document: ValueDocument, code: str, form: ShiftForm) -> Layout:
    """Lay out a gift card: whoever has the paper has the money.

    Args:
        document: its sale.
        code: as it was made; printed as QR and in groups of four.
        form: see there.
    """
    words = form.words
    worth = slip_amount(document.paid_minor, form.currency)
    blocks: tuple[Block, ...] = (
        *shop_heading(form.shop, words),
        Rule(RuleStyle.DOUBLE),
        Text(words("Gift card"), Align.CENTRE, Size.LARGE, bold=True),
        Text(worth, Align.CENTRE, Size.LARGE, bold=True),
        Feed(),
        QrCode(code, 6, "Q"),
        Text(grouped(code), Align.CENTRE),
        Feed(),
        Text(words("Worth money: keep it safe. Show it when you pay.")),
        Text(words("The balance is printed on each slip."), Align.CENTRE),
        _pair(words("Number"), document.number),
        Cut(),
    )
    return Layout(blocks, words.language)


def _pair(title: str, value: str) -> Columns:
    return Columns((title, value), (len(value),))
