"""The payment of one sale: tenders against the total, change, cash rounding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos_app.domain.tax import CashRounding
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.errors import UserError
from pos_app.values.rounding import to_step


@dataclass(frozen=True, slots=True)
class Payment:
    """Tenders taken so far for one priced basket.

    Attributes:
        total_minor: what the customer owes, minor units.
        rounding: the shop's cash rule.
        tenders: taken so far, in order.
    """

    total_minor: int
    rounding: CashRounding
    tenders: tuple[TenderLine, ...] = ()

    @property
    def taken_minor(self) -> int:
        """Money taken so far."""
        return sum(tender.amount_minor for tender in self.tenders)

    @property
    def due_minor(self) -> int:
        """What is still owed when paid without cash; zero or more."""
        return 0 if self.is_settled else max(0, self.total_minor - self.taken_minor)

    @property
    def cash_due_minor(self) -> int:
        """What is still owed when the rest is paid in cash, rounded by rule."""
        return max(0, to_step(self.due_minor, self.rounding.step_minor, self.rounding.mode))

    @property
    def rounding_minor(self) -> int:
        """Cash rounding of the sale as settled: plus when the customer pays more."""
        if not self.is_settled or not self._has_cash:
            return 0
        short = self.total_minor - self._other_minor
        return to_step(short, self.rounding.step_minor, self.rounding.mode) - short

    @property
    def change_minor(self) -> int:
        """Cash to give back; zero until the sale is settled."""
        if not self.is_settled:
            return 0
        return self.taken_minor - self.total_minor - self.rounding_minor

    @property
    def is_settled(self) -> bool:
        """Tell whether the sale may end."""
        if self.taken_minor >= self.total_minor:
            return True
        if not self._has_cash:
            return False
        short = self.total_minor - self._other_minor
        return self._cash_minor >= to_step(
            short, self.rounding.step_minor, self.rounding.mode
        )

    @property
    def _has_cash(self) -> bool:
        return any(tender.kind is TenderKind.CASH for tender in self.tenders)

    @property
    def _cash_minor(self) -> int:
        return sum(t.amount_minor for t in self.tenders if t.kind is TenderKind.CASH)

    @property
    def _other_minor(self) -> int:
        return self.taken_minor - self._cash_minor

    def take(self, tender: TenderLine) -> Payment:
        """Add a tender.

        Raises:
            UserError: "nothing_due", "tender_amount_absurd", or "over_tender"
                when anything but cash exceeds what is owed.
        """
        if self.is_settled:
            raise UserError("nothing_due")
        if tender.amount_minor <= 0:
            raise UserError("tender_amount_absurd")
        if tender.kind is not TenderKind.CASH and tender.amount_minor > self.due_minor:
            raise UserError("over_tender", due_minor=self.due_minor)
        return replace(self, tenders=(*self.tenders, tender))

    def give_back(self, tender_id: str) -> Payment:
        """Take a tender back before the sale has ended."""
        left = tuple(t for t in self.tenders if t.tender_id != tender_id)
        assert len(left) == len(self.tenders) - 1, tender_id
        return replace(self, tenders=left)


def cash_suggestions(due_minor: int, notes_minor: Sequence[int]) -> tuple[int, ...]:
    """Suggest what a customer is likely to hand over, exact first.

    Args:
        due_minor: cash owed after rounding; above zero.
        notes_minor: the notes and coins in use, any order.

    Returns:
        At most four ascending amounts: exact, then the amounts that real notes
        make by rounding up to each note.
    """
    found = [due_minor]
    for note in sorted(notes_minor):
        amount = -(-due_minor // note) * note
        if amount not in found and note * 10 > due_minor // 10:
            found.append(amount)
    return tuple(sorted(found)[:4])
