"""Slips for a signature: a shift's float, and cash that moves without a sale."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.documents.amounts import slip_price
from pos_app.documents.heading import shop_heading
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
from pos_app.documents.shift_form import ShiftForm
from pos_app.documents.shift_report import pieces
from pos_app.domain.shift import CashMove, CashMoveKind, Shift
from pos_app.i18n import N_, Words

_TITLES = {
    CashMoveKind.PAID_IN: N_("Cash paid in"),
    CashMoveKind.PAID_OUT: N_("Cash paid out"),
    CashMoveKind.SAFE_DROP: N_("Cash to the safe"),
}


def opening_slip(shift: Shift, form: ShiftForm) -> Layout:
    """Lay out the proof of the float that a shift began with."""
    words = form.words
    blocks: list[Block] = [
        *_heading(form, words("Shift opened"), shift.number),
        Columns((words("Time"), form.moment(shift.opened_at)), (19,)),
        Columns((words("By"), shift.opened_by_name), (0,)),
        Rule(),
    ]
    off_minor = shift.float_minor - shift.expected_minor
    if off_minor:  # else nothing was left, or just this
        blocks.append(form.row(words("Left by the last shift"), shift.expected_minor))
    if shift.count is None:
        blocks.append(Text(words("The float was not counted.")))
    else:
        blocks += pieces(shift.count, form)
    if off_minor:
        blocks.append(form.row(words("Difference"), off_minor))
    price = slip_price(shift.float_minor, form.currency)
    blocks.append(Columns((words("Float"), price), (0,), Size.TALL, bold=True))
    return Layout((*blocks, *_signature(shift.number, words)), words.language)


def cash_move_slip(move: CashMove, form: ShiftForm) -> Layout:
    """Lay out the voucher of cash put in or taken out."""
    words = form.words
    blocks: list[Block] = [
        *_heading(form, words(_TITLES[move.kind]), move.number),
        Columns((words("Time"), form.moment(move.at)), (19,)),
        Columns((words("By"), move.staff_name), (0,)),
        Rule(),
    ]
    reason = form.reason_names.get((move.kind.value, move.reason), move.reason)
    if reason:
        blocks.append(Columns((words("Reason"), reason), (0,)))
    if move.reference:
        is_drop = move.kind is CashMoveKind.SAFE_DROP
        title = words("Bag") if is_drop else words("Receipt")
        blocks.append(Columns((title, move.reference), (0,)))
    price = slip_price(move.amount_minor, form.currency)
    blocks.append(Columns((words("Amount"), price), (0,), Size.TALL, bold=True))
    return Layout((*blocks, *_signature(move.number, words)), words.language)


def _heading(form: ShiftForm, title: str, number: str) -> Iterable[Block]:
    yield from shop_heading(form.shop, form.words)
    yield Text(title, Align.CENTRE, Size.TALL, bold=True)
    yield Columns((form.words("Number"), number), (len(number),))


def _signature(number: str, words: Words) -> Iterable[Block]:
    yield Feed(2)
    yield Rule(RuleStyle.SOLID)
    yield Text(words("Signature"))
    yield Barcode("code128", number)
    yield Cut()
