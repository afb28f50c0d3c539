"""Shifts as the core sees them: running totals, counts, closes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pos_app.domain.shift import (
    CashMove,
    Shift,
    ShiftClose,
    ShiftCount,
    ShiftTotal,
)


class ShiftReader(Protocol):
    """What a screen or a report asks about shifts."""

    def current(self, drawer: str) -> Shift | None:
        """Return the open shift of a drawer."""
        ...

    def counts(self, shift_id: str) -> Sequence[ShiftCount]:
        """Return the counts of a shift, the first one first."""
        ...

    def totals(self, shift_id: str) -> Sequence[ShiftTotal]:
        """Return the running totals of a shift."""
        ...

    def expected_minor(self, shift_id: str) -> int:
        """Return the cash that the drawer should hold, minor units."""
        ...


class ShiftWriter(ShiftReader, Protocol):
    """Shifts inside one transaction of the ledger."""

    def left_minor(self, drawer: str) -> int:
        """Return the float that the drawer's last shift left; 0 for the first."""
        ...

    def open(self, shift: Shift) -> None:
        """Store an opened shift; a float unlike the one left is booked over/short."""
        ...

    def add_move(self, move: CashMove) -> None:
        """Store cash put in or taken out."""
        ...

    def add_count(self, count: ShiftCount) -> None:
        """Store a blind count."""
        ...

    def close(self, close: ShiftClose) -> None:
        """Store a close and its Z."""
        ...
