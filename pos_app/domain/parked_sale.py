"""A parked sale: an open basket set aside for a while (挂单)."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.open_sale import OpenSale
from pos_app.values.times import BusinessDay, Timestamp


@dataclass(frozen=True, slots=True)
class ParkedSale:
    """An open sale set aside; it is resumed once or voided.

    Attributes:
        sale: as it stood; the fold of its stored intents.
        number: human number of the parked slip: "02-AR-000012".
        name: the cashier's words for it, such as 白衬衫女士; may be empty.
        parked_at, parked_by, parked_by_name: when and who (staff id and name).
        business_day: of the parking.
        total_minor: the price then, minor units. item_count: pieces.
    """

    sale: OpenSale
    number: str
    name: str
    parked_at: Timestamp
    parked_by: str
    parked_by_name: str
    business_day: BusinessDay
    total_minor: int
    item_count: int

    @property
    def short_number(self) -> str:
        """Return what people call it: "12"."""
        return self.number.rsplit("-", 1)[-1].lstrip("0")
