"""Parked sales as the core sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pos_app.domain.open_sale import OpenSale
from pos_app.domain.parked_sale import ParkedSale


class ParkedReader(Protocol):
    """What a screen asks about parked sales."""

    def all(self) -> Sequence[ParkedSale]:
        """Return the parked sales, the oldest first."""
        ...

    def count(self) -> int:
        """Return how many there are, without reading what lies in them."""
        ...

    def of(self, basket_id: str) -> ParkedSale | None:
        """Return a parked sale; None when it was resumed or voided."""
        ...

    def by_number(self, number: str) -> ParkedSale | None:
        """Return the parked sale of a slip's number."""
        ...


class ParkedWriter(ParkedReader, Protocol):
    """Parked sales inside one transaction of the ledger."""

    def park(self, parked: ParkedSale) -> None:
        """Set the open sale aside; what it is rests with its stored intents."""
        ...

    def take(self, basket_id: str, number: str) -> ParkedSale:
        """Take a parked sale out, so that nobody else can.

        Args:
            basket_id: which one.
            number: of the parking that was seen; one that was resumed and
                parked again since has another.

        Raises:
            UserError: "parked_gone" when it was resumed or voided before.
        """
        ...

    def reopen(self, sale: OpenSale) -> None:
        """Make a sale that was taken out the open one.

        Raises:
            UserError: "basket_not_empty" when another sale is open.
        """
        ...

    def rename(self, basket_id: str, name: str) -> None:
        """Give a parked sale other words.

        Raises:
            UserError: "parked_gone".
        """
        ...
