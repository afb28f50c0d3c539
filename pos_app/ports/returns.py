"""What came back of finished sales, as the core sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class ReturnReader(Protocol):
    """What was returned so far."""

    def taken_thousandths(self, sale_id: str) -> Mapping[int, int]:
        """Return line position -> quantity that came back, in thousandths."""
        ...


class ReturnWriter(ReturnReader, Protocol):
    """Returns inside one transaction of the ledger."""
