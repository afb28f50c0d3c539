"""What came back of finished sales, as the core sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pos_app.domain.refund_ways import EarlierRefund
from pos_app.values.times import BusinessDay, Timestamp


@dataclass(frozen=True, slots=True)
class ReceiptFound:
    """A finished sale in the list of receipts that were looked for.

    Attributes:
        sale_id, number, business_day, ended_at, cashier_name: which one.
        total_minor: of the goods sold, minor units. item_count: pieces.
        returned_minor: of goods that came back in the same ticket.
        reverses: id of the sale that it mirrors; "" for none.
        tender_keys: the tender types that paid, each once, in order.
    """

    sale_id: str
    number: str
    business_day: BusinessDay
    ended_at: Timestamp
    cashier_name: str
    total_minor: int
    item_count: int
    returned_minor: int = 0
    reverses: str = ""
    tender_keys: tuple[str, ...] = ()


class ReturnReader(Protocol):
    """What was returned so far, and the receipts it may come from."""

    def taken_thousandths(self, sale_id: str) -> Mapping[int, int]:
        """Return line position -> quantity that came back, in thousandths."""
        ...

    def earlier_refunds(self, sale_id: str) -> Sequence[EarlierRefund]:
        """Return the tickets in which goods of a sale came back, oldest first."""
        ...

    def tickets_of(self, sale_id: str) -> Sequence[str]:
        """Return the tickets in which goods of a sale came back, oldest first."""
        ...

    def receipts_by_serial(self, serial: int) -> Sequence[ReceiptFound]:
        """Return the sales of a serial in any series of this till, newest first."""
        ...

    def receipts_of_day(self, day: BusinessDay, limit: int) -> Sequence[ReceiptFound]:
        """Return the sales of a business day, newest first."""
        ...

    def receipts_by_reference(self, end: str, limit: int) -> Sequence[ReceiptFound]:
        """Return sales paid with a tender whose reference ends so, newest first.

        Args:
            end: the last four characters, or the whole of a shorter reference.
            limit: at most so many.
        """
        ...

    def receipts_of_item(self, item_id: str, limit: int) -> Sequence[ReceiptFound]:
        """Return the sales in which an item was sold, newest first."""
        ...


class ReturnWriter(ReturnReader, Protocol):
    """Returns inside one transaction of the ledger."""
