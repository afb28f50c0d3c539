"""Shifts as the core sees them: running totals, counts, closes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from pos_app.domain.correction import TenderCorrection
from pos_app.domain.shift import (
    CashMove,
    Shift,
    ShiftClose,
    ShiftCount,
    ShiftReview,
    ShiftTotal,
)
from pos_app.values.times import BusinessDay


class ShiftReader(Protocol):
    """What a screen or a report asks about shifts."""

    def current(self, drawer: str) -> Shift | None:
        """Return the open shift of a drawer."""
        ...

    def open_shifts(self) -> Sequence[Shift]:
        """Return every open shift, the oldest first."""
        ...

    def shift(self, shift_id: str) -> Shift | None:
        """Return a shift, open or closed."""
        ...

    def last_close(self, drawer: str) -> ShiftClose | None:
        """Return the newest close of a drawer."""
        ...

    def close_of(self, shift_id: str) -> ShiftClose | None:
        """Return how a shift was closed; None while it is open."""
        ...

    def closes(self, limit: int) -> Sequence[ShiftClose]:
        """Return the latest closes, newest first."""
        ...

    def waiting_reviews(self) -> Sequence[ShiftClose]:
        """Return the closes that wait for a manager's review, the oldest first."""
        ...

    def review_of(self, shift_id: str) -> ShiftReview | None:
        """Return the review of a closed shift."""
        ...

    def counts(self, shift_id: str) -> Sequence[ShiftCount]:
        """Return the counts of a shift, the first one first."""
        ...

    def totals(self, shift_id: str) -> Sequence[ShiftTotal]:
        """Return the running totals of a shift, in the order of kind and key."""
        ...

    def expected_minor(self, shift_id: str) -> int:
        """Return the cash that the drawer should hold, minor units."""
        ...

    def moves(self, shift_id: str) -> Sequence[CashMove]:
        """Return the cash put in and taken out, in order."""
        ...

    def corrections(self, shift_id: str) -> Sequence[TenderCorrection]:
        """Return the tender corrections made in a shift, in order."""
        ...

    def sale_numbers(self, shift_id: str) -> tuple[str, str]:
        """Return the first and last ticket's number; "" twice when there is none."""
        ...


class ShiftWriter(ShiftReader, Protocol):
    """Shifts inside one transaction of the ledger."""

    def left_minor(self, drawer: str) -> int | None:
        """Return the float that the drawer's last shift left; None for the first."""
        ...

    def chain_head(self) -> str:
        """Return the hash of the newest journal entry, hex."""
        ...

    def open(self, shift: Shift) -> None:
        """Store an opened shift; a float unlike the one left is booked over/short."""
        ...

    def add_move(self, move: CashMove) -> None:
        """Store cash put in or taken out."""
        ...

    def add_count(self, count: ShiftCount, day: BusinessDay) -> None:
        """Store a blind count, made on the business day `day`."""
        ...

    def close(self, close: ShiftClose) -> None:
        """Store a close and its Z, and take what is not left out of the drawer."""
        ...

    def add_review(self, review: ShiftReview, day: BusinessDay) -> None:
        """Store a review, made on the business day `day`."""
        ...

    def count_in(self, shift_id: str, totals: Iterable[ShiftTotal]) -> None:
        """Add to the running totals of a shift."""
        ...
