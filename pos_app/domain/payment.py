"""The payment of one sale: tenders against the total, change, cash rounding.

Only what is left for cash is rounded (a card pays to the cent), and only cash
gives change. So everything follows from two sums: what other tenders paid, and
the cash that was handed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos_app.domain.tax import CashRounding
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.errors import UserError
from pos_app.values.rounding import to_step

#: Cash is taken for a slip of the finger (or a barcode in the amount) when the
#: change would exceed both of these. People do pay 0.30 with a 100 note, so
#: neither bound alone will do.
ABSURD_CHANGE_MINOR = 1_000_000
ABSURD_CHANGE_TIMES_DUE = 100


@dataclass(frozen=True, slots=True)
class Payment:
    """Tenders taken so far for one priced basket.

    Attributes:
        total_minor: what the customer owes, minor units, zero or more.
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
        """What is still owed when paid without cash, to the cent; zero or more.

        A rest that rounds to no cash at all may still be paid by card, so it
        shows here although the sale may end already.
        """
        if self.is_settled and self._cash_minor:
            return 0
        return max(0, self.total_minor - self.taken_minor)

    @property
    def cash_due_minor(self) -> int:
        """What is still owed when the rest is paid in cash, rounded by rule."""
        return max(0, self._cash_owed_minor - self._cash_minor)

    @property
    def rounding_minor(self) -> int:
        """Cash rounding of the sale as settled: plus when the customer pays more."""
        if not self.is_settled:
            return 0
        return self._cash_owed_minor - (self.total_minor - self._other_minor)

    @property
    def change_minor(self) -> int:
        """Cash to give back; zero until the sale is settled."""
        return max(0, self._cash_minor - self._cash_owed_minor)

    @property
    def is_settled(self) -> bool:
        """Tell whether the sale may end: the cash owed, if any, was handed over."""
        return self._cash_minor >= self._cash_owed_minor

    @property
    def _cash_minor(self) -> int:
        return sum(t.amount_minor for t in self.tenders if t.kind is TenderKind.CASH)

    @property
    def _other_minor(self) -> int:
        return self.taken_minor - self._cash_minor

    @property
    def _cash_owed_minor(self) -> int:
        """What other tenders leave for cash, as coins can pay it."""
        left = self.total_minor - self._other_minor
        return to_step(left, self.rounding.step_minor, self.rounding.mode)

    def take(self, tender: TenderLine) -> Payment:
        """Add a tender.

        Raises:
            UserError: "nothing_due"; "tender_amount_absurd" for nothing, less
                than nothing, or cash whose change would exceed both 100 times
                what was due and 1,000,000 minor units; "cash_step" for cash
                that the shop's coins cannot make; "over_tender" when anything
                but cash exceeds what is owed.
        """
        is_cash = tender.kind is TenderKind.CASH
        due_minor = self.cash_due_minor if is_cash else self.due_minor
        if due_minor == 0:
            raise UserError("nothing_due")
        if tender.amount_minor <= 0:
            raise UserError("tender_amount_absurd", amount_minor=tender.amount_minor)
        if is_cash:
            self._refuse_odd_cash(tender.amount_minor, due_minor)
        elif tender.amount_minor > due_minor:
            raise UserError("over_tender", due_minor=due_minor)
        return replace(self, tenders=(*self.tenders, tender))

    def _refuse_odd_cash(self, amount_minor: int, due_minor: int) -> None:
        change_minor = amount_minor - due_minor
        if change_minor > max(ABSURD_CHANGE_MINOR, ABSURD_CHANGE_TIMES_DUE * due_minor):
            raise UserError("tender_amount_absurd", amount_minor=amount_minor)
        if amount_minor % self.rounding.step_minor:
            raise UserError("cash_step", step_minor=self.rounding.step_minor)

    def give_back(self, tender_id: str) -> Payment:
        """Take a tender back before the sale has ended."""
        left = tuple(t for t in self.tenders if t.tender_id != tender_id)
        assert len(left) == len(self.tenders) - 1, tender_id
        return replace(self, tenders=left)


def cash_suggestions(due_minor: int, notes_minor: Sequence[int]) -> tuple[int, ...]:
    """Suggest what a customer is likely to hand over, exact first.

    Each note offers the next amount that it can round up to (45.10: 46, 50,
    100). Nobody hands over a note that the rest of the hand makes needless
    (60 as 50 and 10), and few notes are likelier than many. The largest note
    always stands: it is what cash machines give.

    Args:
        due_minor: cash owed after rounding; above zero.
        notes_minor: the notes and coins in use, any order.

    Returns:
        At most four ascending amounts, exact first.
    """
    assert due_minor > 0
    assert all(note > 0 for note in notes_minor)
    notes = sorted(set(notes_minor), reverse=True)
    hands = {-(-due_minor // note) * note for note in notes} - {due_minor}
    pieces = {amount: _pieces(amount, notes) for amount in hands}
    likely = sorted(
        (amount for amount in hands if amount - pieces[amount][-1] < due_minor),
        key=lambda amount: (amount not in notes[:1], len(pieces[amount]), amount),
    )
    return (due_minor, *sorted(likely[:3]))


def _pieces(amount_minor: int, notes: Sequence[int]) -> list[int]:
    """Return the notes that make an amount, largest first, as few as a hand takes."""
    pieces: list[int] = []
    for note in notes:
        count, amount_minor = divmod(amount_minor, note)
        pieces += [note] * count
    return pieces


def likely_cash(due_minor: int, notes_minor: Sequence[int]) -> int:
    """Return what most customers hand over: one note that covers it, if there is one.

    Args:
        due_minor: cash owed after rounding; above zero.
        notes_minor: the notes and coins in use, any order; at least one.

    Returns:
        The smallest single note that is enough, else the next multiple of the
        largest note (¥180.10 -> ¥200).
    """
    enough = [note for note in notes_minor if note >= due_minor]
    if enough:
        return min(enough)
    largest = max(notes_minor)
    return -(-due_minor // largest) * largest
