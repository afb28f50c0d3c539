"""What a document of stored value adds to the totals of its shift."""

from __future__ import annotations

from pos_app.domain.shift import ShiftTotal
from pos_app.domain.shift_totals import Tally, TotalKind
from pos_app.domain.stored_value.document import ValueDocument
from pos_app.domain.tender import TenderKind


def of_value(document: ValueDocument) -> tuple[ShiftTotal, ...]:
    """Return what stored value sold or paid back adds; nothing to the sales."""
    tally, key = Tally(), document.account_kind.value
    kind = TotalKind.VALUE_REFUNDED if document.is_refund else TotalKind.VALUE_SOLD
    tally.add(kind, key, 1, document.paid_minor)
    if document.bonus_minor and not document.is_refund:
        tally.add(TotalKind.VALUE_BONUS, key, 1, document.bonus_minor)
    if document.clawed_minor:
        tally.add(TotalKind.VALUE_CLAWED, key, 1, document.clawed_minor)
    if document.rounding_minor:
        tally.add(TotalKind.CASH_ROUNDING, "", 1, document.rounding_minor)
    if document.clock_suspect:
        tally.add(TotalKind.CLOCK_SUSPECT, "", 1)
    _add_value_money(tally, document)
    return tally.totals


def _add_value_money(tally: Tally, document: ValueDocument) -> None:
    money = TotalKind.REFUND if document.is_refund else TotalKind.TENDER
    sign = -1 if document.is_refund else 1
    flows, cash = [], ""
    for each in document.money:
        tally.add(money, each.key, 1, each.amount_minor)
        if each.kind is TenderKind.CASH:
            flows.append(sign * each.amount_minor)
            cash = each.key
    if document.change_minor:
        tally.add(TotalKind.CHANGE, cash, 1, document.change_minor)
        flows.append(-document.change_minor)
    if flows:
        tally.add(TotalKind.CASH_FLOW, "", 1, sum(flows))
