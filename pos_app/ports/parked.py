"""Parked sales as the core sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pos_app.domain.parked_sale import ParkedSale


class ParkedReader(Protocol):
    """What a screen asks about parked sales."""

    def all(self) -> Sequence[ParkedSale]:
        """Return the parked sales, the oldest first."""
        ...

    def by_number(self, number: str) -> ParkedSale | None:
        """Return the parked sale of a slip's number."""
        ...


class ParkedWriter(ParkedReader, Protocol):
    """Parked sales inside one transaction of the ledger."""

    def park(self, parked: ParkedSale) -> None:
        """Set the open sale aside."""
        ...

    def take(self, basket_id: str) -> ParkedSale:
        """Take a parked sale out, so that nobody else can.

        Raises:
            UserError: "parked_gone" when it was resumed or voided before.
        """
        ...
