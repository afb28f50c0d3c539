"""The document of stored value: sold, or paid back; it is no ticket and no revenue.

What a customer pays into a wallet or for a gift card is money that the shop owes: it is
revenue once goods are bought with it. So it has a document, a number series and totals
of its own, and the shift's Z shows it beside the sales.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.stored_value.account import AccountKind
from pos_app.domain.tender import LEDGER_KINDS, TenderKind, TenderLine
from pos_app.values.times import BusinessDay, Timestamp


class ValueKind(StrEnum):
    """What became of the value."""

    TOP_UP = "top_up"
    GIFT_CARD = "gift_card"  # one was sold
    REFUND = "refund"  # of either, to where the money came from


@dataclass(frozen=True, slots=True)
class ValueDocument:
    """Stored value that was sold or paid back; minor units.

    Attributes:
        document_id: UUIDv7. number: human, of a series of its own. kind: see there.
        till, shift_id, business_day, at: where and when it was written.
        staff_id, staff_name: by whom. approved_by: staff id, "" for nobody.
        account_id, account_kind: whose value. member_id: "" for a gift card.
        label: last four signs of a gift card's code; "" for a wallet.
        move_id: of the ledger; the lot's id where it opened one.
        lot_id: of a refund: the top-up that it takes back; else the opened one.
        money: tenders taken, or given back by a refund; amounts above zero.
        change_minor: cash given back of what was handed over.
        rounding_minor: of cash, plus when the customer paid more or got less.
        paid_minor: value that was paid for; of a refund what was taken out of it.
        bonus_minor: given on top; of a refund what of it was cancelled.
        clawed_minor: of a refund: kept of the money for bonus that was spent.
        balance_minor: of the account afterwards.
        clock_suspect: the clock stood behind the last entry (law 13).
    """

    document_id: str
    number: str
    kind: ValueKind
    till: str
    shift_id: str
    business_day: BusinessDay
    at: Timestamp
    staff_id: str
    staff_name: str
    approved_by: str
    account_id: str
    account_kind: AccountKind
    member_id: str
    label: str
    move_id: str
    lot_id: str
    money: tuple[TenderLine, ...]
    change_minor: int
    rounding_minor: int
    paid_minor: int
    bonus_minor: int
    clawed_minor: int
    balance_minor: int
    clock_suspect: bool = False

    @property
    def is_refund(self) -> bool:
        """Tell whether money went back."""
        return self.kind is ValueKind.REFUND

    @property
    def handed_minor(self) -> int:
        """All money that was handed over, change included."""
        return sum(each.amount_minor for each in self.money)

    @property
    def taken_minor(self) -> int:
        """What the till has more afterwards; below zero for a refund."""
        handed = self.handed_minor
        return -handed if self.is_refund else handed - self.change_minor

    def check(self) -> None:
        """Assert the proof stored with every document (law 7).

        Money in = value that was paid for, coins apart; no value buys value; change
        only from cash. One that fails is a bug and is never committed.
        """
        assert self.paid_minor > 0
        assert self.bonus_minor >= 0
        assert all(each.amount_minor > 0 for each in self.money)
        assert not any(each.kind in LEDGER_KINDS for each in self.money)
        cash = sum(t.amount_minor for t in self.money if t.kind is TenderKind.CASH)
        assert 0 <= self.change_minor <= cash
        assert self.clawed_minor == 0 or self.is_refund
        assert self.change_minor == 0 or not self.is_refund
        worth = self.paid_minor
        if self.is_refund:
            worth = self.clawed_minor - self.paid_minor
        assert worth + self.rounding_minor == self.taken_minor
